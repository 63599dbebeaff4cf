"""Revision: the whole strategy document as it was saved once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quarterdeck.ledger.models.appended import HASH_LENGTH, NAME_LENGTH, Appended
from quarterdeck.ledger.models.workspace import Workspace


class SavedDocument(Appended):
    """A whole document as it was saved once: `number` counts from 1, `text` is the YAML with its comments, `hash` names the document, `parent` is
    what it was made from. `maturity` is how complete its steps were, and by which checks; empty in one that was saved before that was kept, until
    somebody looks at it (see `gateway.maturity`)."""

    set_once: ClassVar[frozenset[str]] = frozenset({"maturity"})

    number = models.PositiveIntegerField()
    document = models.JSONField()
    text = models.TextField()
    hash = models.CharField(max_length=HASH_LENGTH)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    author = models.CharField(max_length=NAME_LENGTH)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    maturity = models.JSONField(null=True)

    class Meta(Appended.Meta):
        abstract = True


class Revision(SavedDocument):
    """A save of a company's strategy; numbers are unique in a workspace."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="revisions")

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["workspace", "number"], name="ledger_revision_number"),)

    def __str__(self) -> str:
        return f"revision {self.number} by {self.author}"
