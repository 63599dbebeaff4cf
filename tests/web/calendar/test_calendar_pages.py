"""The calendar shows what goes out, when, in which state, and what it trips over."""

from __future__ import annotations

from plan_pages import HARBOUR, change, text_of

CALENDAR = f"{HARBOUR}/plan/calendar/"


def test_a_month_says_what_it_trips_over_and_marks_both_items(played, browser_of):
    page = browser_of("Vera").get(f"{CALENDAR}?month=2027-02")

    html = page.content.decode()
    assert page.status_code == 200
    assert "February is clear except for one collision" in text_of(page).replace(" :", ":")
    assert html.count('class="it hit"') == 2
    assert "5 of 13" in html
    assert "8 of 13" in html


def test_a_month_opens_on_the_day_that_the_company_lives_in(played, browser_of):
    html = browser_of("Vera").get(CALENDAR).content.decode()

    assert "February 2027" in html
    assert 'data-set="on=2027-02-01"' in html
    assert '<span class="sr">today</span>' in html


def test_what_went_out_is_grey_and_what_is_approved_is_not(played, browser_of):
    html = browser_of("Vera").get(f"{CALENDAR}?month=2027-01").content.decode()

    assert 'class="it was"' in html
    assert "gone out" in html


def test_drafts_are_dashed_before_anybody_approved(planned, browser_of):
    page = browser_of("Vera").get(f"{CALENDAR}?month=2027-01")

    assert 'class="it draft"' in page.content.decode()
    assert "all of them wait for approval" in text_of(page)


def test_public_holidays_are_named_on_their_day(played, browser_of):
    html = browser_of("Vera").get(f"{CALENDAR}?month=2027-03").content.decode()

    assert "Good Friday" in html
    assert "Easter Monday" in html


def test_a_month_at_the_edge_of_the_quarter_counts_weeks_of_the_quarter_beside_it(played, browser_of):
    html = browser_of("Vera").get(f"{CALENDAR}?month=2027-04").content.decode()

    assert ">13 of 13<" in html
    assert ">1 of 13<" in html
    assert "Delivered before" in html  # 31 March stands in April's first week


def test_filters_show_one_audience_or_channel_alone(played, browser_of):
    client = browser_of("Vera")

    members = client.get(f"{CALENDAR}?view=list&month=2027-02&audience=members").content.decode()
    texts = client.get(f"{CALENDAR}?view=list&month=2027-02&channel=sms").content.decode()

    assert "Winter clearance" in members
    assert "Paint tips" not in members
    assert texts.count('class="list-item') == 1


def test_the_week_shows_times_and_people(played, browser_of):
    html = browser_of("Vera").get(f"{CALENDAR}?view=week&day=2027-02-11").content.decode()

    assert "8 to 14 February 2027" in html
    assert "17:00" in html
    assert "Members" in html


def test_a_card_stands_beside_its_day_with_the_ways_out_cheapest_first(played, browser_of):
    html = browser_of("Olena").get(f"{CALENDAR}?month=2027-02&item=clearance_mail").content.decode()

    assert 'id="card"' in html
    assert html.index("Move “Winter clearance” to Monday 8 February.") < html.index("Bring “Winter clearance” through Text messages instead.")
    assert "half an hour" in html


def test_asked_by_htmx_only_the_calendar_comes_back_and_the_whole_page_for_the_back_button(played, browser_of):
    client = browser_of("Vera")

    part = client.get(CALENDAR, headers={"HX-Request": "true"}).content.decode()
    whole = client.get(CALENDAR, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()

    assert part.lstrip().startswith('<div id="calendar"')
    assert "<html" in whole


def test_nonsense_in_the_address_shows_this_month(played, browser_of):
    for query in (
        "month=soon",
        "month=2027-13",
        "day=x&view=week",
        "view=years",
        "page=-1&view=list",
        "month=0001-01",
        "month=9999-12",
        "item=nobody",
    ):
        page = browser_of("Vera").get(f"{CALENDAR}?{query}")
        assert page.status_code == 200, query


def test_an_item_that_is_not_there_is_not_found(played, browser_of):
    assert browser_of("Vera").get(f"{CALENDAR}item/nothing/").status_code == 404
    assert browser_of("Vera").get(f"{CALENDAR}move/?item=nothing").status_code == 404


def test_a_company_without_a_strategy_is_told_what_to_do_first(empty, browser_of):
    for place in ("calendar", "work", "conflicts"):
        assert "Start the strategy" in text_of(browser_of("Olena").get(f"/w/north-bakery/plan/{place}/"))
        assert "Somebody who may write the strategy" in text_of(browser_of("Vera").get(f"/w/north-bakery/plan/{place}/"))


def test_a_viewer_sees_no_form_that_changes_anything(played, browser_of):
    html = browser_of("Vera").get(f"{CALENDAR}?month=2027-02&item=clearance_mail").content.decode()

    assert "plan/conflicts/fix/" not in html
    assert "calendar/move/" not in html
    assert "draggable" not in html
    assert "Owners and planners can move it." in html


def test_another_zone_is_named_with_the_clock_at_home(played, browser_of):
    place = "content.items[paint_tips].deliver"
    change(played, {f"{place}.zone": "Australia/Sydney", f"{place}.at": "08:00"})

    page = text_of(browser_of("Vera").get(f"{CALENDAR}item/paint_tips/"))
    grid = browser_of("Vera").get(f"{CALENDAR}?view=week&day=2027-02-03").content.decode()

    assert "Wednesday 3 February 2027 at 08:00, Sydney time (21:00 in London on Tuesday 2 February)" in page
    assert "08:00 Sydney" in grid


def test_a_time_that_the_clocks_skip_says_when_it_goes_out(played, browser_of):
    place = "content.items[light_evening].deliver"
    change(played, {f"{place}.on": "2027-03-28", f"{place}.at": "01:30"})

    page = text_of(browser_of("Vera").get(f"{CALENDAR}item/light_evening/"))

    assert "skip 01:30: it goes out at 02:30" in page


def test_what_changed_after_its_approval_no_longer_counts_as_approved(played, browser_of):
    change(played, {"content.items[paint_tips].text": "Other words."})

    page = text_of(browser_of("Vera").get(f"{CALENDAR}item/paint_tips/"))

    assert "changed since it was approved" in page
    assert "The strategy was changed after plan 1 was made" in page
