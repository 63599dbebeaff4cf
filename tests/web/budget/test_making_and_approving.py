"""Making a plan and putting it in force from the cockpit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

Browser = Callable[..., "Client"]


def newest():
    from quarterdeck.ledger.models import Plan

    return Plan.objects.filter(workspace__slug="harbour").order_by("-pk").first()


@pytest.mark.parametrize(("person", "status"), [("Olena", 302), ("Petra", 302), ("Anna", 403), ("Carl", 403), ("Vera", 403)])
def test_planners_start_the_job_and_are_led_to_its_progress(planned: Site, browser_of: Browser, monkeypatch, person: str, status: int) -> None:
    from quarterdeck.ledger.models import Job

    monkeypatch.setattr("django.conf.settings.QUARTERDECK_JOBS_AT_ONCE", False, raising=False)

    answer = browser_of(person).post("/w/harbour/plan/make/")

    assert answer.status_code == status
    assert [f"/w/harbour/jobs/{job.pk}/" for job in Job.objects.filter(kind="plan")] == ([answer["Location"]] if status == 302 else [])


@pytest.mark.parametrize(("person", "approves"), [("Olena", True), ("Anna", True), ("Petra", False), ("Vera", False)])
def test_a_decider_puts_the_plan_in_force_and_hears_what_was_proposed(planned: Site, browser_of: Browser, person: str, approves: bool) -> None:
    from quarterdeck.ledger.models import Action

    browser = browser_of(person)
    answer = browser.post("/w/harbour/plan/approve/", {"plan": newest().plan_id})

    assert answer.status_code == (302 if approves else 403)
    assert (newest().approved_at is not None) == approves
    assert Action.objects.filter(state="proposed").exists() == approves
    if approves:
        assert "is in force" in browser.session["notices"][0]["sentences"][0]


def test_a_plan_made_since_the_person_looked_is_not_approved_unseen(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Anna")

    browser.post("/w/harbour/plan/approve/", {"plan": "0" * 64})

    assert newest().approved_at is None
    assert "since you looked" in browser.session["notices"][0]["sentences"][0]


def test_a_stale_plan_is_not_approved_and_says_what_to_do(planned: Site, browser_of: Browser) -> None:
    from world import NOW

    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(open_context(planned, "harbour", "Olena", now=NOW), {"channels[print].spend.cap": "20000"})
    browser = browser_of("Anna")

    browser.post("/w/harbour/plan/approve/", {"plan": newest().plan_id})

    assert newest().approved_at is None
    said = browser.session["notices"][0]["sentences"]
    assert "stale" in said[0]
    assert said[1] == "Plan again, then approve that."
    assert not any("`" in sentence for sentence in said)


def test_making_and_approving_answer_to_nothing_but_a_post(planned: Site, browser_of: Browser) -> None:
    for path in ("make/", "approve/"):
        assert browser_of().get(f"/w/harbour/plan/{path}").status_code == 405
