"""ReviewRecord: a quarter held against its plan. Correction: a drafted change of the strategy. Lesson: what was learnt from one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quarterdeck.ledger.models.appended import HASH_LENGTH, NAME_LENGTH, Appended
from quarterdeck.ledger.models.workspace import Workspace


class ReviewRecord(Appended):
    """`body` is the review as canonical JSON, `hash` names it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="reviews")
    quarter = models.DateField()
    as_of = models.DateField()
    body = models.TextField()
    hash = models.CharField(max_length=HASH_LENGTH)
    made_at = models.DateTimeField()

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["workspace", "hash"], name="ledger_review_once"),)

    def __str__(self) -> str:
        return f"review of the quarter from {self.quarter.isoformat()} as of {self.as_of.isoformat()}"


class Correction(Appended):
    """`changes` is place -> new value of the strategy; `state` is read from the decision, which is made once."""

    set_once: ClassVar[frozenset[str]] = frozenset({"decision", "decided_by", "decided_at", "reason"})

    class State(models.TextChoices):
        """How it stands."""

        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    review = models.ForeignKey(ReviewRecord, on_delete=models.PROTECT, related_name="corrections")
    key = models.CharField(max_length=NAME_LENGTH)
    title = models.TextField()
    changes = models.JSONField()
    expected = models.JSONField(null=True)
    evidence = models.TextField(blank=True)
    decision = models.CharField(max_length=10, null=True)
    decided_by = models.CharField(max_length=NAME_LENGTH, null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(null=True)

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["review", "key"], name="ledger_correction_key"),)

    @property
    def state(self) -> str:
        """`proposed`, `accepted` or `refused`."""
        return self.decision or self.State.PROPOSED

    def __str__(self) -> str:
        return self.title


class Lesson(Appended):
    """A sentence to be shown when the same idea comes back."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="lessons")
    text = models.TextField()
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, related_name="lessons")
    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text
