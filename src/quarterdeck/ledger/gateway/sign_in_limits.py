"""How often somebody may try to sign in. A try is counted before the password is looked at, so that many at once cannot slip through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import connection, transaction

from quarterdeck.ledger.models import SignInAttempt

WINDOW = timedelta(minutes=15)
MOST_BY_NAME = 5
MOST_BY_ADDRESS = 20
_LOCK_NUMBER = 7_186_020_262


@dataclass(frozen=True)
class TooMany:
    """No try is allowed before `until`, because of the name or because of the address."""

    by: Literal["name", "address"]
    until: datetime


def claim_attempt(name: str, address: str, *, now: datetime) -> SignInAttempt | TooMany:
    """A try that counts as failed until it is said to have worked, or TooMany. `name` is a hash. Tries older than the window are forgotten."""
    with transaction.atomic():
        _one_at_a_time()
        SignInAttempt.objects.filter(at__lte=now - WINDOW).delete()
        return _too_many(name, address) or SignInAttempt.objects.create(name=name, address=address, at=now, worked=False)


def attempt_worked(attempt: SignInAttempt) -> None:
    """Nothing; the person is in. The failures of this name before it count no longer, those of the address do."""
    SignInAttempt.objects.filter(pk=attempt.pk).update(worked=True)


def release_attempt(attempt: SignInAttempt) -> None:
    """Nothing; the try was right and the person is not in yet: it is no failure and forgives none."""
    SignInAttempt.objects.filter(pk=attempt.pk).delete()


def forgive_name(name: str, *, now: datetime) -> None:
    """Nothing; the failures of this name before `now` count no longer."""
    SignInAttempt.objects.create(name=name, address="", at=now, worked=True)


def _too_many(name: str, address: str) -> TooMany | None:
    waits = [TooMany("name", failures[-MOST_BY_NAME] + WINDOW) for failures in [_failures_of_name(name)] if len(failures) >= MOST_BY_NAME] + [
        TooMany("address", failures[-MOST_BY_ADDRESS] + WINDOW) for failures in [_failures_of_address(address)] if len(failures) >= MOST_BY_ADDRESS
    ]
    return max(waits, key=lambda wait: wait.until, default=None)


def _failures_of_name(name: str) -> list[datetime]:
    since_success: list[datetime] = []
    for at, worked in SignInAttempt.objects.filter(name=name).order_by("at", "pk").values_list("at", "worked"):
        since_success = [] if worked else [*since_success, at]
    return since_success


def _failures_of_address(address: str) -> list[datetime]:
    return list(SignInAttempt.objects.filter(address=address, worked=False).order_by("at", "pk").values_list("at", flat=True))


def _one_at_a_time() -> None:
    """In SQLite every transaction that writes holds the one write lock from its start; PostgreSQL is told to wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_NUMBER])
