"""Weekly: a figure week by week, with totals over the weeks that are known; what is not known is None, never 0."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weekly:
    """`values [week]`, None where not known. Without `weights [week]` they add up; with them a total is the weighted mean (of a rate, a price)."""

    values: tuple[float | None, ...]
    weights: tuple[float, ...] = ()

    @property
    def known(self) -> frozenset[int]:
        """The places of the weeks that are known."""
        return frozenset(place for place, value in enumerate(self.values) if value is not None)

    def total(self, places: frozenset[int] | None = None) -> float | None:
        """Over the known weeks (of `places`, if given); None when there is none, or when what it is divided by is nothing."""
        inside = self.known if places is None else self.known & places
        known = [(place, value) for place, value in enumerate(self.values) if value is not None and place in inside]
        if not known:
            return None
        if not self.weights:
            return sum(value for _, value in known)
        weight = sum(self.weights[place] for place, _ in known)
        return sum(value * self.weights[place] for place, value in known) / weight if weight > 0 else None

    def per(self, other: Weekly) -> Weekly:
        """This divided by `other`, which adds up, in weeks where both are known and `other` is above nothing; a total is total ÷ total."""
        pairs = list(zip(self.values, other.values, strict=True))
        values = tuple(a / b if a is not None and b is not None and b > 0 else None for a, b in pairs)
        return Weekly(values, tuple(b if b is not None and b > 0 else 0.0 for _, b in pairs))


@dataclass(frozen=True)
class Against:
    """Counted beside something else (a plan, a year before) over the `weeks` that both know."""

    counted: float
    other: float
    weeks: int

    @property
    def gap(self) -> float:
        """Counted less the other."""
        return self.counted - self.other

    @property
    def share(self) -> float | None:
        """The gap as a share of the other; None where the other is nothing."""
        return self.gap / self.other if self.other > 0 else None


def against(counted: Weekly, other: Weekly) -> Against | None:
    """None without a week that both know."""
    both = counted.known & other.known
    here, there = counted.total(both), other.total(both)
    return None if here is None or there is None else Against(here, there, len(both))
