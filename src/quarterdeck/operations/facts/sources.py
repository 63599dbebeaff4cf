"""sources_of: where loads came from, in the words of whoever brought them."""

from __future__ import annotations

from collections.abc import Sequence

from quarterdeck.ledger.models import Load
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered


def sources_of(context: Context, table: str, loads: Sequence[str]) -> tuple[str, ...]:
    """Each source once, oldest load first."""

    def read() -> tuple[str, ...]:
        rows = Load.objects.filter(workspace=context.workspace, table=table, load_id__in=loads).order_by("sequence")
        return tuple(dict.fromkeys(rows.values_list("source", flat=True)))

    return remembered("sources", (context.workspace.pk, table, tuple(loads)), read)
