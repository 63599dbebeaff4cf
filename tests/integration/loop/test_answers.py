"""“How is your digital marketing going?” has three sentences whatever state a company is in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from loop_steps import NOW, OWNER, let_pass, make_plan, make_review, new_sample, require_three_sentences, the_company

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import tell_nobody


@pytest.fixture
def empty(site: Site) -> Context:
    from quarterdeck.operations.company.create_workspace import create_workspace

    create_workspace(name="North Bakery", currency="GBP", timezone="Europe/London", owner=OWNER, now=NOW)
    return the_company(site)


def small_strategy() -> Any:
    from quarterdeck.operations.play.load_sample import sample_folder
    from quarterdeck.strategy.yaml.text import parse_strategy

    return parse_strategy(sample_folder("small_shop").joinpath("strategy.yaml").read_text(encoding="utf-8"), name="strategy.yaml")


def bring_in(company: Context) -> None:
    from quarterdeck.operations.facts.import_facts import import_facts

    days = [date(2026, 12, day) for day in range(1, 29)]
    rows: dict[str, list[Any]] = {"day": days, "metric": ["orders"] * 28, "geo": [""] * 28, "value": [Decimal(20)] * 28}
    import_facts(company.site, company.workspace, "outcomes", rows, source="till", file_name="till.csv", by=OWNER, now=NOW)


def test_without_a_strategy_and_without_facts(empty):
    assert require_three_sentences(empty)[0] == "Nobody can say yet: there is no strategy to hold the facts against."


def test_with_facts_alone(empty):
    bring_in(empty)
    assert require_three_sentences(empty)[2].startswith("Write one")


def test_with_a_strategy_alone(empty):
    from quarterdeck.operations.strategy.save_strategy import save_strategy

    save_strategy(empty, small_strategy())
    said = require_three_sentences(empty)
    assert said[0].startswith("There is a strategy with 2 objectives")
    assert said[2] == "Import spend and outcomes next."


def test_a_strategy_and_outcomes_without_spend_can_be_planned_and_the_answer_says_what_is_not_known(empty):
    from quarterdeck.operations.strategy.save_strategy import save_strategy

    save_strategy(empty, small_strategy())
    bring_in(empty)
    require_three_sentences(empty)
    make_plan(empty)
    assert require_three_sentences(empty)[0].startswith("Nobody can say yet how likely")


def test_before_and_after_the_approval(site_at):
    assert require_three_sentences(the_company(site_at("planned")))[2] == "The plan waits for your approval."
    assert require_three_sentences(the_company(site_at("approved")))[2].startswith("Next falls due: ")


def test_weeks_that_passed_are_in_the_answer_before_anybody_reviews_them(site_at):
    said = require_three_sentences(the_company(site_at("four weeks later")))
    assert "In 4 weeks to 31 January 2027" in said[1]
    assert said[2].startswith("Review the plan next")


def test_after_a_review_the_answer_says_the_gap_and_its_largest_cause(site_at):
    assert "the largest cause: " in require_three_sentences(the_company(site_at("reviewed")))[1]


def refuse_every_fit(monkeypatch):
    """Every check of a fit ends with a no."""
    from quarterdeck.operations.response import fit_response

    real = fit_response._record

    def refused(context, series, snapshot, check, *rest, seed):
        return real(context, series, snapshot, replace(check, is_trusted=False, reasons=("It missed the hidden weeks.",)), *rest, seed=seed)

    monkeypatch.setattr(fit_response, "_record", refused)


def test_without_trusted_curves_the_loop_goes_on_with_last_quarters_split_and_chances_come_from_the_past_alone(site_at, monkeypatch):
    from loop_steps import approve_all, newest_plan, require_money_adds_up

    refuse_every_fit(monkeypatch)
    company = the_company(site_at("started"))
    make_plan(company)  # nobody overrules
    plan = newest_plan(company)
    assert plan.budget.method == "as_last_quarter"
    assert all(outlook.chance is not None and outlook.by_level == 20 for outlook in plan.outlook)
    assert all(outlook.chance_unchanged is None for outlook in plan.outlook)  # nothing is known of what money does
    require_money_adds_up(plan)
    assert "from 20 weeks of its own past alone, whatever is spent" in require_three_sentences(company)[0]
    approve_all(company)
    let_pass(company, 1)
    require_three_sentences(company)
    with pytest.raises(Refused, match="without trusted curves"):
        make_review(company)


def test_a_viewer_may_ask_and_a_stranger_may_not(site_at):
    from quarterdeck.ledger.gateway.workspaces import set_role

    site = site_at("planned")
    set_role(the_company(site).workspace, "Vera", "viewer", now=NOW)
    require_three_sentences(the_company(site, "Vera"))
    with pytest.raises(Refused, match="Nobody Known is not a member"):
        the_company(site, "Nobody Known")


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("small_shop", "sample_simulated", "invented; its 20 weeks of figures come from a simulated market"),
        ("retailer", "sample_real", "a real retailer, anonymised; its weekly figures are real, its dates are shifted"),
    ],
)
def test_a_sample_says_whether_its_figures_are_real(site, name, kind, told):
    from quarterdeck.operations.play.load_sample import load_sample

    said = load_sample(site, name, owner=OWNER, now=NOW, tell=tell_nobody)
    assert told in said.sentences[0]
    assert said.facts["kind"] == kind
    from quarterdeck.operations.quarter.show_status import show_status

    status = show_status(the_company(site))
    assert status.facts["kind"] == kind
    assert ("simulated" if kind == "sample_simulated" else "real") in status.sentences[0]


def test_a_sample_is_all_there_or_not_at_all(site):
    from quarterdeck.ledger.models import Workspace

    new_sample(site)
    with pytest.raises(Refused):
        new_sample(site)
    assert Workspace.objects.count() == 1
