"""export_curves: the draws of a .qdc as a table that any tool reads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Literal

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.lake.durable import write_whole
from quarterdeck.lake.parquet import render_parquet
from quarterdeck.operations.response.check_places import check_places
from quarterdeck.operations.response.keep_curves import read_curves
from quarterdeck.operations.told import Told
from quarterdeck.response.exchange.export import Column, draws_table, units_of
from quarterdeck.response.exchange.kept import Kept

Format = Literal["parquet", "csv", "json"]
FORMATS: tuple[Format, ...] = ("parquet", "csv", "json")


def export_curves(source: str | Path | Kept, to: str, place: str | Path) -> Told:
    """What was written to `place`: a row a draw and channel (and geo). `source`: a .qdc, or what one holds. `to`: parquet, csv or json.

    Raises InvalidInput for another format, a place where no file can be written, or a .qdc that is not there.
    """
    target = Path(place)
    problems = []
    if to not in FORMATS:
        problems.append(Problem("RESPONSE-050", "--to", to, ", ".join(FORMATS), "Choose one of them."))
    problems += check_places((Path(source),) if isinstance(source, str | Path) else (), (("place", target),))
    if problems:
        raise InvalidInput(problems, state="Nothing was written.")
    kept = read_curves(source) if isinstance(source, str | Path) else source
    table, units = draws_table(kept), units_of(kept)
    write_whole(target, _render(table, units, to))
    rows = len(table["draw"])
    sentence = f"{target} holds {rows:,} rows of draws of {kept.metric}, {len(units)} columns."
    return Told(
        [sentence], {"path": str(target), "rows": rows, "metric": kept.metric, "columns": units}, (("Column", "What it is"), list(units.items()))
    )


def _render(table: dict[str, Column], units: dict[str, str], to: str) -> bytes:
    if to == "parquet":
        return render_parquet(table, about=units)
    if to == "json":
        columns: dict[str, list[Any]] = {name: values.tolist() for name, values in table.items()}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return (json.dumps({"units": units, "rows": rows}, ensure_ascii=False, allow_nan=False) + "\n").encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*(values.tolist() for values in table.values()), strict=True))
    return out.getvalue().encode()
