"""Weeks pass by a button, and the tour sees what was done."""

from __future__ import annotations


def play_page(client):
    return client.get("/w/harbour/play/").content.decode()


def test_a_press_lets_one_week_pass_and_says_what_it_brought(played, browser_of):
    client = browser_of("Olena")
    assert "Week 4 passed" in play_page(client)

    answer = client.post("/w/harbour/play/next-week/", {"weeks": "1"})

    assert answer["Location"].startswith("/w/harbour/jobs/")
    assert "Week 5 passed" in play_page(client)


def test_the_rest_of_the_quarter_passes_at_once_and_never_more_than_that(played, browser_of):
    client = browser_of("Olena")

    client.post("/w/harbour/play/next-week/", {"weeks": "9"})

    page = play_page(client)
    assert "The quarter is over" in page
    assert "Close the quarter" in page


def test_odd_numbers_of_weeks_are_taken_as_one(planned, browser_of):
    client = browser_of("Olena")

    for weeks in ("-3", "x", "", "１", "1e9"):
        assert client.post("/w/harbour/play/next-week/", {"weeks": weeks}).status_code == 302


def test_without_a_plan_in_force_the_page_warns_before_a_week_is_wasted(planned, browser_of):
    assert "No plan is in force" in play_page(browser_of("Olena"))


def test_a_company_that_does_not_rehearse_has_no_button_and_no_page(empty, browser_of):
    client = browser_of("Olena")

    assert "Next week" not in client.get("/w/north-bakery/settings/").content.decode()
    assert client.get("/w/north-bakery/play/").status_code == 409


def test_the_tour_moves_on_when_a_stop_is_read_and_when_a_deed_is_done(planned, browser_of):
    client = browser_of("Olena")
    assert "Tour, 1 of 12" in play_page(client)

    for stop in ("answer", "strategy", "plan"):
        client.post("/w/harbour/play/tour/", {"wish": "read", "stop": stop})
    assert "Tour, 4 of 12" in play_page(client)

    client.post("/w/harbour/plan/approve/")
    assert "Tour, 5 of 12" in play_page(client)


def test_the_tour_ends_for_good_and_begins_again_when_asked(planned, browser_of):
    client = browser_of("Olena")

    client.post("/w/harbour/play/tour/", {"wish": "end"})
    assert "Tour, " not in play_page(client)

    client.post("/w/harbour/play/tour/", {"wish": "begin"})
    assert "Tour, 1 of 12" in play_page(client)


def test_a_viewer_is_not_shown_around_what_they_may_not_do(played, browser_of):
    page = play_page(browser_of("Vera"))

    assert "Tour, " not in page
    assert "Let week" not in page
