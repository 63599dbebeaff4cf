"""The first page answers in every state that a company can be in, with true sentences and a way on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from quarter_steps import BAKERY, HARBOUR, NOW, OWNER, approve, company, let_pass, print_less, read


def test_without_anything_three_steps_lead_to_the_first_plan(empty, browser_of):
    said = read(browser_of(), BAKERY)

    assert "Nobody can say yet: there is no strategy to hold the facts against." in said
    assert "Three steps to the first plan" in said
    assert "No facts yet, so nothing is counted" in said
    assert "Do next" not in said


def test_a_strategy_without_a_plan_shows_its_objectives_and_the_button_that_makes_one(empty, browser_of):
    from quarterdeck.operations.play.load_sample import sample_folder
    from quarterdeck.operations.strategy.save_strategy import save_strategy
    from quarterdeck.strategy.yaml.text import parse_strategy

    text = sample_folder("small_shop").joinpath("strategy.yaml").read_text(encoding="utf-8")
    save_strategy(company(empty, "north-bakery"), parse_strategy(text, name="strategy.yaml"))
    client = browser_of()
    said = read(client, BAKERY)

    assert "There is a strategy with 2 objectives, but no plan for the quarter yet." in said
    assert "Of two objectives, none has a known chance yet" in said
    assert "There is no plan for the quarter yet." in said
    assert f'action="{BAKERY}plan/make/"' in client.get(BAKERY).content.decode()


def test_a_plan_that_waits_is_the_first_thing_to_do(planned, browser_of):
    said = read(browser_of())

    assert "Do next 1 Approve plan 1 of Q1 2027" in said
    assert "none of it moves before the plan is approved" in said
    assert "No week is over yet" in said
    assert "nothing counted yet" in said


def test_on_the_first_day_of_an_approved_plan_the_page_says_what_is_due(planned, browser_of):
    approve(planned)

    said = read(browser_of())

    assert "and its first week begins" in said
    assert "Three pieces of work are due by 8 January 2027" in said
    assert "What to do next" in said, "nothing that is due on the first day would change the chance"
    assert "Next 14 days: six things go out, and nothing collides" in said


def test_weeks_that_nobody_reviewed_are_counted_against_the_plan(planned, browser_of):
    let_pass(approve(planned), 4)

    said = read(browser_of())

    assert "In 4 weeks to 31 January 2027, " in said
    assert "Review the plan: four weeks have passed without one" in said
    assert "when planned" in said, "the chance is held against the one of the plan"


def test_a_review_with_corrections_comes_first(played, browser_of):
    from quarterdeck.ledger.models import Correction

    first = Correction.objects.filter(decision__isnull=True).first()
    said = read(browser_of())

    assert "After 4 weeks you are " in said
    if first is not None:
        assert f"Do next 1 {first.title.rstrip('.')}" in said
    assert "Next 14 days: 14 things go out, two of them collide" in said
    assert "collide on 11 February 2027" in said


def test_a_quarter_that_is_over_is_closed_and_the_next_one_planned(planned, browser_of):
    let_pass(approve(planned), 13)

    said = read(browser_of())

    assert "Close Q1 2027" in said
    assert "Plan Q2 2027" in said
    assert "The money of the quarter is closed" in said
    assert "The quarter is over" in said
    assert "Of four objectives, none was reached" in said
    assert "What to do next" in said
    assert "expected, of" not in said


def test_a_changed_strategy_asks_for_another_plan_and_the_new_one_waits_beside_the_old(played, browser_of):
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    context = company(played)
    change_strategy(context, {"channels[print].spend.cap": "9000"}, note="less print")
    assert "Plan again: the strategy was changed" in read(browser_of())

    make_plan(context, quarter=None, overrule=None, seed=1)
    said = read(browser_of())
    assert "Approve plan 2 of Q1 2027" in said
    assert "After 4 weeks you are " in said, "the plan in force is still the one that is spoken of"


def test_a_refused_fit_leaves_chances_from_the_past_alone_and_says_so(empty, browser_of, monkeypatch):
    from quarterdeck.operations.act.approve import approve_actions
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.play.load_sample import make_sample
    from quarterdeck.operations.response import fit_response
    from quarterdeck.operations.told import tell_nobody

    real = fit_response._record

    def refused(context, series, snapshot, check, *rest, seed):
        return real(context, series, snapshot, replace(check, is_trusted=False, reasons=("It missed the hidden weeks.",)), *rest, seed=seed)

    monkeypatch.setattr(fit_response, "_record", refused)
    context, _, _ = make_sample(empty, "small_shop", owner=OWNER, now=NOW, tell=tell_nobody)
    make_plan(context, quarter=None, overrule=None, seed=1)
    approve_actions(context, everything=True)
    let_pass(context, 1)
    said = read(browser_of(), "/w/small-shop/")

    assert "of its own past alone, whatever is spent" in said
    assert "no curves can be trusted yet" in said
    assert " 0 % chance" not in said


@pytest.mark.parametrize("person", ["Vera", "Carl"])
def test_who_may_not_act_gets_no_button_that_acts(planned, browser_of, person):
    approve(planned)
    print_less(planned)
    client = browser_of(person)
    page = client.get(HARBOUR).content.decode()
    said = read(client)

    assert "/plan/make/" not in page
    assert "Plan again: the strategy was changed" in said
    assert "Look at the plan" in said
    owner = browser_of().get(HARBOUR).content.decode()
    assert "/plan/make/" in owner


def test_a_stranger_does_not_learn_that_the_company_exists(planned, browser_of):
    assert browser_of("Stranger").get(HARBOUR).status_code == 404


def test_the_days_are_those_that_the_company_lives_in(planned, browser_of):
    assert '<time datetime="2027-01-04">' in browser_of().get(HARBOUR).content.decode()
    assert date(2027, 1, 4) > NOW.date()
