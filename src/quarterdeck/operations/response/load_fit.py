"""load_fit: a kept fit with its check and the row of the ledger that remembers both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quarterdeck.lake.fit_file import FitFileDamaged, fit_path, read_fit_file
from quarterdeck.ledger.models import Fit
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit
    from quarterdeck.response.forecasts.backtest import Backtest


@dataclass(frozen=True, eq=False)
class FittedMetric:
    """A fit with its check and the row of the ledger that remembers both."""

    record: Fit
    fit: ResponseFit
    holdout: Mapping[str, Any]

    @property
    def is_trusted(self) -> bool:
        """Whether the check lets a plan rest on it."""
        return bool(self.record.is_trusted)

    @property
    def backtest(self) -> Backtest | None:
        """How forecasts from earlier days turned out; None for a fit without such a record."""
        from quarterdeck.response.forecasts.backtest import Backtest

        facts = self.holdout.get("backtest")
        return None if facts is None else Backtest.from_facts(facts)


def load_fit(context: Context, record: Fit) -> FittedMetric:
    """The fit that the ledger names, read from the lake. Raises FitFileDamaged when its file is gone or damaged."""
    place = fit_path(context.lake_dir, record.hash)
    stamp = place.stat().st_mtime_ns if place.exists() else None  # a file that is gone or written anew is read again
    return FittedMetric(record, remembered("fit", (str(place), stamp), lambda: _read_fit(context, record), most=12), record.holdout)


def _read_fit(context: Context, record: Fit) -> ResponseFit:
    from quarterdeck.response.exchange.tables import from_tables

    try:
        file = read_fit_file(fit_path(context.lake_dir, record.hash))
    except FileNotFoundError as error:
        raise FitFileDamaged(f"{error.filename}, the curves of {record.metric}, is gone. Bring the file back from a backup.") from error
    return from_tables(file.meta, file.tables)
