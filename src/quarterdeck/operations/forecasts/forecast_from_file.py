"""forecast_from_file: curves from a .qdc and plans in, what is to be expected of each plan out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from quarterdeck.facts.context_file import Ahead, parse_context_ahead
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.series_file import SeriesRoles
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.lake.durable import write_whole
from quarterdeck.operations.forecasts.forecast_rows import RowsAhead, assume_rows, forecast_rows, spend_before, total_of
from quarterdeck.operations.holidays.count_holidays import count_holidays, holiday_names
from quarterdeck.operations.holidays.market_holidays import put_holidays
from quarterdeck.operations.response.check_places import check_places
from quarterdeck.operations.response.fit_from_file import render_json
from quarterdeck.operations.response.fit_rows import AnyFit
from quarterdeck.operations.response.keep_curves import read_curves_and_file
from quarterdeck.operations.response.read_json import read_json
from quarterdeck.operations.response.read_series_file import read_bytes
from quarterdeck.operations.told import Tell, Told, tell_nobody
from quarterdeck.report.fit_contract import forecast_json
from quarterdeck.report.say_file_fit import forecast_table, say_forecast_of_file
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.forecasts.plans_ahead import PLANS_EXAMPLE, read_plans, spread_over_days
from quarterdeck.response.series.calendar_context import is_of_calendar
from quarterdeck.response.series.series import WEEK, FloatArray

_STATE = "Nothing was forecast."


@dataclass(frozen=True)
class ForecastFileRequest:
    """What is asked. `time`: the column of dates in `context_ahead`; None is the one that the fit was made with."""

    curves: Path
    weeks: int
    plans: Path | None = None
    context_ahead: Path | None = None
    target: float | None = None
    json: Path | None = None
    time: str | None = None
    csv: CsvOptions = field(default_factory=CsvOptions)
    seed: int = 1


def forecast_from_file(request: ForecastFileRequest, *, tell: Tell = tell_nobody) -> Told:
    """What each plan is expected to bring: the contract's JSON as `facts`, a sentence and a table for people.

    All plans meet the same random numbers, so that they differ by what media bring alone. Raises InvalidInput with everything that is wrong with
    plans and context at once, FitFileDamaged for a file that cannot be read, Refused for one without a baseline.
    """
    tell(f"Reading {request.curves.name}")
    fit, about = _read_curves(request.curves)
    problems = check_places((request.curves, request.plans, request.context_ahead), (("--json", request.json),))
    plans = _plans(request, fit, problems)
    ahead, notes = _ahead(request, fit, about, problems)
    if problems:
        raise InvalidInput(problems, state=_STATE)
    forecasts = []
    for number, spend in enumerate(plans, start=1):
        tell(f"Forecasting plan {number} of {len(plans)}")
        forecasts.append(forecast_rows(fit, spend, ahead, seed=request.seed).in_weeks())
    facts = forecast_json(forecasts, request.target)
    if request.json:
        write_whole(request.json, render_json(facts))
    names = [f"plan {number}" for number in range(1, len(plans) + 1)] if request.plans else ["spending as before"]
    said = say_forecast_of_file(facts, outcome=fit.metric, weeks=request.weeks, target=request.target)
    return Told([*notes, *said], facts, forecast_table(facts, names))


def _read_curves(path: Path) -> tuple[AnyFit, Mapping[str, Any]]:
    """The fit, and what is known of the file that it was made from."""
    fit, about = read_curves_and_file(path)
    if isinstance(fit, ResponseCurves):
        raise Refused(
            f"{path.name} holds curves without a baseline, so that no outcome can be forecast from it.",
            fix="Use a file that `quarterdeck fit` wrote.",
            code="RESPONSE-056",
            state=_STATE,
        )
    return fit, about


def _plans(request: ForecastFileRequest, fit: AnyFit, problems: list[Problem]) -> list[FloatArray]:
    """Spend of each plan [row, channel]; without plans as before, in each geo."""
    if request.plans is None:
        return [spend_before(fit, request.weeks)]
    try:
        given = read_json(request.plans, code="RESPONSE-054", example=PLANS_EXAMPLE)
    except InvalidInput as error:
        problems += error.problems
        return []
    plans, found = read_plans(given, fit.channels, request.weeks, where=request.plans.name)
    problems += found
    return [spread_over_days(plan, total_of(fit)) for plan in plans] if fit.series.step_days != WEEK else plans


def _ahead(request: ForecastFileRequest, fit: AnyFit, about: Mapping[str, Any], problems: list[Problem]) -> tuple[RowsAhead, tuple[str, ...]]:
    """Context and exposures: as the file says, else as a year before, else the mean; public holidays as they will be. And how the file was understood."""
    ahead = assume_rows(fit, request.weeks)
    if countries := about.get("countries"):
        ahead.put_columns(holiday_names(countries), count_holidays(countries, ahead.days, fit.series.step_days))
    elif dated := [name for name in ahead.names if is_of_calendar(name) and not about]:  # of a company's own curves
        ahead.put_columns(dated, put_holidays(dated, ahead.days, np.full((len(ahead.days), len(dated)), np.nan)))
    if request.context_ahead is None:
        return ahead, ()
    try:
        told, notes = _told_ahead(request, request.context_ahead, about)
    except InvalidInput as error:
        problems += error.problems
        return ahead, ()
    problems += _off_days(told, ahead, request.context_ahead.name)
    for (name, geo, day), value in told.items():
        ahead.put(name, geo, day, value)
    return ahead, notes


def _told_ahead(request: ForecastFileRequest, path: Path, about: Mapping[str, Any]) -> tuple[Ahead, tuple[str, ...]]:
    names: Sequence[str] = about.get("context", ())
    if not names:
        problem = Problem(
            "RESPONSE-055", path.name, "context, of which this fit knows none", "a fit with --context", "Leave the file out, or fit again."
        )
        raise InvalidInput([problem], state=_STATE)
    roles = SeriesRoles(request.time or about.get("time", "week"), context=tuple(names), geo=about.get("geo"))
    words = {name: tuple(said) for name, said in about.get("words", {}).items()}
    return parse_context_ahead(read_bytes(path), roles, words=words, file_name=path.name, csv=request.csv)


def _off_days(told: Ahead, ahead: RowsAhead, name: str) -> list[Problem]:
    """A file none of whose days is forecast, or whose weeks begin on another weekday, or that names a geo which the fit does not know."""
    within = sorted({day for _, _, day in told if ahead.days[0] <= day <= ahead.days[-1]})
    odd = [day for day in within if day not in ahead.days]
    word, first = ahead.row_word, ahead.days[0].isoformat()
    problems = []
    if odd or not within:
        found = f"the {word} of {odd[0].isoformat()}" if odd else f"no {word} from {first} to {ahead.days[-1].isoformat()}"
        problems.append(Problem("RESPONSE-055", name, found, f"{word}s that begin on {first} and so on", "Correct the dates."))
    strange = sorted({geo for _, geo, _ in told if geo and geo not in ahead.geos})
    problems += [Problem("RESPONSE-055", name, f'a geo "{geo}"', f"one of {', '.join(ahead.geos)}", "Correct the name.") for geo in strange]
    return problems
