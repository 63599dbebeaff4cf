"""What cells call other members: by id, or by a name that only one of them has; and ids for rows that have none yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.workbook.layout import NAME_KEYS, Column, Table, table_at, tables
from quarterdeck.report.workbook.reading import Reading, Row

ID = ("id",)
_LONGEST_STEM = 40


class Names:
    """Ids and names of every list with ids: those of the spreadsheet, and of the strategy where a sheet is missing."""

    def __init__(self, reading: Reading, current: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.ids: dict[str, dict[str, None]] = {}
        self.named: dict[str, dict[str, list[str]]] = {}
        for table in tables():
            if table.has_ids:
                rows = reading.rows.get(table.place)
                self._learn(table.place, current.get(table.place, ()) if rows is None else [_as_fields(row) for row in rows])

    def find(self, word: str, places: Sequence[str]) -> str | list[str] | None:
        """The id that is meant; several where a name could mean each of them; None where nothing is called so."""
        if any(word in self.ids.get(place, ()) for place in places):
            return word
        wanted = _bare(word)
        found = list(dict.fromkeys(part_id for place in places for part_id in self.named.get(place, {}).get(wanted, ())))
        if not found:
            return None
        return found[0] if len(found) == 1 else found

    def _learn(self, place: str, members: Sequence[Mapping[str, Any]]) -> None:
        self.ids[place] = {member["id"]: None for member in members if isinstance(member.get("id"), str)}
        named = self.named.setdefault(place, {})
        for member in members:
            for key in NAME_KEYS:
                if isinstance(member.get(key), str) and isinstance(member.get("id"), str):
                    ids = named.setdefault(_bare(member[key]), [])
                    ids += [member["id"]] if member["id"] not in ids else []


def give_ids(reading: Reading) -> None:
    """An id, made of its name, for every row that has none yet; the same row gets the same one again."""
    for place, rows in reading.rows.items():
        table = table_at(place)
        if not table.has_ids:
            continue
        taken = {row.values[ID] for row in rows if isinstance(row.values.get(ID), str)}
        for row in rows:
            if ID not in row.values:
                row.values[ID] = _new_id(table, row, taken)
                taken.add(row.values[ID])


def resolve_names(reading: Reading, names: Names) -> None:
    """Names in cells replaced by the ids that they mean; a name that means several is a problem. What is not known stays as it was typed."""
    for place, rows in reading.rows.items():
        table = table_at(place)
        for row in rows:
            for column in table.columns:
                if column.targets and isinstance(row.values.get(column.path), str | list):
                    row.values[column.path] = _resolved(row, column, names, reading)


def _resolved(row: Row, column: Column, names: Names, reading: Reading) -> Any:
    value = row.values[column.path]
    if isinstance(value, str):
        return _one(value, row, column, names, reading)
    words: list[str] = []
    for line in value:
        is_known = names.find(line, column.targets) is not None
        words += [line] if is_known else [word.strip() for word in re.split(r"[,;]", line) if word.strip()]
    return [_one(word, row, column, names, reading) for word in words]


def _one(word: str, row: Row, column: Column, names: Names, reading: Reading) -> str:
    found = names.find(word, column.targets)
    if isinstance(found, list):
        where = f"{row.cells[column.path]} ({column.label})"
        fix = f"Write the short name of the one that is meant: {', '.join(found[:10])}."
        reading.problems.append(Problem("STRATEGY-956", where, f'"{word}", which {len(found)} are called', "one of them", fix))
        return found[0]
    return found or word


def _as_fields(row: Row) -> dict[str, Any]:
    return {path[0]: value for path, value in row.values.items() if len(path) == 1}


def _new_id(table: Table, row: Row, taken: set[str]) -> str:
    words = next((str(row.values[(key,)]) for key in NAME_KEYS if isinstance(row.values.get((key,)), str)), "")
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = "_".join(re.findall(r"[a-z0-9]+", letters)[:4])[:_LONGEST_STEM] or table.title.lower().rstrip("s").replace(" ", "_")
    return next(name for name in (stem, *(f"{stem}_{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
