"""read_curves, write_curves: what a .qdc holds, in memory and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.lake.fit_file import FitFileDamaged, read_fit_file, write_fit_file
from quarterdeck.response.exchange.kept import Kept, kept_from_tables, kept_to_tables


def read_curves(path: str | Path) -> Kept:
    """The fit (of one series or of geos) or the curves in a .qdc. Raises InvalidInput when there is no such file, FitFileDamaged when it is damaged."""
    return read_curves_and_file(Path(path))[0]


def read_curves_and_file(path: Path) -> tuple[Kept, Mapping[str, Any]]:
    """The same, and what is known of the CSV file that it was made from (empty where none was)."""
    if not path.is_file():
        problem = Problem("FILE-001", str(path), "no such file", "a .qdc that `quarterdeck fit` wrote", "Correct the path.")
        raise InvalidInput([problem], state="Nothing was read.")
    kept = read_fit_file(path)
    try:
        return kept_from_tables(kept.meta, kept.tables), kept.meta.get("file", {})
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise FitFileDamaged(f"{path} holds no fit that can be read: {error!r}. Fit again, or bring the file back from a backup.") from error


def write_curves(path: str | Path, kept: Kept, about: Mapping[str, Any] | None = None) -> str:
    """The hash of the content, once the .qdc stands whole at `path`. `about`: what is known of the CSV file that it was made from."""
    meta, tables = kept_to_tables(kept)
    return write_fit_file(Path(path), meta | ({"file": dict(about)} if about else {}), tables)
