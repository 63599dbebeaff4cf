"""Share: a paper shown to people outside the cockpit by a link that expires. ShareReply: what they said of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from quarterdeck.ledger.models.appended import NAME_LENGTH, Appended
from quarterdeck.ledger.models.revision import Revision
from quarterdeck.ledger.models.workspace import Workspace


class Share(Appended):
    """One paper of one revision. The link's secret is made from `nonce` and the site's key, so that this row alone opens nothing."""

    set_once: ClassVar[frozenset[str]] = frozenset({"closed_at", "closed_by"})

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="shares")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="shares")
    paper = models.CharField(max_length=20)
    scope = models.JSONField(default=dict)
    """What a brief is about: campaigns, channels, team."""
    body = models.TextField(default="")
    """The paper as it was shared (`report.papers.kept`): what somebody agreed to stays readable, whatever is planned or forecast later."""
    for_whom = models.CharField(max_length=NAME_LENGTH)
    nonce = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=NAME_LENGTH, null=True)

    def __str__(self) -> str:
        return f"share {self.pk} for {self.for_whom}"

    def is_open(self, now: datetime) -> bool:
        """Whether the link shows the paper: neither closed nor past its last moment."""
        return self.closed_at is None and now < self.expires_at


class ShareReply(Appended):
    """A comment, or that somebody agrees. `about` is the heading of the section that it is about; "" is the whole."""

    class Kind(models.TextChoices):
        """What was said."""

        COMMENT = "comment"
        AGREED = "agreed"

    set_once: ClassVar[frozenset[str]] = frozenset({"settled_at", "settled_by"})

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=NAME_LENGTH)
    about = models.CharField(max_length=NAME_LENGTH, blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=NAME_LENGTH, null=True)

    def __str__(self) -> str:
        return f"{self.kind} by {self.name}"
