"""From rows of cells to one list of texts for each column of the table, wide columns turned into rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import TableSchema
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.reading.header import Layout
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, listed
from quarterdeck.facts.reading.text import TextRows
from quarterdeck.facts.reading.values import NOT_KNOWN, is_not_known, plain_text

_TOTAL = re.compile(r"(?:grand |sub)?totals?\b.*|(?:gesamt|summe|всього|итого)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextColumns:
    """Texts by column, all of one length, the line that each row stands on, and the header that each value came under."""

    cells: dict[str, list[str]]
    lines: list[int]
    headers: dict[str, list[str] | str]


def collect_cells(rows: TextRows, header: int, *, schema: TableSchema, layout: Layout, options: CsvOptions, log: ProblemLog) -> TextColumns:
    """The texts of every column that the rows after number `header`, or `options.fixed`, give.

    Totals are left out and said; rows too wide are faults.
    """
    width = len(rows.rows[header])
    when = layout.sources.get(schema.when or "")
    body, kept_lines = _even_rows(rows, header, width=width, day_place=when.index if when else 0, log=log)
    columns = list(zip(*body, strict=True)) if body else [()] * width
    cells = {name: list(columns[source.index]) for name, source in layout.sources.items()}
    headers: dict[str, list[str] | str] = {name: source.header for name, source in layout.sources.items()}
    texts = TextColumns(cells, kept_lines, headers)
    if layout.wide and schema.wide:
        texts = _unpivot(columns, texts, schema, layout)
    for name, text in options.fixed.items():
        if name not in texts.cells and name in schema.names:
            texts.cells[name], texts.headers[name] = [text] * len(texts.lines), name
    return texts


def _even_rows(rows: TextRows, header: int, *, width: int, day_place: int, log: ProblemLog) -> tuple[list[list[str]], list[int]]:
    body, kept_lines, totals, short = [], [], [], []
    for row, line in zip(rows.rows[header + 1 :], rows.lines[header + 1 :], strict=True):
        if _is_total(row, day_place):
            totals.append(line)
            continue
        if len(row) > width:
            if any(cell.strip() for cell in row[width:]):
                log.add(
                    Fault(
                        codes.ROW_TOO_WIDE,
                        f"{len(row)} cells",
                        f"{width} cells as in the header",
                        'Put texts and amounts that hold the separator in "quotation marks".',
                    ),
                    line=line,
                )
            row = row[:width]  # noqa: PLW2901 the cells beyond are empty or reported
        elif len(row) < width:
            short.append(line)
            row = row + [""] * (width - len(row))  # noqa: PLW2901 the missing cells count as empty
        body.append(row)
        kept_lines.append(line)
    if totals:
        log.warn(codes.LINES_LEFT_OUT, f"totals on line {listed(map(str, totals))}", "one row for each fact", "They were left out.", line=totals[0])
    if short:
        log.warn(
            codes.SHORT_ROWS,
            f"{len(short)} rows with fewer cells than the header, the last on line {short[-1]}",
            f"{width} cells",
            "Missing cells count as empty; check that the file was not cut off.",
            line=short[0],
        )
    return body, kept_lines


def _is_total(row: list[str], place: int) -> bool:
    """Whether the row starts with a word for a total and states no day."""
    first = row[0].strip()
    if not first and place < len(row):
        first = row[place].strip()
    if not first or first[0] not in "tTgGsSвВиИ" or _TOTAL.fullmatch(first) is None:
        return False
    return place == 0 or place >= len(row) or row[place].strip().casefold() in NOT_KNOWN or row[place].strip() == first


def _unpivot(columns: Sequence[tuple[str, ...]], texts: TextColumns, schema: TableSchema, layout: Layout) -> TextColumns:
    """One row for each wide cell that holds something: an empty one is not known, and no fact."""
    if schema.wide is None:
        return texts
    value_column = schema.column(schema.wide.value)
    filled = [[i for i, cell in enumerate(columns[source.index]) if not is_not_known(plain_text(cell), value_column)] for source in layout.wide]
    picked = list(chain.from_iterable(filled))
    long = {name: [cells[i] for i in picked] for name, cells in texts.cells.items()}
    long[schema.wide.label] = _repeat((source.label or "" for source in layout.wide), filled)
    long[schema.wide.value] = [columns[source.index][i] for source, rows in zip(layout.wide, filled, strict=True) for i in rows]
    headers = dict(texts.headers) | {schema.wide.label: "header", schema.wide.value: _repeat((source.header for source in layout.wide), filled)}
    return TextColumns(long, [texts.lines[i] for i in picked], headers)


def _repeat(texts: Iterable[str], filled: Sequence[Sequence[int]]) -> list[str]:
    return [text for text, rows in zip(texts, filled, strict=True) for _ in rows]
