"""Sites to test on: `site` (SQLite), and `ledger_site` which runs a test on SQLite and on PostgreSQL, never skipping either."""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from quarterdeck.operations.site import Site

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Database:
    """An empty ledger to copy: a folder, and for PostgreSQL the server and the name of the database."""

    kind: str
    template: Path
    server: str | None = None
    name: str | None = None


@pytest.fixture(autouse=True)
def _no_site_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTERDECK_SITE", raising=False)
    monkeypatch.delenv("QUARTERDECK_DATABASE_URL", raising=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server; the test fails with what to install when there is none."""
    script = _postgres_script()
    if named := os.environ.get(script.URL_VARIABLE):
        yield named
        return
    try:
        cluster = script.start_cluster()
    except script.NoPostgres as problem:
        pytest.fail(str(problem), pytrace=False)
    yield cluster.url
    cluster.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was opened once; never opened again, only copied."""
    return _make_template(tmp_path_factory.mktemp("template") / "site", None)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty ledger on each kind of database."""
    if request.param == "sqlite":
        yield Database("sqlite", request.getfixturevalue("sqlite_template"))
        return
    server = request.getfixturevalue("postgres_server")
    name = f"qd_{secrets.token_hex(6)}"
    _administer(server, f"CREATE DATABASE {name}")
    yield Database("postgresql", _make_template(tmp_path_factory.mktemp("template") / "site", _with_name(server, name)), server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """An open, empty site on SQLite."""
    yield from _open_copy(Database("sqlite", sqlite_template), tmp_path / "site")


@pytest.fixture
def ledger_site(database: Database, tmp_path: Path) -> Iterator[Site]:
    """An open, empty site; the test runs once on SQLite and once on PostgreSQL."""
    yield from _open_copy(database, tmp_path / "site")


@pytest.fixture
def empty_database_url(database: Database) -> Iterator[str | None]:
    """A database without any table: None for SQLite (a new site's own file), a URL for PostgreSQL."""
    if database.server is None:
        yield None
        return
    name = f"qd_{secrets.token_hex(6)}"
    _administer(database.server, f"CREATE DATABASE {name}")
    yield _with_name(database.server, name)
    _close_connections()
    _administer(database.server, f"DROP DATABASE {name} WITH (FORCE)")


def _open_copy(database: Database, folder: Path) -> Iterator[Site]:
    from quarterdeck.app.site import open_site

    shutil.copytree(database.template, folder)
    name = None
    if database.server is not None:
        name = f"qd_{secrets.token_hex(6)}"
        _administer(database.server, f"CREATE DATABASE {name} TEMPLATE {database.name}")
        (folder / "site.toml").write_text(f'format = 1\ndatabase = "{_with_name(database.server, name)}"\n')
    yield open_site(folder)
    _close_connections()
    if database.server is not None:
        _administer(database.server, f"DROP DATABASE {name} WITH (FORCE)")


def _make_template(folder: Path, database_url: str | None) -> Path:
    from quarterdeck.app.site import create_site, open_site

    open_site(create_site(folder, database_url=database_url))
    _close_connections()
    return folder


def _close_connections() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


def _administer(server: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql)


def _with_name(server: str, name: str) -> str:
    return f"{server.rpartition('/')[0]}/{name}"


def _postgres_script() -> ModuleType:
    name = "postgres_for_tests"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parents[1] / "scripts" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture
def in_threads() -> Callable[[list[Callable[[], object]]], list[object]]:
    """Runs functions at the same moment, each in a thread with connections of its own; their results (or exceptions) in order."""
    return _run_together


def _run_together(jobs: list[Callable[[], object]]) -> list[object]:
    from threading import Barrier, Thread

    results: list[object] = [None] * len(jobs)
    start = Barrier(len(jobs))

    def run(number: int) -> None:
        from django.db import connections

        start.wait()
        try:
            results[number] = jobs[number]()
        except Exception as error:  # the test looks at it
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
