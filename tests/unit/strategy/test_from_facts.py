"""A draft from facts: every statement was counted, set, asked or said by somebody, and nothing else stands in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from counted_facts import QUARTER, TODAY, WEEKS, channel, company, metric, rich, whence

from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.from_facts.counted import Counted, CountedConversion, Unchanged
from quarterdeck.strategy.from_facts.draft import Drafted, draft_strategy
from quarterdeck.strategy.from_facts.figures import FoundMetric
from quarterdeck.strategy.from_facts.findings import Findings, find_in
from quarterdeck.strategy.from_facts.proposals import Choices
from quarterdeck.strategy.parts.value_at import value_at
from quarterdeck.strategy.questions.of_checks import is_asked
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy


def _draft(counted: Counted, **choices: Any) -> Drafted:
    return draft_strategy(find_in(counted), Choices(**choices) if choices else None)


@pytest.fixture(scope="module")
def drafted() -> Drafted:
    return _draft(rich())


def test_no_target_is_made_up_and_each_is_asked_for_with_what_was_and_what_is_likely(drafted: Drafted) -> None:
    strategy = drafted.strategy

    assert (strategy.goals, strategy.objectives, strategy.management.budget) == ((), (), None)
    asked = {each.id: each for each in strategy.questions}["facts_target_new_customers"]
    assert (asked.step, asked.owner, asked.answer) == (1, "Ann", None)
    assert asked.text == (
        "What should new customers be from 4 January 2027 to 4 April 2027? It was 793 in the same weeks a year before (5 January 2026 to 5 April 2026). "
        "With nothing changed it will most likely be 803 (741 to 861)."
    )
    assert asked.blocks is not None and "plan" in asked.blocks


def test_what_facts_cannot_tell_is_asked_in_its_step(drafted: Drafted) -> None:
    steps = {each.id: each.step for each in drafted.strategy.questions}

    assert {steps[f"facts_{key}"] for key in ("proposition", "competitors")} == {3}
    assert (steps["facts_needs_first_time_buyers"], steps["facts_voice"], steps["facts_people"], steps["facts_judged"]) == (2, 5, 6, 7)
    assert drafted.strategy.proposition.model_dump(exclude_defaults=True) == {}
    assert drafted.strategy.content.model_dump(exclude_defaults=True) == {}
    assert (drafted.strategy.management.teams, drafted.strategy.management.tasks, drafted.strategy.campaigns) == ((), (), ())
    assert all(not each.needs and each.size is None for each in drafted.strategy.audiences)


def test_what_is_asked_knows_the_place_of_its_answer_and_the_finding_waits_for_it(drafted: Drafted) -> None:
    strategy = drafted.strategy
    about = {each.id: each.about for each in strategy.questions}

    assert about["facts_proposition"] == "proposition.statement" and about["facts_budget"] == "management.budget.quarter"
    assert about["facts_needs_first_time_buyers"] == "audiences[first_time_buyers].needs"
    assert all(value_at(strategy, place) in (None, "", ()) for place in about.values() if place)
    waiting = {problem.code for problem in check_strategy(strategy, as_of=TODAY, quarter=QUARTER) if is_asked(problem)}
    assert {"STRATEGY-203", "STRATEGY-301", "STRATEGY-305", "STRATEGY-601", "STRATEGY-701"} <= waiting


def test_what_the_owner_said_meanwhile_is_not_what_a_question_is_about() -> None:
    strategy = _draft(rich(), targets={"new_customers": Decimal(900)}).strategy

    assert strategy.goals and {each.id: each.about for each in strategy.questions}["facts_goal"] is None


def test_the_draft_is_a_document_that_its_own_text_gives_back(drafted: Drafted) -> None:
    assert parse_strategy(render_strategy(drafted.strategy)) == drafted.strategy
    assert isinstance(check_strategy(drafted.strategy, as_of=TODAY, quarter=QUARTER), tuple)


def test_two_companies_share_no_name_that_is_not_in_both_their_facts() -> None:
    one, other = _draft(rich()).strategy, _draft(company(channels=(channel("poster", [5] * 60),), metrics=(metric("leads", [3] * 60),))).strategy
    assert not {each.id for each in one.channels} & {each.id for each in other.channels}
    assert {each.metric for each in find_in(rich()).metrics}.isdisjoint({"leads"})
    assert "facts_target_leads" in {each.id for each in other.questions} - {each.id for each in one.questions}


def _metric(found: Findings, name: str) -> FoundMetric:
    return next(each for each in found.metrics if each.metric == name)


def test_the_baseline_is_the_same_weeks_a_year_before_or_else_the_last_thirteen() -> None:
    rising = list(range(1, 61))
    before = _metric(find_in(company(metrics=(metric("orders", rising),))), "orders").baseline
    short = _metric(find_in(company(metrics=(metric("orders", rising[-20:]),))), "orders").baseline
    few = _metric(find_in(company(metrics=(metric("orders", rising[-12:]),))), "orders").baseline

    assert before is not None and (before.how, before.value, before.first_day) == ("year_before", sum(rising[8:21]), date(2026, 1, 5))
    assert short is not None and (short.how, short.value, short.last_day) == ("latest", sum(rising[-13:]), date(2027, 1, 3))
    assert few is None


def test_a_week_that_was_not_counted_is_never_read_as_nothing() -> None:
    whole = metric("orders", [10] * 60)
    holed = replace(whole, weeks=tuple(each for each in whole.weeks if each[0] not in (date(2026, 2, 2), date(2026, 12, 7))))
    assert _metric(find_in(company(metrics=(holed,))), "orders").baseline is None


def test_machines_are_told_as_the_share_that_was_left_out() -> None:
    visits = _metric(find_in(rich()), "visits")
    assert visits.machines == pytest.approx(0.09)
    assert "left out: 9 % of those" in visits.origin


def test_a_mean_and_not_a_sum_is_the_baseline_of_a_score() -> None:
    scores = find_in(company(metrics=(metric("nps", [40] * 60, unchanged=Unchanged(38.0, 40.0, 42.0, 60)),)))
    baseline = _metric(scores, "nps").baseline
    assert baseline is not None and baseline.value == 40


def test_a_target_that_a_person_gave_becomes_an_objective_and_its_question_goes() -> None:
    drafted = _draft(rich(), targets={"new_customers": Decimal(900)}, budget=Decimal(5000))

    objective = drafted.strategy.objectives[0]
    assert (objective.target, objective.baseline, objective.due_on) == (900, 793, QUARTER.last_day)
    assert drafted.origins["objectives[new_customers]"].how == "you"
    assert drafted.strategy.management.budget is not None and drafted.strategy.management.budget.quarter == 5000
    asked = {each.id for each in drafted.strategy.questions}
    assert not {"facts_target_new_customers", "facts_budget"} & asked and "facts_target_revenue" in asked


def test_a_target_below_a_year_before_stands_and_the_figure_stays_in_its_note() -> None:
    objective = _draft(rich(), targets={"new_customers": Decimal(700)}).strategy.objectives[0]
    assert (objective.target, objective.baseline) == (700, None)
    assert objective.note is not None and "It was 793 then" in objective.note


def test_what_is_left_out_is_not_drafted_and_channels_are_asked_about() -> None:
    everything = _draft(rich()).strategy
    one = _draft(rich(), taken=frozenset({"channel-google_ads", "metric-revenue"})).strategy

    assert [each.id for each in one.channels] == ["google_ads"] and len(everything.channels) > 1
    assert (one.conversions, one.audiences, one.tools, one.management.kpis) == ((), (), (), ())
    asked = {each.id for each in one.questions}
    assert "facts_is_email" in asked and "facts_target_revenue" in asked and "facts_target_new_customers" not in asked


def test_names_and_kinds_are_corrected_and_marked_as_said_by_a_person() -> None:
    drafted = _draft(rich(), names={"channel-flugblatt": "Leaflets"}, kinds={"channel-flugblatt": "print"})
    leaflets = next(each for each in drafted.strategy.channels if each.id == "flugblatt")
    assert (leaflets.name, leaflets.kind) == ("Leaflets", "print")
    assert {drafted.origins[f"channels[flugblatt].{field}"].how for field in ("name", "kind")} == {"you"}
    assert "facts_kind_flugblatt" not in {each.id for each in drafted.strategy.questions}


def test_a_conversion_is_worth_the_median_where_half_of_them_tell_it() -> None:
    first, call = _draft(rich()).strategy.conversions
    assert (first.id, first.metric, first.value, first.margin) == ("first_order", "new_customers", Decimal("47.3"), Decimal("17.6"))
    assert first.note is not None and "92 % of them" in first.note and "13 of zero or less (refunds) are not in it" in first.note
    assert (call.value, call.margin, call.metric) == (None, None, None)
    assert call.note is not None and "Only 20 % of them say a value" in call.note


def test_totals_alone_give_baselines_and_ask_for_the_rest() -> None:
    totals = company(metrics=(metric("orders", [10] * 60), metric("revenue", [500] * 60)), spend_weeks=())
    strategy = _draft(totals).strategy

    assert (strategy.channels, strategy.conversions, strategy.audiences, strategy.company.markets) == ((), (), (), ())
    asked = {each.id: each.text for each in strategy.questions}
    assert {"facts_channels", "facts_audiences", "facts_countries", "facts_languages"} <= asked.keys()
    assert "Revenue by orders was £50" in asked["facts_worth"]


def test_old_facts_and_figures_without_a_metric_are_asked_about() -> None:
    stale = company(metrics=(replace(metric("orders", [4] * 20), weeks=tuple((week, Decimal(4)) for week in WEEKS[:20])),), unknown_metrics=("joy",))
    asked = {each.id: each.text for each in _draft(stale).strategy.questions}
    assert "“joy”" in asked["facts_figures"] and "begins on" in asked["facts_old_results"] and "facts_old_spend" not in asked


def test_events_in_other_money_are_told() -> None:
    event = CountedConversion("order", whence("orders"), 10, Decimal(5), 1.0, other_money=4)
    note = _draft(company(orders=event)).strategy.conversions[0].note
    assert note is not None and "4 in another currency are not in it" in note


def test_an_empty_company_has_nothing_to_draft() -> None:
    assert find_in(company(spend_weeks=())).is_empty
    assert isinstance(_draft(company(spend_weeks=())).strategy, Strategy)


def test_a_figure_of_another_season_says_so_and_margin_is_told_where_it_was_counted() -> None:
    shop = company(metrics=(metric("orders", [10] * 20), metric("revenue", [500] * 20), metric("margin", [120] * 20)))
    asked = {each.id: each.text for each in _draft(shop).strategy.questions}
    assert "It was 130 in the last 13 whole weeks" in asked["facts_target_orders"] and "another season" in asked["facts_target_orders"]
    assert "Revenue by orders was £50.00 and margin by orders £12.00" in asked["facts_worth"]
