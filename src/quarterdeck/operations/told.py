"""Told: what an operation has to say: sentences for people, facts for programs, and a table where one helps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
Tell = Callable[[str], None]
"""Called with what is being done now, while something takes long."""


@dataclass(frozen=True)
class Told:
    """The result of an operation as it is shown; the same in page, terminal and JSON."""

    sentences: Sequence[str]
    facts: Mapping[str, Any] = field(default_factory=dict)
    table: Table | None = None


def tell_nobody(_: str) -> None:
    """For callers that do not show progress."""


def count(number: int, noun: str) -> str:
    """`no errors`, `1 error`, `3 errors`."""
    return f"no {noun}s" if number == 0 else f"{number} {noun}{'' if number == 1 else 's'}"
