"""experiment: read the tests that a company ran."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.options import parse_day
from quarterdeck.cli.show import said_plainly, show

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
    channel: Annotated[str, typer.Option("--channel", help="The channel that was tested: its id in the strategy.")] = "",
    metric: Annotated[str, typer.Option("--metric", help="Metric that the outcome counts, needed to record it.")] = "",
    name: Annotated[str | None, typer.Option("--name", help="What the test is called. Default: the file's name.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Keep it as one of the company's experiments: the next fit starts from it.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write everything to this file as JSON.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
) -> None:
    """Read a geo test in two independent ways, say how sure the answer is and what speaks against it.

    Example: quarterdeck experiment read sales.csv --geo region --time date --outcome sales --spend cost --group group
    --pre-from 2027-01-04 --test-from 2027-02-15 --test-to 2027-03-14 --channel search --json test.json
    """
    from quarterdeck.operations.read_geo_file import GeoColumns, GroupLabels
    from quarterdeck.operations.read_geo_test import Named, read_geo_test_file

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
    show(done.told.sentences, done.told.facts, as_json=False)
    if context is not None:
        from quarterdeck.operations.record_geo_test import record_geo_test

        show(record_geo_test(context, done, named).sentences, {}, as_json=False)


def _needed(text: str) -> date:
    day = parse_day(text)
    assert day is not None
    return day
