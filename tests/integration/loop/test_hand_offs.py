"""Files for the people who carry out what was approved: nothing else is in them, and each thing in them has its receipt."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from loop_steps import FIRST_QUARTER, approve_all, make_plan, the_company

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.told import Told

FIRST_WEEK, FIFTH_WEEK = FIRST_QUARTER, date(2027, 2, 1)


def hand_over(company, folder: Path, week: date | None = None) -> Told:
    from quarterdeck.operations.company.export import export_part

    return export_part(company, "hand-offs", folder, week=week)


def rows_of(place: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(place.read_bytes().decode("utf-8-sig"), newline="")))


def test_every_key_of_every_file_has_a_receipt_that_names_the_file(site_at, tmp_path):
    from quarterdeck.ledger.models import Action, Receipt

    company = the_company(site_at("approved"))
    files = hand_over(company, tmp_path / "week").facts["files"]
    assert sorted(path.name for path in (tmp_path / "week").iterdir()) == sorted(files)
    assert any(name.endswith("google-ads-editor.csv") for name in files)
    for name, keys in files.items():
        assert keys
        for key in keys:
            action = Action.objects.get(workspace=company.workspace, key=key)
            assert [receipt.note for receipt in action.receipts.filter(how="handed_over")] == [name]
            assert action.state == "approved"  # handed over is not done
    before = Receipt.objects.count()
    hand_over(company, tmp_path / "week")
    assert Receipt.objects.count() == before


def test_the_ads_sheet_never_asks_for_more_than_was_approved(site_at, tmp_path):
    from quarterdeck.ledger.models import Action

    company = the_company(site_at("approved"))
    weeks = [date.fromordinal(FIRST_WEEK.toordinal() + 7 * n) for n in range(13)]
    seen = Decimal(0)
    for week in weeks:
        hand_over(company, tmp_path / week.isoformat(), week)
        sheet = tmp_path / week.isoformat() / f"{week.isoformat()}-google-ads-editor.csv"
        in_sheet = sum((Decimal(row["Campaign Daily Budget"]) * days(row) for row in rows_of(sheet) if row["Campaign Daily Budget"]), Decimal(0))
        approved = sum(action.cost for action in Action.objects.filter(kind="budget_line", state="approved", due_on=week, ref__startswith="search/"))
        assert approved - Decimal("0.07") * 3 <= in_sheet <= approved
        seen += in_sheet
    assert seen > 0


def days(row: dict[str, str]) -> int:
    return (date.fromisoformat(row["End Date"]) - date.fromisoformat(row["Start Date"])).days + 1


def test_a_newer_draft_of_the_plan_does_not_reach_a_file(site_at, tmp_path):
    company = the_company(site_at("four weeks later"))
    hand_over(company, tmp_path / "before", FIFTH_WEEK)
    make_plan(company)  # other amounts for the same weeks, approved by nobody
    hand_over(company, tmp_path / "after", FIFTH_WEEK)
    for file in (tmp_path / "before").iterdir():
        assert (tmp_path / "after" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("field", ["text", "title"])
def test_words_changed_after_the_approval_are_not_handed_over_until_they_are_approved(site_at, tmp_path, field):
    from quarterdeck.operations.strategy.save_strategy import current_strategy, save_strategy
    from quarterdeck.strategy.changes.patch import apply_changes

    company = the_company(site_at("approved"))
    strategy = current_strategy(company).strategy
    item = min(strategy.content.items, key=lambda item: (item.deliver.on, item.id))
    save_strategy(company, apply_changes(strategy, {f"content.items[{item.id}].{field}": "Everything is free today!"}))
    with pytest.raises(Refused, match="changed after they were approved"):
        hand_over(company, tmp_path / "week", item.deliver.on)
    assert not (tmp_path / "week").exists()

    make_plan(company)
    approve_all(company)
    hand_over(company, tmp_path / "week", item.deliver.on)
    assert any("Everything is free today!" in file.read_text(encoding="utf-8-sig") for file in (tmp_path / "week").iterdir())


def test_nothing_is_handed_over_before_the_approval_or_by_somebody_without_the_right(site_at, tmp_path):
    from quarterdeck.ledger.gateway.workspaces import set_role

    company = the_company(site_at("planned"))
    with pytest.raises(Refused, match="No plan is in force for the week of 4 January 2027"):
        hand_over(company, tmp_path / "week")
    set_role(company.workspace, "Vera", "viewer", now=company.now)
    viewer = replace(company, member=company.workspace.members.get(person="Vera"))
    with pytest.raises(Refused, match="may not do this"):
        hand_over(viewer, tmp_path / "week")
    assert not (tmp_path / "week").exists()


def test_without_a_week_the_first_open_one_is_handed_over(site_at, tmp_path):
    company = the_company(site_at("four weeks later"))
    assert hand_over(company, tmp_path / "week").facts["week"] == FIFTH_WEEK.isoformat()
