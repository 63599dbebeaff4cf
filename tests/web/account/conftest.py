"""A company whose people sign in by the pages themselves, and a clock that tests can move."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "Olena-sails-at-dawn"


@pytest.fixture
def shop(empty: Site) -> Site:
    """North Bakery, to which Olena and others belong."""
    return empty


@pytest.fixture
def at(shop: Site) -> Iterator[Callable[..., datetime]]:
    """Moves the clock to so much after the start; the time it shows then."""
    from django.conf import settings

    before = settings.QUARTERDECK_CLOCK

    def move(**time: float) -> datetime:
        moved = START + timedelta(**time)
        settings.QUARTERDECK_CLOCK = lambda: moved
        return moved

    move()
    yield move
    settings.QUARTERDECK_CLOCK = before


@pytest.fixture
def visitor(at: Callable[..., datetime]) -> Client:
    """A browser in which nobody is signed in."""
    from django.test import Client

    return Client()


@pytest.fixture
def olena(visitor: Client) -> Client:
    """A browser in which Olena signed in with her password."""
    assert visitor.post("/sign-in/", {"name": "Olena", "password": PASSWORD}).status_code == 302
    return visitor


@pytest.fixture
def app_code(shop: Site, at: Callable[..., datetime]) -> Callable[..., str]:
    """What Olena's authenticator app shows so much after the start."""

    def read(**time: float) -> str:
        import pyotp

        from quarterdeck.ledger.models import Authenticator
        from quarterdeck.operations.accounts.one_time_codes import open_secret

        secret = open_secret(shop, Authenticator.objects.get(account__person="Olena").secret)
        return pyotp.TOTP(secret).at(START + timedelta(**time))

    return read


@pytest.fixture
def codes(olena: Client, app_code: Callable[..., str]) -> tuple[str, ...]:
    """Two-factor sign-in of Olena is on, who is signed out again; her recovery codes."""
    olena.post("/account/two-factor/begin/")
    shown = olena.post("/account/two-factor/confirm/", {"code": app_code()})
    olena.post("/sign-out/")
    return tuple(re.findall(r"<li><code>([^<]+)</code>", shown.content.decode()))


@pytest.fixture
def stored(shop: Site) -> Callable[[], Any]:
    """Every session that the server keeps, as text."""

    def read() -> str:
        from django.contrib.sessions.models import Session

        return str([session.get_decoded() for session in Session.objects.all()])

    return read
