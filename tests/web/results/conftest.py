"""The desk of Harbour, and rows that are brought in on top of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from results_rows import NOW, desk_of

if TYPE_CHECKING:
    from quarterdeck.operations.quarter.open_desk import Desk
    from quarterdeck.operations.site import Site


@pytest.fixture
def desk(played: Site) -> Desk:
    """Olena's, in week 5."""
    return desk_of(played)


@pytest.fixture
def bring_in() -> Callable[..., None]:
    """Imports rows into a table, in place of older ones where they speak of the same."""

    def bring(desk: Desk, table: str, rows: dict[str, list[Any]], *, file_name: str = "later.csv") -> None:
        from quarterdeck.operations.facts.import_facts import import_facts

        context = desk.context
        import_facts(
            context.site, context.workspace, table, rows, source="a file", file_name=file_name, by="Carl", now=NOW + timedelta(hours=1), replace=True
        )

    return bring
