"""What changed between two fits of one metric: each channel's return before and after, and whether that is more than noise."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.curves.summary import Summary, summarise

MOVED, MUCH, SURER = 0.2, 0.75, 0.15
"""In standard deviations: from where on a return counts as moved, and as moved much; and by which share the spread must change to be named."""


@dataclass(frozen=True)
class Change:
    """One channel's return (units of the metric per unit of money) before and after. `moved`: by how many standard deviations of before its mean rose."""

    channel: str
    before: Summary
    after: Summary
    moved: float
    spread: float

    @property
    def is_beyond_noise(self) -> bool:
        """Whether a person should hear of it."""
        return abs(self.moved) > MOVED

    @property
    def is_much(self) -> bool:
        """Whether it is more than a little."""
        return abs(self.moved) > MUCH

    @property
    def sureness(self) -> str:
        """How sure the answer is now: surer, less sure, or as sure as before. `spread`: the new standard deviation as a share of the old one."""
        return "surer" if self.spread < 1.0 - SURER else "less sure" if self.spread > 1.0 + SURER else "as sure"


def changes_between(before: ResponseFit, after: ResponseFit) -> tuple[Change, ...]:
    """One a channel that both fits have, the largest first."""
    found = []
    for number, channel in enumerate(after.channels):
        if channel not in before.channels:
            continue
        old, new = before.returns[:, before.channels.index(channel)], after.returns[:, number]
        width = float(old.std())
        moved = (float(new.mean()) - float(old.mean())) / width if width > 0 else 0.0
        found.append(Change(channel, summarise(old), summarise(new), moved, float(new.std()) / width if width > 0 else 1.0))
    return tuple(sorted(found, key=lambda change: (-abs(change.moved), change.channel)))
