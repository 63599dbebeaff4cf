"""Draft: a strategy under a name of its own, tried out beside the one that counts. DraftRevision and DraftPlan: its saves and its plans."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quarterdeck.ledger.models.appended import HASH_LENGTH, NAME_LENGTH, Appended
from quarterdeck.ledger.models.revision import Revision, SavedDocument
from quarterdeck.ledger.models.workspace import Workspace


class Draft(Appended):
    """`based_on` is the revision that it was begun from. It is closed once: made the strategy (`adopted_as`), or laid aside."""

    set_once: ClassVar[frozenset[str]] = frozenset({"closed_at", "closed_by", "adopted_as"})

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="drafts")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=NAME_LENGTH)
    why = models.TextField(blank=True)
    based_on = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=NAME_LENGTH, null=True)
    adopted_as = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["workspace", "slug"], name="ledger_draft_slug"),)

    def __str__(self) -> str:
        return f"draft “{self.name}”"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.closed_at is None


class DraftRevision(SavedDocument):
    """A save of a draft; numbers are unique in it."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["draft", "number"], name="ledger_draft_revision_number"),)

    def __str__(self) -> str:
        return f"revision {self.number} of {self.draft}"


class DraftPlan(Appended):
    """A plan of a draft, to be compared: it can never be approved. `body` is the canonical JSON, `plan_id` its hash."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="plans")
    quarter = models.DateField()
    plan_id = models.CharField(max_length=HASH_LENGTH)
    body = models.TextField()
    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"plan of {self.draft}"
