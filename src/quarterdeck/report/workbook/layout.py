"""Which sheets and columns the spreadsheet of a strategy has. All of it follows from the types of the document, so that no field can be left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, get_args, get_origin

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.strategy.all_words import words_of
from quarterdeck.report.strategy.choices import CHOICES, choice_word
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import REFERENCES
from quarterdeck.strategy.parts.shape import FieldShape, fields_of
from quarterdeck.strategy.parts.values import Part

Kind = Literal["id", "ref", "refs", "choice", "number", "whole", "money", "percent", "date", "time", "yes", "text", "lines"]
Path = tuple[str, ...]

READ_ME, SINGLES, LISTS = "Read me", "Company and rules", "Lists"
NAME_KEYS = ("name", "title", "statement", "who", "text", "group")
"""What a member is called by, where another cell names it in place of its id."""

_TITLES = {
    "objectives": "Objectives",
    "objectives.milestones": "Milestones",
    "goals": "Goals",
    "audiences": "Audiences",
    "audiences.insights": "Insights",
    "conversions": "Conversion groups",
    "proposition.claims": "Claims",
    "proposition.competitors": "Competitors",
    "channels": "Channels",
    "channels.challenges": "Challenges",
    "campaigns": "Campaigns",
    "offers": "Offers",
    "tools": "Tools",
    "content.items": "Content",
    "management.tasks": "Tasks",
    "management.teams": "Teams",
    "management.teams.people": "People",
    "management.teams.people.away": "Days away",
    "management.contact_rules.at_most": "Contact limits",
    "management.contact_rules.blackouts": "Blackouts",
    "management.kpis": "KPIs",
    "evaluation": "Rules",
    "questions": "Questions",
    "opportunities": "Ideas",
}
"""Lists by their place, in the order of the sheets."""
_GROUPS = {
    "company": "The company",
    "vision": "The year",
    "note": "The year",
    "proposition": "What makes us different",
    "ads": "Rules for advertising",
    "content": "Themes and voice",
    "management": "Work and money",
    "review": "Review dates",
}
_PARENTS = {
    "objectives": "objective",
    "audiences": "audience",
    "channels": "channel",
    "management.teams": "team",
    "management.teams.people": "person",
}
_TARGETS = {rule.source: tuple(target.replace("[]", "") for target in rule.targets) for rule in REFERENCES}


@dataclass(frozen=True)
class Column:
    """One field: `path` leads to it from its row (or from the top of the document), `targets` are the lists that its ids come from.

    `option` leads to the part around it that may be missing as a whole, such as `spend`; empty where there is none.
    """

    path: Path
    part: type[Part]
    shape: FieldShape
    kind: Kind
    label: str
    hint: str
    targets: Path = ()
    option: Path = ()

    @property
    def key(self) -> str:
        """What row 2 says: `title`, `spend.floor`."""
        return ".".join(self.path)

    @property
    def is_list(self) -> bool:
        """Whether the cell holds one value a line."""
        return self.kind in ("refs", "lines")

    @property
    def is_required(self) -> bool:
        """Whether the row cannot do without it."""
        return self.shape.info.is_required() and len(self.path) == 1

    @property
    def choices(self) -> dict[str, str]:
        """The document's words with what each is called; empty where anything may be typed."""
        field = f"{self.part.__name__}.{self.shape.key}"
        if field in CHOICES:
            return CHOICES[field]
        if get_origin(self.shape.plain_type) is Literal:
            return {str(word): choice_word(field, word) for word in get_args(self.shape.plain_type)}
        return {metric.id: metric.name for metric in METRICS.values()} if self.kind == "choice" else {}


