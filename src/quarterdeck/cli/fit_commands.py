"""fit, forecast: what each channel brings, and what is to be expected; from a company's facts or from a file alone."""

from __future__ import annotations

import math
import sys
import time as clocks
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.column_names import column_names
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.json_option import JsonFile, JsonMayNameAFile
from quarterdeck.cli.show import STDOUT, progress, said_plainly, show

if TYPE_CHECKING:
    from quarterdeck.facts.parsed_table import CsvOptions
    from quarterdeck.operations.told import Told

Columns = list[str] | None
DateFormat = Annotated[str | None, typer.Option("--date-format", help="iso, dmy or mdy, when the file leaves it open.")]
Comma = Annotated[bool | None, typer.Option("--decimal-comma/--decimal-point", help="1.234,56 or 1,234.56, when the file leaves it open.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but problems.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(cls=JsonMayNameAFile)(fit)
    app.command(cls=JsonMayNameAFile)(forecast)


@said_plainly
def fit(
    data: Annotated[Path | None, typer.Argument(help="A CSV file with a row a week or a day. Default: the facts of your company.")] = None,
    metric: Annotated[str | None, typer.Option("--metric", help="Company: metric to learn. Default: every metric of an objective.")] = None,
    time: Annotated[str | None, typer.Option("--time", help="File: the column of dates.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="File: the column of what is to be explained.")] = None,
    spend: Annotated[Columns, typer.Option("--spend", help="File: columns of money, with commas between them, or repeated.")] = None,
    context: Annotated[Columns, typer.Option("--context", help="File: columns of what else moved the outcome (prices, events).")] = None,
    organic: Annotated[Columns, typer.Option("--organic", help="File: columns of what was sent or shown and cost nothing each.")] = None,
    exposure: Annotated[
        Columns, typer.Option("--exposure", help="File: what the money bought, such as tv=tv_impressions: dear weeks then count for less.")
    ] = None,
    reach: Annotated[Columns, typer.Option("--reach", help="File: how many people the money reached, such as tv=tv_reach; with --frequency.")] = None,
    frequency: Annotated[
        Columns, typer.Option("--frequency", help="File: contacts with each of them, such as tv=tv_frequency: later ones then count for less.")
    ] = None,
    geo: Annotated[str | None, typer.Option("--geo", help="File: the column of places, when each has rows of its own.")] = None,
    population: Annotated[str | None, typer.Option("--population", help="File: the column of how many people live there.")] = None,
    holdout: Annotated[
        int | None, typer.Option("--holdout", min=1, help="Rows or weeks at the end that are hidden and forecast (company: 13).")
    ] = None,
    form: Annotated[str, typer.Option("--form", help="File: auto weighs many forms of response, one takes a single one.")] = "auto",
    country: Annotated[Columns, typer.Option("--country", help="File: countries whose public holidays count as context: UA,GB.")] = None,
    priors: Annotated[Path | None, typer.Option("--priors", help="File: JSON with what is believed of returns: mean, sd, source.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="File: leave out rows before this day.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="File: leave out rows after this day.")] = None,
    missing_is_zero: Annotated[bool, typer.Option("--missing-spend-is-zero", help="File: an empty cell of spend means none.")] = False,
    date_format: DateFormat = None,
    comma: Comma = None,
    draws: Annotated[int, typer.Option("--draws", min=100, max=20_000, help="File: how many draws are kept.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same curves.")] = 1,
    curves: Annotated[Path | None, typer.Option("--curves", help="File: where to keep the curves (.qdc), for `quarterdeck forecast`.")] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Company: every note about the facts, not only those that matter most.")] = False,
    quiet: Quiet = False,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: JsonFile = None,
) -> None:
    """Learn what each channel brings, how sure that is, and whether hidden weeks can be forecast: from your company's facts, or from a file.

    Examples:
      quarterdeck fit --metric new_customers
      quarterdeck fit sales.csv --time week --outcome revenue --spend tv,search --context price --curves sales.qdc --json sales.json
    """
    began = clocks.perf_counter()
    if data is None:
        _fit_company(Where(site, workspace, member), metric, holdout, seed, as_json, notes=notes)
        return
    from quarterdeck.cli.bought_columns import read_bought
    from quarterdeck.facts.series_file import SeriesOptions, SeriesRoles
    from quarterdeck.operations.response.fit_from_file import FitFileRequest, fit_from_file
    from quarterdeck.operations.response.fit_rows import FitWays

    _check_file_options(data, {"--time": time, "--outcome": outcome, "--spend": spend}, form)
    names = column_names(spend)
    bought = read_bought(exposure, reach, frequency, names)
    roles = SeriesRoles(
        time or "", outcome, names, column_names(organic), column_names(context), geo, population, bought.exposure, bought.reach, bought.frequency
    )
    read_as = SeriesOptions(missing_is_zero, options.parse_day(first), options.parse_day(last), _csv(date_format, comma))
    ways = FitWays("one" if form == "one" else "auto", seed, draws)
    request = FitFileRequest(data, roles, curves, _json_path(as_json), read_as, holdout, ways, priors, column_names(country))
    with progress(quiet=quiet or as_json == STDOUT) as tell:
        done = fit_from_file(request, seconds=lambda: clocks.perf_counter() - began, tell=tell)
    _show_file(done, as_json, quiet=quiet)


@said_plainly
def forecast(
    curves: Annotated[Path, typer.Argument(help="A .qdc that `quarterdeck fit DATA.csv` wrote.")],
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=260, help="How many weeks ahead.")],
    plans: Annotated[
        Path | None, typer.Option("--plans", help='JSON: a list of {"spend": {"channel": [per week]}}. Default: spending as before.')
    ] = None,
    context_ahead: Annotated[Path | None, typer.Option("--context-ahead", help="A CSV file with the context of the weeks ahead.")] = None,
    target: Annotated[float | None, typer.Option("--target", help="The outcome of all weeks together whose chance is asked for.")] = None,
    time: Annotated[str | None, typer.Option("--time", help="The column of dates in --context-ahead, when it is another than in the fit.")] = None,
    date_format: DateFormat = None,
    comma: Comma = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same forecast.")] = 1,
    quiet: Quiet = False,
    as_json: JsonFile = None,
) -> None:
    """Forecast the outcome of the weeks ahead for each plan, with the chance of a target.

    Examples:
      quarterdeck forecast sales.qdc --weeks 13
      quarterdeck forecast sales.qdc --weeks 13 --plans plans.json --target 250000 --json outlook.json
    """
    from quarterdeck.operations.forecasts.forecast_from_file import ForecastFileRequest, forecast_from_file

    if target is not None and not math.isfinite(target):
        raise typer.BadParameter(f"expected a number, found {target}", param_hint="--target")
    request = ForecastFileRequest(curves, weeks, plans, context_ahead, target, _json_path(as_json), time, _csv(date_format, comma), seed)
    with progress(quiet=quiet or as_json == STDOUT) as tell:
        done = forecast_from_file(request, tell=tell)
    _show_file(done, as_json, quiet=quiet)


def _fit_company(where: Where, metric: str | None, holdout: int | None, seed: int, as_json: str | None, *, notes: bool) -> None:
    hidden = 13 if holdout is None else holdout
    if not 4 <= hidden <= 52:
        raise typer.BadParameter(f"expected 4 to 52 weeks, found {hidden}", param_hint="--holdout")
    if as_json not in (None, STDOUT):
        raise typer.BadParameter("it names a file only when a CSV file is fitted: quarterdeck fit DATA.csv ...", param_hint="--json")
    context = DESK.open(where)
    from quarterdeck.operations.response.fit_response import fit_metrics

    with progress(quiet=as_json is not None) as tell:
        done = fit_metrics(context, metric=metric, holdout=hidden, seed=seed, tell=tell, all_notes=notes)
    show(done.sentences, done.facts, as_json=as_json is not None, table=done.table)


def _check_file_options(data: Path, needed: dict[str, object], form: str) -> None:
    """Raises InvalidInput with every option that is missing or wrong."""
    from quarterdeck.kernel.problems import InvalidInput, Problem

    problems = [
        Problem("RESPONSE-050", name, "nothing", f"a column of {data.name}", f'Name it as it stands in the header: {name} "Header".')
        for name, told in needed.items()
        if not told
    ]
    if form not in ("one", "auto"):
        problems.append(Problem("RESPONSE-050", "--form", form, "one or auto", "Leave it out for auto."))
    if problems:
        raise InvalidInput(problems, state="Nothing was fitted.")


def _csv(date_format: str | None, comma: bool | None) -> CsvOptions:
    from quarterdeck.facts.parsed_table import CsvOptions
    from quarterdeck.operations.response.read_series_file import DATE_FORMATS

    if date_format is not None and date_format not in DATE_FORMATS:
        raise typer.BadParameter(f"expected {', '.join(DATE_FORMATS)}, found {date_format!r}", param_hint="--date-format")
    return CsvOptions(
        decimal=None if comma is None else "comma" if comma else "point", date_format=DATE_FORMATS[date_format] if date_format else None
    )


def _json_path(as_json: str | None) -> Path | None:
    return None if as_json in (None, STDOUT) else Path(str(as_json))


def _show_file(done: Told, as_json: str | None, *, quiet: bool) -> None:
    if as_json == STDOUT:
        from quarterdeck.operations.response.fit_from_file import render_json

        sys.stdout.write(render_json(done.facts).decode())
    elif not quiet:
        show(done.sentences, {}, as_json=False, table=done.table)
