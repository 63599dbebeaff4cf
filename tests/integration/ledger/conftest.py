"""A company in the site, and processes that can be killed."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from child_jobs import NOW

from quarterdeck.operations.site import Site

Start = Callable[..., tuple[Any, Connection]]


@pytest.fixture
def bakery(ledger_site: Site) -> Any:
    """The workspace `bakery`, on each kind of database."""
    from quarterdeck.ledger.gateway.workspaces import add_workspace

    return add_workspace("bakery", name="North Bakery", currency="GBP", timezone="Europe/London", now=NOW)


@pytest.fixture
def start_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a job of `child_jobs` in a process of its own, which has everything slow imported; the process and our end of its pipe."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["warm_child"])
    monkeypatch.setenv(
        "PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep
    )  # where the server, which starts with the first process, finds it
    started: list[tuple[Any, Connection]] = []

    def start(job: Callable[..., None], *arguments: object) -> tuple[Any, Connection]:
        ours, theirs = context.Pipe()
        process = context.Process(target=job, args=(*arguments, theirs))
        process.start()
        theirs.close()
        started.append((process, ours))
        return process, ours

    yield start
    for process, pipe in started:
        process.kill()
        process.join()
        process.close()
        pipe.close()
