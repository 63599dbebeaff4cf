"""Authenticator apps and recovery codes. Every change is one conditional update: a code counts once, whoever comes with it at the same moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.models import Account, Authenticator, RecoveryCode


def begin_authenticator(account: Account, sealed: bytes, *, now: datetime) -> None:
    """Nothing; this secret waits to be confirmed, in place of one that waited before. Raises Refused when an authenticator counts already."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        known = authenticator_of(account)
        if known is not None and known.confirmed_at is not None:
            raise Refused("An authenticator app is set up already.", fix="Switch it off before you set up another.", code="ACCOUNT-030")
        Authenticator.objects.update_or_create(account=account, defaults={"secret": sealed, "last_step": 0, "made_at": now})


def authenticator_of(account: Account) -> Authenticator | None:
    """The authenticator, confirmed or waiting."""
    return Authenticator.objects.filter(account=account).first()


def has_authenticator(account: Account) -> bool:
    """Whether a code is asked for after the password."""
    return Authenticator.objects.filter(account=account, confirmed_at__isnull=False).exists()


def confirm_authenticator(authenticator: Authenticator, step: int, *, now: datetime) -> bool:
    """Whether this call confirmed the secret that was read; the step of the code that proved it is used up."""
    waiting = Authenticator.objects.filter(pk=authenticator.pk, confirmed_at__isnull=True, secret=bytes(authenticator.secret))
    return waiting.update(confirmed_at=now, last_step=step) == 1


def use_step(authenticator: Authenticator, step: int) -> bool:
    """Whether this call used the time step: False when it, or a later one, was used before."""
    return Authenticator.objects.filter(pk=authenticator.pk, confirmed_at__isnull=False, last_step__lt=step).update(last_step=step) == 1


def keep_recovery_codes(account: Account, hashes: Iterable[str]) -> None:
    """Nothing; these count from now on, and none from before."""
    with transaction.atomic():
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(account=account, hash=value) for value in hashes])


def use_recovery_code(account: Account, code_hash: str, *, now: datetime) -> bool:
    """Whether this call used the code: False for a code that is unknown, or was used before."""
    return RecoveryCode.objects.filter(account=account, hash=code_hash, used_at__isnull=True).update(used_at=now) == 1


def recovery_codes_left(account: Account) -> int:
    """How many were not used yet."""
    return RecoveryCode.objects.filter(account=account, used_at__isnull=True).count()


def drop_authenticator(account: Account) -> bool:
    """Whether there was one that counted; it and the recovery codes are gone."""
    with transaction.atomic():
        counted = has_authenticator(account)
        Authenticator.objects.filter(account=account).delete()
        RecoveryCode.objects.filter(account=account).delete()
    return counted
