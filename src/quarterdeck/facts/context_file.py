"""parse_context_ahead: what a CSV file says of the days to come, as far as it says anything."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.reading.problem_log import ProblemLog
from quarterdeck.facts.series_file import SeriesOptions, SeriesRoles, parse_rows
from quarterdeck.kernel.problems import InvalidInput

Ahead = dict[str, dict[date, float]]


def parse_context_ahead(
    raw: bytes, *, time: str, context: Sequence[str], words: Mapping[str, tuple[str, ...]], file_name: str, csv: CsvOptions
) -> Ahead:
    """Column of context -> day -> value, for every cell that is filled. Columns that the file does not have are left out.

    Raises InvalidInput with everything that is wrong with the file, also when it has none of the columns.
    """
    log = ProblemLog(file_name)
    read = parse_rows(raw, SeriesRoles(time, context=tuple(context)), SeriesOptions(csv=csv, words=dict(words), is_ahead=True), log)
    if read is None or len(log):
        raise InvalidInput(log.problems(csv.max_problems), state="Nothing was forecast.")
    return {
        name: {day: value for day, value in zip(read.days, values, strict=True) if not math.isnan(value)} for name, values in read.numbers.items()
    }
