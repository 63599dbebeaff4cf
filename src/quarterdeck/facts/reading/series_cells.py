"""From the texts of a file with a row a week to days, geos and numbers; what is missing is a problem, never 0."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.names import tidy_text
from quarterdeck.facts.parsed_table import DateFormat, DecimalMark
from quarterdeck.facts.reading.cells import TextColumns
from quarterdeck.facts.reading.dates import parse_day
from quarterdeck.facts.reading.money_signs import currencies_of
from quarterdeck.facts.reading.numbers import parse_amount, reads_with_other_mark
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, listed, quoted
from quarterdeck.facts.reading.values import NOT_KNOWN, plain_text
from quarterdeck.kernel.money import LARGEST_AMOUNT

MOST_WORDS = 20
_NEVER_NEGATIVE = ("spend", "exposure", "reach", "frequency", "organic")
_FLAGS = {"true": 1.0, "yes": 1.0, "y": 1.0, "t": 1.0, "false": 0.0, "no": 0.0, "n": 0.0, "f": 0.0, "1": 1.0, "0": 0.0}
_NO_WORD = frozenset({*NOT_KNOWN, "no", "0"})


@dataclass(frozen=True)
class CellRules:
    """How the cells of one file are read. `empty_spend_is_zero`; rows outside `first` to `last` are left out; `words`: what a column of words may
    say; `empty_is_open`: an empty cell of context is NaN and no fault."""

    decimal: DecimalMark | None
    order: DateFormat | None
    empty_spend_is_zero: bool
    first: date | None
    last: date | None
    words: Mapping[str, tuple[str, ...]]
    empty_is_open: bool

    def covers(self, day: date) -> bool:
        """Whether rows of that day are asked for."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def no_rows(self) -> str:
        """That no row lies between the days asked for."""
        since = f" from {self.first.isoformat()}" if self.first else ""
        return f"no row{since}" + (f" to {self.last.isoformat()}" if self.last else "")


@dataclass(frozen=True)
class RowsRead:
    """Sound rows in the order of the file: `numbers` column -> value by row, `words` column of words -> the words that became columns."""

    days: list[date]
    geos: list[str]
    lines: list[int]
    numbers: dict[str, list[float]]
    words: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]


def read_rows(texts: TextColumns, roles: Mapping[str, str], rules: CellRules, log: ProblemLog) -> RowsRead | None:
    """Every row that lies between the days asked for; faults go to `log`, and their cells are 0 here. None when no row has a day."""
    time = next(name for name, role in roles.items() if role == "time")
    days = [parse_day(plain_text(cell), rules.order) for cell in texts.cells[time]]
    _report_days(days, texts, time, rules.order, log)
    kept = [row for row, day in enumerate(days) if day is not None and rules.covers(day)]
    if not kept:
        if not len(log):
            log.add(Fault(codes.NO_ROWS, rules.no_rows(), "at least eight weeks of rows", "Correct --from or --to."))
        return None
    read = RowsRead([day for row in kept if (day := days[row]) is not None], [""] * len(kept), [texts.lines[row] for row in kept], {}, {}, ())
    notes = []
    for name, role in roles.items():
        if role == "time" or name not in texts.cells:
            continue
        cells = _Cells([plain_text(texts.cells[name][row]) for row in kept], read.lines, name, role)
        if role == "geo":
            read.geos[:] = _read_geos(cells, log)
        elif role == "context" and (name in rules.words or _is_worded(cells.texts, rules.decimal)):
            words, columns = _read_words(cells, rules, log)
            read.numbers.update(columns)
            if words:
                read.words[name] = words
                notes.append(_say_words(name, words) if name not in rules.words else _say_strange(cells, words))
        else:
            read.numbers[name] = _read_numbers(cells, rules, log)
    return replace(read, notes=tuple(note for note in notes if note))


@dataclass(frozen=True)
class _Cells:
    """The cells of one column that are read, with the line of each."""

    texts: list[str]
    lines: list[int]
    name: str
    role: str

    def report(self, row: int, fault: Fault, log: ProblemLog) -> None:
        log.add(fault, line=self.lines[row], column=self.name)


def _report_days(days: Sequence[date | None], texts: TextColumns, time: str, order: DateFormat | None, log: ProblemLog) -> None:
    header = str(texts.headers[time])
    if len(days) > 1 and not any(days):
        cells = [plain_text(cell) for cell in texts.cells[time]]
        found = f"no date in any row, but {listed((quoted(cell) for cell in cells), 2)}" if any(cells) else "empty cells alone"
        log.add(
            Fault(codes.BAD_DATE, found, "dates such as 2027-02-01, a row a week or a day", "Name the column of dates, or write them as YYYY-MM-DD."),
            column=header,
        )
        return
    for row, day in enumerate(days):
        if day is not None:
            continue
        cell = plain_text(texts.cells[time][row])
        read_as = "" if order is None else f" Dates were read as {order}."
        found = quoted(cell) if cell else "an empty cell"
        log.add(Fault(codes.BAD_DATE, found, "a date such as 2027-02-01", f"Write it as YYYY-MM-DD.{read_as}"), line=texts.lines[row], column=header)


