"""fit_from_file: a CSV file in, curves and what each channel brought out. No site, no account, nothing is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quarterdeck.facts.series_file import SeriesOptions, SeriesRoles
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.lake.durable import write_whole
from quarterdeck.operations.experiments.tell_next_test import tell_next_test
from quarterdeck.operations.response.check_places import check_places
from quarterdeck.operations.response.fit_rows import AnyFit, FitWays, expected_rows, fit_rows, judge_rows
from quarterdeck.operations.response.keep_curves import write_curves
from quarterdeck.operations.response.read_json import read_json
from quarterdeck.operations.response.read_series_file import SeriesRead, read_series_file
from quarterdeck.operations.told import Tell, Told, tell_nobody
from quarterdeck.report.fit_contract import HeldOut, channels_of, fit_json, mape_of
from quarterdeck.report.say_file_fit import fit_table, say_fit_of_file
from quarterdeck.response.findings.findings import find_about_chains
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.forecasts.holdout import HoldoutCheck
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.priors.priors_file import PRIORS_EXAMPLE, parse_priors
from quarterdeck.response.series.checks import check_series
from quarterdeck.response.series.series import WEEK, ResponseSeries

LEAST_JUDGED_ROWS = 4
_CHECK_WEEKS, _LONG_ENOUGH, _LEAST_KNOWN = 13, 26, 8


@dataclass(frozen=True)
class FitFileRequest:
    """What is asked. `holdout`: periods (rows) to forecast from a fit without them; None asks for the usual check alone."""

    data: Path
    roles: SeriesRoles
    curves: Path | None = None
    json: Path | None = None
    options: SeriesOptions = field(default_factory=SeriesOptions)
    holdout: int | None = None
    ways: FitWays = field(default_factory=FitWays)
    priors: Path | None = None
    countries: tuple[str, ...] = ()


def fit_from_file(request: FitFileRequest, *, seconds: Callable[[], float], tell: Tell = tell_nobody) -> Told:
    """What was learned: the contract's JSON as `facts`, sentences and a table for people; files written whole, once all is known.

    `seconds()`: how long it took so far.

    Raises InvalidInput with everything that is wrong with the request; nothing is then written.
    """
    tell(f"Reading {request.data.name}")
    read, priors = _read(request)
    series = read.total
    check_series(series, priors)
    judged = _judge(read, priors, request, tell)
    tell(f"Learning from {len(series):,} {series.row_word}s what {len(series.channels)} channels brought")
    fit = fit_rows(read, len(series), priors, request.ways)
    findings = (*_about_check(fit, judged), *fit.diagnostics.findings)
    facts = fit_json(
        channels_of(fit),
        fit.diagnostics,
        mape_in=mape_of(expected_rows(fit), series.outcome),
        held_out=HeldOut(judged.mape, judged.crps, judged.coverage80) if judged and request.holdout else None,
        is_ok=fit.diagnostics.ok and not any(finding.code == "does_not_predict" for finding in findings),
        findings=findings,
        seconds=seconds(),
    )
    _write(request, fit, _about_file(read, judged), facts)
    rows = f"{len(series):,} {series.row_word}s to {series.starts[-1].isoformat()}"
    said = say_fit_of_file(facts, outcome=series.metric, rows=rows, notes=read.file.notes)
    return Told([*said, *tell_next_test(fit)], facts, fit_table(facts))


def render_json(facts: Mapping[str, Any]) -> bytes:
    """The JSON file of a command. Raises ValueError for a figure that is not finite."""
    return (json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _write(request: FitFileRequest, fit: AnyFit, about: dict[str, Any], facts: Mapping[str, Any]) -> None:
    if request.curves:
        write_curves(request.curves, fit, about)
    if request.json:
        write_whole(request.json, render_json(facts))


def _read(request: FitFileRequest) -> tuple[SeriesRead, dict[str, ReturnPrior]]:
    """The series, and what is believed of returns. Raises InvalidInput with problems of the files and of the places to write to."""
    problems = check_places((request.data, request.priors), (("--curves", request.curves), ("--json", request.json)))
    priors = _read_priors(request.priors, request.roles.spend, problems) if request.priors else {}
    try:
        read = read_series_file(request.data, request.roles, request.options, request.countries)
    except InvalidInput as error:
        raise InvalidInput([*problems, *error.problems], state="Nothing was fitted.") from error
    if request.holdout is not None and (problem := _holdout_problem(read.total, request.holdout)):
        problems.append(problem)
    if request.ways.form == "one" and request.priors and read.geos is None:
        found = "beliefs about returns, which a single form cannot use"
        problems.append(Problem("RESPONSE-050", "--priors", found, "--form auto", "Leave one of the two out."))
    if problems:
        raise InvalidInput(problems, state="Nothing was fitted.")
    return read, priors


def _holdout_problem(series: ResponseSeries, holdout: int) -> Problem | None:
    left = (len(series) - holdout) * series.step_days / WEEK
    if left >= _LEAST_KNOWN:
        return None
    return Problem(
        "RESPONSE-051",
        "--holdout",
        f"{holdout} of {len(series)} {series.row_word}s, which leaves {max(0, len(series) - holdout)} to learn from",
        f"at least {_LEAST_KNOWN} weeks left",
        "Hold out fewer.",
    )


def _read_priors(path: Path, channels: Sequence[str], problems: list[Problem]) -> dict[str, ReturnPrior]:
    """Beliefs of a person about returns; what is wrong with them goes to `problems`."""
    try:
        priors, found = parse_priors(read_json(path, code="RESPONSE-057", example=PRIORS_EXAMPLE), channels, where=path.name)
    except InvalidInput as error:
        priors, found = {}, list(error.problems)
    problems += found
    return priors


def _judge(read: SeriesRead, priors: Mapping[str, ReturnPrior], request: FitFileRequest, tell: Tell) -> HoldoutCheck | None:
    """The check on the rows held out: those asked for, else about a quarter of a year; None when too few would be left, and of geos, whose second fit
    would take as long again, unless it is asked for."""
    held = request.holdout or (0 if read.geos is not None else _usual_holdout(read.total))
    if held == 0:
        return None
    rows = len(read.total) - held
    tell(f"Forecasting the last {held} {read.total.row_word}s from those before")
    try:
        return judge_rows(fit_rows(read, rows, priors, request.ways), read, rows, seed=request.ways.seed)
    except InvalidInput:
        if request.holdout:
            raise
        return None


def _usual_holdout(series: ResponseSeries) -> int:
    weeks = int(series.weeks_long)
    held = _CHECK_WEEKS if weeks - _CHECK_WEEKS >= _LONG_ENOUGH else min(_CHECK_WEEKS, weeks // 4, weeks - _LEAST_KNOWN)
    return held * WEEK // series.step_days if held >= LEAST_JUDGED_ROWS else 0


def _about_check(fit: AnyFit, judged: HoldoutCheck | None) -> list[Finding]:
    """What stands against the fit and is not among its own findings."""
    found: list[Finding] = []
    if not fit.diagnostics.ok and not any(finding.code == "not_settled" for finding in fit.diagnostics.findings):
        found += find_about_chains(fit.diagnostics.rhat_max, fit.diagnostics.ess_min)
    if judged is not None and judged.holdout >= LEAST_JUDGED_ROWS:
        found += [Finding("does_not_predict", None, reason) for reason in judged.reasons]
    return found


def _about_file(read: SeriesRead, judged: HoldoutCheck | None) -> dict[str, Any]:
    """What a forecast needs to know of the file, and how the check went."""
    return {
        "time": read.roles.time,
        "context": list(read.roles.context),
        "words": {name: list(words) for name, words in read.file.words.items()},
        "geo": read.roles.geo,
        "countries": list(read.countries),
        "reasons": list(judged.reasons) if judged else [],
    }
