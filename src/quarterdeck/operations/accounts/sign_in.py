"""sign_in, enter_code: who somebody is, by password and, where there is an authenticator app, a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.accounts import active_account, named, password_fits, session_mark
from quarterdeck.ledger.gateway.authenticators import has_authenticator
from quarterdeck.ledger.gateway.sign_in_limits import attempt_worked, release_attempt
from quarterdeck.ledger.models import Account
from quarterdeck.operations.accounts.count_tries import count_try
from quarterdeck.operations.accounts.one_time_codes import code_counts
from quarterdeck.operations.site import Site

CODE_WITHIN = timedelta(minutes=10)
_OUT = "You are not signed in."


@dataclass(frozen=True)
class SignedIn:
    """The person is who they say. `account` is for the session; every page asks it for the name alone."""

    account: Account


@dataclass(frozen=True)
class CodeDue:
    """The password of this account was right; a code is asked for until then. `mark` changes with the password."""

    account_id: int
    mark: str
    until: datetime


def sign_in(site: Site, name: str, password: str, *, address: str, now: datetime) -> SignedIn | CodeDue:
    """The person, or what is due next. Raises InvalidInput for an empty field, Refused for a name and password that do not
    belong together (in the same words and the same time, whichever is wrong) and after too many tries."""
    _require_both(name, password)
    account = named(name)
    attempt = count_try(site, name, address, account=account, now=now)
    if not password_fits(account, password) or account is None:
        raise Refused("That name and password do not belong together.", fix="Check both, then try again.", code="ACCOUNT-020", state=_OUT)
    if has_authenticator(account):
        release_attempt(attempt)
        return CodeDue(account.pk, session_mark(account), now + CODE_WITHIN)
    attempt_worked(attempt)
    return SignedIn(account)


def enter_code(site: Site, due: CodeDue, code: str, *, address: str, now: datetime) -> SignedIn:
    """The person, by a code of the authenticator app or a recovery code, each of which counts once.

    Raises Refused when the password step is too long ago or no longer holds (ACCOUNT-022), for a wrong code, and after too many tries.
    """
    account = active_account(due.account_id)
    if account is None or now >= due.until or session_mark(account) != due.mark or not has_authenticator(account):
        raise Refused("The password was entered too long ago, or was changed since.", fix="Sign in again.", code="ACCOUNT-022", state=_OUT)
    if not code.strip():
        raise InvalidInput([Problem("ACCOUNT-017", "code", "nothing", "a code", "Type the code that your app shows now.")], state=_OUT)
    attempt = count_try(site, account.person, address, account=account, now=now)
    if not code_counts(site, account, code, now=now):
        raise Refused(
            "That code does not count: it is wrong, too old, or was used before.",
            fix="Wait for the next code of your app, or use a recovery code.",
            code="ACCOUNT-023",
            state=_OUT,
        )
    attempt_worked(attempt)
    return SignedIn(account)


def _require_both(name: str, password: str) -> None:
    problems = [
        *([] if name.strip() else [Problem("ACCOUNT-016", "name", "nothing", "your name", "Type your name.")]),
        *([] if password else [Problem("ACCOUNT-018", "password", "nothing", "your password", "Type your password.")]),
    ]
    if problems:
        raise InvalidInput(problems, state=_OUT)
