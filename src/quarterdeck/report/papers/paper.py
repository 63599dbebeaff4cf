"""Paper: a document to hand over, as data: sections of sentences, lists, tables and bars. No markup: each way of printing adds its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Look = Literal["plain", "lead", "quiet"]
Width = Literal["wide", "half"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `strong` is said first, in bold."""

    text: str
    strong: str = ""
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """A list. Each point may begin with a few strong words."""

    points: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of ready text under a header; every row is as long as the header. `numeric` are the columns that are set to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numeric: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row of a table has a cell for each column of its header")

    @property
    def cells(self) -> Iterator[list[tuple[str, str, bool]]]:
        """Row by row: the column's heading, the text, and whether it is a figure."""
        return ([(heading, text, at in self.numeric) for at, (heading, text) in enumerate(zip(self.header, row, strict=True))] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, its share of the longest (0 to 1), and its figure in words."""

    label: str
    share: float
    figure: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other, the figures beside them. `caption` says what is measured."""

    bars: tuple[Bar, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: `finding` is its caption, `alt` tells its figures to those who do not see it, `spec` is drawn by whoever prints the paper."""

    id: str
    finding: str
    unit_line: str
    alt: str
    spec: dict[str, Any]
    """Vega-Lite, about half a sheet wide; colours are CSS variables."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Charts, two abreast where there is room."""

    pictures: tuple[Picture, ...]


Block: TypeAlias = Line | Points | Table | Bars | Pictures


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it. On one page, `half` sections stand in two columns below the `wide` ones."""

    title: str
    blocks: tuple[Block, ...]
    width: Width = "half"
    number: int | None = None
    """The step of the method that it belongs to."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `foot` says where it comes from: revision, author, day, and what its figures rest on."""

    kind: Literal["one-page", "report", "brief"]
    title: str
    subtitle: str
    lead: str
    sections: tuple[Section, ...]
    foot: str
    language: str = "en"
    """ISO 639 language of the words."""
    region: str = "GB"
    """ISO 3166 country whose paper and hyphens are used."""

    @property
    def is_one_page(self) -> bool:
        """Whether it must fit on one sheet."""
        return self.kind == "one-page"
