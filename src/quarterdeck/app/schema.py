"""bring_up_to_date: the ledger's tables as this version needs them, safe when many processes start in the same second."""

from __future__ import annotations

import contextlib
import pkgutil
import sqlite3
from collections.abc import Iterator
from importlib.util import find_spec

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.site import Site

_LOCK_NUMBER = 7_186_020_261
_WAIT_SECONDS = 120
Step = tuple[str, str]


def bring_up_to_date(site: Site) -> None:
    """Nothing to do costs one query. Raises Refused when the ledger is newer than this version, or cannot be reached."""
    _connect(site)
    wanted = _known_steps()
    if _missing(site, wanted):
        with _one_at_a_time(site):
            if _missing(site, wanted):
                _migrate()


def _connect(site: Site) -> None:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        place = (
            site.ledger_path if site.database_url is None else f"PostgreSQL, {connection.settings_dict['HOST']}:{connection.settings_dict['PORT']}"
        )
        raise Refused(
            f"The ledger cannot be opened ({place}): {str(error).strip()}.",
            fix="Check that the database runs and that this user may open it.",
            code="SITE-010",
        ) from error


def _known_steps() -> set[Step]:
    """Every migration of the installed apps, by the names of their files: importing them would cost more than all the rest."""
    from django.apps import apps

    steps: set[Step] = set()
    for config in apps.get_app_configs():
        spec = find_spec(f"{config.name}.migrations")
        folders = list(spec.submodule_search_locations or ()) if spec else []
        steps |= {(config.label, module.name) for module in pkgutil.iter_modules(folders) if module.name[0] not in "_~"}
    return steps


def _missing(site: Site, wanted: set[Step]) -> set[Step]:
    recorded = _recorded_steps()
    newer = sorted(name for app, name in recorded - wanted if app == "ledger")
    if newer:
        raise Refused(
            f"The ledger of {site.folder} was written by a newer version of Quarterdeck ({newer[-1]}).",
            fix="Update Quarterdeck, then open it again.",
            code="SITE-002",
        )
    return wanted - recorded


def _recorded_steps() -> set[Step]:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return set(cursor.fetchall())
    except DatabaseError:
        # No such table: nothing was recorded yet. If something else is wrong, the migration that follows says so.
        return set()


def _migrate() -> None:
    """All steps and the record of them in one transaction: a kill leaves the ledger as it was, never half-way."""
    from django.core.management import call_command
    from django.db import connection, transaction

    # SQLite can only stop watching foreign keys, which rebuilding a table needs, outside a transaction.
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        connection.check_constraints()


@contextlib.contextmanager
def _one_at_a_time(site: Site) -> Iterator[None]:
    """Holds a lock that the death of its holder releases."""
    if site.database_url is not None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])
        return
    # An empty database of its own is a lock file that works alike on every system.
    lock = sqlite3.connect(site.folder / ".opening", timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()
