"""Codes for the second step: those of an authenticator app (RFC 6238: six digits, a new one every 30 seconds) and recovery codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from datetime import datetime

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.authenticators import authenticator_of, recovery_codes_left, use_recovery_code, use_step
from quarterdeck.ledger.models import Account
from quarterdeck.operations.site import Site

STEP_SECONDS = 30
ISSUER = "Quarterdeck"


def new_secret() -> str:
    """160 bits in base 32, as authenticator apps take it."""
    import pyotp

    return pyotp.random_base32()


def address_for_app(secret: str, person: str) -> str:
    """What the QR code says to the app."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=person, issuer_name=ISSUER)


def seal_secret(site: Site, secret: str, *, now: datetime) -> bytes:
    """The secret as the ledger keeps it: of no use without the site's key."""
    from cryptography.fernet import Fernet

    return Fernet(_key(site)).encrypt_at_time(secret.encode(), int(now.timestamp()))


def open_secret(site: Site, sealed: bytes) -> str:
    """The secret. Raises Refused when it was sealed with another key."""
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_key(site)).decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise Refused(
            "Your authenticator app was set up under another key of this site, and its codes cannot be checked.",
            fix="Use a recovery code, or ask whoever runs this site for `quarterdeck account two-factor-off`.",
            code="ACCOUNT-031",
        ) from error


def matching_step(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """The time step that the code belongs to, at most one away from `now` and later than `after`; None when there is none."""
    import pyotp

    current = int(now.timestamp()) // STEP_SECONDS
    codes = {step: pyotp.TOTP(secret).generate_otp(step) for step in (current - 1, current, current + 1)}
    fitting = [step for step, right in codes.items() if hmac.compare_digest(right.encode(), _plain(code).encode("utf-8", "replace"))]
    return next((step for step in fitting if step > after), None)


def code_counts(site: Site, account: Account, code: str, *, now: datetime) -> bool:
    """Whether the code is right; it is used up by this call. Raises Refused when the app's secret cannot be read."""
    typed = _plain(code)
    if len(typed) == 6 and typed.isdecimal():
        authenticator = authenticator_of(account)
        if authenticator is None:
            return False
        step = matching_step(open_secret(site, authenticator.secret), typed, after=authenticator.last_step, now=now)
        return step is not None and use_step(authenticator, step)
    if not use_recovery_code(account, hash_recovery_code(site, account, typed), now=now):
        return False
    record_audit(None, who=account.person, verb="use_recovery_code", what=f"{recovery_codes_left(account)} left", now=now)
    return True


def hash_recovery_code(site: Site, account: Account, code: str) -> str:
    """What the ledger keeps of a recovery code: nothing can be tried against it without the site's key."""
    return hmac.new(site.derive_key("recovery codes"), f"{account.pk}:{_plain(code)}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _plain(code: str) -> str:
    """As it was meant: spaces, hyphens and capitals do not matter."""
    return "".join(character for character in unicodedata.normalize("NFKC", code).lower() if character.isalnum())


def _key(site: Site) -> bytes:
    return base64.urlsafe_b64encode(site.derive_key("authenticator"))
