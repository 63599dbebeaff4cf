"""`strategy from-facts`: imported files become a strategy file that can be saved, and what they do not tell is asked in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

DAYS = [date(2026, 1, 5) + timedelta(days=number) for number in range(140)]


@pytest.fixture
def company(call, tmp_path: Path) -> tuple[str, ...]:
    """A company that has imported spend and new customers, and has no strategy."""
    site = tmp_path / "site"
    assert call("init", site, "--name", "Pebblewick", "--currency", "GBP").code == 0
    spend, outcomes = tmp_path / "google_ads.csv", tmp_path / "till.csv"
    spend.write_text("\n".join(["day,channel,cost", *(f"{day},Google Ads,10.00" for day in DAYS)]), encoding="utf-8")
    outcomes.write_text("\n".join(["day,metric,value", *(f"{day},new_customers,{5 + day.weekday()}" for day in DAYS)]), encoding="utf-8")
    assert call("import", "spend", spend, "--site", site).code == 0
    assert call("import", "outcomes", outcomes, "--site", site).code == 0
    return ("--site", site)


def test_the_file_is_written_saved_and_shown(call, company, tmp_path):
    out = tmp_path / "strategy.yaml"

    written = call("strategy", "from-facts", "--out", out, *company, "--json")
    saved = call("strategy", "save", out, *company)

    assert written.code == saved.code == 0
    assert written.facts["origins"]["channels[google_ads]"]["how"] == "counted"
    shown = call("strategy", "show", *company).out
    assert "cap: 910" in shown and "name: Google ads" in shown and "target:" not in shown
    assert "What should new customers be" in shown


def test_without_a_file_it_is_printed_and_nothing_is_kept(call, company):
    printed = call("strategy", "from-facts", *company)
    assert printed.code == 0 and "kind: search_ads" in printed.out
    assert call("strategy", "show", *company).code == 1


def test_a_file_that_is_there_and_a_company_without_facts_are_refused(call, company, tmp_path):
    out = tmp_path / "mine.yaml"
    out.write_text("mine", encoding="utf-8")
    bare = tmp_path / "bare"
    call("init", bare, "--name", "Bare")

    assert "EXPORT-003" in call("strategy", "from-facts", "--out", out, *company).err
    assert out.read_text(encoding="utf-8") == "mine"
    assert "STRATEGY-960" in call("strategy", "from-facts", "--site", bare).err
