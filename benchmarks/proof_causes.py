"""One cause is planted in a quarter that otherwise goes as planned: does the review name it first?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from simulated_company import QUARTER, SimulatedCompany

from quarterdeck.facts.tracking_audit import find_lost_days
from quarterdeck.kernel.problems import NotEnoughData
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import spread_weeks
from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.review import found_causes


@dataclass(frozen=True)
class Planted:
    """What happens, and the code that the review should name first; `may` are codes that say the same in other words."""

    spend: FloatArray
    shocks: tuple[Shock, ...]
    codes: tuple[str, ...]
    held_up: FloatArray | None = None
    recorded: FloatArray | None = None


def causes_table(seeds: int) -> str:
    """How often each kind of cause is named first, and how often anything is called material in a quarter without any."""
    rows = ["| planted in the shop's quarter | seeds | named first | called material | named first, context surprises too |", "|---|---|---|---|---|"]
    companies = [SimulatedCompany("shop", seed) for seed in range(1, seeds + 1)]
    for name, plant in KINDS.items():
        found = [_judge(company, plant) for company in companies]
        first, material, rivals = (sum(each[i] for each in found) for i in range(3))
        rows.append(f"| {name} | {seeds} | {first} of {seeds} | {material} of {seeds} | {rivals} of {seeds} |")
        print(rows[-1], flush=True)
    return "\n".join(
        [
            "# A planted cause, and whether the review names it first",
            "",
            "The simulated shop, 104 weeks of history, a planned quarter of 13 weeks, money spent exactly as planned unless the cause says otherwise. In the first two counts the "
            "context (temperature, prices, promotions, the demand index) comes as the plan assumed; in the last it comes as the market makes it while the plan assumed what lies "
            "halfway between a year before and its own past, so it is a rival. In the row of nothing planted, the counts are quarters in which a channel, demand or tracking was blamed materially.",
            "",
            *rows,
            "",
        ]
    )


def _judge(company: SimulatedCompany, plant: Callable[[SimulatedCompany], Planted]) -> tuple[bool, bool, bool]:
    planted = plant(company)
    named = []
    material = False
    for foreseen in (True, False):
        _, comparison = company.happen(planted.spend, planted.shocks, held_up=planted.held_up, recorded=planted.recorded, foreseen=foreseen)
        causes = [cause for cause in found_causes(comparison) if cause.kind != "chance"]
        meant = [cause for cause in causes if (cause.code in planted.codes if planted.codes else cause.kind in ("effect", "demand", "tracking"))]
        blamed = any(cause.is_material for cause in meant)
        material = blamed if foreseen else material
        named.append((bool(causes) and causes[0] in meant) if planted.codes else blamed)
    return named[0], material, named[1]


def _nothing(company: SimulatedCompany) -> Planted:
    return Planted(company.planned, (), ())


def _main_channel(company: SimulatedCompany) -> int:
    """The channel that the plan expects most of."""
    brought = dict.fromkeys(company.market.channels, 0.0)
    for week in company.plan.forecast:
        for name, amount in week.by_channel.items():
            brought[name] += amount
    return company.market.channels.index(max(brought, key=lambda name: brought[name]))


def _worse(company: SimulatedCompany) -> Planted:
    name = company.market.channels[_main_channel(company)]
    shock = Shock("channel_worse", QUARTER.first_day, QUARTER.last_day, 0.7, channel=name)
    return Planted(company.planned, (shock,), (f"effect:{name}",))


def _better(company: SimulatedCompany) -> Planted:
    name = company.market.channels[_main_channel(company)]
    return Planted(company.planned, (Shock("channel_better", QUARTER.first_day, QUARTER.last_day, 0.7, channel=name),), (f"effect:{name}",))


def _less_money(company: SimulatedCompany) -> Planted:
    channel = _main_channel(company)
    spend = company.planned.copy()
    spend[:, channel] *= 0.2
    return Planted(spend, (), (f"spend:{company.market.channels[channel]}",))


def _late(company: SimulatedCompany) -> Planted:
    channel = _main_channel(company)
    spend, held_up = company.planned.copy(), np.zeros_like(company.planned)
    held_up[:8, channel] = spend[:8, channel]
    spend[:8, channel] = 0.0
    return Planted(spend, (), (f"late:{company.market.channels[channel]}",), held_up=held_up)


def _demand(company: SimulatedCompany) -> Planted:
    shock = Shock("demand", QUARTER.first_day, QUARTER.last_day, -0.2, hidden=True)
    return Planted(company.planned, (shock,), ("demand",))


def _demand_seen(company: SimulatedCompany) -> Planted:
    return Planted(company.planned, (Shock("demand", QUARTER.first_day, QUARTER.last_day, -0.2),), ("context:demand_index",))


def _tracking(company: SimulatedCompany) -> Planted:
    shock = Shock("tracking_lost", QUARTER.first_day + timedelta(days=21), QUARTER.first_day + timedelta(days=31), 0.9)
    after = company.history.then(spread_weeks(company.planned, QUARTER.first_day, company.market.channels))
    days = company.market.run(after, shocks=(shock,))
    faults = find_lost_days(days.days, days.outcomes[company.market.aim])
    recorded = np.ones(13)
    for fault in () if isinstance(faults, NotEnoughData) else faults:
        for n, week in enumerate(QUARTER.weeks):
            lost = sum(fault.first_day <= week + timedelta(days=d) <= fault.last_day for d in range(7))
            recorded[n] -= lost / 7 * (1 - fault.recorded_share)
    return Planted(company.planned, (shock,), ("tracking",), recorded=np.maximum(recorded, 0.05))


KINDS: dict[str, Callable[[SimulatedCompany], Planted]] = {
    "nothing (false alarms)": _nothing,
    "the main channel loses 70 % of its effect": _worse,
    "the main channel gains 70 %": _better,
    "the main channel gets a fifth of its money": _less_money,
    "late work holds up the main channel for 8 weeks": _late,
    "demand falls by a fifth, nothing shows it": _demand,
    "demand falls by a fifth, the demand index shows it": _demand_seen,
    "tracking loses 90 % for 11 days": _tracking,
}
