"""Money over channels and weeks: known optima, slow twins, proven bounds, and limits kept to the penny."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from curve_makers import LAST_WEEK, open_weeks, plain_curves, random_curves
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.plan.allocate import Allocation, allocate_budget
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.series.series import FloatArray

TAIL = 8


def worth_of(curves: ResponseCurves, spend: FloatArray, value: float | None = None) -> float:
    """What `allocate_budget` maximises, worked out from the curves alone."""

    def brought(amounts: FloatArray) -> float:
        with_tail = np.vstack([amounts, np.zeros((TAIL, amounts.shape[1]))])
        return float(curves.contribution(with_tail).sum(axis=(1, 2)).mean())

    gained = brought(spend) - brought(np.zeros_like(spend))
    return gained if value is None else value * gained - float(spend.sum())


def evenly(money: FloatArray, weeks: int) -> FloatArray:
    """Money of each channel, the same in every week. [channel] -> [week, channel]."""
    return np.tile(np.asarray(money) / weeks, (weeks, 1))


def as_floats(allocation: Allocation) -> FloatArray:
    return np.array(allocation.amounts, dtype=np.float64)


def random_limits(rng: np.random.Generator, curves: ResponseCurves, budget: Decimal, weeks: int) -> tuple[ChannelLimit, ...]:
    """Limits that some split keeps to, to the penny."""
    share = float(budget) / len(curves.channels)
    limits = []
    for channel in curves.channels:
        cap = Decimal(round(share * rng.uniform(0.6, 3), 2)).quantize(Decimal("0.01")) + 20
        weekly = (cap / weeks * Decimal(round(rng.uniform(1.0, 3), 2))).quantize(Decimal("0.01")) + 2
        floor = min(cap - 15, Decimal(share * rng.uniform(0, 0.9)).quantize(Decimal("0.01"))) if rng.integers(2) else Decimal(0)
        limits.append(ChannelLimit(channel, max(Decimal(0), floor - 5), cap if rng.integers(3) else None, weekly if rng.integers(3) else None))
    return tuple(limits)


# Known answers


def test_money_is_split_where_the_next_pound_brings_the_same_everywhere() -> None:
    # given: slopes 400 * 100 / (x + 100)^2 and 100 * 100 / (y + 100)^2, so x + 100 = 2 (y + 100); with x + y = 400: 300 and 100
    curves = plain_curves((400, 100), (100, 100))

    allocation = allocate_budget(curves, weeks=open_weeks(1), budget=Decimal(400), limits=())

    assert allocation.amounts == ((Decimal(300), Decimal(100)),)
    assert allocation.next_unit == pytest.approx({"channel_1": 0.25, "channel_2": 0.25})
    assert allocation.worth == pytest.approx(350)
    assert allocation.held_back == 0


def test_money_that_does_not_pay_for_itself_is_held_back() -> None:
    # given: a unit is worth 4, so money pays while 4 * 100 * 100 / (x + 100)^2 >= 1, which is up to x = 100
    curves = plain_curves((100, 100))

    allocation = allocate_budget(curves, weeks=open_weeks(1), budget=Decimal(1000), value_per_unit=4.0)

    assert allocation.amounts == ((Decimal(100),),)
    assert allocation.held_back == 900
    assert allocation.worth == pytest.approx(4 * 50 - 100)


def test_nothing_is_spent_where_even_the_first_pound_loses_except_what_a_floor_asks_for() -> None:
    curves = plain_curves((10, 100), (10, 100))
    limits = [ChannelLimit("channel_2", floor=Decimal(60))]

    allocation = allocate_budget(curves, weeks=open_weeks(3), budget=Decimal(900), limits=limits, value_per_unit=5.0)

    assert allocation.by_channel == {"channel_1": Decimal(0), "channel_2": Decimal(60)}
    assert allocation.held_back == 840
    assert allocation.worth < 0
    assert allocation.bound == pytest.approx(allocation.worth, rel=1e-3)


def test_without_a_known_value_the_whole_budget_is_spent_however_poor_the_return() -> None:
    allocation = allocate_budget(plain_curves((0.001, 5), (0, 5)), weeks=open_weeks(2), budget=Decimal(777))

    assert allocation.held_back == 0
    assert sum(allocation.by_channel.values()) == 777


def test_what_caps_do_not_let_through_is_held_back() -> None:
    limits = [ChannelLimit("channel_1", cap=Decimal(100)), ChannelLimit("channel_2", weekly_cap=Decimal(30))]

    allocation = allocate_budget(plain_curves((50, 10), (50, 10)), weeks=open_weeks(2), budget=Decimal(500), limits=limits)

    assert allocation.by_channel == {"channel_1": Decimal(100), "channel_2": Decimal(60)}
    assert allocation.held_back == 340
    assert allocation.gap_share == 0


def test_weeks_that_are_equally_good_get_the_same_money() -> None:
    allocation = allocate_budget(plain_curves((50, 300), (20, 500), form=1), weeks=open_weeks(13), budget=Decimal(6500))

    assert (np.ptp(as_floats(allocation), axis=0) <= 1).all()


def test_weeks_that_are_nearly_equally_good_get_the_same_money() -> None:
    # given: a curve that is almost a straight line, where the end of the tail makes earlier weeks better by a hair
    allocation = allocate_budget(plain_curves((1e6, 1e7), decay=0.3), weeks=open_weeks(4), budget=Decimal(400))

    assert allocation.amounts == ((Decimal(100),),) * 4
    assert allocation.gap_share < 1e-3


def test_what_is_still_carried_over_moves_money_to_other_channels() -> None:
    curves = plain_curves((60, 200), (60, 200), decay=0.4)
    busy = replace(curves, carry=np.array([[400.0, 0.0]]))
    goes_on = np.array([200.0, 200.0])

    fresh = allocate_budget(curves, weeks=open_weeks(4), budget=Decimal(1600), tail_spend=goes_on)
    shifted = allocate_budget(busy, weeks=open_weeks(4), budget=Decimal(1600), tail_spend=goes_on)

    assert fresh.by_channel == {"channel_1": Decimal(800), "channel_2": Decimal(800)}
    assert shifted.by_channel["channel_1"] < 750


def test_every_week_of_a_channel_gets_the_same_to_a_step() -> None:
    curves = replace(random_curves(np.random.default_rng(2), 4, 20), steepness=np.full((20, 4), 3.0), form=np.full((20, 4), 3, dtype=np.uint8))

    allocation = allocate_budget(curves, weeks=open_weeks(13), budget=Decimal(30_000))

    assert (np.ptp(as_floats(allocation), axis=0) <= 1).all()


def test_where_spending_goes_on_after_the_quarter_what_lasts_is_worth_less() -> None:
    # given: two channels alike, but for the second one's effect, which lasts
    curves = replace(plain_curves((60, 200), (60, 200)), decay=np.array([[0.0, 0.7]]))

    stops = allocate_budget(curves, weeks=open_weeks(6), budget=Decimal(1800))
    goes_on = allocate_budget(curves, weeks=open_weeks(6), budget=Decimal(1800), tail_spend=np.array([300.0, 300.0]))

    assert goes_on.by_channel["channel_2"] < stops.by_channel["channel_2"] - 50


def test_weeks_between_the_last_fact_and_the_first_open_week_fade_the_carry_over() -> None:
    curves = plain_curves((60, 200), decay=0.5, carry=400)
    later = open_weeks(3)[2:]

    allocation = allocate_budget(curves, weeks=later, budget=Decimal(200))

    after_two_weeks = replace(curves, carry=curves.carry / 4)
    assert allocation.worth == pytest.approx(worth_of(after_two_weeks, np.array([[200.0]])))


# Slow twins


@pytest.mark.parametrize("value", [None, 40.0])
@pytest.mark.parametrize("seed", range(4))
def test_a_general_solver_finds_nothing_better(seed: int, value: float | None) -> None:
    from scipy.optimize import minimize

    rng = np.random.default_rng(seed)
    curves, weeks, budget = random_curves(rng, 3, 5), 4, 6000
    limits = [ChannelLimit("channel_1", floor=Decimal(500), cap=Decimal(2500)), ChannelLimit("channel_2", weekly_cap=Decimal(700))]

    allocation = allocate_budget(curves, weeks=open_weeks(weeks), budget=Decimal(budget), limits=limits, value_per_unit=value, tolerance=1e-6)

    rules = [{"type": "ineq" if value else "eq", "fun": lambda x: budget - x.sum()}]
    solved = minimize(
        lambda x: -worth_of(curves, evenly(x, weeks), value),
        np.full(3, budget / 3),
        method="SLSQP",
        bounds=[(500, 2500), (0, 2800), (0, budget)],
        constraints=rules,
        options={"maxiter": 300, "ftol": 1e-10},
    )
    best = -float(solved.fun)
    assert allocation.bound >= best - 1e-6 * abs(best)
    assert allocation.worth >= best - 5e-4 * abs(best)


@pytest.mark.parametrize("seed", range(5))
def test_trying_every_split_of_two_channels_finds_nothing_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    curves, budget = random_curves(rng, 2, 3), 12
    scaled = replace(curves, half=curves.half / 200, carry=curves.carry / 200)

    allocation = allocate_budget(scaled, weeks=open_weeks(2), budget=Decimal(budget))

    best = max(worth_of(scaled, evenly(np.array([first, budget - first]), 2)) for first in range(budget + 1))
    assert allocation.bound >= best - 1e-9
    assert allocation.worth >= best * 0.995


def test_worth_is_what_the_curves_themselves_say_it_is() -> None:
    curves = random_curves(np.random.default_rng(3), 4, 20)

    for value in (None, 90.0):
        allocation = allocate_budget(curves, weeks=open_weeks(5), budget=Decimal(9000), value_per_unit=value)
        assert allocation.worth == pytest.approx(worth_of(curves, as_floats(allocation), value), rel=1e-10)


def test_the_next_unit_is_the_slope_that_the_curves_give_in_the_best_week() -> None:
    curves = random_curves(np.random.default_rng(4), 3, 10)

    allocation = allocate_budget(curves, weeks=open_weeks(4), budget=Decimal(5000))

    slope = curves.marginal(np.vstack([as_floats(allocation), np.zeros((TAIL, 3))]))[:, :4].mean(axis=0).max(axis=0)
    assert list(allocation.next_unit.values()) == pytest.approx(list(slope))


# Properties


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_limits_are_kept_exactly_and_no_random_split_beats_the_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weeks = int(rng.integers(1, 6))
    curves = random_curves(rng, int(rng.integers(1, 5)), 4)
    budget = Decimal(int(rng.integers(200, 20000))) + Decimal("0.37")
    limits = random_limits(rng, curves, budget, weeks)
    step = Decimal(str(rng.choice(["0.01", "1", "5"])))
    value = None if rng.integers(2) else float(rng.uniform(1, 200))

    allocation = allocate_budget(curves, weeks=open_weeks(weeks), budget=budget, limits=limits, value_per_unit=value, step=step)

    amounts = allocation.amounts
    assert all(amount >= 0 and amount % step == 0 for row in amounts for amount in row)
    for i, limit in enumerate(limits):
        total = sum(row[i] for row in amounts)
        assert limit.floor <= total
        assert limit.cap is None or total <= limit.cap
        assert limit.weekly_cap is None or all(row[i] <= limit.weekly_cap for row in amounts)
    assert sum(map(sum, amounts)) + allocation.held_back == budget
    assert allocation.held_back >= 0
    assert allocation.bound >= allocation.worth
    for split in random_splits(rng, limits, budget, weeks, spend_all=value is None):
        assert worth_of(curves, split, value) <= allocation.bound + 1e-7 * max(1.0, abs(allocation.bound))


def random_splits(rng: np.random.Generator, limits: tuple[ChannelLimit, ...], budget: Decimal, weeks: int, *, spend_all: bool) -> list[FloatArray]:
    from quarterdeck.plan.limits import to_feasible

    room = to_feasible(limits, weeks=weeks, budget=budget, step=Decimal(1), spend_all=spend_all, whole=False).all_weeks
    scale = float(budget) / len(limits)
    return [evenly(room.nearest(rng.exponential(2 * scale, room.shape), np.ones(room.shape))[0], weeks) for _ in range(8)]


@pytest.mark.parametrize("value", [None, 60.0])
@pytest.mark.parametrize("seed", range(3))
def test_ten_channels_over_a_quarter_are_placed_within_a_thousandth_of_the_best_possible(seed: int, value: float | None) -> None:
    curves = random_curves(np.random.default_rng(seed), 10, 200, spread=1.5)

    allocation = allocate_budget(curves, weeks=open_weeks(13), budget=Decimal(60_000), value_per_unit=value)

    assert 0 <= allocation.gap_share <= 1e-3


def test_pence_and_pounds_give_the_same_plan() -> None:
    curves = random_curves(np.random.default_rng(8), 4, 10)
    in_pence = replace(curves, half=curves.half * 100, carry=curves.carry * 100)

    pounds = allocate_budget(curves, weeks=open_weeks(6), budget=Decimal(9000))
    pence = allocate_budget(in_pence, weeks=open_weeks(6), budget=Decimal(900_000), step=Decimal(100))

    assert pence.amounts == tuple(tuple(amount * 100 for amount in row) for row in pounds.amounts)
    assert pence.worth == pytest.approx(pounds.worth)


def test_the_same_question_gets_the_same_answer_to_the_last_bit() -> None:
    first, second = (allocate_budget(random_curves(np.random.default_rng(5), 5, 40), weeks=open_weeks(9), budget=Decimal(20_000)) for _ in range(2))

    assert repr(first) == repr(second)


# Ordinary small cases and refusals


@pytest.mark.parametrize(("channels", "weeks", "budget"), [(2, 0, 100), (2, 3, 0), (1, 1, 100)])
def test_no_week_and_no_money_are_ordinary(channels: int, weeks: int, budget: int) -> None:
    allocation = allocate_budget(random_curves(np.random.default_rng(1), channels, 3), weeks=open_weeks(weeks), budget=Decimal(budget))

    assert len(allocation.amounts) == weeks
    assert sum(map(sum, allocation.amounts)) == (budget if weeks else 0)
    assert allocation.gap_share <= 1e-3


def test_no_channel_is_ordinary_and_holds_everything_back() -> None:
    curves = plain_curves((1, 1))
    nothing = np.zeros((1, 0))
    empty = ResponseCurves(curves.metric, (), LAST_WEEK, nothing, nothing, nothing, nothing.astype(np.uint8), nothing)

    allocation = allocate_budget(empty, weeks=open_weeks(2), budget=Decimal(100))

    assert allocation.amounts == ((), ())
    assert allocation.held_back == 100


def test_every_impossible_limit_is_named_at_once_with_its_way_out() -> None:
    limits = [
        ChannelLimit("channel_1", floor=Decimal(300), cap=Decimal(200)),
        ChannelLimit("channel_2", floor=Decimal(90), weekly_cap=Decimal(10)),
        ChannelLimit("radio", floor=Decimal(-1)),
        ChannelLimit("channel_1"),
    ]

    with pytest.raises(InvalidInput) as caught:
        allocate_budget(plain_curves((1, 1), (1, 1)), weeks=open_weeks(2), budget=Decimal(-5), limits=limits, step=Decimal(0), value_per_unit=-1.0)

    codes = sorted(problem.code for problem in caught.value.problems)
    assert codes == ["PLAN-031", "PLAN-032", "PLAN-033", "PLAN-035", "PLAN-035", "PLAN-036", "PLAN-036", "PLAN-037"]
    assert all(problem.fix for problem in caught.value.problems)


def test_floors_above_the_budget_are_refused_with_the_missing_amount() -> None:
    limits = [ChannelLimit("channel_1", floor=Decimal(80)), ChannelLimit("channel_2", floor=Decimal(70))]

    with pytest.raises(InvalidInput, match="Lower the floors by 50 together") as caught:
        allocate_budget(plain_curves((1, 1), (1, 1)), weeks=open_weeks(2), budget=Decimal(100), limits=limits)

    assert [problem.code for problem in caught.value.problems] == ["PLAN-038"]


def test_limits_without_a_whole_step_between_them_are_refused() -> None:
    limits = [ChannelLimit("channel_1", floor=Decimal("10.20"), cap=Decimal("10.80"))]

    with pytest.raises(InvalidInput, match="PLAN-039"):
        allocate_budget(plain_curves((1, 1)), weeks=open_weeks(2), budget=Decimal(100), limits=limits)


def test_weeks_that_are_past_or_out_of_order_are_refused() -> None:
    weeks = open_weeks(3)

    with pytest.raises(InvalidInput, match="PLAN-034"):
        allocate_budget(plain_curves((1, 1)), weeks=(weeks[0], weeks[2]), budget=Decimal(1))
    with pytest.raises(InvalidInput, match="PLAN-034"):
        allocate_budget(plain_curves((1, 1)), weeks=(LAST_WEEK, weeks[0]), budget=Decimal(1))
