"""begin, confirm and end two-factor sign-in: after the password, a code of an authenticator app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.accounts import password_fits
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.authenticators import (
    authenticator_of,
    begin_authenticator,
    confirm_authenticator,
    drop_authenticator,
    has_authenticator,
    keep_recovery_codes,
)
from quarterdeck.ledger.gateway.sign_in_limits import release_attempt
from quarterdeck.ledger.models import Account
from quarterdeck.operations.accounts.count_tries import count_try
from quarterdeck.operations.accounts.new_words import new_recovery_codes
from quarterdeck.operations.accounts.one_time_codes import (
    address_for_app,
    code_counts,
    hash_recovery_code,
    matching_step,
    new_secret,
    open_secret,
    seal_secret,
)
from quarterdeck.operations.accounts.own_account import require_account, wrong_password
from quarterdeck.operations.site import Site

STILL_ON = "Two-factor sign-in is as it was."


@dataclass(frozen=True)
class Enrolment:
    """What an app needs: `secret` to type, or `address` as a QR code."""

    secret: str
    address: str


def begin_two_factor(site: Site, account_id: int, *, now: datetime) -> None:
    """Nothing; a new secret waits to be confirmed. Raises Refused when two-factor sign-in is on."""
    begin_authenticator(require_account(account_id), seal_secret(site, new_secret(), now=now), now=now)


def waiting_enrolment(site: Site, account_id: int) -> Enrolment | None:
    """The secret that waits to be confirmed; None when there is none, or it cannot be read any more."""
    account = require_account(account_id)
    waiting = authenticator_of(account)
    if waiting is None or waiting.confirmed_at is not None:
        return None
    try:
        secret = open_secret(site, waiting.secret)
    except Refused:
        return None
    return Enrolment(secret, address_for_app(secret, account.person))


def confirm_two_factor(site: Site, account_id: int, code: str, *, now: datetime) -> tuple[str, ...]:
    """Ten recovery codes, which are never shown again. Raises InvalidInput for a wrong code, Refused when nothing waits to be confirmed."""
    account = require_account(account_id)
    waiting = authenticator_of(account)
    if waiting is None or waiting.confirmed_at is not None:
        raise Refused("There is no authenticator app to confirm.", fix="Begin again.", code="ACCOUNT-032", state=STILL_ON)
    step = matching_step(open_secret(site, waiting.secret), code, after=0, now=now)
    if step is None:
        raise _wrong_code()
    codes = new_recovery_codes()
    with transaction.atomic():
        if not confirm_authenticator(waiting, step, now=now):
            raise Refused("This was confirmed, or begun again, meanwhile.", fix="Look at the page again.", code="ACCOUNT-033", state=STILL_ON)
        keep_recovery_codes(account, [hash_recovery_code(site, account, each) for each in codes])
        record_audit(None, who=account.person, verb="two_factor_on", what=f"two-factor sign-in of {account.person}", now=now)
    return codes


def cancel_enrolment(account_id: int) -> None:
    """Nothing; no secret waits to be confirmed. One that counts stays."""
    account = require_account(account_id)
    with transaction.atomic():
        if not has_authenticator(account):
            drop_authenticator(account)


def renew_recovery_codes(site: Site, account_id: int, code: str, *, address: str, now: datetime) -> tuple[str, ...]:
    """Ten new recovery codes in place of the old ones. Raises InvalidInput for a wrong code, Refused after too many tries."""
    account = require_account(account_id)
    _require_on(account)
    attempt = count_try(site, account.person, address, account=account, now=now, state=STILL_ON)
    if not code_counts(site, account, code, now=now):
        raise _wrong_code()
    release_attempt(attempt)
    codes = new_recovery_codes()
    with transaction.atomic():
        keep_recovery_codes(account, [hash_recovery_code(site, account, each) for each in codes])
        record_audit(None, who=account.person, verb="renew_recovery_codes", what=f"recovery codes of {account.person}", now=now)
    return codes


def end_two_factor(site: Site, account_id: int, password: str, code: str, *, address: str, now: datetime) -> None:
    """Nothing; the password alone is asked for from now on. Raises InvalidInput with all that is wrong, Refused after too many tries."""
    account = require_account(account_id)
    _require_on(account)
    attempt = count_try(site, account.person, address, account=account, now=now, state=STILL_ON)
    problems = [] if password_fits(account, password) else [wrong_password()]
    # A code is used up by being looked at: only a right password is worth one.
    if problems or not code_counts(site, account, code, now=now):
        raise InvalidInput(problems or _wrong_code().problems, state=STILL_ON)
    release_attempt(attempt)
    with transaction.atomic():
        drop_authenticator(account)
        record_audit(None, who=account.person, verb="two_factor_off", what=f"two-factor sign-in of {account.person}", now=now)


def _wrong_code() -> InvalidInput:
    problem = Problem("ACCOUNT-024", "code", "a code that does not count", "the code that your app shows now", "Wait for the next one, and type it.")
    return InvalidInput([problem], state=STILL_ON)


def _require_on(account: Account) -> None:
    if not has_authenticator(account):
        raise Refused("Two-factor sign-in is off.", fix="Set it up first.", code="ACCOUNT-034")
