"""parse_context_ahead: what a CSV file says of the days to come, as far as it says anything."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog
from quarterdeck.facts.reading.series_cells import RowsRead
from quarterdeck.facts.series_file import SeriesOptions, SeriesRoles, parse_rows
from quarterdeck.kernel.problems import InvalidInput

Ahead = dict[tuple[str, str, date], float]
"""(column, geo, day) -> value; the geo is "" where the file speaks of all of them alike."""


def parse_context_ahead(
    raw: bytes, roles: SeriesRoles, *, words: Mapping[str, tuple[str, ...]], file_name: str, csv: CsvOptions
) -> tuple[Ahead, tuple[str, ...]]:
    """Every cell of context that is filled, and what is worth knowing of how they were understood. Columns of context, and of geos, that the file does not have are left out.

    Raises InvalidInput with everything that is wrong with the file, also when it has none of the columns.
    """
    log = ProblemLog(file_name)
    read = parse_rows(raw, roles, SeriesOptions(csv=csv, words=dict(words), is_ahead=True), log)
    if read is not None:
        _report_repeated(read, roles.time, log)
    if read is None or len(log):
        raise InvalidInput(log.problems(csv.max_problems), state="Nothing was forecast.")
    told = {
        (name, geo, day): value
        for name, values in read.numbers.items()
        for day, geo, value in zip(read.days, read.geos, values, strict=True)
        if not math.isnan(value)
    }
    return told, read.notes


def _report_repeated(read: RowsRead, time: str, log: ProblemLog) -> None:
    seen: dict[tuple[date, str], int] = {}
    for day, geo, line in zip(read.days, read.geos, read.lines, strict=True):
        if (day, geo) in seen:
            found = f"{day.isoformat()}{f' of {geo}' if geo else ''} again, as on line {seen[day, geo]}"
            log.add(Fault(codes.REPEATED_ROW, found, "each day once", "Keep one of them."), line=line, column=time)
        seen.setdefault((day, geo), line)
