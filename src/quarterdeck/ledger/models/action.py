"""Action: one thing that wants to happen once. Approval, Attempt and Receipt: what was said, tried and done about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quarterdeck.act.states import STATES
from quarterdeck.ledger.models.appended import HASH_LENGTH, NAME_LENGTH, Appended
from quarterdeck.ledger.models.plan import Plan
from quarterdeck.ledger.models.workspace import Workspace


class Action(models.Model):
    """Changed only by conditional updates of `gateway.actions`: each raises `version` by one.

    `content` is the hash of what an approver says yes to; `due_at` is the exact instant (UTC) where there is one.
    """

    class Kind(models.TextChoices):
        """What sort of thing it is."""

        BUDGET_LINE = "budget_line"
        TASK = "task"
        ITEM = "item"
        FILE = "file"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="actions")
    key = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    ref = models.CharField(max_length=NAME_LENGTH)
    title = models.TextField()
    serves = models.CharField(max_length=NAME_LENGTH, null=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="actions")
    wants = models.JSONField()
    cost = models.DecimalField(max_digits=18, decimal_places=6, default=0)
    content = models.CharField(max_length=HASH_LENGTH)
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default="proposed")
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["workspace", "key"], name="ledger_action_key"),
            models.CheckConstraint(condition=models.Q(state__in=sorted(STATES)), name="ledger_action_state"),
        )
        indexes = (models.Index(fields=["workspace", "state", "due_on"], name="ledger_action_due"),)

    def __str__(self) -> str:
        return self.title


class Approval(Appended):
    """A decision about the exact content whose hash is `content`; an edit makes another content, to which it does not apply."""

    class Decision(models.TextChoices):
        """What was decided."""

        APPROVE = "approve"
        CHANGES = "changes"
        REFUSE = "refuse"
        WITHDRAW = "withdraw"
        """An earlier decision taken back: the action waits again."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="approvals")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    by = models.CharField(max_length=NAME_LENGTH)
    reason = models.TextField(blank=True)
    content = models.CharField(max_length=HASH_LENGTH)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.decision} by {self.by}"


class Attempt(Appended):
    """One try. It is written before the act; one that has no `ended_at` may or may not have happened."""

    set_once: ClassVar[frozenset[str]] = frozenset({"ended_at", "outcome", "detail"})

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=NAME_LENGTH)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, null=True)
    detail = models.TextField(null=True)

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["action", "number"], name="ledger_attempt_number"),)

    def __str__(self) -> str:
        return f"attempt {self.number}: {self.outcome or 'not known'}"


class Receipt(Appended):
    """Proof that an action was done, handed over, or done in a rehearsal's market; `key` makes it once only."""

    class How(models.TextChoices):
        """By what it was done."""

        DONE_BY_PERSON = "done_by_person"
        HANDED_OVER = "handed_over"
        MARKET = "market"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="receipts")
    key = models.CharField(max_length=NAME_LENGTH)
    how = models.CharField(max_length=20, choices=How.choices)
    link = models.TextField(null=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=NAME_LENGTH)

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["action", "key"], name="ledger_receipt_once"),)

    def __str__(self) -> str:
        return f"{self.how} by {self.by}"
