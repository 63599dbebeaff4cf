"""Links to papers in the cockpit: who makes them, what the lists say, and what comes back by them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from world import NOW, PEOPLE

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
PAPERS = f"{ROOT}papers/"


def _make(browser: Client, kind: str = "one-page", **fields: str) -> str:
    answer = browser.post(f"{PAPERS}{kind}/share/", {"for_whom": "Jane Smith", "days": "30", **fields})
    assert answer.status_code == 302
    return str(answer["Location"])


def _address(page: str) -> str:
    found = re.search(r'value="http://testserver(/s/[\w-]+/)" readonly', page)
    assert found is not None
    return found.group(1)


def _reply(site: Site, path: str, *, about: int | None = None) -> None:
    """An agreement, or a comment on the part of that number."""
    from quarterdeck.operations.papers.read_share import OpenLink, agree, comment, open_share

    link = open_share(site, path.removeprefix("/s/").removesuffix("/"), now=NOW)
    assert isinstance(link, OpenLink)
    if about is None:
        agree(link, name="Jane Smith", now=NOW)
    else:
        comment(link, about=link.paper.sections[about].title, name="Jane Smith", text=f"About part {about}", now=NOW)


def test_a_link_is_made_in_a_form_and_its_address_opens_the_paper(planned: Site, browser_of: Callable[..., Client]) -> None:
    from django.test import Client

    petra = browser_of("Petra")
    assert f'href="{PAPERS}one-page/share/"' in petra.get(PAPERS).content.decode()
    page = petra.get(_make(petra)).content.decode()

    assert "open till 23 December 2026" in page
    assert Client().get(_address(page)).status_code == 200
    assert _address(petra.get(PAPERS).content.decode()) == _address(page)


def test_a_brief_is_shared_about_what_was_chosen(planned: Site, browser_of: Callable[..., Client]) -> None:
    from quarterdeck.ledger.models import Share

    petra = browser_of("Petra")
    form = petra.get(f"{PAPERS}brief/share/?team=&campaign=&channel=radio").content.decode()
    assert '<input type="hidden" name="channel" value="radio">' in form and "About: Radio." in form

    _make(petra, "brief", channel="radio")
    share = Share.objects.get()
    assert (share.paper, share.scope["channels"]) == ("brief", ["radio"])
    assert "Direct mail:" not in share.body and "Radio:" in share.body


def test_a_form_that_is_not_complete_says_what_is_missing(planned: Site, browser_of: Callable[..., Client]) -> None:
    from quarterdeck.ledger.models import Share

    answer = browser_of("Petra").post(f"{PAPERS}one-page/share/", {"for_whom": "", "days": "3650"})
    assert answer.status_code == 422
    assert "Say for whom the link is." in answer.content.decode() and "7, 14, 30 or 90 days" in answer.content.decode()
    assert not Share.objects.exists()


@pytest.mark.parametrize("person", PEOPLE)
def test_owners_and_planners_share_and_nobody_else_sees_an_address(planned: Site, browser_of: Callable[..., Client], person: str) -> None:
    there = _make(browser_of("Petra"))
    browser, may = browser_of(person), PEOPLE[person] in ("owner", "planner")

    assert ("/s/" in browser.get(PAPERS).content.decode()) is may
    assert (f"{PAPERS}report/share/" in browser.get(PAPERS).content.decode()) is may
    assert browser.get(there).status_code == (200 if may else 403)
    assert browser.post(f"{PAPERS}report/share/", {"for_whom": "Me", "days": "7"}).status_code == (302 if may else 403)
    assert browser.post(f"{there}close/").status_code == (302 if may else 403)


def test_what_was_said_waits_on_the_strategy_until_it_is_settled(planned: Site, browser_of: Callable[..., Client]) -> None:
    petra, vera = browser_of("Petra"), browser_of("Vera")
    there = _make(petra)
    path = _address(petra.get(there).content.decode())
    for about in (0, 1, None):
        _reply(planned, path, about=about)

    assert "2 new comments, 1 agreement" in petra.get(ROOT).content.decode()
    assert "new comments" not in vera.get(ROOT).content.decode()
    page = petra.get(there).content.decode()
    assert f'href="{ROOT}step/1/"' in page and "About part 1" in page

    for number in re.findall(r'name="reply" value="(\d+)"', page):
        assert petra.post(f"{there}settle/", {"reply": number}).status_code == 302
    assert "by the links that you gave out" not in petra.get(ROOT).content.decode()
    assert "About part 1" in petra.get(there).content.decode()


def test_an_agreement_stands_in_the_history_beside_its_revision_for_everybody(planned: Site, browser_of: Callable[..., Client]) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    petra = browser_of("Petra")
    path = _address(petra.get(_make(petra)).content.decode())
    change_strategy(open_context(planned, "harbour", "Petra", now=NOW), {"vision": "Another year."})
    _reply(planned, path)

    page = browser_of("Vera").get(f"{ROOT}history/").content.decode()
    sentence = "Agreed by Jane Smith on 23 November 2026 to revision 1 (the strategy on one page)"
    assert page.count(sentence) == 1
    assert page.index(">Revision 2</a>") < page.index(">Revision 1</a>") < page.index(sentence)


def test_a_draft_is_not_shared(planned: Site, browser_of: Callable[..., Client]) -> None:
    petra = browser_of("Petra")
    petra.post(f"{ROOT}drafts/", {"name": "Other", "why": ""})

    page = petra.get(f"{ROOT}drafts/other/papers/").content.decode()
    assert "/share/" not in page and "Links that you gave out" not in page
    assert petra.get(f"{ROOT}drafts/other/papers/one-page/share/").status_code == 404


def test_a_closed_link_keeps_its_place_in_the_list_without_its_address(planned: Site, browser_of: Callable[..., Client]) -> None:
    petra = browser_of("Petra")
    there = _make(petra)
    petra.post(f"{there}close/")

    page = petra.get(PAPERS).content.decode()
    assert "closed on 23 November 2026" in page and "readonly" not in page
    assert petra.post(f"{there}close/").status_code == 409
