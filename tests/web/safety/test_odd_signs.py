"""Signs that nobody types: they reach no view, and no company is called by them."""

from __future__ import annotations

import pytest


def test_nul_does_not_reach_a_view(played, browser_of):
    client = browser_of("Olena")

    searched = client.get("/w/harbour/settings/audit/?q=appr%00ove").content.decode()
    kept = client.post("/w/harbour/review/close/answer/", {"rule": "99", "answer": "x\x00y"})
    client.post("/w/harbour/review/lessons/", {"text": "Print\x00 is slow."})
    found = client.get("/w/harbour/review/lessons/?q=Print+is").content.decode()

    assert 'value="approve"' in searched
    assert kept.status_code < 500
    assert "Print is slow." in found


@pytest.mark.parametrize("name", ["", " ", "!!!", "a" * 201, "Two\nlines", "Bell\x07", "Right\u202eto left"])
def test_a_company_has_a_name_that_can_be_read(played, browser_of, name):
    from quarterdeck.ledger.models import Workspace

    client, companies = browser_of("Olena"), Workspace.objects.count()

    added = client.post("/companies/new/", {"name": name, "currency": "GBP", "timezone": "Europe/London"})
    renamed = client.post("/w/harbour/settings/", {"name": name, "timezone": "Europe/London"}) if name != "!!!" else added

    assert (added.status_code, renamed.status_code) == (422, 422)
    assert Workspace.objects.count() == companies
    assert Workspace.objects.get(slug="harbour").name == "Harbour Home & Garden"
