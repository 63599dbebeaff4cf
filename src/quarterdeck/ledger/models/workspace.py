"""Workspace: one company or brand. Member: a person with a role in it."""

from __future__ import annotations

from django.db import models

from quarterdeck.ledger.models.appended import NAME_LENGTH


class Workspace(models.Model):
    """A company. `rehearsal` names the simulated market it practises on ({"preset", "seed"}), or is null. `business` is the kind of business whose
    examples its people see ("local_trade"), empty until somebody chooses."""

    class Kind(models.TextChoices):
        """Whose company it is."""

        OWN = "own"
        SAMPLE_REAL = "sample_real"
        SAMPLE_SIMULATED = "sample_simulated"

    slug = models.SlugField(max_length=63, unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    currency = models.CharField(max_length=3)
    timezone = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OWN)
    rehearsal = models.JSONField(null=True)
    business = models.CharField(max_length=40, blank=True, default="")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person by name, with the one role that says what they may do."""

    class Role(models.TextChoices):
        """From most to least; `gateway.roles` says what each may do."""

        OWNER = "owner"
        PLANNER = "planner"
        CONTRIBUTOR = "contributor"
        APPROVER = "approver"
        VIEWER = "viewer"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="members")
    person = models.CharField(max_length=NAME_LENGTH)
    role = models.CharField(max_length=20, choices=Role.choices)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "person"], name="ledger_member_once"),)

    def __str__(self) -> str:
        return f"{self.person} ({self.role})"
