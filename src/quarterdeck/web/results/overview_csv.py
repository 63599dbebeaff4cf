"""The overview as a table: one line a metric and week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quarterdeck.operations.results.look_at_results import Results
from quarterdeck.report.charts.labels import name_of

HEADER = ("metric", "name", "week_from", "counted", "planned", "a_year_before", "sources")


def overview_table(results: Results | None) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """Header and rows; without facts the header alone."""
    return HEADER, _rows(results) if results is not None else iter(())


def _rows(results: Results) -> Iterator[Sequence[object]]:
    for each in results.figures:
        values = zip(results.period.weeks, each.counted.values, each.planned.values, each.last_year.values, strict=True)
        for week, counted, planned, last_year in values:
            yield each.metric, name_of(each.metric), week, counted, planned, last_year, "; ".join(each.sources)
