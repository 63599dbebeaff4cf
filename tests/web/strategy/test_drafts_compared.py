"""A draft held against the strategy: like with like. And a draft that was closed, opened again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from world import NOW

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

LIVE = "/w/harbour/strategy/"
DRAFT = f"{LIVE}drafts/without-radio/"
BUDGET = "management.budget.quarter"
CHANCE = re.compile(r"(lowers|leaves|raises) the chance")


@pytest.fixture
def petra(planned: Site, browser_of: Callable[..., Client]) -> Client:
    browser = browser_of("Petra")
    assert browser.post(f"{LIVE}drafts/", {"name": "Without radio", "why": "Does it pay?"}).status_code == 302
    return browser


def _context(site: Site) -> Any:
    from quarterdeck.operations.context import open_context

    return open_context(site, "harbour", "Petra", now=NOW)


def _change(site: Site, changes: dict[str, object], *, draft: str | None = None) -> None:
    from quarterdeck.operations.drafts.open_draft import in_draft
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    context = _context(site)
    change_strategy(in_draft(context, draft) if draft else context, changes)


def _live(site: Site) -> dict[str, object]:
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    return current_strategy(_context(site)).strategy.model_dump(mode="json")


def _plans(site: Site) -> Any:
    from quarterdeck.operations.drafts.compare_draft import compare_draft
    from quarterdeck.operations.quarter.open_desk import open_desk

    desk = open_desk(site, "harbour", "Petra", now=NOW, draft="without-radio")
    return compare_draft(desk.context, quarter=desk.quarter, day=desk.day)


def test_both_are_planned_alike_when_the_plan_of_the_strategy_is_older_and_equal_strategies_get_the_same_plan(planned: Site, petra: Client) -> None:
    from quarterdeck.ledger.models import DraftPlan, Plan

    _change(planned, {BUDGET: "170000"})
    plans = Plan.objects.count()
    petra.post(f"{DRAFT}plan/")
    found = _plans(planned)
    assert Plan.objects.count() == plans and DraftPlan.objects.count() == 2
    assert (found.are_alike, found.is_live_beside, found.is_live_plan_stale) == (True, True, False)
    assert found.live_plan.provenance.facts == found.draft_plan.provenance.facts
    page = petra.get(f"{DRAFT}beside/").content.decode()
    assert "Both are planned from the same facts" in page and "The plan that counts stays as it is." in page
    assert "£16,000 more" in page and CHANCE.search(page)  # 186,000 of the draft against 170,000 of the strategy as it is now

    _change(planned, {BUDGET: "170000"}, draft="without-radio")
    petra.post(f"{DRAFT}plan/")
    assert DraftPlan.objects.count() == 3  # the strategy had one of today already
    found = _plans(planned)
    assert found.live_plan.id == found.draft_plan.id

    _change(planned, {BUDGET: "150000"})
    page = petra.get(f"{DRAFT}beside/").content.decode()
    assert "cannot be held against the strategy yet" in page and "Plan both" in page
    assert not CHANCE.search(page) and "It spends" not in page


def test_undo_of_an_adoption_opens_the_draft_again_and_it_can_be_adopted_once_more(planned: Site, petra: Client) -> None:
    _change(planned, {BUDGET: "150000"}, draft="without-radio")
    before = _live(planned)
    for adopted, taken_back in ((2, 3), (4, 5)):
        petra.post(f"{DRAFT}adopt/")
        assert f"became revision {adopted}" in petra.get(f"{LIVE}drafts/").content.decode()
        page = petra.post(f"{LIVE}undo/", {"revision": str(adopted)}, follow=True).content.decode()
        assert "The draft “Without radio” is open again." in page
        assert "1 draft is open" in petra.get(f"{LIVE}drafts/").content.decode()
        assert _live(planned) == before, taken_back

    _change(planned, {"vision": "A garden for everybody."}, draft="without-radio")
    petra.post(f"{DRAFT}adopt/")
    assert _live(planned)["vision"] == "A garden for everybody."


def test_undo_of_another_change_opens_no_draft(planned: Site, petra: Client) -> None:
    _change(planned, {BUDGET: "150000"}, draft="without-radio")
    petra.post(f"{DRAFT}adopt/")
    _change(planned, {"vision": "A garden for everybody."})
    page = petra.post(f"{LIVE}undo/", {"revision": "3"}, follow=True).content.decode()
    assert "Taken back" in page and "open again" not in page
    assert "became revision 2" in petra.get(f"{LIVE}drafts/").content.decode()


def test_a_draft_that_was_laid_aside_is_opened_again_by_a_button(planned: Site, petra: Client, browser_of: Callable[..., Client]) -> None:
    from quarterdeck.ledger.models import AuditEntry

    petra.post(f"{DRAFT}lay-aside/")
    assert "Open it again" in petra.get(f"{DRAFT}beside/").content.decode()
    assert "Open it again" not in browser_of("Vera").get(f"{DRAFT}beside/").content.decode()
    assert petra.post(f"{DRAFT}reopen/").status_code == 302
    _change(planned, {"vision": "Not too late."}, draft="without-radio")
    assert petra.post(f"{DRAFT}reopen/").status_code == 409  # it is open
    assert AuditEntry.objects.filter(verb="reopen_draft").count() == 1
