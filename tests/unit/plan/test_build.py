"""The quarter's plan: money that adds up, past weeks, limits, and channels that nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from built_plans import assert_money_adds_up, channel, mid_quarter, money_of, spent_lines, with_channels
from plan_makers import QUARTER, shop_fit, shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.quarter_plan import Assignment, WorkPlan, render_plan


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert render_plan(build_quarter_plan(shop_inputs())) == render_plan(build_quarter_plan(shop_inputs()))


def test_a_trusted_fit_places_the_money_within_limits_and_close_to_the_best_possible() -> None:
    plan = build_quarter_plan(shop_inputs())

    assert plan.budget.method == "best_known"
    assert plan.provenance.curves == "c" * 64
    assert_money_adds_up(plan)
    assert plan.budget.held_back == 0
    assert 2000 <= money_of(plan, "social") <= 9000
    assert plan.budget.gap_share is not None
    assert plan.budget.gap_share <= 1e-3
    assert money_of(plan, "search") > 11700
    assert money_of(plan, "video") < 9100


def test_weeks_of_a_channel_differ_little_when_nothing_tells_them_apart() -> None:
    plan = build_quarter_plan(shop_inputs())
    search = [sum(line.amount for line in plan.budget.lines if line.channel == "search" and line.week == week) for week in QUARTER.weeks]

    assert max(search) <= min(search) * Decimal("1.15")


def test_money_is_kept_when_a_customer_earns_too_little_to_pay_for_it() -> None:
    # given: a customer who earns 45, and a strategy that lets money move as far as the facts carry
    conversions = [{"id": "buy", "group": "buyers", "event": "order", "metric": "new_customers", "margin": 45}]
    free = {"guardrails": {"max_change_share": 1}}

    plan = build_quarter_plan(shop_inputs(strategy=shop_strategy(conversions=conversions, ads=free)))

    assert plan.budget.value_per_unit == 45
    assert plan.budget.held_back > 3000
    assert_money_adds_up(plan)
    # Channels that are free to move stop where the next pound brings a pound: 1/45 of a customer. Video is as far down as it may go in one quarter.
    assert channel(plan, "search").next_unit == pytest.approx(1 / 45, rel=0.05)
    assert (channel(plan, "video").next_unit or 0) < 1 / 45
    assert channel(plan, "video").why.startswith("Lowered from £9,100")
    assert "as far down as one quarter may move it" in channel(plan, "video").why
    assert channel(plan, "video").why.endswith("less than it costs.")


def test_the_strategys_guardrail_holds_money_on_channels_even_where_it_does_not_pay() -> None:
    conversions = [{"id": "buy", "group": "buyers", "event": "order", "metric": "new_customers", "margin": 45}]

    def kept(share: str) -> Decimal:
        return build_quarter_plan(
            shop_inputs(strategy=shop_strategy(conversions=conversions, ads={"guardrails": {"max_change_share": share}}))
        ).budget.held_back

    assert kept("0.05") < kept("0.3") < kept("1")


def test_tasks_that_cost_money_are_paid_before_channels() -> None:
    tasks = [
        {"id": "film", "title": "Film", "serves": "q1", "effort_hours": 8, "budget": 4000},
        {"id": "later", "title": "Later", "serves": "q1", "effort_hours": 8, "budget": 900},
    ]
    strategy = shop_strategy(management={"budget": {"quarter": 30000, "reserve": 1000}, "tasks": tasks})
    after = Assignment(
        task="later",
        person=None,
        starts_on=date(2027, 4, 6),
        start_half="morning",
        ends_on=date(2027, 4, 7),
        end_half="morning",
        half_days=2,
        due_on=None,
        late_days=0,
        in_quarter=False,
    )
    work = WorkPlan(assignments=(after,), unassignable=(), overloads=(), weighted_lateness=0, bound=None, method="rule")

    plan = build_quarter_plan(shop_inputs(strategy=strategy, work=work))

    assert plan.budget.for_tasks == 4000
    assert_money_adds_up(plan)


@pytest.mark.parametrize(("done_on", "paid"), [("2026-12-01", 0), ("2027-01-04", 4000), ("2027-04-04", 4000), ("2027-04-05", 0)])
def test_a_task_is_paid_by_the_quarter_in_which_it_was_done(done_on: str, paid: int) -> None:
    film = {"id": "film", "title": "Film", "serves": "q1", "effort_hours": 8, "budget": 4000}
    strategy = shop_strategy(management={"budget": {"quarter": 30000, "reserve": 1000}, "tasks": [film]})

    plan = build_quarter_plan(shop_inputs(strategy=strategy, done={"film": date.fromisoformat(done_on)}))

    assert plan.budget.for_tasks == paid
    assert_money_adds_up(plan)


def test_past_weeks_stay_as_spent_and_count_towards_budget_and_limits() -> None:
    plan = build_quarter_plan(mid_quarter())

    past = [line for line in plan.budget.lines if line.is_spent]
    assert [(line.channel, line.amount) for line in past[:3]] == [("search", Decimal("1000.25")), ("social", Decimal(500)), ("video", Decimal(700))]
    assert all(line.week >= QUARTER.weeks[4] for line in plan.budget.lines if not line.is_spent)
    assert_money_adds_up(plan)
    assert plan.budget.held_back < 1  # less than a step is left of what pence were spent
    assert channel(plan, "social").planned <= 9000
    assert [week.week for week in plan.forecast] == list(QUARTER.weeks[4:])


def test_a_cap_that_is_spent_already_gets_nothing_more() -> None:
    spent = spent_lines(QUARTER.weeks[:4], social="2250")

    plan = build_quarter_plan(mid_quarter(spent=spent))

    assert channel(plan, "social").planned == 9000
    assert not [line for line in plan.budget.lines if line.channel == "social" and not line.is_spent]


def test_no_week_goes_far_beyond_what_was_ever_spent() -> None:
    plan = build_quarter_plan(with_channels(budget=200_000))
    most = 1.5 * shop_fit().spend[:, 0].max()

    weeks = [float(sum(line.amount for line in plan.budget.lines if line.channel == "search" and line.week == week)) for week in QUARTER.weeks]
    assert max(weeks) <= most + 1
    assert plan.budget.held_back > 0
    assert "nothing beyond that was ever tried" in channel(plan, "search").why


def test_a_wanted_channel_without_figures_gets_a_capped_trial() -> None:
    plan = build_quarter_plan(
        with_channels({"id": "radio", "kind": "radio", "ownership": "paid", "use": "wanted"}, {"id": "print", "kind": "print", "ownership": "paid"})
    )

    assert money_of(plan, "radio") == 1450  # 5 % of 29,000
    assert channel(plan, "radio").why.startswith("A trial of £1,450: nothing is known of this channel yet")
    assert channel(plan, "radio").brings is None
    assert money_of(plan, "print") == 0
    assert_money_adds_up(plan)


def test_a_channel_that_is_used_but_cannot_be_read_keeps_last_quarters_rate() -> None:
    inputs = with_channels({"id": "radio", "kind": "radio", "ownership": "paid"})
    inputs = replace(inputs, last_quarter_spend={**inputs.last_quarter_spend, "radio": Decimal(1300)})

    plan = build_quarter_plan(inputs)

    assert money_of(plan, "radio") == 1300
    assert "no reading of this channel" in channel(plan, "radio").why


def test_a_channel_that_the_strategy_dropped_gets_nothing_and_past_spend_on_it_is_shown() -> None:
    document = shop_strategy().model_dump(mode="json", by_alias=True)
    strategy = shop_strategy(channels=[c for c in document["channels"] if c["id"] != "video"])

    plan = build_quarter_plan(mid_quarter(strategy=strategy))

    assert channel(plan, "video").planned == 2800
    assert not [line for line in plan.budget.lines if line.channel == "video" and not line.is_spent]
    assert_money_adds_up(plan)


def test_promised_money_is_a_floor() -> None:
    plan = build_quarter_plan(shop_inputs(committed={"video": Decimal(6000)}))

    assert money_of(plan, "video") >= 6000


def test_the_money_of_a_week_with_a_campaign_is_shared_with_it() -> None:
    plan = build_quarter_plan(shop_inputs())
    week = [line for line in plan.budget.lines if line.channel == "search" and line.week == date(2027, 2, 8)]

    assert [line.campaign for line in week] == [None, "spring"]
    assert float(week[1].amount / (week[0].amount + week[1].amount)) == pytest.approx(0.7, abs=0.01)
