"""read_geo_file: a CSV file with a row for each place and day as a geo test, or every reason why it is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from quarterdeck.facts.parsed_table import CsvOptions, DecimalMark
from quarterdeck.facts.reading.dates import OrderFound, find_date_order, parse_day
from quarterdeck.facts.reading.numbers import MarkFound, find_decimal_mark, parse_amount
from quarterdeck.facts.reading.problem_log import ProblemLog, listed, quoted
from quarterdeck.facts.reading.text import split_text
from quarterdeck.kernel.money import LARGEST_AMOUNT
from quarterdeck.kernel.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from quarterdeck.response.experiments.geo_test import GeoDays, GeoTest

TREATED_WORDS = frozenset({"treatment", "treated", "treat", "test", "exposed", "on", "true", "yes", "t"})
CONTROL_WORDS = frozenset({"control", "hold-out", "holdout", "held out", "none", "off", "false", "no", "c"})
_STATE = "Nothing was read."
_MOST = 50
_FAR_MORE = 3.0
_CELLS = "a day such as 2027-02-01, numbers such as 105.00"


@dataclass(frozen=True)
class GeoColumns:
    """Headers of the file: place, time and outcome are needed; `spend` None is a test of which no money is known."""

    geo: str
    time: str
    outcome: str
    spend: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class GroupLabels:
    """What the treated and the control places are called where the words do not say so themselves."""

    treated: str | None = None
    control: str | None = None


@dataclass(frozen=True, eq=False)
class GeoFile:
    """The test, and how its labels were understood (a sentence)."""

    test: GeoTest
    understood: str


def read_geo_file(
    file: Path, columns: GeoColumns, days: GeoDays, *, assignment: Path | None = None, labels: GroupLabels = GroupLabels()
) -> GeoFile:  # frozen
    """The test in `file`; groups from its column `group` or from the file `assignment` (two columns: place, group).

    Raises InvalidInput with every problem (RESPONSE-060: columns, 061: cells, 063: groups, 067: options; and those of `build_geo_test`), Refused when a file
    cannot be read.
    """
    from quarterdeck.response.experiments.geo_test import build_geo_test

    if (columns.group is None) == (assignment is None):
        found = "neither" if assignment is None else "both"
        raise InvalidInput([Problem("RESPONSE-067", "--group, --assignment", found, "one of the two", "Say where the groups stand.")], state=_STATE)
    wanted = [name for name in (columns.geo, columns.time, columns.outcome, columns.spend, columns.group) if name is not None]
    table = _read(file, wanted)
    if assignment is not None:
        told = _read(assignment, None)
        told_by = _groups_of(told, told.header[0], told.header[1], assignment.name)
    else:
        told_by = _groups_of(table, columns.geo, columns.group or "", file.name)
    rows = _rows(table, columns, file.name)
    treated, understood = settle_groups(told_by, labels, _moved(rows, told_by, days))
    return GeoFile(build_geo_test(rows, treated, days), understood)


def settle_groups(told: Mapping[str, str], labels: GroupLabels, moved: Mapping[str, float]) -> tuple[dict[str, bool], str]:
    """Place -> whether it was treated, and how the labels were understood; places of another label are left out.

    Known words decide. Of two labels that say nothing (1 and 2 are used both ways round) that one is treated whose spend the test changed, by `moved`: label
    -> by how much, at least three times as much as the other's; without spend, 1 of 0 and 1. Raises InvalidInput (RESPONSE-063) when it stays open.
    """
    found = sorted(set(told.values()))
    treated, why = labels.treated or _only(found, TREATED_WORDS), ""
    if treated is None:
        control = labels.control or _only(found, CONTROL_WORDS)
        treated, why = _by_elimination(found, control, moved)
    control = labels.control or _only(found, CONTROL_WORDS) or _the_other(found, treated)
    if treated is None or control is None or treated == control or treated not in found or control not in found:
        fix = "Say which is which with --treated and --control."
        problem = Problem("RESPONSE-063", "groups", f"the labels {listed(found)}", "one label of treated and one of control places", fix)
        raise InvalidInput([problem], state=_STATE)
    groups = {geo: label == treated for geo, label in told.items() if label in (treated, control)}
    left = len(told) - len(groups)
    ignored = f" Places of another label are left out: {left}." if left else ""
    return groups, f"“{treated}” is read as treated{why}, “{control}” as control.{ignored}"


def _only(found: Sequence[str], words: frozenset[str]) -> str | None:
    named = [label for label in found if label.casefold() in words]
    return named[0] if len(named) == 1 else None


def _the_other(found: Sequence[str], treated: str | None) -> str | None:
    rest = [label for label in found if label != treated]
    return rest[0] if len(rest) == 1 else None


def _by_elimination(found: Sequence[str], control: str | None, moved: Mapping[str, float]) -> tuple[str | None, str]:
    """The treated label of two, and why."""
    if len(found) != 2:
        return None, ""
    if control is not None:
        return _the_other(found, control), ""
    least, most = sorted(found, key=lambda label: moved.get(label, 0.0))
    if moved.get(most, 0.0) > _FAR_MORE * moved.get(least, 0.0):
        return most, ", because its spend changed with the test"
    return ("1", "") if set(found) == {"0", "1"} else (None, "")


def _moved(rows: Sequence[tuple[str, date, float, float]], told: Mapping[str, str], days: GeoDays) -> dict[str, float]:
    """Label -> by how much a place's spend of a row changed from before the test to within it (mean, either way)."""
    spent: dict[tuple[str, bool], list[float]] = {}
    for geo, day, _, cost in rows:
        if geo in told and days.before_from <= day <= days.test_to:
            spent.setdefault((told[geo], day >= days.test_from), []).append(cost)
    means = {key: sum(costs) / len(costs) for key, costs in spent.items()}
    return {label: abs(means.get((label, True), 0.0) - means.get((label, False), 0.0)) for label in set(told.values())}


