"""ResponseSeries: the facts that a response model reads, one row a week or a day, no gaps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
WEEK, DAY = 7, 1


def _no_columns(rows: int) -> FloatArray:
    return np.zeros((rows, 0))


@dataclass(frozen=True, eq=False)
class ResponseSeries:
    """Spend, unpaid exposures, context and one outcome by row: a week (`step_days` 7) or a day (`step_days` 1).

    Shapes: `spend [row, channel]` (money), `outcome [row]` (units of `metric`), `exposures [row, exposure]` (counts of
    e-mails, messages, ... that cost nothing each), `context [row, name]`. `starts`: the first day of each row, one step after the other.
    Raises ValueError when shapes disagree, rows are missing, or a number is NaN or (spend, exposures) negative.
    """

    metric: str
    starts: tuple[date, ...]
    channels: tuple[str, ...]
    spend: FloatArray
    outcome: FloatArray
    exposure_names: tuple[str, ...] = ()
    exposures: FloatArray = field(default_factory=lambda: _no_columns(0))
    context_names: tuple[str, ...] = ()
    context: FloatArray = field(default_factory=lambda: _no_columns(0))
    step_days: int = WEEK

    def __post_init__(self) -> None:
        n = len(self.starts)
        for name, columns in (("exposures", self.exposure_names), ("context", self.context_names)):
            if not columns:
                object.__setattr__(self, name, _no_columns(n))
        expected = {
            "spend": (n, len(self.channels)),
            "outcome": (n,),
            "exposures": (n, len(self.exposure_names)),
            "context": (n, len(self.context_names)),
        }
        for name, shape in expected.items():
            values = np.asarray(getattr(self, name), dtype=np.float64)
            object.__setattr__(self, name, values)
            if values.shape != shape:
                raise ValueError(f"{name} has shape {values.shape}, expected {shape}")
            if not np.isfinite(values).all():
                raise ValueError(f"{name} holds a value that is not a number")
        if (self.spend < 0).any() or (self.exposures < 0).any():
            raise ValueError("spend and exposures cannot be negative")
        if self.step_days not in (DAY, WEEK):
            raise ValueError(f"a row is a day or a week, not {self.step_days} days")
        if any(later - earlier != self.step for earlier, later in zip(self.starts, self.starts[1:], strict=False)):
            raise ValueError(f"rows must be consecutive {self.row_word}s")

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def step(self) -> timedelta:
        """From the start of a row to the start of the next one."""
        return timedelta(days=self.step_days)

    @property
    def row_word(self) -> str:
        """What a row is called: week or day."""
        return "week" if self.step_days == WEEK else "day"

    @property
    def weeks_long(self) -> float:
        """How many weeks the rows cover."""
        return len(self.starts) * self.step_days / WEEK

    def rows(self, start: int, stop: int) -> Self:
        """The rows from `start` up to but not including `stop`, as a series of its own."""
        part = slice(start, stop)
        return replace(
            self,
            starts=self.starts[part],
            spend=self.spend[part],
            outcome=self.outcome[part],
            exposures=self.exposures[part],
            context=self.context[part],
        )

    def __repr__(self) -> str:
        if not self.starts:
            return f"ResponseSeries of {self.metric}: no rows"
        return (
            f"ResponseSeries of {self.metric}: {len(self):,} {self.row_word}s from {self.starts[0].isoformat()} to {self.starts[-1].isoformat()}, "
            f"{len(self.channels)} paid channels ({', '.join(self.channels)}), {len(self.exposure_names)} unpaid, {len(self.context_names)} of context"
        )
