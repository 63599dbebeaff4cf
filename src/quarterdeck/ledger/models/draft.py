"""Draft: a strategy under a name of its own, tried out beside the one that counts. DraftReopening: it was opened again. DraftRevision and DraftPlan:
its saves, and the plans that are compared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quarterdeck.ledger.models.appended import HASH_LENGTH, NAME_LENGTH, Appended
from quarterdeck.ledger.models.revision import Revision, SavedDocument
from quarterdeck.ledger.models.workspace import Workspace


class Closable(Appended):
    """What is open until it is closed, once: made the strategy (`adopted_as`), or laid aside."""

    set_once: ClassVar[frozenset[str]] = frozenset({"closed_at", "closed_by", "adopted_as"})

    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=NAME_LENGTH, null=True)
    adopted_as = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Appended.Meta):
        abstract = True


class Draft(Closable):
    """`based_on` is the revision that it was begun from. How it stands is said by `now`: by this row until it is opened again."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="drafts")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=NAME_LENGTH)
    why = models.TextField(blank=True)
    based_on = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["workspace", "slug"], name="ledger_draft_slug"),)

    def __str__(self) -> str:
        return f"draft “{self.name}”"

    @property
    def now(self) -> Closable:
        """The newest time that it was opened: how it stands."""
        return max(self.reopenings.all(), key=lambda each: each.number, default=self)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.now.closed_at is None


class DraftReopening(Closable):
    """A draft that was closed was opened again, `by` somebody: the `number`-th time. It is closed once more on this row."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="reopenings")
    number = models.PositiveIntegerField()

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["draft", "number"], name="ledger_draft_reopening_number"),)

    def __str__(self) -> str:
        return f"{self.draft}, opened again"


class DraftRevision(SavedDocument):
    """A save of a draft; numbers are unique in it."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["draft", "number"], name="ledger_draft_revision_number"),)

    def __str__(self) -> str:
        return f"revision {self.number} of {self.draft}"


class DraftPlan(Appended):
    """A plan of a draft, to be compared: it can never be approved. `body` is the canonical JSON, `plan_id` its hash. `is_of_strategy`: it is the other
    side, a plan of the strategy as it was then, made from the same facts on the same day."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="plans")
    quarter = models.DateField()
    plan_id = models.CharField(max_length=HASH_LENGTH)
    body = models.TextField()
    is_of_strategy = models.BooleanField(default=False)
    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"plan of {self.draft}"
