"""import: facts in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import progress, said_plainly, show


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("import")(import_)


@said_plainly
def import_(
    table: Annotated[str, typer.Argument(help="spend, outcomes, context, orders, experiments ...")],
    file: Annotated[Path, typer.Argument(help="A CSV file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")] = False,
    column: Annotated[list[str] | None, typer.Option("--column", help="Where a column stands: cost='Amount spent'. Can be repeated.")] = None,
    wide: Annotated[list[str] | None, typer.Option("--wide", help="Columns that each are a channel, metric or name. Can be repeated.")] = None,
    fixed: Annotated[list[str] | None, typer.Option("--fixed", help="What every row has alike: channel=search. Can be repeated.")] = None,
    date_format: Annotated[str | None, typer.Option("--date-format", help="iso, dmy or mdy, when the file leaves it open.")] = None,
    comma: Annotated[bool | None, typer.Option("--decimal-comma/--decimal-point", help="1.234,56 or 1,234.56, when the file leaves it open.")] = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Each row is a week; it is shared out over its days.")] = False,
    repeated: Annotated[str, typer.Option("--repeated", help="A fact stated twice: refuse, add_up or drop_identical.")] = "refuse",
    replace: Annotated[bool, typer.Option("--replace", help="Where facts differ from what is there, the new ones hold.")] = False,
    source: Annotated[str | None, typer.Option("--source", help="Where the figures come from. Default: the file's name.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Bring in facts from a CSV file: all of it or nothing, the same file twice is the same facts once.

    Examples:
      quarterdeck import spend ads.csv --dry-run
      quarterdeck import outcomes orders-per-day.csv --fixed metric=orders --column value="Orders paid"
      quarterdeck import spend weekly.csv --weekly --wide TV --wide Radio
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.facts.import_file import import_file

    decimal: Literal["comma", "point"] | None = None if comma is None else "comma" if comma else "point"
    with progress(quiet=as_json) as tell:
        done = import_file(
            context,
            table,
            file,
            dry_run=dry_run,
            columns=column or [],
            wide=wide or [],
            fixed=fixed or [],
            date_format=date_format,
            decimal=decimal,
            weekly=weekly,
            repeated=repeated,
            replace=replace,
            source=source,
            tell=tell,
        )
    show(done.sentences, done.facts, as_json=as_json)
