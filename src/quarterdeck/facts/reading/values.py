"""From the text of a cell to the value of its column, or to what is wrong with it. Every different text is read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import DECIMAL_PLACES, WHOLE_DIGITS, ColumnSchema, Value
from quarterdeck.facts.fact_table import settle_decimal
from quarterdeck.facts.names import spell, tidy_text, to_name
from quarterdeck.facts.parsed_table import DateFormat, DecimalMark
from quarterdeck.facts.reading.dates import parse_day, parse_instant
from quarterdeck.facts.reading.money_signs import currencies_of
from quarterdeck.facts.reading.numbers import Amount, parse_amount, reads_with_other_mark
from quarterdeck.facts.reading.problem_log import Fault, quoted

NOT_KNOWN = frozenset({"", "-", "--", "---", "–", "—", "na", "n/a", "n.a.", "nan", "null", "none"})
_FLAGS = {
    "yes": True,
    "y": True,
    "true": True,
    "t": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "f": False,
    "0": False,
    "1.0": True,
    "0.0": False,
}
_SPREADSHEET_ERRORS = frozenset({"#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#####"})
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_EXCEL_DAY = re.compile(r"[2-6][0-9]{4}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one file are to be read: its decimal mark, date order, zone, currency, and the saved names."""

    decimal: DecimalMark | None = None
    date_format: DateFormat | None = None
    zone: tzinfo | None = None
    currency: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    pseudonyms: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CellsRead:
    """Values and faults by the text of the cell. `rounded` is how many texts were finer than facts hold."""

    values: dict[str, Value]
    faults: dict[str, Fault]
    rounded: int = 0


def read_cells(column: ColumnSchema, cells: Iterable[str], reading: Reading) -> CellsRead:
    """Every different text of a column as a value (its default where it is empty), or as a fault."""
    values: dict[str, Value] = {}
    faults: dict[str, Fault] = {}
    rounded = 0
    read = _READERS[column.type]
    for cell in dict.fromkeys(cells):
        text = plain_text(cell)
        result: Value | Fault = _formula_fault(text, column) if text[:1] in {"=", "#"} else None
        if result is None:
            result = _not_told(column) if is_not_known(text, column) else read(text, column, reading)
        if isinstance(result, Fault):
            faults[cell] = result
        elif isinstance(result, Decimal):
            values[cell] = settle_decimal(result, DECIMAL_PLACES[column.type])
            rounded += values[cell] != result
        else:
            values[cell] = result
    return CellsRead(values, faults, rounded)


def plain_text(cell: str) -> str:
    """The cell without spaces around it and without what spreadsheets wrap text in: ="007" and '=sum are 007 and =sum."""
    text = cell.strip() if cell.isascii() else tidy_text(cell)
    if text[:1] == "=" and (wrapped := _KEPT_AS_TEXT.fullmatch(text)):
        return wrapped.group(1)
    return text[1:] if text[:1] == "'" and text[1:2] in {"+", "-", "@"} else text


def is_not_known(text: str, column: ColumnSchema) -> bool:
    """Whether a plain text says nothing. In text columns only emptiness does ("NA" is also Namibia)."""
    return text == "" if column.type == "text" else text.casefold() in NOT_KNOWN


def _not_told(column: ColumnSchema) -> Value | Fault:
    if column.required and column.default is None and column.name != "currency":
        return Fault(codes.VALUE_MISSING, "an empty cell", f"{_expectation(column)}", "Fill it in, or leave out the row.")
    return column.default


def _formula_fault(text: str, column: ColumnSchema) -> Fault | None:
    if text.startswith("=") or text.casefold() in _SPREADSHEET_ERRORS:
        kind = "a formula" if text.startswith("=") else "a spreadsheet's error"
        return Fault(codes.FORMULA, f"{kind}, {quoted(text)}", f"{_expectation(column)}", "Paste the cells as values and export the file again.")
    return None


def _read_text(text: str, column: ColumnSchema, reading: Reading) -> Value | Fault:
    if column.holds_person and reading.pseudonyms is not None:
        text = reading.pseudonyms.get(text, text)
    if column.holds_person and _ADDRESS.search(text):
        return Fault(
            codes.PERSONAL_DATA,
            "an e-mail address",
            "a pseudonym",
            "Facts hold no personal data: import with --pseudonyms, which keeps the map in one place.",
        )
    if len(text) > _LONGEST_TEXT:
        return Fault(
            codes.BAD_TABLE, f"a text of {len(text)} characters", f"at most {_LONGEST_TEXT}", "Shorten it; perhaps a quotation mark is missing."
        )
    if column.name == "currency" and text.upper() != reading.currency:
        return Fault(
            codes.OTHER_CURRENCY, quoted(text), f"amounts in {reading.currency}", "Convert them to one currency first, or leave the row out."
        )
    known = reading.names.get(to_name(text))
    return spell(text if known is None else known, column.spelled_as)


