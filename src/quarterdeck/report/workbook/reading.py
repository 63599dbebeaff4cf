"""What was found in a spreadsheet: rows as they were typed, and all that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.workbook.layout import Path


@dataclass(frozen=True)
class Row:
    """One member as it was typed: `values` by the path of the field (what is missing was empty), `cells` of every column that is there."""

    number: int
    sheet: str
    values: dict[Path, Any]
    cells: dict[Path, str]
    parent: str = ""
    parent_cell: str = ""

    @property
    def where(self) -> str:
        """`Tasks, row 14`."""
        return f"{self.sheet}, row {self.number}"


@dataclass
class Reading:
    """What was found, and everything that is wrong with it. `remarks` say what was left out, `examples` are rows that only show something."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    singles: Row | None = None
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
