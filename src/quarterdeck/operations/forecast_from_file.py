"""forecast_from_file: curves from a .qdc and plans in, what is to be expected of each plan out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from quarterdeck.facts.context_file import parse_context_ahead
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.lake.durable import write_whole
from quarterdeck.lake.fit_file import FitFile, read_fit_file
from quarterdeck.operations.fit_from_file import render_json
from quarterdeck.operations.read_series_file import read_bytes
from quarterdeck.operations.told import Tell, Told, tell_nobody
from quarterdeck.report.fit_contract import forecast_json
from quarterdeck.report.say_file_fit import forecast_table, say_forecast_of_file
from quarterdeck.response.fitted import ResponseFit
from quarterdeck.response.forecast import Forecast, assume_ahead, predict_outcome, weeks_ahead
from quarterdeck.response.plans_ahead import read_plans, spend_as_before, spread_over_days
from quarterdeck.response.series import WEEK, FloatArray
from quarterdeck.response.tables import from_tables

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
    kept = _read_curves(request.curves)
    fit = from_tables(kept.meta, kept.tables)
    problems: list[Problem] = _places(request)
    plans = _plans(request, fit, problems)
    context, exposures = _ahead(request, fit, kept.meta.get("file", {}), problems)
    if problems:
        raise InvalidInput(problems, state=_STATE)
    forecasts = []
    for number, spend in enumerate(plans, start=1):
        tell(f"Forecasting plan {number} of {len(plans)}")
        forecasts.append(_forecast(fit, spend, context, exposures, request.seed))
    facts = forecast_json(forecasts, request.target)
    if request.json:
        write_whole(request.json, render_json(facts))
    names = [f"plan {number}" for number in range(1, len(plans) + 1)] if request.plans else ["spending as before"]
    said = say_forecast_of_file(facts, outcome=fit.metric, weeks=request.weeks, target=request.target)
    return Told(said, facts, forecast_table(facts, names))


def _read_curves(path: Path) -> FitFile:
    if not path.is_file():
        problem = Problem("FILE-001", str(path), "no such file", "a .qdc that `quarterdeck fit` wrote", "Correct the path.")
        raise InvalidInput([problem], state=_STATE)
    kept = read_fit_file(path)
    if kept.meta.get("kind", "fit") != "fit":
        raise Refused(
            f"{path.name} holds curves without a baseline, so that no outcome can be forecast from it.",
            fix="Use a file that `quarterdeck fit` wrote.",
            code="RESPONSE-056",
            state=_STATE,
        )
    return kept


def _places(request: ForecastFileRequest) -> list[Problem]:
    if request.json is None or request.json.parent.is_dir():
        return []
    return [Problem("FILE-004", str(request.json), "no such folder", "a folder that is there", "Make it first, or name another place.")]


def _plans(request: ForecastFileRequest, fit: ResponseFit, problems: list[Problem]) -> list[FloatArray]:
    """Spend [week, channel] of each plan."""
    if request.plans is None:
        return [spend_as_before(fit.series, request.weeks)]
    try:
        given: Any = json.loads(read_bytes(request.plans))
    except InvalidInput as error:
        problems += error.problems
        return []
    except ValueError as error:
        problems.append(
            Problem("RESPONSE-054", request.plans.name, f"no JSON ({error})", 'a list such as [{"spend": {"search": [100, 100]}}]', "Correct it.")
        )
        return []
    plans, found = read_plans(given, fit.channels, request.weeks, where=request.plans.name)
    problems += found
    return [spread_over_days(plan, fit.series) for plan in plans] if fit.series.step_days != WEEK else plans


def _ahead(request: ForecastFileRequest, fit: ResponseFit, about: Mapping[str, Any], problems: list[Problem]) -> tuple[FloatArray, FloatArray]:
    """Context [row, name] and exposures [row, exposure]: as the file says, else as a year before, else the mean."""
    days = weeks_ahead(fit, request.weeks * WEEK // fit.series.step_days)
    context, exposures, _ = assume_ahead(fit.series, days)
    if request.context_ahead is None:
        return context, exposures
    try:
        told = _told_ahead(request, request.context_ahead, fit, about)
    except InvalidInput as error:
        problems += error.problems
        return context, exposures
    problems += _off_days(told, days, fit, request.context_ahead.name)
    for place, name in enumerate(fit.series.context_names):
        for row, day in enumerate(days):
            context[row, place] = told.get(name, {}).get(day, context[row, place])
    return context, exposures


def _told_ahead(request: ForecastFileRequest, path: Path, fit: ResponseFit, about: Mapping[str, Any]) -> dict[str, dict[date, float]]:
    names: Sequence[str] = about.get("context", fit.series.context_names)
    if not names:
        problem = Problem(
            "RESPONSE-055", path.name, "context, of which this fit knows none", "a fit with --context", "Leave the file out, or fit again."
        )
        raise InvalidInput([problem], state=_STATE)
    words = {name: tuple(said) for name, said in about.get("words", {}).items()}
    return parse_context_ahead(
        read_bytes(path), time=request.time or about.get("time", "week"), context=names, words=words, file_name=path.name, csv=request.csv
    )


def _off_days(told: Mapping[str, Mapping[date, float]], days: Sequence[date], fit: ResponseFit, name: str) -> list[Problem]:
    """A file none of whose days is forecast, or whose weeks begin on another weekday, says nothing that could be used."""
    given = sorted({day for values in told.values() for day in values})
    within = [day for day in given if days[0] <= day <= days[-1]]
    odd = [day for day in within if day not in set(days)]
    if within and not odd:
        return []
    word = fit.series.row_word
    found = f"the {word} of {odd[0].isoformat()}" if odd else f"no {word} from {days[0].isoformat()} to {days[-1].isoformat()}"
    expected = f"{word}s that begin on {days[0].isoformat()}, {days[min(1, len(days) - 1)].isoformat()} ..."
    return [Problem("RESPONSE-055", name, found, expected, "Correct the dates.")]


def _forecast(fit: ResponseFit, spend: FloatArray, context: FloatArray, exposures: FloatArray, seed: int) -> Forecast:
    return predict_outcome(fit, spend_ahead=spend, context_ahead=np.array(context), exposures_ahead=exposures, seed=seed).in_weeks()
