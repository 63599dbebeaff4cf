"""A strategy as a spreadsheet file: a sheet for each list, one for all single fields, and one that says how it is meant. The same strategy, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from quarterdeck.kernel.problems import Refused
from quarterdeck.report.words import Words
from quarterdeck.report.workbook.grids import letters, need_openpyxl
from quarterdeck.report.workbook.layout import LISTS, SINGLES, Column, Table, group_of, single_columns, tables
from quarterdeck.report.workbook.look import FIRST_ROW, PARENT_WIDTH, SPARE_ROWS, Look, Offers, grow, put_text, set_up, width_of
from quarterdeck.report.workbook.package import pack_alike
from quarterdeck.report.workbook.read_me import fill_read_me
from quarterdeck.report.workbook.values_out import EXAMPLE, MOST_CHARACTERS, CellValue, cell_value, number_format
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import fields_of
from quarterdeck.strategy.parts.values import Part

_SINGLES = (36, 60, 60, 44)
_BOLD = 0.85
"""Bold letters, and the button of the filter, take room."""
_NO_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)


def render_workbook(strategy: Strategy, *, examples: Sequence[Strategy] = (), made_from: str = "", revision: int | None = None) -> bytes:
    """The .xlsx file. `examples` put one grey row into each sheet that is never read back; `made_from` is the hash of the revision that it is
    taken from, `revision` its number.

    Raises Refused where a list is too long for a cell, or the writer of spreadsheets is not installed.
    """
    need_openpyxl()
    from openpyxl import Workbook

    book, look = Workbook(), Look()
    book.properties.creator, book.properties.title = "Quarterdeck", f"Strategy of {strategy.company.name}"
    book.properties.created = _NO_MOMENT
    fill_read_me(book.active, look, title=_title(strategy, revision), is_empty=bool(examples))
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for at, word in enumerate(("made from", made_from), 1):
        put_text(lists.cell(1, at), word)
    members = {table.place: list(_members(strategy, table)) for table in tables()}
    offers = Offers(lists, {place: [getattr(part, "id", "") for _, part in found] for place, found in members.items()})
    sign = _money_sign(strategy)
    _fill_singles(book.create_sheet(SINGLES), look, offers, (strategy, sign), examples)
    for table in tables():
        shown = next((found[0] for example in examples if (found := list(_members(example, table)))), None)
        _TableSheet(book.create_sheet(table.title), look, offers, table, sign).fill(members[table.place], shown)
    book.move_sheet(lists, len(book.sheetnames))
    out = BytesIO()
    book.save(out)
    return pack_alike(out.getvalue())


def _title(strategy: Strategy, revision: int | None) -> str:
    return f"The strategy of {strategy.company.name}{'' if revision is None else f', revision {revision}'}"


def _money_sign(strategy: Strategy) -> str:
    """`£`; letters with a space behind them: `NOK `."""
    from babel.numbers import get_currency_symbol

    sign = str(get_currency_symbol(strategy.company.currency, locale=Words.of(strategy).locale))
    return f"{sign} " if sign[-1:].isalpha() else sign


def _members(strategy: Strategy, table: Table) -> Iterator[tuple[str, Part]]:
    """Every member of the list with the id of its parent."""
    holders: list[tuple[str, Part]] = [("", strategy)]
    for word in table.place.split("."):
        found = []
        for parent, part in holders:
            shape = fields_of(type(part))[word]
            value = getattr(part, shape.name)
            whose = getattr(part, "id", parent)
            found += [(whose, each) for each in value] if shape.is_list else [(whose, value)]
        holders = found
    yield from holders


def _value(part: Part, column: Column) -> Any:
    value: Any = part
    for key in column.path:
        if value is None:
            return None
        kind: type[Part] = type(value)
        value = getattr(value, fields_of(kind)[key].name)
    return value


@dataclass(frozen=True)
class _TableSheet:
    """A sheet of rows being written."""

    sheet: Any
    look: Look
    offers: Offers
    table: Table
    money_sign: str

    def fill(self, members: Sequence[tuple[str, Part]], example: tuple[str, Part] | None) -> None:
        """The members, each with the id of its parent; where there are none the example, marked so that it is never read."""
        columns = [column for column in self.table.columns if not _is_rare(column) or any(_value(part, column) for _, part in members)]
        self._head(columns)
        for row, (parent, part) in enumerate(members, FIRST_ROW):
            self._row(row, self._cells(columns, parent, part), columns)
        if not members and example is not None:
            self._row(FIRST_ROW, self._cells(columns, *example), columns, is_example=True)
        self._finish(columns, FIRST_ROW + max(len(members), 1) - 1)

    @property
    def _first(self) -> int:
        """How many columns stand before the fields."""
        return 1 if self.table.parent else 0

    def _head(self, columns: Sequence[Column]) -> None:
        above = (self.table.parent_key,) if self.table.parent else ()
        self.look.head(self.sheet, [*(key.capitalize() for key in above), *(column.label for column in columns)], [*above, *(c.key for c in columns)])
        _add_hints(self.sheet, self.table, columns, self._first)

    def _cells(self, columns: Sequence[Column], parent: str, part: Part) -> list[CellValue]:
        values = [cell_value(column, _value(part, column)) for column in columns]
        return [parent, *values] if self.table.parent else values

    def _width(self, at: int, columns: Sequence[Column]) -> float:
        return width_of(columns[at - self._first]) if at >= self._first else PARENT_WIDTH

    def _row(self, row: int, values: Sequence[CellValue], columns: Sequence[Column], *, is_example: bool = False) -> None:
        font = self.look.example if is_example else None
        for at, value in enumerate(values):
            shown = _marked(value, is_example) if at == 0 else _fitting(value, f"{self.table.title}!{letters(at)}{row}")
            form = number_format(columns[at - self._first], shown, self.money_sign) if at >= self._first else "@"
            self.look.put(self.sheet.cell(row, at + 1), shown, form, font=font)
        grow(self.sheet, row, [(value, self._width(at, columns)) for at, value in enumerate(values)])

    def _finish(self, columns: Sequence[Column], last: int) -> None:
        for at, column in enumerate(columns, self._first):
            self.offers.add(self.sheet, column, at, last + SPARE_ROWS)
            self.sheet.column_dimensions[letters(at)].number_format = number_format(column, None)
        widths = [self._width(at, columns) for at in range(self._first + len(columns))]
        grow(self.sheet, 1, [(self.sheet.cell(1, at + 1).value, width * _BOLD) for at, width in enumerate(widths)])
        set_up(self.sheet, widths, frozen=f"{letters(self._first + 1)}{FIRST_ROW}", rows=2)
        self.sheet.auto_filter.ref = f"A2:{letters(len(widths) - 1)}{last}"


def _is_rare(column: Column) -> bool:
    """A note of a part within a member: a column only where there is one."""
    return len(column.path) > 1 and column.path[-1] == "note"


def _marked(value: CellValue, is_example: bool) -> CellValue:
    """The first cell of a row: marked where it only shows; a text that happens to begin with the mark is told apart."""
    if is_example:
        return f"{EXAMPLE}{value}"
    return f" {value}" if isinstance(value, str) and value.startswith(EXAMPLE.strip()) else value


def _add_hints(sheet: Any, table: Table, columns: Sequence[Column], first: int) -> None:
    from openpyxl.comments import Comment

    if table.parent:
        sheet.cell(1, 1).comment = Comment(
            f"Short name of the {table.parent_key} that this row belongs to; see the sheet {table.parent_title}.", "Quarterdeck"
        )
    for at, column in enumerate(columns, 1 + first):
        said = " ".join(_hints(column))
        if said:
            sheet.cell(1, at).comment = Comment(said, "Quarterdeck", height=90, width=260)


def _hints(column: Column) -> Iterator[str]:
    if column.kind == "id":
        yield "Other sheets know it by this name. Leave it empty in a new row, and it is made from the name."
    elif column.hint:
        yield column.hint
    if column.is_list and "a line" not in column.hint:
        yield "One in each line of the cell."
    if column.targets:
        names = " or ".join(dict.fromkeys(table.title for table in tables() if table.place in column.targets))
        yield f"Short name, or the name itself, from {names}."
    if column.is_required and column.kind != "id":
        yield "Must be filled in."


def _fill_singles(sheet: Any, look: Look, offers: Offers, said: tuple[Strategy, str], examples: Sequence[Strategy]) -> None:
    strategy, sign = said
    look.head(sheet, ["What", "Answer", "What it means", "Field"], ["", "value", "", "field"])
    row, heading = FIRST_ROW, ""
    for column in single_columns():
        value = _fitting(cell_value(column, _value(strategy, column)), f"{column.label}")
        if column.path[-1] == "note" and value is None:
            continue
        if group_of(column) != heading:
            heading = group_of(column)
            look.put(sheet.cell(row, 1), heading, font=look.label)
            row += 1
        example = next((found for each in examples if (found := cell_value(column, _value(each, column))) is not None), None)
        meaning = " ".join([*_hints(column), *([f"For example: {example}"] if example is not None else [])])
        for at, (text, font) in enumerate(((column.label, None), (None, None), (meaning, look.example), (column.key, look.field)), 1):
            look.put(sheet.cell(row, at), text, "@", font=font)
        look.put(sheet.cell(row, 2), value, number_format(column, value, sign))
        sheet.cell(row, 2).fill, sheet.cell(row, 2).alignment, sheet.cell(row, 2).border = look.tint, look.left, look.apart
        grow(sheet, row, [(column.label, _SINGLES[0]), (value, _SINGLES[1]), (meaning, _SINGLES[2])])
        offers.add_one(sheet, column, f"B{row}")
        row += 1
    set_up(sheet, _SINGLES, frozen="B3", rows=2)


def _fitting(value: CellValue, where: str) -> CellValue:
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        raise Refused(
            f"{where} would hold {len(value):,} characters; a cell of a spreadsheet holds {MOST_CHARACTERS:,}.",
            fix="Shorten it, or take the strategy out as YAML.",
            code="STRATEGY-959",
        )
    return value
