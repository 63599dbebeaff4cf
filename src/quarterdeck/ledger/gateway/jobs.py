"""Jobs: queued once a company, claimed once, ended once. Every step is one conditional update, so that nothing runs twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from quarterdeck.ledger.models import Job, Workspace

UNDER_WAY = (Job.State.QUEUED, Job.State.RUNNING)
_TRIES = 5


def queue_job(workspace: Workspace | None, *, kind: str, asks: Mapping[str, Any], by: str, now: datetime) -> tuple[Job, bool]:
    """The job, and whether this call queued it; the one under way in the company (or, without a company, for this person) when there is one."""
    for _ in range(_TRIES):
        found = job_under_way(workspace, by=by)
        if found is not None:
            return found, False
        try:
            with transaction.atomic():
                return Job.objects.create(workspace=workspace, kind=kind, asks=dict(asks), by=by, made_at=now), True
        except IntegrityError:
            continue  # another press came between, or the one that was found ended: look again
    raise RuntimeError("a job could be neither queued nor found")


def job_under_way(workspace: Workspace | None, *, by: str) -> Job | None:
    """What is queued or runs in the company; without a company, what this person asked for."""
    jobs = Job.objects.filter(state__in=UNDER_WAY)
    mine = jobs.filter(workspace__isnull=True, by=by) if workspace is None else jobs.filter(workspace=workspace)
    return mine.order_by("pk").first()


def next_queued() -> int | None:
    """The number of the job that waits longest, or None."""
    return Job.objects.filter(state=Job.State.QUEUED).order_by("made_at", "pk").values_list("pk", flat=True).first()


def claim_job(job_id: int, *, now: datetime) -> Job | None:
    """The job, if this call set it running; None when anybody did before."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(state=Job.State.RUNNING, started_at=now) == 1
    return Job.objects.select_related("workspace").get(pk=job_id) if claimed else None


def end_job(job_id: int, state: str, *, now: datetime, told: Sequence[str] = (), problem: str | None = None) -> bool:
    """Whether this call ended the running job."""
    return Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(state=Job.State(state), told=list(told), problem=problem, ended_at=now) == 1


def running_jobs() -> tuple[Job, ...]:
    """Jobs that are recorded as running; whether somebody works on them is for the caller to know."""
    return tuple(Job.objects.filter(state=Job.State.RUNNING).order_by("pk"))


def latest_job_of(workspace: Workspace) -> Job | None:
    """The newest job of the company, whatever became of it."""
    return Job.objects.select_related("workspace").filter(workspace=workspace).order_by("-pk").first()
