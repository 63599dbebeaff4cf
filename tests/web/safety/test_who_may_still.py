"""What was allowed once is asked again: a job whose starter has lost the role, an address of somebody who may not sign in, an address behind a proxy."""

from __future__ import annotations

import pytest
from world import NOW


@pytest.mark.parametrize(("left_as", "why"), [("viewer", "may not do this"), (None, "does not belong to Harbour Home & Garden any more")])
def test_a_job_of_somebody_who_lost_the_role_is_refused(played, browser_of, settings_of, left_as, why):
    from quarterdeck.ledger.models import Job, Member, Plan
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.jobs.jobs import start_job
    from quarterdeck.operations.jobs.run_job import run_job

    settings_of(QUARTERDECK_JOBS_AT_ONCE=False)
    plans = Plan.objects.count()
    job = start_job(open_context(played, "harbour", "Petra", now=NOW), "plan", {})
    petra = Member.objects.filter(workspace__slug="harbour", person="Petra")
    petra.update(role=left_as) if left_as else petra.delete()

    run_job(played, job.id, clock=lambda: NOW)

    page = browser_of("Vera").get(f"/w/harbour/jobs/{job.id}/").content.decode()
    assert (Job.objects.get(pk=job.id).state, Plan.objects.count()) == ("refused", plans)
    assert why.replace("&", "&amp;") in page
    assert "--as" not in page


def test_the_calendar_of_a_closed_account_answers_nobody(played, browser_of):
    import re

    from django.test import Client

    from quarterdeck.ledger.models import Account

    page = browser_of("Vera").get("/w/harbour/plan/calendar/subscription/").content.decode()
    address = re.search(r"/w/harbour/plan/calendar/feed/\d+/\w+\.ics", page).group(0)
    before = Client().get(address).status_code
    Account.objects.filter(person="Vera").update(is_active=False)

    assert (before, Client().get(address).status_code) == (200, 404)


@pytest.mark.parametrize(
    ("said", "counted"), [("203.0.113.7:52110", "203.0.113.7"), ("[2001:db8::7]:443", "2001:db8::/64"), ("[2001:db8::7]", "2001:db8::/64")]
)
@pytest.mark.usefixtures("empty")
def test_an_address_with_a_port_is_counted_as_the_address(said, counted):
    from quarterdeck.operations.accounts.count_tries import network_of

    assert network_of(said) == counted


@pytest.fixture
def settings_of():
    """Sets settings for a test."""
    from django.test import override_settings

    entered = []

    def change(**values: object) -> None:
        entered.append(override_settings(**values))
        entered[-1].enable()

    yield change
    for each in entered:
        each.disable()
