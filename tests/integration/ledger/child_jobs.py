"""What the tests run in processes of their own: each opens the site by itself, says that it is ready, and acts."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
ROWS = 60


def spend_rows(number: int) -> dict[str, list[Any]]:
    """Sixty days of spend that no other number has."""
    first = date(2020, 1, 1) + timedelta(days=number * ROWS)
    return {
        "day": [first + timedelta(days=i) for i in range(ROWS)],
        "channel": ["search"] * ROWS,
        "currency": ["GBP"] * ROWS,
        "cost": [Decimal(i + 1) for i in range(ROWS)],
    }


def import_number(folder: Path, number: int) -> str:
    """Imports `spend_rows(number)`; the sentence of the import."""
    from quarterdeck.ledger.gateway.workspaces import find_workspace
    from quarterdeck.operations.facts.import_facts import import_facts

    site = _open(folder)
    return import_facts(
        site, find_workspace("bakery"), "spend", spend_rows(number), source="test", file_name=f"spend-{number}.csv", by="Ann", now=NOW
    ).sentence


def open_only(folder: Path, ready: Connection) -> None:
    """Opens the site when told to."""
    ready.send("ready")
    ready.recv()
    try:
        _open(folder)
        ready.send("opened")
    except Exception as error:  # the test looks at it
        ready.send(repr(error))


def open_dying_at_call(folder: Path, call: int | None, ready: Connection) -> None:
    """Opens the site, and is killed as the given call about the record of migrations begins; sends how many there were."""
    ready.send(_count(("migrations/recorder.py",), "call", call, lambda: _open(folder)))


def open_without_rights(folder: Path, ready: Connection) -> None:
    """Opens the site as a user who is nobody (root may write anywhere); sends what was said."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        _open(folder)
        ready.send("opened")
    except Exception as error:  # the test looks at it
        ready.send(repr(error))


def import_when_told(folder: Path, number: int, ready: Connection) -> None:
    """Imports when told to; sends the sentence."""
    _open(folder)
    ready.send("ready")
    ready.recv()
    ready.send(import_number(folder, number))


def claim_when_told(folder: Path, action_id: int, ready: Connection) -> None:
    """Tries to claim version 2 of an approved action when told to; sends whether it did."""
    _open(folder)
    from quarterdeck.ledger.gateway.actions import claim_action

    ready.send("ready")
    ready.recv()
    ready.send(claim_action(action_id, "approved", "claimed", 2, now=NOW))


def import_dying_at_line(folder: Path, number: int, line: int | None, ready: Connection) -> None:
    """Imports, and is killed before the given line of our code (counted as they are run); sends how many lines there were."""
    _open(folder)
    ready.send(
        _count(
            ("lake/load_file.py", "lake/durable.py", "gateway/loads.py", "gateway/audit.py", "operations/facts/import_facts.py"),
            "line",
            line,
            lambda: import_number(folder, number),
        )
    )


def create_dying_at_line(folder: Path, line: int | None, ready: Connection) -> None:
    """Makes a site, and is killed before the given line; sends how many lines there were."""
    from quarterdeck.app.site import create_site

    ready.send(_count(("app/site.py", "app/site_folder.py", "lake/durable.py"), "line", line, lambda: create_site(folder)))


def _count(files: tuple[str, ...], what: str, deadly: int | None, act: Callable[[], object]) -> int:
    """How many lines or calls of `files` there were; never comes back from the deadly one."""
    count = 0

    def on_event(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if event == what:
            count += 1
            if count == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_event

    def on_call(frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        # Comprehensions run as often as there are loads; without them every import has the same lines.
        return on_event(frame, event, argument) if code.co_filename.endswith(files) and not code.co_name.startswith("<") else None

    sys.settrace(on_call)
    try:
        act()
    finally:
        sys.settrace(None)
    return count


def _open(folder: Path) -> Any:
    from quarterdeck.app.site import open_site

    return open_site(folder)
