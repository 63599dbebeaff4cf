"""WeeklySeries: the facts that a response model reads, one row a week, no gaps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def _no_columns(weeks: int) -> FloatArray:
    return np.zeros((weeks, 0))


@dataclass(frozen=True, eq=False)
class WeeklySeries:
    """Spend, unpaid exposures, context and one outcome by week.

    Shapes: `spend [week, channel]` (money), `outcome [week]` (units of `metric`), `exposures [week, exposure]` (counts of
    e-mails, messages, ... that cost nothing each), `context [week, name]`. `weeks` are consecutive Mondays.
    Raises ValueError when shapes disagree, weeks are missing, or a number is NaN or (spend, exposures) negative.
    """

    metric: str
    weeks: tuple[date, ...]
    channels: tuple[str, ...]
    spend: FloatArray
    outcome: FloatArray
    exposure_names: tuple[str, ...] = ()
    exposures: FloatArray = field(default_factory=lambda: _no_columns(0))
    context_names: tuple[str, ...] = ()
    context: FloatArray = field(default_factory=lambda: _no_columns(0))

    def __post_init__(self) -> None:
        n = len(self.weeks)
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
        if any(later - earlier != timedelta(weeks=1) for earlier, later in zip(self.weeks, self.weeks[1:], strict=False)):
            raise ValueError("weeks must be consecutive Mondays")

    def __len__(self) -> int:
        return len(self.weeks)

    def rows(self, start: int, stop: int) -> Self:
        """The weeks from `start` up to but not including `stop`, as a series of its own."""
        part = slice(start, stop)
        return replace(
            self,
            weeks=self.weeks[part],
            spend=self.spend[part],
            outcome=self.outcome[part],
            exposures=self.exposures[part],
            context=self.context[part],
        )
