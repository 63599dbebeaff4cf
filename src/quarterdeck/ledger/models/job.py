"""Job: long work that somebody asked for in the cockpit, done in the background; what became of it stays to be read."""

from __future__ import annotations

from django.db import models

from quarterdeck.ledger.models.appended import NAME_LENGTH
from quarterdeck.ledger.models.workspace import Workspace


class Job(models.Model):
    """`asks` holds what the operation is called with, `told` its sentences, `problem` why it was refused. Moved on by conditional updates only."""

    class State(models.TextChoices):
        """How far it is; `interrupted`: the worker went away, and the operation left everything as it was."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        REFUSED = "refused"
        INTERRUPTED = "interrupted"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, null=True, related_name="jobs")
    kind = models.CharField(max_length=40)
    asks = models.JSONField(default=dict)
    by = models.CharField(max_length=NAME_LENGTH)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    told = models.JSONField(default=list)
    problem = models.TextField(null=True)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            # One long piece of work at a time in a company: a second press of the button finds the first.
            models.UniqueConstraint(fields=["workspace"], condition=models.Q(state__in=("queued", "running")), name="ledger_job_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.by}: {self.state}"
