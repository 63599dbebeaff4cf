"""The lists of the strategy as small tables: what is worth seeing of each member at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quarterdeck.report.strategy.around import called
from quarterdeck.report.strategy.cells import COLUMNS, Cells
from quarterdeck.report.strategy.members import Member, members_of
from quarterdeck.report.strategy.outline import Sheet
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.wording.reach import LIKELY, STRETCH

PAGE = 25
FEW = 8
"""Rows of a list in the page of its step; a longer one has a page of its own."""
FEWEST = 5
"""Rows of a list in the page of the whole strategy."""


@dataclass(frozen=True)
class TableRow:
    """One member: its name with where it leads, an icon's kind, its other cells, and what is wrong with it."""

    href: str
    name: str
    kind: str
    cells: tuple[str, ...]
    look: str = ""
    chance: float | None = None
    chance_says: str = ""

    @property
    def chance_look(self) -> str:
        """The colour of the chance."""
        return look_of_chance(self.chance)


@dataclass(frozen=True)
class Table:
    """Some rows of a list, and how many there are in all."""

    sheet: Sheet
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: int
    has_chance: bool = False

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True)
class TableMaker:
    """Makes tables of one strategy. `root` is the address of the strategy, `wrong` place -> worst severity, `chances` objective id -> chance."""

    strategy: Strategy
    words: Words
    root: str
    step: int
    wrong: dict[str, str]
    chances: dict[str, float | None]

    def table(self, sheet: Sheet, members: Sequence[Member] | None = None, *, most: int | None = None, first: int = 0) -> Table:
        """The rows from `first` on, `most` of them."""
        everything = members_of(self.strategy, sheet) if members is None else members
        shown = everything[first:] if most is None else everything[first : first + most]
        header = COLUMNS[sheet.slug][0]
        return Table(sheet, header, tuple(self._row(sheet, member) for member in shown), len(everything), sheet.slug == "objectives")

    def _row(self, sheet: Sheet, member: Member) -> TableRow:
        part: Any = member.part
        chance = self.chances.get(member.key) if sheet.slug == "objectives" else None
        return TableRow(
            href=f"{self.root}step/{self.step}/{sheet.slug}/{member.key}/",
            name=called(part, longest=110),
            kind=part.kind if sheet.slug == "channels" else "",
            cells=self.cells.row(sheet.slug, member),
            look=self.wrong.get(member.place, ""),
            chance=chance,
            chance_says=self.words.chance(chance) if sheet.slug == "objectives" and chance is not None else "not known",
        )

    @cached_property
    def cells(self) -> Cells:
        """What stands in the cells."""
        return Cells(self.strategy, self.words)


def look_of_chance(chance: float | None) -> str:
    """The colour of a chance: good, warn, bad; the figure stands beside it."""
    if chance is None:
        return "idle"
    return "good" if chance >= LIKELY else "warn" if chance >= STRETCH else "bad"
