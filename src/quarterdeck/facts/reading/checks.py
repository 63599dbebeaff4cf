"""What is checked once all cells are values: days that cannot have happened yet, weeks, gaps, unknown metrics; and the summary."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import TableSchema, Value
from quarterdeck.facts.day_words import WEEKDAYS, day_runs, say_day, say_days
from quarterdeck.facts.fact_table import FactTable
from quarterdeck.facts.names import to_name
from quarterdeck.facts.parsed_table import Summary
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, listed
from quarterdeck.facts.reading.repeats import Columns
from quarterdeck.facts.reading.weeks import has_sum
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import DAYS_PER_WEEK, days_between

_RUNS_NAMED = 5


def check_days_ahead(schema: TableSchema, columns: Columns, lines: Sequence[int], as_of: date | None, log: ProblemLog, *, weekly: bool) -> None:
    """Log every row that lies after `as_of`, and every week that is not over by then."""
    if as_of is None or schema.when is None or schema.column(schema.when).may_lie_ahead:
        return
    longest = DAYS_PER_WEEK - 1 if weekly else 0
    for line, value in zip(lines, columns[schema.when], strict=True):
        day = _day_of(value)
        if day is not None and day + timedelta(days=longest) > as_of:
            found = f"the week from {say_day(day)}, which is not over" if weekly and day <= as_of else f"{say_day(day)}, which lies ahead"
            log.add(
                Fault(codes.DAY_AHEAD, found, f"days up to {say_day(as_of)}", "Correct the date or leave out the row; plans do not belong to facts."),
                line=line,
                column=schema.when,
            )


def check_week_starts(columns: Columns, lines: Sequence[int], log: ProblemLog) -> None:
    """Log rows whose week starts on another weekday than most: their weeks would overlap. Weeks that do not start on Monday are said."""
    starts = Counter(day.weekday() for day in columns["day"] if isinstance(day, date))
    if not starts:
        return
    usual = min(starts, key=lambda weekday: (-starts[weekday], weekday))
    for line, day in zip(lines, columns["day"], strict=True):
        if isinstance(day, date) and day.weekday() != usual:
            log.add(
                Fault(
                    codes.WEEKS_OVERLAP,
                    f"a week from {WEEKDAYS[day.weekday()]} {say_day(day)}",
                    f"weeks from {WEEKDAYS[usual]}, as in most rows",
                    "Correct the date.",
                ),
                line=line,
                column="day",
            )
    where = "" if usual == 0 else f" They start on {WEEKDAYS[usual]}, so that each lies in two of Quarterdeck's weeks, which start on Monday."
    log.warn(
        codes.WEEKS_SPREAD,
        "one row a week",
        "one row a day",
        f"Each was spread evenly over its seven days, so that nothing can be said about weekdays.{where}",
    )


def check_metrics(columns: Columns, log: ProblemLog) -> None:
    """Say which metrics are not known, with the nearest that is."""
    for metric in sorted({str(value) for value in columns.get("metric", ())} - METRICS.keys()):
        near = difflib.get_close_matches(metric, METRICS, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        log.warn(
            codes.UNKNOWN_METRIC,
            f'the metric "{metric}"',
            "a metric that Quarterdeck knows",
            f"It is kept as it is, and its days are added up.{meant}",
        )


def find_days_missing(schema: TableSchema, columns: Columns, log: ProblemLog) -> tuple[date, ...]:
    """Days between the first and the last on which the table has no row at all; gaps of one metric, name or channel alone are only said."""
    if schema.when != "day" or not columns["day"]:
        return ()
    days = {day for day in columns["day"] if isinstance(day, date)}
    missing = tuple(day for day in days_between(min(days), max(days)) if day not in days)
    if missing:
        log.warn(
            codes.DAYS_MISSING,
            f"no row on {_say_runs(missing)}",
            "every day between the first and the last",
            f"If nothing happened, add rows with 0; else these days are not known.{_by_week(days)}",
        )
    if schema.name == "outcomes":
        _say_gaps_of_metrics(columns, set(missing), log)
    return missing


def _by_week(days: set[date]) -> str:
    """What to do where all days are the same weekday: such rows are mostly whole weeks."""
    return (
        " If each row is a whole week, say so when you bring the file in (`--weekly`)."
        if len({day.weekday() for day in days}) == 1 < len(days)
        else ""
    )


def summarise(facts: FactTable) -> Summary:
    """Rows, first and last day, and a total for each channel or metric (for what does not add up: the mean)."""
    schema = facts.schema
    days = [day for day in map(_day_of, facts.column(schema.when)) if day is not None] if schema.when else []
    label, value, words = {
        "spend": ("channel", "cost", "cost by channel"),
        "outcomes": ("metric", "value", "value by metric"),
        "context": ("name", "value", "mean by name"),
        "orders": ("geo", "value", "value by region"),
        "conversions": ("conversion", "value", "value by conversion"),
    }.get(schema.name, (None, None, ""))
    totals: dict[str, list[Decimal]] = {}
    if label and value:
        for name, amount in zip(facts.column(label), facts.column(value), strict=True):
            if isinstance(amount, Decimal):
                totals.setdefault(str(name), []).append(amount)
    summed = tuple((name, _total(schema, name, amounts)) for name, amounts in sorted(totals.items()))
    return Summary(len(facts), min(days, default=None), max(days, default=None), words, summed)


def _total(schema: TableSchema, name: str, amounts: Sequence[Decimal]) -> Decimal:
    total = sum(amounts, Decimal(0))
    is_mean = schema.name == "context" or (schema.name == "outcomes" and not has_sum(name))
    return round(total / len(amounts), 6) if is_mean else total


def _day_of(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _say_gaps_of_metrics(columns: Columns, known_gaps: set[date], log: ProblemLog) -> None:
    by_metric: dict[str, set[date]] = {}
    for metric, day in zip(columns["metric"], columns["day"], strict=True):
        if isinstance(day, date):
            by_metric.setdefault(str(metric), set()).add(day)
    for metric, days in sorted(by_metric.items()):
        gaps = [day for day in days_between(min(days), max(days)) if day not in days and day not in known_gaps]
        if gaps:
            log.warn(
                codes.DAYS_MISSING,
                f"no {metric} on {_say_runs(gaps)}",
                "every day between the first and the last",
                "If it was 0, add rows with 0; else these days are not known.",
            )


def _say_runs(days: Sequence[date]) -> str:
    runs = day_runs(days)
    return f"{len(set(days))} day{'' if len(set(days)) == 1 else 's'} ({listed((say_days(first, last) for first, last in runs), _RUNS_NAMED)})"


def find_spellings(texts: Sequence[str], values: Sequence[Value]) -> dict[str, str]:
    """How names were written: name -> the spelling used most (the first in the alphabet where two are used alike), where it differs."""
    used: dict[str, Counter[str]] = {}
    for (text, value), times in Counter(zip(texts, values, strict=True)).items():
        if isinstance(value, str) and value:
            used.setdefault(value, Counter())[text.strip()] += times
    best = {name: min(counts, key=lambda text: (-counts[text], text)) for name, counts in used.items()}
    return {name: text for name, text in sorted(best.items()) if text != name and to_name(text) != text}
