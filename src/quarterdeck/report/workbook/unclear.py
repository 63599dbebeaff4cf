"""A cell that says nothing certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quarterdeck.strategy.parts.validation import describe_value


@dataclass(frozen=True)
class Unclear:
    """What a cell says, what would be certain, and what to do."""

    found: str
    expected: str
    fix: str


def say_cell(cell: Any) -> str:
    """A cell as a person sees it there."""
    return f'"{str(cell).upper()}"' if isinstance(cell, bool) else describe_value(cell)
