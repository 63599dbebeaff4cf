"""Drafts in the cockpit: begun, changed, planned and compared without touching the strategy, then adopted or laid aside."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.context import Context

LIVE = "/w/harbour/strategy/"
DRAFT = f"{LIVE}drafts/without-radio/"
RADIO_CAP = "channels[radio].spend"


def _context(site: Site) -> Context:
    from quarterdeck.operations.context import open_context

    return open_context(site, "harbour", "Petra", now=datetime(2026, 11, 23, 9, tzinfo=UTC))


def _change(site: Site, changes: dict[str, object], *, draft: str | None = None) -> None:
    from quarterdeck.operations.drafts.open_draft import in_draft
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    context = _context(site)
    change_strategy(in_draft(context, draft) if draft else context, changes)


def _live(site: Site) -> dict[str, object]:
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    return current_strategy(_context(site)).strategy.model_dump(mode="json")


@pytest.fixture
def petra(planned: Site, browser_of: Callable[..., Client]) -> Client:
    browser = browser_of("Petra")
    assert browser.post(f"{LIVE}drafts/", {"name": "Without radio", "why": "Does it pay?"}).status_code == 302
    return browser


def test_what_is_changed_in_a_draft_stays_in_the_draft(planned: Site, petra: Client) -> None:
    before = _live(planned)
    _change(planned, {"management.budget.quarter": "150000"}, draft="without-radio")

    assert _live(planned) == before
    assert "150,000" in petra.get(f"{DRAFT}step/6/").content.decode()
    assert "150,000" not in petra.get(f"{LIVE}step/6/").content.decode()
    assert "from £186,000 to £150,000" in petra.get(f"{DRAFT}beside/").content.decode().replace("lowered ", "")


def test_every_link_of_a_drafts_pages_stays_in_the_draft(petra: Client) -> None:
    for page in ("", "step/1/", "step/4/channels/radio/", "history/", "papers/"):
        html = petra.get(f"{DRAFT}{page}").content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        ways = set(re.findall(r'(?:href|action|hx-post)="(/w/harbour/strategy/[^"]*)"', main))
        assert {way for way in ways if not way.startswith(DRAFT)} <= {LIVE}
        assert "You are in the draft" in html


def test_a_form_of_a_draft_saves_into_the_draft(planned: Site, petra: Client) -> None:
    before = _live(planned)
    page = petra.get(f"{DRAFT}step/1/vision/").content.decode()
    parent = re.search(r'name="_parent" value="([0-9a-f]+)"', page)
    assert parent
    answer = petra.post(f"{DRAFT}step/1/vision/", {"_parent": parent[1], "vision": "We are the garden shop without radio.", "note": ""})
    assert answer.status_code == 302 and answer["Location"].startswith(DRAFT)
    assert "without radio" in petra.get(DRAFT).content.decode()
    assert _live(planned) == before


def test_a_draft_is_planned_beside_the_plan_that_waits_and_cannot_be_approved(planned: Site, petra: Client) -> None:
    from quarterdeck.ledger.models import DraftPlan, Plan

    plans = Plan.objects.count()
    _change(planned, {"management.budget.quarter": "150000"}, draft="without-radio")
    petra.post(f"{DRAFT}plan/")

    assert Plan.objects.count() == plans and DraftPlan.objects.count() == 1
    page = petra.get(f"{DRAFT}beside/").content.decode()
    assert "£36,000 less" in page or "less: £" in page
    assert re.search(r"“Without radio” (lowers|leaves|raises) the chance", page)


def test_adopting_keeps_what_the_strategy_changed_elsewhere(planned: Site, petra: Client) -> None:
    _change(planned, {"management.budget.quarter": "150000"}, draft="without-radio")
    _change(planned, {"vision": "We are loved by gardeners."})

    assert petra.post(f"{DRAFT}adopt/").status_code == 302
    live = _live(planned)
    assert live["vision"] == "We are loved by gardeners."
    assert live["management"]["budget"]["quarter"] == "150000"  # type: ignore[index]
    assert "became revision" in petra.get(f"{LIVE}drafts/").content.decode()


def test_where_both_were_changed_both_sides_are_shown_and_nothing_is_saved_until_a_person_says_so(planned: Site, petra: Client) -> None:
    _change(planned, {"management.budget.quarter": "150000"}, draft="without-radio")
    _change(planned, {"management.budget.quarter": "170000"})

    answer = petra.post(f"{DRAFT}adopt/")
    page = answer.content.decode()
    assert answer.status_code == 409 and "£170,000" in page and "£150,000" in page
    assert _live(planned)["management"]["budget"]["quarter"] == "170000"  # type: ignore[index]

    petra.post(f"{DRAFT}adopt/", {"where_both": "draft"})
    assert _live(planned)["management"]["budget"]["quarter"] == "150000"  # type: ignore[index]


def test_a_closed_draft_can_be_read_and_not_changed(planned: Site, petra: Client) -> None:
    from quarterdeck.kernel.problems import Refused

    petra.post(f"{DRAFT}lay-aside/")
    assert petra.get(DRAFT).status_code == 200
    with pytest.raises(Refused, match="closed"):
        _change(planned, {"vision": "Late."}, draft="without-radio")
    assert petra.post(f"{DRAFT}adopt/").status_code == 409


def test_a_name_that_is_taken_or_empty_is_said_beside_the_field(petra: Client) -> None:
    taken = petra.post(f"{LIVE}drafts/", {"name": "without RADIO", "why": "again"})
    assert taken.status_code == 409 and "already" in taken.content.decode() and 'value="again"' in taken.content.decode()
    assert petra.post(f"{LIVE}drafts/", {"name": "  "}).status_code == 422


def test_a_draft_that_is_not_there_is_not_found(petra: Client) -> None:
    assert petra.get(f"{LIVE}drafts/moon/").status_code == 404


def test_a_company_is_archived_with_its_drafts(planned: Site, petra: Client) -> None:
    import io
    import json
    import zipfile

    from quarterdeck.operations.company.archive import archive_workspace

    tables = json.loads(zipfile.ZipFile(io.BytesIO(archive_workspace(_context(planned)))).read("workspace.json"))["tables"]
    assert [draft["name"] for draft in tables["Draft"]] == ["Without radio"]
    assert len(tables["DraftRevision"]) == 1


def test_what_others_changed_meanwhile_is_not_said_to_be_the_drafts_change(planned: Site, petra: Client) -> None:
    _change(planned, {"management.budget.quarter": "150000"}, draft="without-radio")
    _change(planned, {"vision": "We are loved by gardeners."})

    page = petra.get(f"{DRAFT}beside/").content.decode()
    own, meanwhile = page[page.index('id="changes"') : page.index('id="checks"')].split("<details")
    assert "£150,000" in own and "loved by gardeners" not in own
    assert "loved by gardeners" in meanwhile


def test_where_both_were_changed_the_strategy_may_be_kept_and_the_rest_adopted(planned: Site, petra: Client) -> None:
    _change(planned, {"management.budget.quarter": "150000", "vision": "We are the shop without radio."}, draft="without-radio")
    _change(planned, {"management.budget.quarter": "170000"})

    petra.post(f"{DRAFT}adopt/", {"where_both": "strategy"})
    live = _live(planned)
    assert live["management"]["budget"]["quarter"] == "170000"  # type: ignore[index]
    assert live["vision"] == "We are the shop without radio."


def test_adopting_says_that_the_plan_is_older_and_offers_to_plan_again(planned: Site, petra: Client) -> None:
    _change(planned, {"management.budget.quarter": "150000"}, draft="without-radio")

    page = petra.post(f"{DRAFT}adopt/", follow=True).content.decode()
    assert "The plan was made from the strategy as it was before" in page and "Plan again" in page
