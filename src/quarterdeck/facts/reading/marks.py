"""What the file as a whole decides: its decimal mark, the order of its dates, its currency and its zone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import TableSchema
from quarterdeck.facts.parsed_table import CsvOptions, DateFormat, DecimalMark
from quarterdeck.facts.reading.cells import TextColumns
from quarterdeck.facts.reading.dates import find_date_order, has_offset
from quarterdeck.facts.reading.header import Layout
from quarterdeck.facts.reading.money_signs import currencies_of
from quarterdeck.facts.reading.numbers import find_decimal_mark, parse_amount
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, quoted
from quarterdeck.facts.reading.values import NOT_KNOWN, plain_text


def settle_decimal_mark(schema: TableSchema, texts: TextColumns, options: CsvOptions, log: ProblemLog) -> DecimalMark | None:
    """The decimal mark of the whole file; an open question goes to the log."""
    if options.decimal is not None:
        return options.decimal
    found = find_decimal_mark(_texts(schema, texts, ("money", "number")), _texts(schema, texts, ("count",)))
    if found.open_cell is not None:
        line, column = _place(found.open_cell, texts)
        log.add(
            Fault(
                codes.DECIMAL_MARK,
                f"{quoted(found.open_cell)}, which can be read in two ways, and nothing else in the file decides",
                "an amount such as 1234.56",
                "Import with --decimal-point (1,234 is a thousand and more) or --decimal-comma (1,234 is little more than one).",
            ),
            line=line,
            column=column,
        )
    if found.mark == "comma":
        log.warn(
            codes.DECIMAL_COMMA_READ,
            "amounts with a decimal comma",
            "a decimal point",
            "1.234,50 was read as one thousand two hundred and thirty-four and a half.",
        )
    return found.mark


def settle_date_format(schema: TableSchema, texts: TextColumns, layout: Layout, options: CsvOptions, log: ProblemLog) -> DateFormat | None:
    """Day first or month first for the whole file; an open question or a contradiction goes to the log."""
    if options.date_format is not None:
        return options.date_format
    cells = list(_texts(schema, texts, ("day", "instant")))
    found = find_date_order(cells, whole_weeks=layout.week_of is not None)
    if found.day_first and found.month_first:
        line, column = _place(found.month_first, texts)
        log.add(
            Fault(
                codes.DATE_ORDER,
                f"{quoted(found.month_first)} and {quoted(found.day_first)}",
                "dates in one order",
                "Write all of them as YYYY-MM-DD.",
            ),
            line=line,
            column=column,
        )
    elif found.is_open and found.open_cell:
        line, column = _place(found.open_cell, texts)
        log.add(
            Fault(
                codes.DATE_ORDER,
                f"{quoted(found.open_cell)}, which can be read in two ways, and nothing else in the file decides",
                "a date such as 2027-02-01",
                "Import with --date-format dmy (day first) or --date-format mdy (month first).",
            ),
            line=line,
            column=column,
        )
    elif found.order is not None and found.month_first:
        log.warn(codes.DATE_ORDER_READ, f"dates such as {quoted(found.month_first)}", "dates such as 2027-02-01", "They were read as MM/DD/YYYY.")
    return found.order


def settle_currency(schema: TableSchema, texts: TextColumns, layout: Layout, options: CsvOptions, log: ProblemLog) -> str | None:
    """The one currency of the file: told, or from its own column, its headers or the signs in its cells; contradictions go to the log."""
    money = [column.name for column in schema.columns if column.type == "money" and column.name in texts.cells]
    marks = [source.mark for name, source in layout.sources.items() if source.mark and name in money] + [
        source.mark for source in layout.wide if source.mark
    ]
    column_says = [plain_text(cell).upper() for cell in dict.fromkeys(texts.cells.get("currency", ())) if cell.strip()]
    currency = options.currency or next(chain(column_says, (code for mark in marks for code in _one_meaning(mark)), _signs(money, texts)), None)
    if currency is None:
        if money and schema.currency_column:
            log.add(
                Fault(
                    codes.NO_CURRENCY, "amounts without a currency", "a currency such as GBP", "Import with --currency GBP, or add a column currency."
                )
            )
        return None
    for mark in dict.fromkeys(marks):
        if currency not in (currencies_of(mark) or ()):
            log.add(Fault(codes.OTHER_CURRENCY, f'"({mark})" in a header', f"amounts in {currency}", "Convert them, or correct the header."))
    return currency


def report_missing_zone(schema: TableSchema, texts: TextColumns, options: CsvOptions, log: ProblemLog) -> None:
    """Say that moments without an offset were taken as UTC, where nobody named a zone."""
    if options.timezone is None and any(cell.strip() and not has_offset(cell) for cell in _texts(schema, texts, ("instant",))):
        log.warn(
            codes.ZONE_ASSUMED,
            "moments without a zone",
            "moments such as 2027-02-01T09:30:00Z",
            "They were taken as UTC; import with --timezone to say otherwise.",
        )


def _texts(schema: TableSchema, texts: TextColumns, types: tuple[str, ...]) -> Iterable[str]:
    """Every different text of the columns of these types, in the order of the file."""
    names = [column.name for column in schema.columns if column.type in types and column.name in texts.cells]
    return (cell for name in names for cell in dict.fromkeys(texts.cells[name]) if cell.strip().casefold() not in NOT_KNOWN)


def _one_meaning(mark: str) -> tuple[str, ...]:
    meant = currencies_of(mark) or ()
    return meant if len(meant) == 1 else ()


def _signs(money: list[str], texts: TextColumns) -> Iterable[str]:
    for name in money:
        for cell in dict.fromkeys(texts.cells[name]):
            if not cell.isascii() or any(letter.isalpha() for letter in cell):
                amount = parse_amount(plain_text(cell), "point") or parse_amount(plain_text(cell), "comma")
                if amount and amount.mark:
                    yield from _one_meaning(amount.mark)


def _place(cell: str, texts: TextColumns) -> tuple[int, str]:
    for name, cells in texts.cells.items():
        for row, text in enumerate(cells):
            if text == cell or text.strip().startswith(cell):
                return texts.lines[row], _header(name, row, texts)
    return 0, ""


def _header(name: str, row: int, texts: TextColumns) -> str:
    header = texts.headers[name]
    return header if isinstance(header, str) else header[row]
