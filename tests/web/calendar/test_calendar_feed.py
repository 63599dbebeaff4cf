"""The calendar for other programs: it parses, its ids stay, and only who knows the address reads it."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar
from plan_pages import HARBOUR, change

PAGE = f"{HARBOUR}/plan/calendar/subscription/"


def address_of(client) -> str:
    return re.search(r"/w/harbour/plan/calendar/feed/\d+/\w+\.ics", client.get(PAGE).content.decode()).group()


def events_of(response) -> dict:
    calendar = Calendar.from_ical(response.content)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_member_downloads_what_goes_out_without_holidays(played, browser_of):
    answer = browser_of("Vera").get(f"{HARBOUR}/plan/calendar.ics")

    events = events_of(answer)
    assert answer["Content-Type"].startswith("text/calendar")
    assert len([uid for uid in events if uid.startswith("item-")]) == 55
    assert "campaign-seed_sale@harbour.quarterdeck" in events
    assert b"Good Friday" not in answer.content
    assert events["item-seed_sale_mail@harbour.quarterdeck"]["dtstart"].dt.isoformat() == "2027-02-11T09:00:00+00:00"


def test_an_instant_after_the_clocks_went_forward_is_an_hour_earlier_in_utc(played, browser_of):
    events = events_of(browser_of("Vera").get(f"{HARBOUR}/plan/calendar.ics"))

    assert events["item-terrace_delivery@harbour.quarterdeck"]["dtstart"].dt.isoformat() == "2027-03-31T08:00:00+00:00"


def test_ids_stay_when_an_item_moves_and_bytes_stay_when_nothing_does(played, browser_of):
    client = browser_of("Vera")
    first, again = (client.get(f"{HARBOUR}/plan/calendar.ics") for _ in range(2))
    change(played, {"content.items[seed_sale_mail].deliver.on": "2027-02-15"})

    after = events_of(client.get(f"{HARBOUR}/plan/calendar.ics"))

    assert first.content == again.content
    assert set(after) == set(events_of(first))
    assert after["item-seed_sale_mail@harbour.quarterdeck"]["dtstart"].dt.day == 15


def test_states_and_collisions_are_in_it(played, browser_of):
    events = events_of(browser_of("Vera").get(f"{HARBOUR}/plan/calendar.ics"))

    assert str(events["item-paint_tips@harbour.quarterdeck"]["status"]) == "CONFIRMED"
    assert "Collides" in str(events["item-clearance_mail@harbour.quarterdeck"]["description"])


def test_the_secret_address_works_without_a_session_until_it_is_renewed(played, browser_of):
    from django.test import Client

    vera, nobody = browser_of("Vera"), Client()
    old = address_of(vera)

    assert len(events_of(nobody.get(old))) > 55
    vera.post(PAGE)
    new = address_of(vera)
    assert new != old
    assert nobody.get(old).status_code == 404
    assert nobody.get(new).status_code == 200
    assert nobody.post(new).status_code == 405


def test_everybody_has_an_address_of_their_own(played, browser_of):
    vera, carl = address_of(browser_of("Vera")), address_of(browser_of("Carl"))
    browser_of("Vera").post(PAGE)

    assert vera != carl
    assert browser_of("Vera").get(carl).status_code == 200


@pytest.mark.parametrize(
    "change_it", [lambda a: a[:-6] + "0.ics", lambda a: re.sub(r"feed/\d+", "feed/99999", a), lambda a: a.replace("harbour", "other-shop")]
)
def test_a_guessed_address_is_not_found(played, browser_of, change_it):
    from django.test import Client

    assert Client().get(change_it(address_of(browser_of("Vera")))).status_code == 404


def test_who_leaves_the_company_leaves_the_calendar(played, browser_of):
    from django.test import Client

    from quarterdeck.ledger.models.workspace import Member

    address = address_of(browser_of("Vera"))
    Member.objects.filter(person="Vera", workspace__slug="harbour").delete()

    assert Client().get(address).status_code == 404
