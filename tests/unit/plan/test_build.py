"""The quarter's plan: money that adds up, chances, past weeks, channels nobody knows, and what happens when a fit is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from plan_makers import NO_WORK, QUARTER, shop_fit, shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.plan_inputs import Ahead, PlanInputs
from quarterdeck.plan.quarter_plan import Assignment, BudgetLine, ChannelMoney, ObjectiveOutlook, QuarterPlan, WorkPlan, render_plan


def channel(plan: QuarterPlan, name: str) -> ChannelMoney:
    return next(row for row in plan.budget.channels if row.channel == name)


def money_of(plan: QuarterPlan, name: str) -> Decimal:
    return sum((line.amount for line in plan.budget.lines if line.channel == name), Decimal(0))


def assert_money_adds_up(plan: QuarterPlan) -> None:
    budget = plan.budget
    assert sum(line.amount for line in budget.lines) + budget.for_tasks + budget.held_back + budget.reserve == budget.budget
    assert {row.channel: row.planned for row in budget.channels} == {row.channel: money_of(plan, row.channel) for row in budget.channels}


def spent_lines(weeks: Sequence[date], **pounds: str) -> tuple[BudgetLine, ...]:
    return tuple(
        BudgetLine(channel=name, campaign=None, week=week, amount=Decimal(amount), is_spent=True) for week in weeks for name, amount in pounds.items()
    )


def mid_quarter(**changes: object) -> PlanInputs:
    """Four weeks are over: the fit knows them, the money is gone."""
    fit = shop_fit(QUARTER.weeks[3])
    ahead = {"new_customers": Ahead(np.full((9, 1), 10.0), np.zeros((9, 0)))}
    spent = spent_lines(QUARTER.weeks[:4], search="1000.25", social="500", video="700")
    settings = {"fits": {"new_customers": fit}, "ahead": ahead, "spent": spent, "as_of": date(2027, 1, 31), "first_open_week": QUARTER.weeks[4]}
    return shop_inputs(**{**settings, **changes})


def with_channels(*more: dict[str, object], budget: int = 30000, **changes: object) -> PlanInputs:
    document = shop_strategy().model_dump(mode="json", by_alias=True)
    strategy = shop_strategy(channels=[*document["channels"], *more], management={"budget": {"quarter": budget, "reserve": 1000}}, **changes)
    return shop_inputs(strategy=strategy)


# Money


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


# Fits that cannot be used


def test_a_refused_fit_keeps_last_quarters_split_and_says_why() -> None:
    plan = build_quarter_plan(shop_inputs(refused={"new_customers": ("it missed the held-out weeks",)}))

    assert plan.budget.method == "as_last_quarter"
    assert plan.provenance.curves is None
    assert (plan.budget.worth, plan.budget.bound, plan.budget.gap_share) == (None, None, None)
    shares = [float(money_of(plan, name)) / 29000 for name in ("search", "social", "video")]
    assert shares == pytest.approx([11700 / 28600, 7800 / 28600, 9100 / 28600], abs=1e-3)
    assert any("it missed the held-out weeks" in remark and "Last quarter's split" in remark for remark in plan.remarks)
    assert plan.forecast == ()
    assert plan.outlook[0].chance is None
    assert_money_adds_up(plan)


def test_where_last_quarter_spent_nothing_the_even_split_is_called_what_it_is() -> None:
    plan = build_quarter_plan(shop_inputs(fits={}, ahead={}, last_quarter_spend={}, last_quarter_weeks={}))

    assert not any("Last quarter's split" in remark for remark in plan.remarks)
    assert any("split evenly, within the limits" in remark for remark in plan.remarks)


def test_last_quarters_split_bends_to_limits_and_the_rest_takes_the_difference() -> None:
    usual = {"search": Decimal(1000), "social": Decimal(8000), "video": Decimal(1000)}

    plan = build_quarter_plan(shop_inputs(fits={}, ahead={}, last_quarter_spend=usual, last_quarter_weeks={}))

    assert [money_of(plan, name) for name in ("search", "social", "video")] == [10000, 9000, 10000]


def test_an_overruled_refusal_uses_the_fit_and_repeats_the_reason() -> None:
    plan = build_quarter_plan(shop_inputs(refused={"new_customers": ("too few weeks",)}, overruled={"new_customers": "We know these channels well."}))

    assert plan.budget.method == "best_known"
    assert any("too few weeks" in remark and "We know these channels well." in remark for remark in plan.remarks)


def test_a_first_quarter_with_nothing_known_is_split_evenly() -> None:
    plan = build_quarter_plan(shop_inputs(fits={}, ahead={}, last_quarter_spend={}, last_quarter_weeks={}))

    assert abs(money_of(plan, "search") - money_of(plan, "video")) <= 1
    assert money_of(plan, "social") == 9000
    assert_money_adds_up(plan)


def test_without_a_named_budget_last_quarters_spending_stands_in() -> None:
    plan = build_quarter_plan(shop_inputs(strategy=shop_strategy(management={})))

    assert plan.budget.budget == 28600
    assert any("names no budget" in remark for remark in plan.remarks)


def test_a_quarter_that_is_over_has_no_money_left_to_place() -> None:
    spent = spent_lines(QUARTER.weeks, search="1000", social="400", video="300")
    fits = {"new_customers": shop_fit(QUARTER.weeks[-1])}

    plan = build_quarter_plan(shop_inputs(fits=fits, ahead={}, spent=spent, first_open_week=QUARTER.next().first_day, as_of=QUARTER.last_day))

    assert all(line.is_spent for line in plan.budget.lines)
    assert plan.forecast == ()
    assert plan.outlook[0].so_far is not None
    assert "date is past" in (plan.outlook[0].why_unknown or "")
    assert_money_adds_up(plan)


# What is expected


def objective(**changes: object) -> dict[str, object]:
    return {"id": "q1", "goal": "grow", "statement": "More customers", "metric": "new_customers", "target": 2745, "due_on": "2027-04-04", **changes}


def outlook_of(*objectives: dict[str, object], inputs: PlanInputs | None = None) -> tuple[ObjectiveOutlook, ...]:
    inputs = shop_inputs() if inputs is None else inputs
    return build_quarter_plan(replace(inputs, strategy=shop_strategy(objectives=list(objectives)))).outlook


def test_the_plan_makes_a_target_within_reach_more_likely_than_last_quarters_spending() -> None:
    outlook = outlook_of(objective())[0]

    assert outlook.chance is not None
    assert outlook.chance_unchanged is not None
    assert 0 < outlook.chance_unchanged < outlook.chance < 1
    assert outlook.expected is not None
    assert outlook.expected.low < outlook.expected.expected < outlook.expected.high


def test_what_was_counted_already_counts_towards_the_target() -> None:
    plan = build_quarter_plan(mid_quarter())
    series = shop_fit(QUARTER.weeks[3]).series
    ahead = sum(week.outcome.expected for week in plan.forecast)

    outlook = plan.outlook[0]

    assert float(outlook.so_far or 0) == pytest.approx(float(series.outcome[-4:].sum()))
    assert outlook.expected is not None
    assert outlook.expected.expected == pytest.approx(float(outlook.so_far or 0) + ahead, rel=1e-6)


def test_an_objective_due_within_the_quarter_counts_the_weeks_until_then() -> None:
    half, whole = outlook_of(objective(id="half", due_on="2027-02-17"), objective(id="whole"))

    assert half.expected is not None
    assert whole.expected is not None
    # Six weeks and three of seven days out of thirteen weeks.
    assert half.expected.expected / whole.expected.expected == pytest.approx((6 + 3 / 7) / 13, rel=0.03)


def test_an_objective_due_a_few_days_after_the_quarter_is_judged_by_the_quarter() -> None:
    exact, soon = outlook_of(objective(), objective(id="soon", due_on="2027-04-08"))

    assert soon.chance == exact.chance


def test_an_objective_due_later_is_judged_by_its_milestone_or_not_at_all() -> None:
    with_milestone = objective(target=9000, due_on="2027-12-31", milestones=[{"on": "2027-03-28", "value": 2500}])

    judged, unknown = outlook_of(with_milestone, objective(id="year", target=9000, due_on="2027-12-31"))

    assert (judged.target, judged.due_on) == (Decimal(2500), date(2027, 3, 28))
    assert judged.chance is not None
    assert unknown.chance is None
    assert "after this quarter" in (unknown.why_unknown or "")


def test_an_objective_without_a_forecast_says_so() -> None:
    outlook = outlook_of(objective(metric="leads"))[0]

    assert outlook.chance is None
    assert "no forecast of leads" in (outlook.why_unknown or "")


def test_each_forecast_week_is_its_baseline_and_what_the_channels_bring() -> None:
    plan = build_quarter_plan(shop_inputs())

    assert len(plan.forecast) == 13
    for week in plan.forecast:
        assert week.baseline + sum(week.by_channel.values()) == pytest.approx(week.outcome.expected, rel=1e-6)


def test_weeks_that_nobody_reported_are_taken_as_last_quarters_and_the_plan_says_so() -> None:
    fit = shop_fit(QUARTER.first_day - timedelta(weeks=3))
    ahead = Ahead(np.full((15, 1), 10.0), np.zeros((15, 0)))

    plan = build_quarter_plan(shop_inputs(fits={"new_customers": fit}, ahead={"new_customers": ahead}))

    assert [week.week for week in plan.forecast] == list(QUARTER.weeks)
    assert any("Spend of 2 weeks before the first open one is not known yet" in remark for remark in plan.remarks)


def test_assumptions_of_used_forecasts_are_written_down() -> None:
    assert [assumption.name for assumption in build_quarter_plan(shop_inputs()).assumptions] == ["price"]
    assert build_quarter_plan(shop_inputs(refused={"new_customers": ("no",)})).assumptions == ()


# Reasons


def test_reasons_name_the_change_and_what_the_next_pound_brings() -> None:
    plan = build_quarter_plan(shop_inputs(strategy=shop_strategy(ads={"guardrails": {"max_change_share": 1}})))

    search, video = (f"to £{money_of(plan, name):,}" for name in ("search", "video"))
    next_pound = f"{channel(plan, 'search').next_unit:.2g} new customers"
    assert channel(plan, "search").why.startswith(f"Raised from £11,700 {search}: at last quarter's level the next pound brings 0.0")
    assert channel(plan, "search").why.endswith(f", at the new one {next_pound}.")
    assert channel(plan, "video").why.startswith(f"Lowered from £9,100 {video}, as far down as one quarter may move it: the next ")
    assert re.search(r"the next (pound|£100) brings [0-9.]+ new customers, elsewhere [0-9.]+ new customers\.$", channel(plan, "video").why)


def test_a_channel_at_its_cap_or_floor_says_so() -> None:
    document = shop_strategy().model_dump(mode="json", by_alias=True)

    def why(name: str, **limits: int) -> str:
        channels = [{**c, "spend": limits} if c["id"] == name else c for c in document["channels"]]
        return channel(build_quarter_plan(shop_inputs(strategy=shop_strategy(channels=channels))), name).why

    assert why("search", cap=9000).startswith("Held at its cap of £9,000: the next pound brings 0.0")
    assert why("search", cap=9000).endswith("more than on any other channel.")
    assert why("video", floor=8000).startswith("Kept at its floor of £8,000: the next £100 brings 0.")
    assert ", elsewhere 1." in why("video", floor=8000)


def test_the_work_and_calendar_are_taken_over_as_they_are() -> None:
    assert build_quarter_plan(shop_inputs()).work == NO_WORK
