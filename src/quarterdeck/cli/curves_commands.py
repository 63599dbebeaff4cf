"""curves: what was learned, brought in from other tools and taken out for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.column_names import column_names
from quarterdeck.cli.fit_commands import Columns
from quarterdeck.cli.show import said_plainly, show

curves = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Curves as files: from other tools, and for them.")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(curves, name="curves")


@curves.command("import")
@said_plainly
def import_(
    file: Annotated[Path, typer.Argument(help="The netCDF file: PyMC-Marketing's `save`, or Meridian's inference_data.")],
    tool: Annotated[str, typer.Option("--from", help="pymc (PyMC-Marketing) or meridian.")],
    out: Annotated[Path, typer.Option("--curves", help="Where to keep the curves (.qdc).")],
    metric: Annotated[str | None, typer.Option("--metric", help="What the outcome is called. Default: what the other model calls it.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Meridian: the CSV file that it was fitted on.")] = None,
    time: Annotated[str | None, typer.Option("--time", help="Meridian: its column of dates.")] = None,
    spend: Annotated[Columns, typer.Option("--spend", help="Meridian: its columns of money, in the order of the model's channels.")] = None,
    exposure: Annotated[Columns, typer.Option("--exposure", help="Meridian: its columns of impressions, when it was fitted on these.")] = None,
    max_lag: Annotated[int, typer.Option("--max-lag", min=0, help="Meridian: the model's max_lag.")] = 8,
    as_json: options.Json = False,
) -> None:
    """Bring in the curves of a model that PyMC-Marketing or Meridian fitted.

    Examples:
      quarterdeck curves import mmm.nc --from pymc --curves mmm.qdc
      quarterdeck curves import mmm.nc --from meridian --data sales.csv --time week --spend tv,search --curves mmm.qdc
    """
    from quarterdeck.operations.response.import_curves import ImportCurvesRequest, import_curves

    request = ImportCurvesRequest(file, tool, out, metric, data, time, column_names(spend), column_names(exposure), max_lag)
    done = import_curves(request)
    show(done.sentences, done.facts, as_json=as_json)


@curves.command()
@said_plainly
def export(
    file: Annotated[Path, typer.Argument(help="A .qdc.")],
    place: Annotated[Path, typer.Argument(help="The file to write.")],
    to: Annotated[str, typer.Option("--to", help="parquet, csv or json.")] = "parquet",
    as_json: options.Json = False,
) -> None:
    """Write the draws of a .qdc as a table: a row a draw and channel.

    Example: quarterdeck curves export sales.qdc --to parquet draws.parquet
    """
    from quarterdeck.operations.response.export_curves import export_curves

    done = export_curves(file, to, place)
    show(done.sentences, done.facts, as_json=as_json, table=done.table)
