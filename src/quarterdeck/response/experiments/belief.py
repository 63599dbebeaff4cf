"""Belief: an unknown figure as a mixture of t distributions; what a reading of a test comes to, and what a ratio of two such figures is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.curves.summary import Summary
from quarterdeck.response.series.series import FloatArray

_P10_TO_P90 = 2.5631031310892007
_HALVINGS = 80
_VERSIONS = 41
_SURE_OF_SIGN = 0.99
_KNOWN = 1e-9


@dataclass(frozen=True, eq=False)
class Belief:
    """Equally likely t distributions. Shapes, all `[part]`: `location`, `scale` (above 0), `freedom` (degrees; infinite is the normal)."""

    location: FloatArray
    scale: FloatArray
    freedom: FloatArray

    def below(self, value: float) -> float:
        """The chance that the figure is less than `value`."""
        from scipy.special import ndtr, stdtr

        at = (value - self.location) / self.scale
        known = np.where(np.isfinite(self.freedom), self.freedom, 1.0)
        return float(np.where(np.isfinite(self.freedom), stdtr(known, at), ndtr(at)).mean())

    def quantile(self, chance: float) -> float:
        """The value that the figure is below with `chance`; of a mixture by halving."""
        if len(self.location) == 1:
            from scipy.special import ndtri, stdtrit

            free = float(self.freedom[0])
            return float(self.location[0] + self.scale[0] * (stdtrit(free, chance) if np.isfinite(free) else ndtri(chance)))
        reach = float(self.scale.max()) * 1e4 + float(np.ptp(self.location))
        low, high = float(self.location.min()) - reach, float(self.location.max()) + reach
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.below(middle) < chance else (low, middle)
        return 0.5 * (low + high)

    def summary(self) -> Summary:
        """Mean (of the locations) and percentiles."""
        return Summary(float(self.location.mean()), *(self.quantile(chance) for chance in (0.05, 0.1, 0.5, 0.9, 0.95)))

    @property
    def sd(self) -> float:
        """The sd of the normal that has as much between its 10th and 90th percentile."""
        return (self.quantile(0.9) - self.quantile(0.1)) / _P10_TO_P90

    @property
    def sign(self) -> int:
        """1 or -1 where the figure is above or below 0 with a chance of 99 %, else 0."""
        under = self.below(0.0)
        return 1 if under < 1.0 - _SURE_OF_SIGN else -1 if under > _SURE_OF_SIGN else 0


def believe(location: float, scale: float, freedom: float) -> Belief:
    """One t distribution; a scale of 0 is a figure that is known."""
    smallest = 1e-12 * max(1.0, abs(location))
    return Belief(np.array([location]), np.array([max(scale, smallest)]), np.array([float(freedom)]))


def pool(beliefs: tuple[Belief, ...]) -> Belief:
    """Beliefs that are equally good, as one: as wide as each, and wider where they differ. Source: linear pool, Stone 1961, "The opinion pool"."""
    return Belief(*(np.concatenate(parts) for parts in zip(*((b.location, b.scale, b.freedom) for b in beliefs), strict=True)))


def ratio(over: Belief, under: Belief) -> Belief | None:
    """`over` / `under` where both are independent; None when the sign of `under` is not sure.

    `under` is cut into equally likely versions, each of which divides `over`: a mixture again.
    """
    if under.sign == 0:
        return None
    count = 1 if float(under.scale.max()) <= _KNOWN * abs(under.quantile(0.5)) else _VERSIONS
    versions = np.array([under.quantile((n + 0.5) / count) for n in range(count)])
    versions = np.tile(np.where(np.sign(versions) == under.sign, versions, under.quantile(0.5)), len(over.location))
    location, scale, freedom = (np.repeat(part, count) for part in (over.location, over.scale, over.freedom))
    return Belief(location / versions, scale / np.abs(versions), freedom)
