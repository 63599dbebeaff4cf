"""AuditEntry: who did what and when."""

from __future__ import annotations

from django.db import models

from quarterdeck.ledger.models.appended import NAME_LENGTH, Appended
from quarterdeck.ledger.models.workspace import Workspace


class AuditEntry(Appended):
    """`verb` is the operation's name, `what` says in words what it touched. No workspace: something about the whole site."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, null=True, related_name="audit")
    at = models.DateTimeField()
    who = models.CharField(max_length=NAME_LENGTH)
    verb = models.CharField(max_length=60)
    what = models.TextField()
    details = models.JSONField(default=dict)

    class Meta(Appended.Meta):
        indexes = (models.Index(fields=["workspace", "at"], name="ledger_audit_when"),)

    def __str__(self) -> str:
        return f"{self.who} {self.verb} {self.what}"