def _read_day(text: str, column: ColumnSchema, reading: Reading) -> Value | Fault:
    day: date | None = parse_day(text, reading.date_format)
    if day is not None:
        return day
    fix = (
        "Write it as YYYY-MM-DD."
        if reading.date_format is None
        else f"Dates were read as {reading.date_format}; write it as YYYY-MM-DD or import with another --date-format."
    )
    if _EXCEL_DAY.fullmatch(text):
        fix = "It looks like a spreadsheet's day number: format the column as a date and export again."
    return Fault(codes.BAD_DATE, quoted(text), f"{_expectation(column)}", fix)


def _read_instant(text: str, column: ColumnSchema, reading: Reading) -> Value | Fault:
    moment = parse_instant(text, reading.date_format, reading.zone)
    if moment is None:
        return Fault(codes.BAD_INSTANT, quoted(text), f"{_expectation(column)}", "Write it as YYYY-MM-DDTHH:MM:SSZ.")
    return moment


def _read_flag(text: str, column: ColumnSchema, reading: Reading) -> Value | Fault:
    flag = _FLAGS.get(text.casefold())
    return Fault(codes.BAD_FLAG, quoted(text), "yes or no", "Write yes or no (true, false, 1 and 0 will do).") if flag is None else flag


def _read_number(text: str, column: ColumnSchema, reading: Reading) -> Value | Fault:
    amount = parse_amount(text, reading.decimal)
    if amount is None:
        return _number_fault(text, column, reading)
    fault = _amount_fault(amount, text, column, reading)
    if fault is not None:
        return fault
    return int(amount.value) if column.type == "count" else amount.value


def _number_fault(text: str, column: ColumnSchema, reading: Reading) -> Fault:
    if not reads_with_other_mark(text, reading.decimal):
        return Fault(codes.BAD_NUMBER, quoted(text), f"{_expectation(column)}", "Write digits only, or leave the cell empty where it is not known.")
    if reading.decimal == "comma":
        return Fault(
            codes.DECIMAL_MARK, quoted(text), "an amount such as 1234,56", "Use a decimal comma in the whole file, or import with --decimal-point."
        )
    return Fault(
        codes.DECIMAL_MARK, quoted(text), "an amount such as 1234.56", "Use a decimal point in the whole file, or import with --decimal-comma."
    )


def _amount_fault(amount: Amount, text: str, column: ColumnSchema, reading: Reading) -> Fault | None:
    if amount.mark is not None and (fault := _mark_fault(amount.mark, text, column, reading)):
        return fault
    if column.type != "number" and (amount.is_percent or amount.has_exponent):
        return Fault(
            codes.BAD_NUMBER, quoted(text), f"{_expectation(column)}", "Write the whole figure: a percentage or a shortened number has lost it."
        )
    if column.type == "count" and amount.value != amount.value.to_integral_value():
        return Fault(codes.NOT_WHOLE, quoted(text), "a whole number", "Correct it; rates and averages belong to outcomes.")
    if column.minimum is not None and amount.value < column.minimum:
        return Fault(codes.BELOW_ZERO, quoted(text), f"{column.minimum} or more", "Correct it; a refund lowers the day that it refunds.")
    if abs(amount.value) >= 10 ** WHOLE_DIGITS[column.type]:
        return Fault(
            codes.NUMBER_TOO_LARGE, quoted(text), f"fewer than {WHOLE_DIGITS[column.type] + 1} digits", "Correct it; perhaps a separator is missing."
        )
    return None


def _mark_fault(mark: str, text: str, column: ColumnSchema, reading: Reading) -> Fault | None:
    meant = currencies_of(mark)
    if meant is None or column.type == "count":
        return Fault(codes.BAD_NUMBER, quoted(text), f"{_expectation(column)}", "Write digits only.")
    if reading.currency is not None and reading.currency not in meant:
        return Fault(codes.OTHER_CURRENCY, quoted(text), f"an amount in {reading.currency}", "Convert it, or correct the sign.")
    return None


def _expectation(column: ColumnSchema) -> str:
    words = {
        "day": "a date such as",
        "instant": "a moment such as",
        "money": "an amount such as",
        "count": "a whole number such as",
        "number": "a number such as",
        "flag": "yes or no, such as",
        "text": "a text such as",
    }
    return f"{words[column.type]} {column.example}"


_READERS: dict[str, Callable[[str, ColumnSchema, Reading], Value | Fault]] = {
    "text": _read_text,
    "day": _read_day,
    "instant": _read_instant,
    "flag": _read_flag,
    "money": _read_number,
    "number": _read_number,
    "count": _read_number,
}
