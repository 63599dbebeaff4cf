"""Steps of the serving tests: waiting, and jobs that take a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

PATIENCE_SECONDS = 60
T = TypeVar("T")


def wait_for(look: Callable[[], T | None], what: str) -> T:
    """The first thing that `look` finds."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    pytest.fail(f"{what} did not come within {PATIENCE_SECONDS} seconds")


def queue_long_job(site, *, metric: str | None = None) -> int:
    """The number of a job of Harbour that takes some seconds: curves learned anew, with another seed than those that are there.

    `metric`: of one metric alone, so that it ends well within the time that a stop gives it, on a busy machine too.
    """
    from django.test import override_settings

    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.jobs.jobs import start_job
    from quarterdeck.web.pages import now

    with override_settings(QUARTERDECK_JOBS_AT_ONCE=False):
        return start_job(open_context(site, "harbour", "Olena", now=now()), "fit", {"seed": 7, "metric": metric}).id


def job_state(job_id: int) -> str:
    """Its state now."""
    from quarterdeck.ledger.models import Job

    return Job.objects.get(pk=job_id).state


def close_connections() -> None:
    """The site is left to the server."""
    from django.db import connections

    connections.close_all()
