"""Plan: a quarter's plan as saved bytes. WorkLogLine: what a person said about work."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quarterdeck.ledger.models.appended import HASH_LENGTH, NAME_LENGTH, Appended
from quarterdeck.ledger.models.workspace import Workspace


class Plan(Appended):
    """`body` is the canonical JSON, `plan_id` its hash, `number` counts the plans of a quarter. At most one plan of a quarter is in force."""

    set_once: ClassVar[frozenset[str]] = frozenset({"approved_at", "approved_by", "superseded_at"})

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="plans")
    quarter = models.DateField()
    number = models.PositiveIntegerField()
    plan_id = models.CharField(max_length=HASH_LENGTH)
    body = models.TextField()
    as_of = models.DateField()
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=NAME_LENGTH, null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta(Appended.Meta):
        constraints = (
            models.UniqueConstraint(fields=["workspace", "quarter", "number"], name="ledger_plan_number"),
            models.UniqueConstraint(
                fields=["workspace", "quarter"],
                name="ledger_plan_one_in_force",
                condition=models.Q(approved_at__isnull=False, superseded_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"plan {self.number} of the quarter from {self.quarter.isoformat()}"


class WorkLogLine(Appended):
    """A task or item was started or done, on a day, by a person; `recorded_by` is who wrote it down."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="work_log")
    ref = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=10)
    event = models.CharField(max_length=10)
    on = models.DateField()
    by = models.CharField(max_length=NAME_LENGTH, null=True)
    hours = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    link = models.TextField(null=True)
    recorded_by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ref} {self.event} on {self.on.isoformat()}"