@dataclass(frozen=True)
class Table:
    """A sheet of one row for each member of a list; `parent` is the sheet of the members that it lies in, named in the first column."""

    title: str
    place: str
    part: type[Part]
    columns: tuple[Column, ...]
    parent: str = ""

    @property
    def parent_key(self) -> str:
        """What row 2 says above the ids of the parents; empty where there are none."""
        return _PARENTS.get(self.parent, "")

    @property
    def parent_title(self) -> str:
        """The sheet of the parents."""
        return _TITLES.get(self.parent, "")

    @property
    def path(self) -> Path:
        """The fields that lead to the list, from its parent or from the top of the document."""
        return tuple(self.place.removeprefix(self.parent).strip(".").split("."))

    @property
    def has_ids(self) -> bool:
        """Whether its members have ids."""
        return any(column.kind == "id" for column in self.columns)

    @property
    def keys(self) -> Path:
        """Everything that row 2 may say."""
        return (*((self.parent_key,) if self.parent else ()), *(column.key for column in self.columns))


@cache
def tables() -> tuple[Table, ...]:
    """Every sheet of a list, in the order of the workbook."""
    found = {table.place: table for table in _tables(Strategy, (), "", "")}
    return tuple(found[place] for place in [*_TITLES, *(place for place in found if place not in _TITLES)])


@cache
def table_at(place: str) -> Table:
    """The sheet of the list at that place."""
    return next(table for table in tables() if table.place == place)


@cache
def single_columns() -> tuple[Column, ...]:
    """Every field outside of lists of parts, in the order of the document; each is a row of the one sheet of single parts."""
    order = list(_GROUPS)
    return tuple(sorted(_columns(Strategy, (), ""), key=lambda column: order.index(column.path[0]) if column.path[0] in order else len(order)))


def group_of(column: Column) -> str:
    """The heading that a single field stands under."""
    return _GROUPS.get(column.path[0], "The rest")


def _tables(part: type[Part], words: Path, parent: str, source: str) -> Iterator[Table]:
    for shape in fields_of(part).values():
        if shape.part is None:
            continue
        place, below = (*words, shape.key), f"{source}.{shape.key}".lstrip(".")
        if shape.kind == "part":
            yield from _tables(shape.part, place, parent, below)
        elif shape.is_list:
            name = ".".join(place)
            yield Table(_TITLES.get(name, name), name, shape.part, tuple(_columns(shape.part, (), f"{below}[]")), parent)
            yield from _tables(shape.part, place, name, f"{below}[]")


def _columns(part: type[Part], path: Path, source: str, above: str = "", option: Path = ()) -> Iterator[Column]:
    for shape in fields_of(part).values():
        here, below = (*path, shape.key), f"{source}.{shape.key}".lstrip(".")
        if shape.kind == "part" and shape.part is not None:
            is_option = not shape.info.is_required() and shape.default is None
            yield from _columns(shape.part, here, below, _above(part, shape) if source else "", here if is_option else option)
        elif shape.part is None:
            words = words_of(part, shape.key)
            targets = _TARGETS.get(below) or _TARGETS.get(f"{below}[]") or ()
            yield Column(
                here,
                part,
                shape,
                _kind(part, shape, targets),
                _said(above, words.label) + (f" ({words.unit})" if words.unit else ""),
                words.hint,
                targets,
                option,
            )


def _said(above: str, label: str) -> str:
    return label if above and label.startswith(above.rstrip(": ")) else f"{above}{label}"


def _above(part: type[Part], shape: FieldShape) -> str:
    """What stands before the labels of a part within a part."""
    return words_of(part, shape.key).label.rstrip("?") + ": "


def _kind(part: type[Part], shape: FieldShape, targets: Path) -> Kind:
    if shape.key == "id":
        return "id"
    if targets:
        return "refs" if shape.is_list else "ref"
    if f"{part.__name__}.{shape.key}" in CHOICES or get_origin(shape.plain_type) is Literal or shape.info.json_schema_extra:
        return "choice"
    plain: dict[object, Kind] = {bool: "yes", date: "date", int: "whole", Decimal: "number"}
    said = words_of(part, shape.key).kind
    if said in ("money", "percent", "time"):
        return said
    return "lines" if shape.is_list else plain.get(shape.plain_type, "text")
