"""A plan is a function of its inputs: the same ones give the same bytes, in another process and in another site; changed ones are noticed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from loop_steps import NOW, OVERRULE, approve_all, copy_site, make_plan, newest_plan, the_company

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.told import tell_nobody
from quarterdeck.plan.quarter_plan import render_plan

PROGRAM = str(Path(sys.executable).with_name("quarterdeck"))


def test_the_same_plan_made_twice_is_one_plan(site_at):
    company = the_company(site_at("planned"))
    before = company.workspace.plans.get()
    make_plan(company)
    again = company.workspace.plans.get()
    assert again.pk == before.pk
    assert again.body == before.body


def test_another_process_with_other_hashes_makes_the_same_bytes(site_at):
    wanted = newest_plan(the_company(site_at("planned")))  # made in this process, fits and all
    site = site_at("started")
    environment = {**os.environ, "PYTHONHASHSEED": "4242"}
    planned = subprocess.run(
        [PROGRAM, "plan", "--overrule", OVERRULE, "--site", str(site.folder), "--json"], env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(planned.stdout)
    assert told["id"] == wanted.id
    assert render_plan(newest_plan(the_company(site))) == render_plan(wanted)


def test_a_restored_company_is_the_same_and_plans_the_same_to_the_byte(site_at, sqlite_template, tmp_path):
    from quarterdeck.operations.company.archive import archive_workspace, restore_workspace
    from quarterdeck.operations.company.export import export_part

    company = the_company(site_at("reviewed"))
    file = tmp_path / "shop.quarterdeck.zip"
    export_part(company, "workspace", file)
    before = contents(archive_workspace(company))
    make_plan(company)
    wanted = render_plan(newest_plan(company))

    elsewhere = copy_site(sqlite_template, tmp_path / "elsewhere")
    restore_workspace(elsewhere, file, owner="Somebody else", now=NOW)
    restored = the_company(elsewhere)
    assert restored.member.person == "Olena"  # the owner came along
    assert contents(archive_workspace(restored)) == before
    make_plan(restored)
    assert render_plan(newest_plan(restored)) == wanted


def contents(archive: bytes) -> dict[str, Any]:
    """What an archive says, without ids (rows are named by their place) and the audit log, which knows about exports."""
    import io

    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        body = json.loads(opened.read("workspace.json"))
        files = {name: opened.read(name) for name in opened.namelist() if name != "workspace.json"}
    places = {name: {row["id"]: n for n, row in enumerate(rows)} for name, rows in body["tables"].items()}
    model_of = {
        "plan_id": "Plan",
        "action_id": "Action",
        "review_id": "ReviewRecord",
        "correction_id": "Correction",
        "fit_id": "Fit",
        "parent_id": "Revision",
    }

    def plain(row: dict[str, Any]) -> dict[str, Any]:
        kept = {field: value for field, value in row.items() if field not in ("id", "workspace_id")}
        return {
            field: places[model_of[field]].get(value, value) if field in model_of and isinstance(value, int) else value
            for field, value in kept.items()
        }

    tables = {name: [plain(row) for row in rows] for name, rows in body["tables"].items() if name != "AuditEntry"}
    return {"format": body["format"], "workspace": plain(body["workspace"]), "tables": tables, "files": files}


def test_every_table_of_a_company_is_in_its_archive():
    from django.apps import apps

    from quarterdeck.ledger.models import Account, Authenticator, Job, RecoveryCode, SignInAttempt, Workspace
    from quarterdeck.operations.company.archive import _TABLES

    # Who may sign in belongs to the site and is secret; a job is work of this site's worker, and what it made is in the other tables.
    of_the_site = {Workspace, Account, Authenticator, RecoveryCode, SignInAttempt, Job}
    assert set(apps.get_app_config("ledger").get_models()) - of_the_site == {model for model, _ in _TABLES}


def test_the_same_company_gives_the_same_archive(site_at):
    from quarterdeck.operations.company.archive import archive_workspace

    company = the_company(site_at("reviewed"))
    assert archive_workspace(company) == archive_workspace(company)


def test_a_plan_is_stale_once_the_strategy_changed(site_at):
    from quarterdeck.operations.strategy.save_strategy import current_strategy, save_strategy
    from quarterdeck.strategy.changes.patch import apply_changes

    company = the_company(site_at("planned"))
    save_strategy(company, apply_changes(current_strategy(company).strategy, {"channels[search].spend.cap": "3200"}))
    require_stale(company, "the strategy was changed")
    make_plan(company, OVERRULE)
    approve_all(company)
    assert company.workspace.plans.get(number=2).approved_at is not None


def test_a_plan_is_stale_once_facts_came_in(site_at):
    from quarterdeck.operations.facts.import_facts import import_facts

    company = the_company(site_at("planned"))
    rows: dict[str, list[Any]] = {"day": [date(2026, 12, 1)], "name": ["rain"], "geo": [""], "value": [Decimal("3")]}
    import_facts(company.site, company.workspace, "context", rows, source="test", file_name="rain.csv", by="Olena", now=NOW)
    require_stale(company, "facts came in")


def require_stale(company, why: str) -> None:
    from quarterdeck.ledger.models import Action

    with pytest.raises(Refused, match=why) as refused:
        approve_all(company)
    assert refused.value.code == "PLAN-902"
    assert not Action.objects.exists()
    assert company.workspace.plans.get().approved_at is None


def test_a_restore_into_a_site_that_holds_the_company_is_refused_and_a_damaged_file_adds_nothing(site_at, sqlite_template, tmp_path):
    from quarterdeck.ledger.models import Workspace
    from quarterdeck.operations.company.add_company import add_company
    from quarterdeck.operations.company.export import export_part

    company = the_company(site_at("planned"))
    file = tmp_path / "shop.zip"
    export_part(company, "workspace", file)

    def restore(site, place: Path) -> None:
        add_company(site, name=None, currency="GBP", timezone="Europe/London", sample=None, restore=place, owner="Olena", now=NOW, tell=tell_nobody)

    with pytest.raises(Refused, match="in this site already"):
        restore(company.site, file)

    elsewhere = copy_site(sqlite_template, tmp_path / "elsewhere")
    for name, damaged in damaged_copies(file.read_bytes()).items():
        place = tmp_path / f"{name}.zip"
        place.write_bytes(damaged)
        with pytest.raises(Refused):
            restore(elsewhere, place)
        assert not Workspace.objects.exists(), name


def damaged_copies(whole: bytes) -> dict[str, bytes]:
    import io

    def repacked(change: dict[str, bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                content = change.get(name, old.read(name))
                if content is not None:
                    new.writestr(name, content)
            for name, content in (extra or {}).items():
                new.writestr(name, content)
        return out.getvalue()

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        body = json.loads(archive.read("workspace.json"))
    broken_row = {**body, "tables": {**body["tables"], "Plan": [{**row, "workspace_id": 999} for row in body["tables"]["Plan"]]}}
    middle = len(whole) // 2
    return {
        "cut-off": whole[:middle],
        "a-flipped-byte": whole[:200] + bytes([whole[200] ^ 0xFF]) + whole[201:],
        "not-a-zip": b"PK but not really",
        "no-workspace": repacked({"workspace.json": None}),
        "a-list": repacked({"workspace.json": b"[]"}),
        "no-tables": repacked({"workspace.json": json.dumps({"format": 1, "workspace": body["workspace"]}).encode()}),
        "a-lost-row": repacked({"workspace.json": json.dumps(broken_row).encode()}),
        "another-format": repacked({"workspace.json": json.dumps({**body, "format": 99}).encode()}),
        "a-way-out": repacked({}, {"lake/../../../escaped.txt": b"out"}),
        "a-slug-with-a-way-out": repacked({"workspace.json": json.dumps({**body, "workspace": {**body["workspace"], "slug": "../../out"}}).encode()}),
    }
