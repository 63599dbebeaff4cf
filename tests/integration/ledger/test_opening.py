"""Opening a ledger: its tables are made once, however many begin at once, and a newer ledger is left alone."""

from __future__ import annotations

import os
from pathlib import Path
from signal import SIGKILL

import pytest
from child_jobs import open_dying_at_call, open_only
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quarterdeck.app.schema import bring_up_to_date
from quarterdeck.app.site import create_site, open_site
from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.site import Site

STEP = 1 if os.environ.get("QUARTERDECK_PROOF") else 7
"""Every call is tried in the long version, each seventh one else."""


def test_many_processes_may_open_a_new_site_in_the_same_second(tmp_path: Path, empty_database_url: str | None, start_process) -> None:
    folder = create_site(tmp_path / "shop", database_url=empty_database_url)
    jobs = [start_process(open_only, folder) for _ in range(6)]
    for _, pipe in jobs:
        assert pipe.recv() == "ready"

    for _, pipe in jobs:
        pipe.send("go")

    assert [pipe.recv() for _, pipe in jobs] == ["opened"] * 6
    open_site(folder)
    assert "ledger_action" in connection.introspection.table_names()


def test_a_kill_while_the_tables_are_made_leaves_a_site_that_opens(tmp_path: Path, empty_database_url: str | None, start_process) -> None:
    _, pipe = start_process(open_dying_at_call, create_site(tmp_path / "counted", database_url=empty_database_url), None)
    calls = pipe.recv()
    assert calls > 5

    for call in range(1, calls + 1, STEP):
        _take_tables_away(empty_database_url)
        folder = create_site(tmp_path / f"shop{call}", database_url=empty_database_url)
        process, _ = start_process(open_dying_at_call, folder, call)
        process.join()
        assert process.exitcode == -SIGKILL

        open_site(folder)

        assert {"ledger_action", "ledger_workspace", "django_migrations"} <= set(connection.introspection.table_names())


def _take_tables_away(database_url: str | None) -> None:
    import psycopg

    if database_url is not None:
        with psycopg.connect(database_url, autocommit=True) as server:
            server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def test_a_ledger_that_is_up_to_date_costs_one_query(ledger_site: Site) -> None:
    with CaptureQueriesContext(connection) as queries:
        bring_up_to_date(ledger_site)

    assert len(queries) == 1


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(ledger_site: Site) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_next_year', CURRENT_TIMESTAMP)")

    with pytest.raises(Refused, match="newer version of Quarterdeck"):
        bring_up_to_date(ledger_site)


def test_the_migrations_say_what_the_models_say(site: Site) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "ledger", check=True, dry_run=True, verbosity=0)


def test_a_database_that_does_not_answer_is_refused_without_showing_its_password(tmp_path: Path) -> None:
    folder = create_site(tmp_path / "shop", database_url="postgresql://ann:hunter2@127.0.0.1:1/ledger")

    with pytest.raises(Refused, match="cannot be opened") as refusal:
        open_site(folder)

    assert "hunter2" not in str(refusal.value)


def test_the_variable_goes_before_the_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = create_site(tmp_path / "shop")
    monkeypatch.setenv("QUARTERDECK_DATABASE_URL", "postgresql://ann@127.0.0.1:1/ledger")

    with pytest.raises(Refused, match=r"PostgreSQL, 127\.0\.0\.1:1"):
        open_site(folder)


def test_sqlite_waits_for_other_writers_and_forgets_no_commit_in_a_power_cut(site: Site) -> None:
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")}

    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30_000, "foreign_keys": 1}
    assert connection.transaction_mode == "IMMEDIATE"
