"""The code of docs/how-to/use-from-python.md about files runs as it is written."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

import duckdb
from file_makers import shop, write

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use-from-python.md"


def code_of(heading: str) -> str:
    """The Python of one section of the page."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return "\n".join(re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL))


def test_the_code_about_files_runs_and_says_what_it_should(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(Path(__file__).parents[1] / "data" / "imported_curves" / "pymc_marketing.nc", "mmm.nc")
    names = {"Week of": "week", "TV": "tv", "Paid Search": "search", "price": "price", "sales": "revenue"}
    write(tmp_path / "sales.csv", {names[name]: cells for name, cells in shop(80).items() if name in names})
    said = io.StringIO()
    code = code_of("From a CSV file") + code_of("Curves of other tools, and for them")
    with contextlib.redirect_stdout(said):
        exec(compile(code, str(PAGE), "exec"), {})
    for part in ("80 weeks from 2023-01-01", "ResponseFit of revenue", "Forecast of revenue", "(100, 4, 2)"):
        assert part in said.getvalue()
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/draws.parquet'").fetchall() == [(800,)]
