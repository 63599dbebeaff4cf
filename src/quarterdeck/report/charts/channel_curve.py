"""ChannelCurve: what a channel brings a week for what is spent on it a week, with the points that matter to the reader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.plan.expected import range_of
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.charts.labels import round_ticks
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.steady import steady_marginal, steady_outcome

POINTS = 48
_ROOM = 1.45
_FAR = 2.5
"""A limit beyond this many times the money in question is left off the picture."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Steady weekly `spend`, what it `brings` a week, and what one more unit of money adds (`next_unit`, units of the metric)."""

    spend: float
    brings: Range
    next_unit: float


@dataclass(frozen=True)
class ChannelCurve:
    """A channel's curve as points by spend; `here` is last quarter's money a week, `plan` the plan's, `limit` the most it may get; None if not known."""

    channel: str
    metric: str
    points: tuple[CurvePoint, ...]
    steps: tuple[float, ...]
    """Round amounts, each of them among the points, for the table."""
    here: CurvePoint | None
    plan: CurvePoint | None
    limit: float | None
    evidence: str | None = None
    strength: int = 2
    proposal: CurvePoint | None = None
    """Where a change that is only tried would lead."""
    here_is: str = "last quarter"
    """What `here` is, for the table."""


def channel_curve(
    curves: ResponseCurves,
    channel: str,
    *,
    here: float | None,
    plan: float | None,
    limit: float | None = None,
    evidence: str | None = None,
    strength: int = 2,
    proposal: float | None = None,
    up_to: float = 0.0,
    here_is: str = "last quarter",
) -> ChannelCurve:
    """The channel's curve around the money in question (money a week). Raises ValueError for a channel without a curve.

    `up_to`: what the picture has room for in any case, so that it stands still while proposals are tried.
    """
    asked = max([up_to / _ROOM, *[amount for amount in (here, plan, proposal) if amount is not None]])
    shown = limit if limit is not None and limit <= _FAR * max(asked, 1.0) else None
    far = max(_ROOM * asked, 1.2 * (shown or 0.0)) or float(np.median(curves.half[:, curves.channels.index(channel)])) * 2
    steps = round_ticks(0.0, far, most=9)
    marked = [amount for amount in (here, plan, proposal) if amount is not None]
    spends = sorted({*np.linspace(0.0, far, POINTS).tolist(), *steps, *marked})
    brings, slopes = steady_outcome(curves, channel, spends), steady_marginal(curves, channel, spends)
    points = {spend: CurvePoint(spend, range_of(brings[:, i]), float(slopes[:, i].mean())) for i, spend in enumerate(spends)}
    return ChannelCurve(
        channel=channel,
        metric=curves.metric,
        points=tuple(points.values()),
        steps=steps,
        here=None if here is None else points[here],
        plan=None if plan is None else points[plan],
        limit=shown,
        evidence=evidence,
        strength=strength,
        proposal=None if proposal is None else points[proposal],
        here_is=here_is,
    )
