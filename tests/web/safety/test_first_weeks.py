"""A company in its first weeks: too few facts to learn from are no reason to be refused a plan, when none at all are not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from world import NOW

HERE = "/w/north-bakery/"


def _bring_in(client, table, lines):
    looked = client.post(f"{HERE}settings/imports/", {"table": table, "file": SimpleUploadedFile("days.csv", "\n".join(lines).encode())})
    token = re.search(r'name="token" value="([0-9a-f]{32})"', looked.content.decode()).group(1)
    client.post(f"{HERE}settings/imports/confirm/", {"table": table, "token": token})


@pytest.mark.parametrize("days", [10, 40])
def test_a_plan_is_made_before_there_is_enough_to_learn_from_and_says_so(empty, browser_of, days):
    from quarterdeck.ledger.models import Job, Plan

    client = browser_of("Olena")
    client.post(f"{HERE}strategy/start/", {"from": "shop"})
    past = [NOW.date() - timedelta(days=back) for back in range(1, days + 1)]
    _bring_in(client, "spend", ["day,channel,cost", *(f"{day},search,{10 + day.day}" for day in past)])
    _bring_in(client, "outcomes", ["day,metric,value", *(f"{day},new_customers,{day.day}" for day in past)])

    client.post(f"{HERE}plan/make/")

    assert Job.objects.latest("pk").state == "done"
    assert Plan.objects.count() == 1
    assert "There is no reading of what brings new customers" in client.get(f"{HERE}plan/").content.decode()


def test_learning_itself_says_how_many_weeks_it_takes(empty, browser_of):
    client = browser_of("Olena")
    client.post(f"{HERE}strategy/start/", {"from": "shop"})
    past = [NOW.date() - timedelta(days=back) for back in range(1, 30)]
    _bring_in(client, "spend", ["day,channel,cost", *(f"{day},search,{10 + day.day}" for day in past)])
    _bring_in(client, "outcomes", ["day,metric,value", *(f"{day},new_customers,{day.day}" for day in past)])

    page = client.post(f"{HERE}results/learn/", follow=True).content.decode()

    assert "at least 8 weeks" in page
