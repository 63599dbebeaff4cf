"""A row of the spreadsheet and the member that it was made from, put together: what is not in the spreadsheet stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from quarterdeck.report.workbook.grids import Fault
from quarterdeck.report.workbook.layout import Column, Path
from quarterdeck.report.workbook.names import ID
from quarterdeck.report.workbook.reading import Row
from quarterdeck.report.workbook.unclear import Unclear

Plain = dict[str, Any]


def filled(row: Row, columns: Sequence[Column], before: Mapping[str, Any] | None) -> Plain:
    """The fields of the row, and of the member before it those that the spreadsheet does not have."""
    member: Plain = deepcopy(dict(before or {}))
    for column in columns:
        if column.path not in row.cells:
            continue
        if column.path in row.values:
            _put(member, column.path, row.values[column.path])
        elif not is_blank(get_at(member, column.path)):
            _put(member, column.path, None)
    for option in dict.fromkeys(column.option for column in columns if column.option):
        _drop_emptied(member, option, row, before)
    return _tidy(member, [column for column in columns if column.path in row.cells])


class Before:
    """Members as they were; each is given out once at most."""

    def __init__(self, members: Sequence[Plain]) -> None:
        self._members = members
        self._by_id = {str(member["id"]): member for member in members if "id" in member}
        self._left = list(range(len(members)))

    def of(self, row: Row, columns: Sequence[Column]) -> Plain | None:
        """The member that the row was made from: that of its id, or the first one left that reads the same, or that begins the same."""
        if any(column.kind == "id" for column in columns):
            return self._by_id.get(str(row.values.get(ID)))
        there = [column for column in columns if column.path in row.cells]
        for wanted in (there, there[:1]):
            for at in self._left:
                if wanted and all(_reads_alike(row, column, self._members[at]) for column in wanted):
                    self._left.remove(at)
                    return self._members[at]
        return None


def is_blank(value: Any) -> bool:
    """Whether a cell of this value looks empty."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _reads_alike(row: Row, column: Column, member: Plain) -> bool:
    before, now = get_at(member, column.path), row.values.get(column.path)
    if before is None:
        before = column.shape.default
        before = list(before) if isinstance(before, tuple) else before
    return is_blank(before) if now is None else now == before or str(now) == str(before)


def get_at(member: Mapping[str, Any], path: Path) -> Any:
    """What stands there; None for nothing."""
    value: Any = member
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _put(member: Plain, path: Path, value: Any) -> None:
    for key in path[:-1]:
        if not isinstance(member.get(key), dict):
            if value is None:
                return
            member[key] = {}
        member = member[key]
    if value is None or isinstance(value, Unclear | Fault):
        member.pop(path[-1], None)
    else:
        member[path[-1]] = value


def _drop_emptied(member: Plain, head: Path, row: Row, before: Mapping[str, Any] | None) -> None:
    """A part whose every cell was emptied is gone, with the note that only it had."""
    is_there = any(path[: len(head)] == head for path in row.values)
    cells = [path for path in row.cells if path[: len(head)] == head and len(path) > len(head)]
    was_there = any(not is_blank(get_at(before or {}, path)) for path in cells)
    if cells and not is_there and was_there:
        _put(member, head, None)


def _tidy(member: Plain, columns: Sequence[Column]) -> Plain:
    """A list that a member must have is there, be it empty."""
    for column in columns:
        if column.is_list and column.is_required and len(column.path) == 1:
            member.setdefault(column.path[0], [])
    return member
