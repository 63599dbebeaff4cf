"""experiment: read the tests that a company ran."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.options import parse_day
from quarterdeck.cli.show import said_plainly, show
from quarterdeck.operations.experiments.read_test import Named, ReadTest

if TYPE_CHECKING:
    from quarterdeck.operations.context import Context

Channel = Annotated[str, typer.Option("--channel", help="The channel that was tested: its id in the strategy.")]
Record = Annotated[bool, typer.Option("--record", help="Keep it as one of the company's experiments: the next fit starts from it.")]
JsonPlace = Annotated[Path | None, typer.Option("--json", help="Write everything to this file as JSON.")]

experiment = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Tests that were run: what they found about the return of a channel.")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(experiment, name="experiment")


@experiment.command()
@said_plainly
def read(
    file: Annotated[Path, typer.Argument(help="A CSV file with a row for each place and day (or week).")],
    geo: Annotated[str, typer.Option("--geo", help="Column of the place.")],
    time: Annotated[str, typer.Option("--time", help="Column of the day, or of the first day of the week.")],
    outcome: Annotated[str, typer.Option("--outcome", help="Column of what was counted.")],
    before_from: Annotated[str, typer.Option("--pre-from", help="First day of the time before the test.")],
    test_from: Annotated[str, typer.Option("--test-from", help="First day of the test.")],
    test_to: Annotated[str, typer.Option("--test-to", help="Last day of the test.")],
    cooldown_to: Annotated[str | None, typer.Option("--cooldown-to", help="Last day on which late effects still count.")] = None,
    spend: Annotated[str | None, typer.Option("--spend", help="Column of the money spent there that day. Without it there is no return.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="Column that says which places were treated.")] = None,
    assignment: Annotated[Path | None, typer.Option("--assignment", help="Or a second file: place, group.")] = None,
    treated: Annotated[str | None, typer.Option("--treated", help="Label of the treated places, where it does not say so itself.")] = None,
    control: Annotated[str | None, typer.Option("--control", help="Label of the control places, likewise.")] = None,
    channel: Channel = "",
    metric: Annotated[str, typer.Option("--metric", help="Metric that the outcome counts, needed to record it.")] = "",
    name: Annotated[str | None, typer.Option("--name", help="What the test is called. Default: the file's name.")] = None,
    record: Record = False,
    json_file: JsonPlace = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
) -> None:
    """Read a geo test in two independent ways, say how sure the answer is and what speaks against it.

    Example: quarterdeck experiment read sales.csv --geo region --time date --outcome sales --spend cost --group group
    --pre-from 2027-01-04 --test-from 2027-02-15 --test-to 2027-03-14 --channel search --json test.json
    """
    from quarterdeck.operations.experiments.read_geo_file import GeoColumns, GroupLabels
    from quarterdeck.operations.experiments.read_geo_test import read_geo_test_file

    named = Named(name or file.stem, channel, metric or outcome)
    context = DESK.open(Where(site, workspace, member)) if record else None
    done = read_geo_test_file(
        file,
        GeoColumns(geo, time, outcome, spend, group),
        before_from=_needed(before_from),
        test_from=_needed(test_from),
        test_to=_needed(test_to),
        cooldown_to=parse_day(cooldown_to),
        named=named,
        assignment=assignment,
        labels=GroupLabels(treated, control),
        json_file=json_file,
    )
    _show(done, named, context)


@experiment.command()
@said_plainly
def compare(
    treated_people: Annotated[int, typer.Option("--treated-people", help="How many got it.")],
    control_people: Annotated[int, typer.Option("--control-people", help="How many did not.")],
    first_day: Annotated[str, typer.Option("--first-day", help="First day of the test.")],
    last_day: Annotated[str, typer.Option("--last-day", help="Last day that was counted.")],
    treated_events: Annotated[int | None, typer.Option("--treated-events", help="Orders, sign-ups ... of those who got it.")] = None,
    control_events: Annotated[int | None, typer.Option("--control-events", help="Of those who did not.")] = None,
    treated_mean: Annotated[float | None, typer.Option("--treated-mean", help="Or a mean for each of them, such as revenue.")] = None,
    treated_sd: Annotated[float | None, typer.Option("--treated-sd", help="With its standard deviation from person to person.")] = None,
    control_mean: Annotated[float | None, typer.Option("--control-mean", help="The mean of those who did not get it.")] = None,
    control_sd: Annotated[float | None, typer.Option("--control-sd", help="With its standard deviation.")] = None,
    can_repeat: Annotated[bool, typer.Option("--can-repeat", help="One person can do it more than once.")] = False,
    cost: Annotated[float, typer.Option("--cost", help="Money spent on the treated beyond the others; below 0 for money saved.")] = 0.0,
    planned_share: Annotated[float | None, typer.Option("--planned-share", help="Share of people that was to be treated, 0 to 1.")] = None,
    channel: Channel = "",
    metric: Annotated[str, typer.Option("--metric", help="Metric that was counted, needed to record it.")] = "",
    name: Annotated[str, typer.Option("--name", help="What the test is called.")] = "hold_out",
    record: Record = False,
    json_file: JsonPlace = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
) -> None:
    """Read a hold-out or an A/B test from its figures; the range is right for a handful of orders too.

    Example: quarterdeck experiment compare --treated-people 1000 --treated-events 30 --control-people 1000 --control-events 20
    --cost 100 --first-day 2027-02-01 --last-day 2027-02-28
    """
    from quarterdeck.operations.experiments.read_split_result import read_split_result

    named = Named(name, channel, metric)
    context = DESK.open(Where(site, workspace, member)) if record else None
    done = read_split_result(
        (treated_people, treated_events, treated_mean, treated_sd),
        (control_people, control_events, control_mean, control_sd),
        cost=cost,
        days=(_needed(first_day), _needed(last_day)),
        named=named,
        can_repeat=can_repeat,
        planned_share=planned_share,
        json_file=json_file,
    )
    _show(done, named, context)


def _show(done: ReadTest, named: Named, context: Context | None) -> None:
    show(done.told.sentences, done.told.facts, as_json=False)
    if context is not None:
        from quarterdeck.operations.experiments.record_experiment import record_experiment

        show(record_experiment(context, done, named).sentences, {}, as_json=False)


def _needed(text: str) -> date:
    return cast(date, parse_day(text))  # None is for no text alone
