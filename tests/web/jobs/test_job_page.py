"""The page of a background job: what is being done, what came of it, and where to go next."""

from __future__ import annotations

import pytest


@pytest.fixture
def queued(empty, monkeypatch):
    """A job of North Bakery that waits for the worker."""
    from django.test import override_settings

    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.jobs.jobs import start_job
    from quarterdeck.web.pages import now

    with override_settings(QUARTERDECK_JOBS_AT_ONCE=False):
        yield start_job(open_context(empty, "north-bakery", "Olena", now=now()), "plan")


def _claim(job):
    from quarterdeck.ledger.gateway.jobs import claim_job
    from quarterdeck.web.pages import now

    claim_job(job.id, now=now())


def _end(job, state, **named):
    from quarterdeck.ledger.gateway.jobs import end_job
    from quarterdeck.web.pages import now

    assert end_job(job.id, state, now=now(), **named)


def _address(job):
    return f"/w/north-bakery/jobs/{job.id}/"


def test_the_page_asks_each_second_while_the_job_runs(queued, empty, browser_of) -> None:
    from quarterdeck.operations.jobs.progress import note_progress

    _claim(queued)
    note_progress(empty, queued.id, "Sharing out the work")

    page = browser_of().get(_address(queued)).content.decode()

    assert "Your plan is being made." in page
    assert "Sharing out the work." in page
    assert 'hx-trigger="every 1s"' in page
    assert 'aria-live="polite"' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_every_other_page_says_what_is_being_done(queued, browser_of) -> None:
    _claim(queued)
    browser = browser_of()

    while_it_runs = browser.get("/w/north-bakery/").content.decode()
    own_page = browser.get(_address(queued)).content.decode()
    _end(queued, "done", told=["Done."])

    assert f'href="{_address(queued)}"' in while_it_runs
    assert "Your plan is being made …" in while_it_runs
    assert "See how far it is" not in own_page
    assert _address(queued) not in browser.get("/w/north-bakery/").content.decode()


def test_news_are_said_once(queued, empty, browser_of) -> None:
    from quarterdeck.operations.jobs.progress import note_progress

    _claim(queued)
    browser = browser_of()
    note_progress(empty, queued.id, "Placing the money")

    first = browser.get(f"{_address(queued)}?said=old", headers={"hx-request": "true"}).content.decode()
    said = first.split("?said=")[1][:8]
    again = browser.get(f"{_address(queued)}?said={said}", headers={"hx-request": "true"}).content.decode()

    assert "Placing the money." in first
    assert "hx-swap-oob" in first
    assert "Placing the money" not in again
    assert "<html" not in first


def test_the_page_comes_anew_when_the_job_is_over(queued, browser_of) -> None:
    _claim(queued)
    _end(queued, "done", told=["The money is shared out.", "Saved as plan 1 of the quarter. Next: `quarterdeck approve --all`."])
    browser = browser_of()

    assert browser.get(_address(queued), headers={"hx-request": "true"})["HX-Refresh"] == "true"

    page = browser.get(_address(queued)).content.decode()
    assert "Your plan is ready." in page
    assert "Saved as plan 1 of the quarter." in page
    assert "`" not in page
    assert "every 1s" not in page
    assert 'href="/w/north-bakery/plan/"' in page


def test_an_interrupted_job_is_started_again(queued, browser_of) -> None:
    from quarterdeck.operations.jobs.run_job import FINISHED_IS_KEPT

    _claim(queued)
    _end(queued, "interrupted", problem=FINISHED_IS_KEPT)
    browser = browser_of()

    page = browser.get(_address(queued)).content.decode()
    answer = browser.post(f"{_address(queued)}again/")

    assert "This was interrupted." in page
    assert "Start it again" in page
    assert answer.status_code == 302
    assert answer["Location"] != _address(queued)


def test_a_stranger_does_not_learn_of_a_job(queued, browser_of) -> None:
    from quarterdeck.ledger.models import Account
    from quarterdeck.web.pages import now

    Account.objects.create(person="Stranger", made_at=now())

    assert browser_of("Stranger").get(_address(queued)).status_code == 404
    assert browser_of().get(f"/jobs/{queued.id}/").status_code == 404


def test_whoever_may_not_do_it_may_not_start_it_again(queued, browser_of) -> None:
    _claim(queued)
    _end(queued, "interrupted", problem="It was interrupted.")

    assert browser_of("Vera").post(f"{_address(queued)}again/").status_code == 403
    assert browser_of("Vera").get(f"{_address(queued)}again/").status_code == 405


@pytest.mark.usefixtures("empty")
def test_elapsed_time_is_said_in_words() -> None:
    from datetime import UTC, datetime, timedelta

    from quarterdeck.operations.jobs.jobs import JobView
    from quarterdeck.web.jobs.shown import say_elapsed

    start = datetime(2027, 1, 4, tzinfo=UTC)
    job = JobView(1, "plan", "running", "Olena", "shop", {}, None, (), None, start, start, None)

    said = [say_elapsed(job, now=start + timedelta(seconds=seconds)) for seconds in (0, 1, 59, 60, 125)]

    assert said == ["0 seconds", "1 second", "59 seconds", "1 minute", "2 minutes 5 seconds"]


@pytest.mark.parametrize(
    ("named", "href", "label"),
    [
        pytest.param("review/close/", "/w/shop/review/close/", "Go on", id="a_page_of_the_company"),
        pytest.param("https://elsewhere.example/", "/w/shop/plan/", "Read the plan", id="somewhere_else"),
        pytest.param("../../account/", "/w/shop/plan/", "Read the plan", id="out_of_the_company"),
        pytest.param("", "/w/shop/plan/", "Read the plan", id="nowhere"),
    ],
)
@pytest.mark.usefixtures("empty")
def test_whoever_asked_can_be_led_back(named, href, label) -> None:
    from datetime import UTC, datetime

    from quarterdeck.operations.jobs.jobs import JobView
    from quarterdeck.web.jobs.shown import show_job

    start = datetime(2027, 1, 4, tzinfo=UTC)
    shown = show_job(JobView(1, "plan", "done", "Olena", "shop", {"leads_to": named}, None, (), None, start, start, start), now=start)

    assert (shown.next_href, shown.next_label) == (href, label)