def _read_geos(cells: _Cells, log: ProblemLog) -> list[str]:
    for row, text in enumerate(cells.texts):
        if not text:
            cells.report(row, Fault(codes.VALUE_MISSING, "an empty cell", "the name of a geo", "Fill it in, or leave out the row."), log)
    return [tidy_text(text) for text in cells.texts]


def _is_worded(texts: list[str], decimal: DecimalMark | None) -> bool:
    """Whether a column says something, and nothing that it says is a number."""
    said = {text for text in texts if text.casefold() not in NOT_KNOWN}
    return bool(said) and all(parse_amount(text, decimal) is None and not text[0].isdigit() for text in said)


def _read_words(cells: _Cells, rules: CellRules, log: ProblemLog) -> tuple[tuple[str, ...], dict[str, list[float]]]:
    """The words, and a column of 0 and 1 for each; yes and no alone are no words, and one column of the name itself."""
    said, told = [tidy_text(text) for text in cells.texts], rules.words.get(cells.name)
    if told is None and {each.casefold() for each in said} <= {*_FLAGS, *NOT_KNOWN}:
        return (), {cells.name: _read_numbers(cells, rules, log)}
    words = told if told is not None else _words_of(said)
    if len(words) > MOST_WORDS:
        found = f"{len(words)} different words, such as {listed(words, 3)}"
        cells.report(0, Fault(codes.BAD_NUMBER, found, f"numbers, or at most {MOST_WORDS} words", "Leave the column out of --context."), log)
    return words, {f"{cells.name}={word}": [float(each.casefold() == word.casefold()) for each in said] for word in words}


def _words_of(said: Sequence[str]) -> tuple[str, ...]:
    """Every word once, as it was first written: capitals do not make another word."""
    first: dict[str, str] = {}
    for each in said:
        if each.casefold() not in _NO_WORD:
            first.setdefault(each.casefold(), each)
    return tuple(first.values())


def _say_words(name: str, words: tuple[str, ...]) -> str:
    return f"Column {quoted(name)} holds words: each of {listed(words)} is a column of its own, 1 where it stands."


def _say_strange(cells: _Cells, words: tuple[str, ...]) -> str:
    """That some words were never seen by the fit; nothing where all were."""
    known = {*(word.casefold() for word in words), *_NO_WORD}
    strange = list(dict.fromkeys(text for cell in cells.texts if (text := tidy_text(cell)).casefold() not in known))
    if not strange:
        return ""
    return f"Column {quoted(cells.name)} says {listed(map(quoted, strange))}, which the fit has never seen: the forecast knows no effect of it."


def _read_numbers(cells: _Cells, rules: CellRules, log: ProblemLog) -> list[float]:
    if all(text.casefold() in NOT_KNOWN for text in cells.texts) and isinstance(_not_told(cells.role, rules), Fault):
        cells.report(0, Fault(codes.VALUE_MISSING, "nothing in this row or any other", "numbers", "Leave the column out, or fill it in."), log)
        return [0.0] * len(cells.texts)
    values = []
    for row, text in enumerate(cells.texts):
        result = _not_told(cells.role, rules) if text.casefold() in NOT_KNOWN else _number(text, cells.role, rules.decimal)
        if isinstance(result, Fault):
            cells.report(row, result, log)
        values.append(0.0 if isinstance(result, Fault) else result)
    return values


def _number(text: str, role: str, decimal: DecimalMark | None) -> float | Fault:
    if role == "context" and text.casefold() in _FLAGS:
        return _FLAGS[text.casefold()]
    amount = parse_amount(text, decimal)
    if amount is None and reads_with_other_mark(text, decimal):
        mark, option = ("comma", "--decimal-point") if decimal == "comma" else ("point", "--decimal-comma")
        return Fault(codes.DECIMAL_MARK, quoted(text), f"a number with a decimal {mark}", f"Write the whole file in one way, or fit with {option}.")
    if amount is None or (amount.mark is not None and currencies_of(amount.mark) is None):
        return Fault(codes.BAD_NUMBER, quoted(text), "a number such as 1234.56", "Write digits only.")
    return _in_range(float(amount.value), text, role)


def _in_range(value: float, text: str, role: str) -> float | Fault:
    if abs(value) > LARGEST_AMOUNT:
        return Fault(codes.NUMBER_TOO_LARGE, quoted(text), "a number such as 1234.56", "Correct it.")
    if role in _NEVER_NEGATIVE and value < 0:
        return Fault(codes.BELOW_ZERO, quoted(text), "0 or more", "Correct it; a refund lowers the row that it refunds.")
    if role == "population" and value <= 0:
        return Fault(codes.BELOW_ZERO, quoted(text), "people, above 0", "Correct it.")
    return value


def _not_told(role: str, rules: CellRules) -> float | Fault:
    """What an empty cell means."""
    if role in _NEVER_NEGATIVE and rules.empty_spend_is_zero:
        return 0.0
    if role == "context" and rules.empty_is_open:
        return math.nan
    way_out = {
        "outcome": "Fill it in, or leave such rows out with --from and --to.",
        "context": "Fill it in (0 where it did not happen), or leave the column out of --context.",
        "population": "Fill it in.",
    }.get(role, "Fill it in: 0 where nothing was spent. If empty always means nothing, say --missing-spend-is-zero.")
    return Fault(codes.VALUE_MISSING, "an empty cell", "a number", way_out)
