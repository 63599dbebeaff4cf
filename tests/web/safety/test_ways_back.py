"""A page leads back to a page of the same company, whatever an address says."""

from __future__ import annotations

import re

import pytest
from world import NOW

ELSEWHERE = ("javascript:alert(1)", "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/w/other-shop/")
PREVIEWS = {
    "a_move_in_the_calendar": "/w/harbour/plan/calendar/move/?item=garden_letter_feb&on=2027-02-25&at=09:00",
    "a_change_of_work": "/w/harbour/plan/move-work/?task=brief_spring_film&importance=3",
}


@pytest.mark.parametrize("address", PREVIEWS.values(), ids=PREVIEWS)
def test_no_link_leads_to_where_an_address_points(played, browser_of, address):
    client = browser_of("Petra")

    pages = [client.get(f"{_existing(client, address)}&back={back}").content.decode() for back in ELSEWHERE]

    for page, back in zip(pages, ELSEWHERE, strict=True):
        assert f'href="{back}"' not in page
        assert f'value="{back}"' not in page
        assert "Leave it" in page


def test_after_a_wrong_day_was_put_right_one_is_back_on_a_page_that_there_is(played, browser_of):
    client = browser_of("Petra")
    form = {"item": "garden_letter_feb", "on": "2027-02-31", "at": "09:00"}

    wrong = client.post("/w/harbour/plan/calendar/move/", form)
    back = re.search(r'name="back" value="([^"]+)"', wrong.content.decode()).group(1)

    assert wrong.status_code == 422
    assert client.get(back.replace("&amp;", "&")).status_code == 200


def test_an_old_revision_is_compared_with_the_newest(played, browser_of):
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    context = open_context(played, "harbour", "Petra", now=NOW)
    change_strategy(context, {"vision": "Another one."})
    client = browser_of("Vera")

    way = re.search(r'href="([^"]*compare/[^"]*)"', client.get("/w/harbour/strategy/revisions/1/").content.decode()).group(1)

    assert client.get(way.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/w/harbour/plan/conflicts/?page={}", "/w/harbour/plan/work/?view=timeline&page={}", "/w/harbour/plan/budget.csv?plan={}"],
)
def test_a_number_of_very_many_digits_counts_as_not_asked(played, browser_of, address):
    assert browser_of("Vera").get(address.format("9" * 5000)).status_code == 200


@pytest.mark.parametrize("address", ["/w/harbour/strategy/undo/", "/w/harbour/play/next-week/"])
def test_a_form_with_very_many_digits_is_answered(played, browser_of, address, monkeypatch):
    monkeypatch.setattr("quarterdeck.web.play.views.start_job", lambda *asked: type("Job", (), {"id": 1}))

    assert browser_of("Petra").post(address, {"revision": "9" * 5000, "weeks": "9" * 5000}).status_code == 302


def _existing(client, address: str) -> str:
    """The address with a task that there is."""
    if "task=" not in address:
        return address
    task = re.search(r'/plan/work/([a-z0-9_-]+)/"', client.get("/w/harbour/plan/work/").content.decode()).group(1)
    return re.sub(r"task=[\w-]+", f"task={task}", address)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://testserver/w/harbour/plan/?page=2", "http://testserver/w/harbour/plan/?page=2"),
        ("http://testserver/w/harbour/plan/conflicts/fix/", "/w/harbour/strategy/"),
        ("http://testserver/nowhere/", "/w/harbour/strategy/"),
        ("http://elsewhere.example/w/harbour/plan/", "/w/harbour/strategy/"),
        ("", "/w/harbour/strategy/"),
    ],
)
def test_undo_leads_back_to_a_page_that_can_be_opened(played, browser_of, before, after):
    answer = browser_of("Petra").post("/w/harbour/strategy/undo/", {"revision": "99"}, headers={"Referer": before})

    assert answer["Location"] == after