@dataclass(frozen=True)
class _Table:
    header: list[str]
    rows: Sequence[list[str]]
    lines: Sequence[int]

    def column(self, name: str) -> list[str]:
        place = self.header.index(name)
        return [row[place].strip() if place < len(row) else "" for row in self.rows]


def _read(file: Path, wanted: list[str] | None) -> _Table:
    """The file with its header; `wanted` None takes the first two columns whatever they are called."""
    from quarterdeck.kernel.problems import Refused

    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.", fix="Check the name and the right to read it.", code="FILE-001") from error
    log = ProblemLog(file.name)
    text = split_text(content, CsvOptions(), log)
    if text is None:
        raise InvalidInput(log.problems(_MOST), state=_STATE)
    header = [cell.strip() for cell in text.rows[0]]
    missing = [name for name in wanted or [] if name not in header]
    if missing or len(header) < 2:
        problems = [
            Problem("RESPONSE-060", file.name, f"no column {quoted(name)}", f"one of {listed(header)}", "Give the header as it stands.")
            for name in missing
        ]
        few = [Problem("RESPONSE-060", file.name, "fewer than two columns", "a place and its group", "Add the missing column.")]
        raise InvalidInput(problems or few, state=_STATE)
    if len(text.rows) < 2:
        raise InvalidInput(
            [Problem("RESPONSE-060", file.name, "a header and no rows", "a row for each place and day", "Export it again.")], state=_STATE
        )
    return _Table(header, text.rows[1:], text.lines[1:])


def _groups_of(table: _Table, place: str, group: str, file: str) -> dict[str, str]:
    """Place -> label, from the columns `place` and `group`. Raises InvalidInput when a place has two."""
    told: dict[str, str] = {}
    for geo, label in zip(table.column(place), table.column(group), strict=True):
        if told.setdefault(geo, label) != label:
            found = f"{geo} in {told[geo]} and in {label}"
            raise InvalidInput([Problem("RESPONSE-063", file, found, "one group for each place", "Correct the column.")], state=_STATE)
    return told


def _rows(table: _Table, columns: GeoColumns, file: str) -> list[tuple[str, date, float, float]]:
    days, outcomes = table.column(columns.time), table.column(columns.outcome)
    spends = table.column(columns.spend) if columns.spend else ["0"] * len(days)
    order, mark = find_date_order(days, whole_weeks=True), find_decimal_mark([*outcomes, *spends])
    problems = [*_contradictions(order, file), *_left_open(order, mark, file)]
    if problems:
        raise InvalidInput(problems, state=_STATE)
    rows = []
    for geo, day, outcome, spend, line in zip(table.column(columns.geo), days, outcomes, spends, table.lines, strict=True):
        cells = (parse_day(day, order.order), _number(outcome, mark.mark), _number(spend or "0", mark.mark))
        bad = [text for text, cell in zip((day, outcome, spend), cells, strict=True) if cell is None]
        if (bad or not geo) and len(problems) < _MOST:
            found, expected = (quoted(bad[0]), _CELLS) if bad else ("a row without a place", "the name of the place")
            problems.append(Problem("RESPONSE-061", f"{file} line {line}", found, expected, "Correct it."))
        elif cells[0] is not None and cells[1] is not None and cells[2] is not None:
            rows.append((geo, cells[0], cells[1], cells[2]))
    if problems:
        raise InvalidInput(problems, state=_STATE)
    return rows


def _contradictions(order: OrderFound, file: str) -> list[Problem]:
    if not (order.day_first and order.month_first):
        return []
    found = f"{quoted(order.day_first)} beside {quoted(order.month_first)}"
    return [Problem("RESPONSE-061", file, found, "days that are all written in one way", "Write them as YYYY-MM-DD.")]


def _left_open(order: OrderFound, mark: MarkFound, file: str) -> list[Problem]:
    """Cells that can be read in two ways, and nothing in the file decides: they are asked for, not guessed."""
    problems = []
    if order.is_open:
        expected = "days that can be read in one way only"
        problems.append(Problem("RESPONSE-061", file, quoted(order.open_cell or ""), expected, "Write them as YYYY-MM-DD."))
    if mark.open_cell is not None:
        found, expected = quoted(mark.open_cell), "numbers that can be read in one way only"
        problems.append(Problem("RESPONSE-061", file, found, expected, "Write them without marks between thousands."))
    return problems


def _number(text: str, mark: DecimalMark | None) -> float | None:
    """None for what is no number, or one too large to reckon with."""
    amount = parse_amount(text, mark)
    return None if amount is None or abs(amount.value) > LARGEST_AMOUNT else float(amount.value)
