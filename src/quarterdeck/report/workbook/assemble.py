"""The rows of a spreadsheet as the plain data of a document, and the cell that each place of it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.workbook.kept import kept_remarks
from quarterdeck.report.workbook.layout import Table, single_columns, table_at, tables
from quarterdeck.report.workbook.members import Before, Plain, filled
from quarterdeck.report.workbook.names import Names, give_ids, resolve_names
from quarterdeck.report.workbook.reading import Reading, Row
from quarterdeck.strategy.parts.shape import Loc, place_of
from quarterdeck.strategy.wording.suggestions import did_you_mean

_PEOPLE = "management.teams.people"
_WHOSE = "__parent"


@dataclass
class Assembled:
    """A document as plain data. `cells` are the places that came from a cell, `rows` those of whole members."""

    plain: Plain
    cells: dict[Loc, str] = field(default_factory=dict)
    rows: dict[Loc, str] = field(default_factory=dict)

    def where(self, loc: Loc) -> str:
        """`Tasks, E14 (Due on)`; the row where there is no such column; the place in the document where nothing came from the spreadsheet."""
        for length in range(len(loc), 0, -1):
            found = self.cells.get(loc[:length]) or self.rows.get(loc[:length])
            if found:
                return found
        return place_of(loc, self.plain)


def assemble(reading: Reading, current: Mapping[str, Any]) -> Assembled:
    """The document that the rows say, on top of `current` where the spreadsheet says nothing. Problems go into the reading."""
    give_ids(reading)
    before = {table.place: _members_at(current, table) for table in tables()}
    names = Names(reading, before)
    resolve_names(reading, names)
    reading.remarks += kept_remarks(reading, before)
    whole = Assembled(deepcopy(dict(current)))
    if reading.singles is not None:
        whole.plain = filled(reading.singles, single_columns(), current)
        _note_cells(whole, (), reading.singles, single_columns())
    for table in tables():
        if table.place in reading.rows and not table.parent:
            loc = table.path
            known = Before(before[table.place])
            members = [_filled_row(whole, table, row, known, (*loc, index)) for index, row in enumerate(reading.rows[table.place])]
            _set(whole.plain, loc, members)
        elif table.place in reading.rows:
            _fill_children(whole, table, reading, before, names)
    return whole


def _filled_row(whole: Assembled, table: Table, row: Row, before: Before, loc: Loc) -> Plain:
    whole.rows[loc] = row.where
    _note_cells(whole, loc, row, table.columns)
    return filled(row, table.columns, before.of(row, table.columns))


def _fill_children(whole: Assembled, table: Table, reading: Reading, before: Mapping[str, Sequence[Plain]], names: Names) -> None:
    """The rows of a list within members of another list, each with its parent."""
    parents = {str(member.get("id")): (loc, member) for loc, member in _places(whole.plain, table_at(table.parent))}
    for _, member in parents.values():
        member.pop(table.path[-1], None)
    known = _by_parent(table, before[table.place])
    for row in reading.rows[table.place]:
        parent = names.find(row.parent, (table.parent,)) if row.parent else None
        if isinstance(parent, str) and parent in parents:
            loc, member = parents[parent]
            found = member.setdefault(table.path[-1], [])
            whose = "" if table.has_ids else parent
            found.append(_filled_row(whole, table, row, known[whose], (*loc, table.path[-1], len(found))))
        elif table.place != _PEOPLE and any(member.get("id") == row.parent for member in before[table.parent]):
            reading.remarks.append(f"{row.parent_cell} went with “{row.parent}”, which is no longer there.")
        else:
            reading.problems.append(_orphan(row, table, parent, parents))


def _orphan(row: Row, table: Table, parent: str | list[str] | None, parents: Iterable[str]) -> Problem:
    """The complaint about a row whose parent is not there, or not certain. Rows go with a parent that was deleted; people never do."""
    if isinstance(parent, list):
        fix = f"Write the short name of the one that is meant: {', '.join(parent[:10])}."
        return Problem("STRATEGY-956", row.parent_cell, f'"{row.parent}", which {len(parent)} are called', "one of them", fix)
    found = f'"{row.parent}", which does not exist' if row.parent else "nothing"
    fix = did_you_mean(row.parent, parents, otherwise=f"Write an id from the sheet {table.parent_title}.")
    return Problem("STRATEGY-958", row.parent_cell, found, f"the {table.parent_key} that this row belongs to", fix)


def _by_parent(table: Table, members: Sequence[Plain]) -> Mapping[str, Before]:
    """What was there, by whose it was; of members with ids all together, because such a one may have changed sides."""
    sorted_out: dict[str, list[Plain]] = defaultdict(list)
    for member in members:
        whose = str(member[_WHOSE])
        sorted_out["" if table.has_ids else whose].append({key: value for key, value in member.items() if key != _WHOSE})
    known: dict[str, Before] = defaultdict(lambda: Before(()))
    known.update({whose: Before(found) for whose, found in sorted_out.items()})
    return known


def _note_cells(whole: Assembled, loc: Loc, row: Row, columns: Any) -> None:
    for column in columns:
        if column.path in row.cells:
            said = f"{row.cells[column.path]} ({column.label})"
            whole.cells[(*loc, *column.path)] = said
            for length in range(1 if loc else 2, len(column.path)):
                whole.cells.setdefault((*loc, *column.path[:length]), said)


def _members_at(current: Mapping[str, Any], table: Table) -> list[Plain]:
    """Members of that list in a document; those of a list within members say whose they are."""
    if not table.parent:
        return list(_get_list(current, table.path))
    return [
        {**member, _WHOSE: parent.get("id")}
        for _, parent in _places(dict(current), table_at(table.parent))
        for member in parent.get(table.path[-1], [])
    ]


def _places(plain: Plain, table: Table) -> list[tuple[Loc, Plain]]:
    """Every member of a list in a document, with its place."""
    if not table.parent:
        return [((*table.path, index), member) for index, member in enumerate(_get_list(plain, table.path))]
    return [
        ((*loc, table.path[-1], index), member)
        for loc, parent in _places(plain, table_at(table.parent))
        for index, member in enumerate(parent.get(table.path[-1], []))
    ]


def _get_list(plain: Mapping[str, Any], path: Sequence[str]) -> list[Plain]:
    value: Any = plain
    for key in path:
        value = value.get(key, {}) if isinstance(value, Mapping) else {}
    return value if isinstance(value, list) else []


def _set(plain: Plain, path: Sequence[str], members: list[Plain]) -> None:
    for key in path[:-1]:
        plain = plain.setdefault(key, {})
    plain[path[-1]] = members
