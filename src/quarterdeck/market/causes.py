"""Causes of a change in the expected outcome, by swapping one input at a time. The parts add up to the whole change exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.course import Course, follow
from quarterdeck.market.market import Market
from quarterdeck.market.media import combine_parts, media_forms
from quarterdeck.market.outcomes import expected_metrics, refuse_unknown_metric
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend
from quarterdeck.market.streams import FloatArray


def causes_of_change(
    market: Market,
    before: DailySpend,
    after: DailySpend,
    *,
    shocks_before: tuple[Shock, ...] = (),
    shocks_after: tuple[Shock, ...] = (),
    first_day: date | None = None,
    last_day: date | None = None,
    metric: str | None = None,
) -> dict[str, float]:
    """Why the recorded outcome of one run differs from that of another on the same days: `{cause: units of the metric}`.

    Causes are `spend <channel>` and `<kind of shock> <first day>`, each swapped in alone, once in this order and once in the other, and
    averaged. `first_day` and `last_day` limit the days that count. Raises InvalidInput when the two runs do not cover the same days.
    """
    if (before.first_day, before.days) != (after.first_day, after.days):
        raise InvalidInput(
            [
                Problem(
                    "MARKET-040",
                    "after",
                    f"{after.first_day.isoformat()} and {after.days} days",
                    f"{before.first_day.isoformat()} and {before.days} days",
                    "Cut both to the same days with `between`, or compare periods with `causes_between_periods`.",
                )
            ]
        )
    name = metric or market.aim
    refuse_unknown_metric(market.preset, name)
    start = max((first_day - before.first_day).days, 0) if first_day else 0
    stop = (last_day - before.first_day).days + 1 if last_day else before.days
    changed_shocks = [shock for shock in dict.fromkeys((*shocks_before, *shocks_after)) if (shock in shocks_before) != (shock in shocks_after)]
    named = {**{f"spend {channel}": channel for channel in market.channels}, **{_name_of(shock): shock for shock in changed_shocks}}

    def outcome(swapped: frozenset[str]) -> float:
        spend = _mixed_spend(before, after, [channel for channel in market.channels if f"spend {channel}" in swapped])
        shocks = tuple(
            shock
            for shock in dict.fromkeys((*shocks_before, *shocks_after))
            if shock in (shocks_after if _name_of(shock) in swapped or shock not in changed_shocks else shocks_before)
        )
        course = follow(market.preset, market.seed, market.first_day, spend, shocks)
        return float((expected_metrics(course)[name] * course.around.recorded[course.span])[start:stop].sum())

    return _by_swapping(list(named), outcome)


def causes_between_periods(
    market: Market, spend: DailySpend, *, earlier: date, later: date, days: int, shocks: tuple[Shock, ...] = (), metric: str | None = None
) -> dict[str, float]:
    """Why `days` days from `later` on differ from as many from `earlier` on, in one run: `{cause: units of the recorded metric}`.

    Causes: `demand` (season, trend, weather, weekdays), `own price`, `competitor`, `tracking`, and for each channel `pressure` (money, its
    price and carry-over) and `effect` (drift and shocks). `carried in` is what units that wait bring from before either period, 0 for
    a metric that does not wait.
    Raises InvalidInput when the run does not hold both periods.
    """
    name = metric or market.aim
    refuse_unknown_metric(market.preset, name)
    from_row, to_row = (earlier - spend.first_day).days, (later - spend.first_day).days
    if from_row < 0 or not from_row + days <= to_row or to_row + days > spend.days or days < 1:
        raise InvalidInput(
            [
                Problem(
                    "MARKET-041",
                    "periods",
                    f"{earlier.isoformat()} and {later.isoformat()}, {days} days each",
                    f"two periods, one after the other, from {spend.first_day.isoformat()} to {spend.last_day.isoformat()}",
                    "Choose days within the run.",
                )
            ]
        )
    course = follow(market.preset, market.seed, market.first_day, spend, tuple(shocks))
    inputs = _inputs_of(course)
    old, new = slice(from_row, from_row + days), slice(to_row, to_row + days)

    def outcome(swapped: frozenset[str]) -> float:
        fields = {
            field: values if cause in swapped else _earlier_rows(values, old, new)
            for cause, parts in inputs.items()
            for field, values in parts.items()
        }
        return float((_metrics_under(course, fields)[name] * fields["recorded"])[new].sum())

    causes = _by_swapping(list(inputs), outcome)
    truth = expected_metrics(course)[name] * course.around.recorded[course.span]
    causes["carried in"] = float(truth[new].sum() - truth[old].sum()) - sum(causes.values())
    return causes


def _by_swapping(names: list[str], outcome: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Each name's effect when it is swapped in, averaged over this order and its reverse. Source: Castro et al. 2009, antithetic Shapley sampling."""
    effects = dict.fromkeys(names, 0.0)
    for order in (names, names[::-1]):
        swapped: frozenset[str] = frozenset()
        value = outcome(swapped)
        for name in order:
            swapped |= {name}
            new_value = outcome(swapped)
            effects[name] += (new_value - value) / 2
            value = new_value
    return effects


def _name_of(shock: Shock) -> str:
    return " ".join(part for part in (shock.kind, shock.channel, shock.first_day.isoformat()) if part)


def _mixed_spend(before: DailySpend, after: DailySpend, swapped: list[str]) -> DailySpend:
    lines = tuple(dict.fromkeys((*before.lines, *after.lines)))
    amount = np.zeros((before.days, len(lines)))
    for n, line in enumerate(lines):
        source = after if line[0] in swapped else before
        if line in source.lines:
            amount[:, n] = source.amount[:, source.lines.index(line)]
    return DailySpend(before.first_day, lines, amount)


def _inputs_of(course: Course) -> dict[str, dict[str, FloatArray]]:
    around, span, preset = course.around, course.span, course.preset
    own_price = around.own_price[span]
    demand = around.weekday_demand[span] * around.demand[span]
    rival = course.common / demand * own_price**preset.demand.elasticity
    inputs = {
        "demand": {"demand": demand, "season": around.season[span]},
        "own price": {"own_price": own_price},
        "competitor": {"rival": rival},
        "tracking": {"recorded": around.recorded[span]},
    }
    for n, channel in enumerate(preset.channel_ids):
        inputs[f"pressure {channel}"] = {f"rise {n}": course.media.rise[:, n]}
        inputs[f"effect {channel}"] = {f"effect {n}": around.effect[span][:, n]}
    return inputs


def _earlier_rows(values: FloatArray, old: slice, new: slice) -> FloatArray:
    mixed = values.copy()
    mixed[new] = values[old]
    return mixed


def _metrics_under(course: Course, fields: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    preset, channels = course.preset, range(len(course.preset.channels))
    rise, effect = (np.stack([fields[f"{kind} {n}"] for n in channels], axis=1) for kind in ("rise", "effect"))
    _, total = combine_parts(media_forms(preset), rise, effect)
    common = fields["demand"] * fields["own_price"] ** -preset.demand.elasticity * fields["rival"]
    own_price, season = course.around.own_price.copy(), course.around.season.copy()
    own_price[course.span], season[course.span] = fields["own_price"], fields["season"]
    around = replace(course.around, own_price=own_price, season=season)
    return expected_metrics(replace(course, around=around, response=preset.level * common * (preset.baseline_share + total)))
