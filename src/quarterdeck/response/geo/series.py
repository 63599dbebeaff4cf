"""GeoSeries: the facts of several geos side by side, the same rows and channels in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

_NAMED = 5


@dataclass(frozen=True, eq=False)
class GeoSeries:
    """Spend, context and one outcome by geo and row: a week (`step_days` 7) or a day (`step_days` 1). No gaps: every geo has every row.

    Shapes: `spend [geo, row, channel]` (money), `outcome [geo, row]` (units of `metric`), `population [geo]` (heads; None: not known),
    `context [geo, row, name]`. `starts`: the first day of each row.
    Raises ValueError when shapes disagree, names come twice, a number is NaN or (spend) negative; what a person can mend is found by `build_geo_series`.
    """

    metric: str
    geos: tuple[str, ...]
    starts: tuple[date, ...]
    channels: tuple[str, ...]
    spend: FloatArray
    outcome: FloatArray
    population: FloatArray | None = None
    context_names: tuple[str, ...] = ()
    context: FloatArray = field(default_factory=lambda: np.zeros((0, 0, 0)))
    step_days: int = WEEK

    def __post_init__(self) -> None:
        geos, rows = len(self.geos), len(self.starts)
        if len(set(self.geos)) < geos or not geos:
            raise ValueError("geos need names of their own, and at least one")
        if not self.context_names:
            object.__setattr__(self, "context", np.zeros((geos, rows, 0)))
        expected: dict[str, tuple[int, ...]] = {
            "spend": (geos, rows, len(self.channels)),
            "outcome": (geos, rows),
            "context": (geos, rows, len(self.context_names)),
        }
        if self.population is not None:
            expected["population"] = (geos,)
        for name, shape in expected.items():
            values = np.asarray(getattr(self, name), dtype=np.float64)
            object.__setattr__(self, name, values)
            if values.shape != shape:
                raise ValueError(f"{name} has shape {values.shape}, expected {shape}")
        for number in range(geos):
            self.of_geo(number)

    def __len__(self) -> int:
        return len(self.starts)

    def of_geo(self, number: int) -> ResponseSeries:
        """One geo as a series of its own."""
        return ResponseSeries(
            self.metric,
            self.starts,
            self.channels,
            self.spend[number],
            self.outcome[number],
            context_names=self.context_names,
            context=self.context[number],
            step_days=self.step_days,
        )

    def in_total(self) -> ResponseSeries:
        """All geos together: spend and outcome added up, context as the mean over geos, each weighing as many heads as it has."""
        return ResponseSeries(
            self.metric,
            self.starts,
            self.channels,
            self.spend.sum(axis=0),
            self.outcome.sum(axis=0),
            context_names=self.context_names,
            context=np.einsum("g,gtk->tk", self.heads / self.heads.sum(), self.context),
            step_days=self.step_days,
        )

    def rows(self, start: int, stop: int) -> GeoSeries:
        """The rows from `start` up to but not including `stop`."""
        part = slice(start, stop)
        return GeoSeries(
            self.metric,
            self.geos,
            self.starts[part],
            self.channels,
            self.spend[:, part],
            self.outcome[:, part],
            self.population,
            self.context_names,
            self.context[:, part],
            self.step_days,
        )

    def of_geos(self, numbers: Sequence[int]) -> GeoSeries:
        """Some of the geos."""
        part = list(numbers)
        return replace(
            self,
            geos=tuple(self.geos[number] for number in part),
            spend=self.spend[part],
            outcome=self.outcome[part],
            population=None if self.population is None else self.population[part],
            context=self.context[part],
        )

    @property
    def heads(self) -> FloatArray:
        """How large each geo counts [geo]: its population, else its mean outcome a row; 1 where that is not above 0."""
        size = self.outcome.mean(axis=1) if self.population is None else self.population
        return np.asarray(np.where(size > 0, size, 1.0))

    def __repr__(self) -> str:
        return (
            f"GeoSeries of {self.metric}: {len(self.geos)} geos, {len(self):,} rows from {self.starts[0].isoformat()}, "
            f"{len(self.channels)} paid channels ({', '.join(self.channels)}), {len(self.context_names)} of context"
        )


def build_geo_series(
    metric: str,
    geo: Sequence[str],
    starts: Sequence[date],
    spend: Mapping[str, Sequence[float]],
    outcome: Sequence[float],
    *,
    population: Sequence[float] | None = None,
    context: Mapping[str, Sequence[float]] | None = None,
    step_days: int = WEEK,
) -> GeoSeries:
    """A GeoSeries from a long table, one line a geo and row in any order: `geo [line]`, `starts [line]`, one column [line] for each channel and context.

    `population [line]` may be given by line; the last line of a geo counts. Raises InvalidInput, all problems at once: lines that are missing or
    come twice (RESPONSE-030), rows that are not one step apart (RESPONSE-031), amounts that are no numbers or below 0 (RESPONSE-032), a geo without
    a population (RESPONSE-033).
    """
    columns = {**{f"spend.{name}": values for name, values in spend.items()}, "outcome": outcome}
    columns |= {f"context.{name}": values for name, values in (context or {}).items()}
    table = {name: np.asarray(values, dtype=np.float64) for name, values in columns.items()}
    geos, days = tuple(sorted(set(geo))), tuple(sorted(set(starts)))
    problems = [*_about_lines(geo, starts, geos, days), *_about_steps(days, step_days), *_about_numbers(table)]
    people = None if population is None else np.asarray(population, dtype=np.float64)
    if people is not None:
        problems += _about_population(geo, people, geos)
    if problems:
        raise InvalidInput(problems, state="No geo was read.")
    line = {key: number for number, key in enumerate(zip(geo, starts, strict=True))}
    order = np.array([[line[name, day] for day in days] for name in geos])
    return GeoSeries(
        metric,
        geos,
        days,
        tuple(spend),
        np.stack([table[f"spend.{name}"][order] for name in spend], axis=2) if spend else np.zeros((*order.shape, 0)),
        table["outcome"][order],
        None if people is None else people[order[:, -1]],
        tuple(context or {}),
        np.stack([table[f"context.{name}"][order] for name in context], axis=2) if context else np.zeros((*order.shape, 0)),
        step_days,
    )


def _about_lines(geo: Sequence[str], starts: Sequence[date], geos: tuple[str, ...], days: tuple[date, ...]) -> list[Problem]:
    counted: dict[tuple[str, date], int] = {}
    for key in zip(geo, starts, strict=True):
        counted[key] = counted.get(key, 0) + 1
    twice = [f"{name} {day.isoformat()}" for (name, day), count in counted.items() if count > 1]
    missing = [f"{name} {day.isoformat()}" for name in geos for day in days if (name, day) not in counted]
    problems = []
    for lines, found, fix in (
        (missing, "no line", "Add the lines, with 0 where nothing was spent or sold, or leave the geo out."),
        (twice, "more than one line", "Add the lines of one geo and row up."),
    ):
        if lines:
            named = ", ".join(lines[:_NAMED]) + (f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else "")
            problems.append(Problem("RESPONSE-030", "lines by geo and row", f"{found} for {named}", "one line for every geo and row", fix))
    return problems


def _about_steps(days: tuple[date, ...], step_days: int) -> list[Problem]:
    step = timedelta(days=step_days)
    wrong = [later.isoformat() for earlier, later in pairwise(days) if later - earlier != step]
    if not wrong:
        return []
    named = ", ".join(wrong[:_NAMED])
    return [
        Problem("RESPONSE-031", "first days of the rows", f"a gap before {named}", f"rows {step_days} days apart", "Add the rows that are missing.")
    ]


def _about_numbers(table: Mapping[str, FloatArray]) -> list[Problem]:
    problems = []
    for name, values in table.items():
        wrong = ~np.isfinite(values) | ((values < 0) if name.startswith("spend.") else np.zeros(len(values), bool))
        if wrong.any():
            first = int(np.flatnonzero(wrong)[0])
            expected = "amounts of 0 or more" if name.startswith("spend.") else "numbers"
            fix = "Correct these lines; nothing spent is 0."
            problems.append(Problem("RESPONSE-032", name, f"{values[first]} in line {first + 1} ({int(wrong.sum())} in all)", expected, fix))
    return problems


def _about_population(geo: Sequence[str], people: FloatArray, geos: tuple[str, ...]) -> list[Problem]:
    lowest = dict.fromkeys(geos, np.inf)
    for name, count in zip(geo, people, strict=True):
        lowest[name] = min(lowest[name], count if np.isfinite(count) else -1.0)
    wrong = [name for name in geos if lowest[name] <= 0]
    if not wrong:
        return []
    fix = "Give the number of people or households, or leave the population out for all geos."
    return [Problem("RESPONSE-033", "population", f"none, or not above 0, in {', '.join(wrong[:_NAMED])}", "a number above 0 for every geo", fix)]
