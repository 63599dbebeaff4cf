"""Load: one immutable file of facts. Fit: curves found from a snapshot of loads. Overrule: a person's word against a doubt about a fit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quarterdeck.ledger.models.appended import HASH_LENGTH, NAME_LENGTH, Appended
from quarterdeck.ledger.models.workspace import Workspace


class Load(Appended):
    """Where a file of facts came from. `load_id` is the hash of its rows, `file_sha256` that of its Parquet bytes.

    `sequence` counts loads of a workspace: where two loads speak of the same thing, the later one holds. `dropped_at` undoes a load.
    """

    set_once: ClassVar[frozenset[str]] = frozenset({"dropped_at"})

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="loads")
    load_id = models.CharField(max_length=HASH_LENGTH)
    table = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    source = models.TextField()
    file_name = models.TextField()
    rows = models.PositiveIntegerField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    file_sha256 = models.CharField(max_length=HASH_LENGTH)
    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta(Appended.Meta):
        constraints = (
            models.UniqueConstraint(fields=["workspace", "sequence"], name="ledger_load_sequence"),
            models.UniqueConstraint(fields=["workspace", "table", "load_id"], condition=models.Q(dropped_at__isnull=True), name="ledger_load_once"),
        )

    def __str__(self) -> str:
        return f"{self.file_name} ({self.rows} rows of {self.table})"


class Fit(Appended):
    """Curves of one metric. `file` is the name of its .qdc, `hash` that of its content, `snapshot` the facts it was found from."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="fits")
    metric = models.CharField(max_length=60)
    hash = models.CharField(max_length=HASH_LENGTH)
    file = models.CharField(max_length=NAME_LENGTH)
    snapshot = models.CharField(max_length=HASH_LENGTH)
    seed = models.BigIntegerField()
    holdout = models.JSONField()
    is_trusted = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta(Appended.Meta):
        constraints = (models.UniqueConstraint(fields=["workspace", "metric", "snapshot", "hash"], name="ledger_fit_once"),)

    def __str__(self) -> str:
        return f"fit of {self.metric} {self.hash[:12]}"


class Overrule(Appended):
    """A fit that is not trusted by its checks is used all the same, for a reason that a person gave."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="overrules")
    fit = models.ForeignKey(Fit, on_delete=models.PROTECT, related_name="overrules")
    reason = models.TextField()
    by = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by}: {self.reason}"
