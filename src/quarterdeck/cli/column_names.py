"""Names of columns as they are told on the command line."""

from __future__ import annotations

import csv
from collections.abc import Sequence


def column_names(told: Sequence[str] | None) -> tuple[str, ...]:
    """Column names, with commas between them or repeated; one that holds a comma stands in quotation marks."""
    return tuple(name.strip() for names in told or () for row in csv.reader([names], skipinitialspace=True) for name in row if name.strip())
