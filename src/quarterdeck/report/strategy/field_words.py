"""What a field is called in a form: label, hint, and the kind of input where its type does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

InputKind = Literal[
    "text",
    "textarea",
    "lines",
    "codes",
    "number",
    "money",
    "percent",
    "date",
    "time",
    "check",
    "select",
    "checks",
    "suggest",
    "fixed",
    "group",
    "repeat",
]


@dataclass(frozen=True)
class FieldWords:
    """`span` is its share of the form's width in sixths; `none` the first choice of a select that may be left empty; `unit` stands behind the input."""

    label: str
    hint: str = ""
    kind: InputKind | None = None
    span: int = 6
    none: str = "Choose"
    unit: str = ""
    rows: int = 2
    folded: bool = False
    suggest: Literal["metrics", "people", "zones", "skills", "needs"] | None = None
    add: str = "Add another"
    example: str = ""
    """For a field that no example strategy fills."""
