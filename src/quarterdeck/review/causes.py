"""split_gap: the gap between plan and fact as causes, each found by swapping one input of the forecast, adding up exactly.

Swapping one input after the other, in the order of the list and in the reverse order, and taking the mean of the two, adds up exactly and gives
two inputs that act together half of what they do together each. Source: Shapley 1953 for two players; Strumbelj & Kononenko 2014, section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.situation import CauseKind, Forecaster, Situation, Swap

CHANCE: CauseKind = "chance"


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of the gap: units of the metric, and its stable code (`spend:search`, `effect:print`, `context:temperature`, `chance` ...)."""

    code: str
    kind: CauseKind
    subject: str | None
    amount: float


def split_gap(forecaster: Forecaster, planned: Situation, swaps: Sequence[Swap], counted: FloatArray) -> tuple[Cause, ...]:
    """Every cause in the order of `swaps`, then chance. Their sum is exactly counted total - planned total.

    `counted [week]`, one for each week of the forecaster. Chance is what no input explains.
    """
    forward = _walk(forecaster, planned, swaps)
    backward = _walk(forecaster, planned, list(reversed(swaps)))
    causes = [Cause(swap.code, swap.kind, swap.subject, (forward[swap.code] + backward[swap.code]) / 2.0) for swap in swaps]
    gap = float(np.sum(counted[forecaster.skip :])) - forecaster.total(planned)
    explained = float(np.sum([cause.amount for cause in causes]))
    return (*causes, Cause(CHANCE, CHANCE, None, gap - explained))


def split_by_week(forecaster: Forecaster, planned: Situation, swaps: Sequence[Swap], counted: FloatArray) -> dict[str, FloatArray]:
    """Each cause of `split_gap` by its code, week by week of the promised weeks [week]; summed, the causes are the gap of that week."""
    forward, backward = _walk_by_week(forecaster, planned, swaps), _walk_by_week(forecaster, planned, list(reversed(swaps)))
    found = {swap.code: (forward[swap.code] + backward[swap.code]) / 2.0 for swap in swaps}
    gap = (counted - forecaster.weekly(planned))[forecaster.skip :]
    return found | {CHANCE: gap - sum(found.values(), np.zeros_like(gap))}


def list_swaps(
    planned: Situation, actual: Situation, held_up: Situation, *, channels: Sequence[str], context_names: Sequence[str], exposure_names: Sequence[str]
) -> tuple[Swap, ...]:
    """Each single input in which `actual` differs from `planned`; equal inputs make no swap.

    `held_up` is `planned` with the money taken out that late work held up: its difference from `planned` is late work,
    the rest of the way to `actual` is money spent otherwise.
    """
    swaps: list[Swap] = []
    for column, name in enumerate(channels):
        late, spent = held_up.spend[:, column], actual.spend[:, column]
        if not np.array_equal(late, planned.spend[:, column]):
            swaps.append(Swap(f"late:{name}", "late", name, column, "spend", late))
        if not np.array_equal(spent, late):
            swaps.append(Swap(f"spend:{name}", "spend", name, column, "spend", spent))
    columns: tuple[tuple[str, CauseKind, Sequence[str]], ...] = (
        ("exposures", "exposure", exposure_names),
        ("context", "context", context_names),
        ("effect", "effect", channels),
    )
    whole: tuple[tuple[str, CauseKind], ...] = (("demand", "demand"), ("recorded", "tracking"))
    for field, kind, names in columns:
        before, after = getattr(planned, field), getattr(actual, field)
        swaps.extend(
            Swap(f"{kind}:{name}", kind, name, column, field, after[..., column])
            for column, name in enumerate(names)
            if not np.array_equal(before[..., column], after[..., column])
        )
    for field, kind in whole:
        if not np.array_equal(getattr(planned, field), getattr(actual, field)):
            swaps.append(Swap(kind, kind, None, None, field, getattr(actual, field)))
    return tuple(swaps)


def _walk(forecaster: Forecaster, start: Situation, swaps: Sequence[Swap]) -> dict[str, float]:
    """What the total moves by as each swap is made, one after the other."""
    moved: dict[str, float] = {}
    situation, before = start, forecaster.total(start)
    for swap in _late_before_spend(swaps):
        situation = swap.put_into(situation)
        after = forecaster.total(situation)
        moved[swap.code] = after - before
        before = after
    return moved


def _walk_by_week(forecaster: Forecaster, start: Situation, swaps: Sequence[Swap]) -> dict[str, FloatArray]:
    """What each promised week moves by as each swap is made, one after the other."""
    moved: dict[str, FloatArray] = {}
    situation, before = start, forecaster.weekly(start)
    for swap in _late_before_spend(swaps):
        situation = swap.put_into(situation)
        after = forecaster.weekly(situation)
        moved[swap.code] = (after - before)[forecaster.skip :]
        before = after
    return moved


def _late_before_spend(swaps: Sequence[Swap]) -> list[Swap]:
    """The same order, but money held up by late work leaves before the rest of that channel's money changes."""
    ordered = list(swaps)
    for code in [swap.code for swap in swaps if swap.kind == "late"]:
        late = next(i for i, swap in enumerate(ordered) if swap.code == code)
        spend = next((i for i, swap in enumerate(ordered) if swap.code == code.replace("late:", "spend:")), None)
        if spend is not None and spend < late:
            ordered[spend], ordered[late] = ordered[late], ordered[spend]
    return ordered
