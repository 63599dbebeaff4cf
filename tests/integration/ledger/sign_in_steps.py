"""People who sign in, for the tests of accounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
HOME = "203.0.113.7"


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Hashes that take no time: these tests are about what is hashed, not how."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def make_person(name: str = "Olena", password: str = PASSWORD) -> Any:
    """An account with that password."""
    from quarterdeck.ledger.gateway.accounts import add_account, hash_password

    return add_account(name, hash_password(password), now=NOW)


def later(**time: float) -> datetime:
    """So much after NOW."""
    return NOW + timedelta(**time)


def app_code(site: Any, account: Any, at: datetime = NOW) -> str:
    """What the person's authenticator app shows at that time."""
    import pyotp

    from quarterdeck.ledger.models import Authenticator
    from quarterdeck.operations.accounts.one_time_codes import open_secret

    secret = open_secret(site, Authenticator.objects.get(account=account).secret)
    return pyotp.TOTP(secret).at(at)


def turn_on(site: Any, account: Any, at: datetime = NOW) -> tuple[str, ...]:
    """Two-factor sign-in is on; the recovery codes."""
    from quarterdeck.operations.accounts.two_factor import begin_two_factor, confirm_two_factor

    begin_two_factor(site, account.pk, now=at)
    return confirm_two_factor(site, account.pk, app_code(site, account, at), now=at)
