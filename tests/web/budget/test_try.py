"""What if: at nothing it is the plan, it answers in full, never spends what is not there, and a proposal can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from test_budget_page import PAGE, context_of, plan_and_words, text_of

from quarterdeck.operations.site import Site
from quarterdeck.plan.trial import Ask

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.plan.try_budget import Tried

Browser = Callable[..., "Client"]
ANSWER = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "answer"}


def tried(site: Site, **asked: object) -> Tried:
    from quarterdeck.operations.plan.try_budget import plan_to_try, try_budget

    context = context_of(site)
    found = try_budget(
        context, plan_to_try(context), Ask(**{name: Decimal(value) if isinstance(value, int) else value for name, value in asked.items()})
    )
    assert found is not None
    return found


def placed(amounts) -> Decimal:
    return sum((sum(row) for row in amounts.values()), Decimal(0))


def test_at_nothing_every_objective_stands_where_the_plan_put_it(planned: Site) -> None:
    plan, _ = plan_and_words(planned)

    found = tried(planned)

    assert found.outlooks == plan.outlook
    assert found.gain.low == found.gain.expected == found.gain.high == 0
    assert (found.breaches, dict(found.changes)) == ((), {})


def test_in_the_middle_of_a_quarter_nothing_stands_where_the_newest_review_put_it(played: Site) -> None:
    from quarterdeck.operations.plan.read_plan import review_of

    review = review_of(context_of(played).workspace.reviews.order_by("-pk").first())

    assert tried(played).outlooks == review.outlook


def test_an_answer_is_what_a_plan_of_the_same_money_would_expect(planned: Site) -> None:
    """The slow twin: the forecast of each metric made anew from the facts, with all draws."""
    from quarterdeck.plan.outlook import expect_outcomes, objective_outlooks

    found = tried(planned, source="video", target="search", a_week=250, budget=8000)

    slow = expect_outcomes(found.standing.inputs, found.amounts)
    assert found.outlooks == objective_outlooks(found.standing.inputs, slow)


def test_the_difference_does_not_hang_on_the_seed(planned: Site) -> None:
    """Another seed draws other noise for plan and trial alike: the difference stays, within a tenth of what it is sure to."""
    from quarterdeck.plan.outlook import expect_outcomes

    found = tried(planned, source="video", target="search", a_week=250)
    aim = found.standing.inputs.aim

    for seed in (2, 3, 4):
        inputs = replace(found.standing.inputs, seed=seed)
        with_it, without = (expect_outcomes(inputs, amounts)[aim].planned.total_draws for amounts in (found.amounts, found.standing.amounts))
        assert float((with_it - without).mean()) == pytest.approx(found.gain.expected, abs=0.1 * (found.gain.high - found.gain.low))


@pytest.mark.parametrize("state", ["planned", "played"])
def test_more_money_never_brings_less_and_less_never_more(request: pytest.FixtureRequest, state: str) -> None:
    site = request.getfixturevalue(state)

    gains = [tried(site, budget=change).gain.expected for change in (-30000, -15000, 0, 15000, 30000)]

    assert gains == sorted(gains)
    assert gains[2] == 0


@pytest.mark.parametrize("state", ["planned", "played"])
@pytest.mark.parametrize(
    "asked",
    [
        {"source": "video", "target": "search", "a_week": 10**9},
        {"source": "radio", "target": "print", "a_week": 333, "budget": 12345},
        {"budget": -(10**9)},
        {"source": "search", "target": "search", "a_week": 50},
        {"source": "search", "target": "nobody", "a_week": 50},
        {"budget": 37200},
    ],
)
def test_no_trial_spends_more_than_there_is_or_takes_what_is_not_there(request: pytest.FixtureRequest, state: str, asked: dict[str, object]) -> None:
    from quarterdeck.plan.money_left import money_left

    found = tried(request.getfixturevalue(state), **asked)

    assert all(amount >= 0 for row in found.amounts.values() for amount in row)
    left = max(money_left(found.standing.inputs).left, placed(found.standing.amounts))
    assert placed(found.amounts) <= left + found.ask.budget
    if found.ask.budget == 0:
        assert placed(found.amounts) == placed(found.standing.amounts)


def test_money_that_is_carried_out_stays_where_it_is(played: Site) -> None:
    from quarterdeck.ledger.models import Action

    before = tried(played, source="video", target="search", a_week=10**6)
    week = before.standing.inputs.open_weeks[0]
    lines = Action.objects.filter(kind="budget_line", due_on=week, key__startswith="budget/video/")
    assert lines.update(state="done") > 0

    found = tried(played, source="video", target="search", a_week=10**6)

    assert found.amounts["video"][0] == before.standing.amounts["video"][0]
    assert found.ask.a_week < before.ask.a_week


def test_what_it_goes_beyond_is_said_in_words(planned: Site, browser_of: Browser) -> None:
    page = text_of(browser_of().get(PAGE, {"from": "video", "to": "search", "move": "900"}, **ANSWER))

    assert "Digital video would get" in page
    assert "below your least of £6,000" in page
    assert "above your limit of £59,800" in page


def test_htmx_gets_the_answer_and_a_new_curve_and_everybody_else_the_page(planned: Site, browser_of: Browser) -> None:
    browser, query = browser_of(), {"from": "video", "to": "search", "move": "300", "channel": "search"}

    part, page = browser.get(PAGE, query, **ANSWER).content.decode(), browser.get(PAGE, query).content.decode()

    assert "<html" not in part
    assert 'id="figure" hx-swap-oob="innerHTML"' in part
    assert "Proposal" in part
    assert part.split("<output")[1].split("</output>")[0] == page.split("<output")[1].split("</output>")[0]


def test_a_proposal_is_written_as_it_was_said_and_can_be_taken_back(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    before, found = current_strategy(context_of(planned)), tried(planned, source="video", target="shopping", a_week=200)
    browser = browser_of("Petra")
    said = text_of(browser.get(PAGE, {"from": "video", "to": "shopping", "move": "200"}))

    answer = browser.post(
        "/w/harbour/plan/propose/", {"from": "video", "to": "shopping", "move": "200", "budget": "0", "parent": before.revision.hash}
    )

    assert answer["Location"] == PAGE
    spend = {channel.id: channel.spend for channel in current_strategy(context_of(planned)).strategy.paid_channels}
    assert (spend["video"].cap, spend["shopping"].floor) == (sum(found.amounts["video"]), sum(found.amounts["shopping"]))
    note = browser.session["notices"][0]
    assert all(sentence in said for sentence in note["sentences"][:-1])
    browser.post(note["undo"]["address"], note["undo"]["fields"])
    assert current_strategy(context_of(planned)).revision.hash == before.revision.hash


def test_the_next_plan_follows_a_proposal(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.plan.plan_quarter import plan_quarter

    found = tried(planned, source="video", target="shopping", a_week=200)
    browser_of("Petra").post("/w/harbour/plan/propose/", {"from": "video", "to": "shopping", "move": "200"})

    plan = plan_quarter(context_of(planned), seed=1).plan

    money = {channel.channel: channel.planned for channel in plan.budget.channels}
    assert money["video"] <= sum(found.amounts["video"])
    assert money["shopping"] >= sum(found.amounts["shopping"])
    assert sum(money.values()) <= plan.budget.budget - plan.budget.reserve


@pytest.mark.parametrize("fields", [{"move": "0"}, {"from": "video", "to": "video", "move": "100"}, {"move": "-500"}, {"budget": "zero"}])
def test_nothing_is_proposed_where_nothing_was_tried(planned: Site, browser_of: Browser, fields: dict[str, str]) -> None:
    from quarterdeck.ledger.models import Revision

    before, browser = Revision.objects.count(), browser_of()

    browser.post("/w/harbour/plan/propose/", fields)

    assert Revision.objects.count() == before
    assert "There is nothing to propose" in browser.session["notices"][0]["sentences"][0]


def test_a_proposal_on_a_strategy_that_was_saved_meanwhile_is_not_written_and_loses_nothing(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.models import Revision
    from quarterdeck.operations.strategy.change_strategy import change_strategy
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    looked_at = current_strategy(context_of(planned)).revision.hash
    change_strategy(context_of(planned), {"channels[print].spend.cap": "20000"})
    before, browser = Revision.objects.count(), browser_of()

    answer = browser.post("/w/harbour/plan/propose/", {"from": "video", "to": "search", "move": "200", "parent": looked_at})

    assert Revision.objects.count() == before
    assert "move=200" in answer["Location"]


@pytest.mark.parametrize("person", ["Anna", "Carl", "Vera"])
def test_only_planners_propose(planned: Site, browser_of: Browser, person: str) -> None:
    assert browser_of(person).post("/w/harbour/plan/propose/", {"from": "video", "to": "search", "move": "200"}).status_code == 403


def test_a_budget_below_the_strategys_own_reserve_cannot_be_proposed_and_says_why(planned: Site) -> None:
    from quarterdeck.operations.plan.propose_budget import preview_of

    preview = preview_of(context_of(planned), {"management.budget.quarter": "-5"})

    assert preview.sentences == ()
    assert preview.problem


@pytest.mark.parametrize(
    "changes",
    [
        {"channels[video].spend.cap": "8834", "channels[search].spend.cap": "62733", "channels[search].spend.floor": "62733"},
        {"channels[video].spend.floor": "7", "channels[video].spend.cap": "7"},
        {"management.budget.quarter": "201000", "channels[radio].spend.floor": "15000"},
    ],
)
def test_what_is_said_beforehand_is_what_the_revision_says_afterwards(planned: Site, changes: dict[str, str]) -> None:
    from quarterdeck.operations.plan.propose_budget import preview_of
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    beforehand = preview_of(context_of(planned), changes).sentences

    assert beforehand == change_strategy(context_of(planned), changes).sentences
