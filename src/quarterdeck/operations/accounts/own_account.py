"""look_at_account, choose_theme, change_password: what people see and change of their own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.accounts import active_account, hash_password, keep_theme, password_fits, password_problems, replace_password
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.authenticators import authenticator_of, recovery_codes_left
from quarterdeck.ledger.gateway.sign_in_limits import release_attempt
from quarterdeck.ledger.models import Account
from quarterdeck.operations.accounts.count_tries import count_try
from quarterdeck.operations.accounts.sign_in import SignedIn
from quarterdeck.operations.site import Site

THEMES = tuple(Account.Theme.values)
_AS_IT_WAS = "Your password is as it was."


@dataclass(frozen=True)
class OwnAccount:
    """`two_factor_since` is None while the password alone is asked for."""

    person: str
    theme: str
    two_factor_since: datetime | None
    recovery_codes_left: int


def look_at_account(account_id: int) -> OwnAccount:
    """How the account stands."""
    account = require_account(account_id)
    authenticator = authenticator_of(account)
    return OwnAccount(
        person=account.person,
        theme=account.theme,
        two_factor_since=authenticator.confirmed_at if authenticator else None,
        recovery_codes_left=recovery_codes_left(account),
    )


def choose_theme(account_id: int, theme: str) -> None:
    """Nothing; the cockpit has these colours for this person from now on. Raises Refused for colours that there are none of."""
    if theme not in THEMES:
        raise Refused(f"There are no colours “{theme[:20]}”.", fix=f"Choose one of {', '.join(THEMES)}.", code="ACCOUNT-040")
    keep_theme(require_account(account_id).pk, theme)


def change_password(site: Site, account_id: int, *, current: str, new: str, again: str, address: str, now: datetime) -> SignedIn:
    """The account with the new password; every other session of this person has ended.

    Raises InvalidInput with everything that is wrong at once, Refused after too many wrong tries or when it was changed meanwhile.
    """
    account = require_account(account_id)
    attempt = count_try(site, account.person, address, account=account, now=now, state=_AS_IT_WAS)
    is_right = password_fits(account, current)
    if is_right:
        release_attempt(attempt)
    problems = _problems(account, is_right=is_right, current=current, new=new, again=again)
    if problems:
        raise InvalidInput(problems, state=_AS_IT_WAS)
    new_hash = hash_password(new)
    with transaction.atomic():
        if not replace_password(account, new_hash):
            raise Refused("Your password was changed meanwhile.", fix="Sign in again.", code="ACCOUNT-041", state=_AS_IT_WAS)
        record_audit(None, who=account.person, verb="change_password", what=f"the password of {account.person}", now=now)
    return SignedIn(account)


def require_account(account_id: int) -> Account:
    """The account. Raises Refused when it is gone or may not sign in."""
    account = active_account(account_id)
    if account is None:
        raise Refused("This account is there no longer.", fix="Ask whoever runs this site.", code="ACCOUNT-042")
    return account


def wrong_password() -> Problem:
    """The current password was not right."""
    return Problem("ACCOUNT-019", "password", "another one", "your current password", "Type the password that you sign in with.")


def _problems(account: Account, *, is_right: bool, current: str, new: str, again: str) -> list[Problem]:
    problems = []
    if not is_right:
        problems.append(wrong_password())
    problems += password_problems(new, account.person, where="new_password")
    if is_right and new == current:
        problems.append(Problem("ACCOUNT-043", "new_password", "the old one", "another one", "Choose a password that you had not before."))
    if new != again:
        problems.append(Problem("ACCOUNT-044", "again", "something else", "the new password once more", "Type the same password twice."))
    return problems
