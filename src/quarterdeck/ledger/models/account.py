"""Account: a person who may sign in. Authenticator and RecoveryCode: the second step. SignInAttempt: what the limit counts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from quarterdeck.ledger.models.appended import NAME_LENGTH


class Account(AbstractBaseUser):
    """`person` is the name that members of workspaces go by. What a person may do is said by their role in each workspace, not here."""

    class Theme(models.TextChoices):
        """Which colours the cockpit has."""

        SYSTEM = "system"
        LIGHT = "light"
        DARK = "dark"

    person = models.CharField(max_length=NAME_LENGTH, unique=True)
    is_active = models.BooleanField(default=True)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    tour_ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    objects: ClassVar[BaseUserManager[Account]] = BaseUserManager()

    USERNAME_FIELD = "person"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return str(self.person)


class Authenticator(models.Model):
    """An authenticator app. `secret` is encrypted with the site's key; `last_step` is the newest time step used, so that no code counts twice."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="authenticator")
    secret = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"authenticator of {self.account}"


class RecoveryCode(models.Model):
    """A code for the day on which the phone is lost; only its hash is kept, and it counts once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=NAME_LENGTH)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery code of {self.account}"


class SignInAttempt(models.Model):
    """One try to sign in; `name` as it was typed, hashed, so that a password typed in the wrong field is not kept."""

    name = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()
    worked = models.BooleanField()

    class Meta:
        indexes = (
            models.Index(fields=["name", "at"], name="ledger_signin_name"),
            models.Index(fields=["address", "at"], name="ledger_signin_address"),
        )

    def __str__(self) -> str:
        return f"attempt at {self.at:%Y-%m-%d %H:%M}"
