"""start_job, look_at_job, latest_job: long work that somebody asks for in the cockpit and a worker does in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.jobs import UNDER_WAY, latest_job_of, queue_job
from quarterdeck.ledger.models import Job, Member, Workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.jobs.job_kinds import KINDS, SAMPLE
from quarterdeck.operations.jobs.progress import read_progress
from quarterdeck.operations.jobs.run_job import run_job
from quarterdeck.operations.play.load_sample import SAMPLES
from quarterdeck.operations.site import Site


@dataclass(frozen=True)
class JobView:
    """A job as it stands: `doing` while it runs, `told` when it is done, `problem` when it was refused or interrupted."""

    id: int
    kind: str
    state: str
    by: str
    company: str | None
    """Short name of the company that it belongs to; None for one that makes a company."""
    asks: Mapping[str, Any]
    doing: str | None
    told: tuple[str, ...]
    problem: str | None
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in UNDER_WAY


def start_job(context: Context, kind: str, asks: Mapping[str, Any] | None = None) -> JobView:
    """The job, queued; the one under way in this company instead, when there is one. Raises Refused when the person may not, KeyError for no kind."""
    if kind == SAMPLE:
        return start_sample(context.site, person=context.member.person, name=str((asks or {})["name"]), now=context.now)
    context.require(KINDS[kind].permission)
    job, is_new = queue_job(context.workspace, kind=kind, asks=asks or {}, by=context.member.person, now=context.now)
    return _started(context.site, job, is_new=is_new, now=context.now)


def start_sample(site: Site, *, person: str, name: str, now: datetime) -> JobView:
    """The job that makes a sample company for `person`. Raises Refused for an unknown or existing sample, or a person who owns no company here."""
    if name not in SAMPLES:
        raise Refused(f"There is no sample company “{name}”.", fix=f"Choose one of {', '.join(SAMPLES)}.", code="SAMPLE-001")
    if Workspace.objects.filter(slug=name.replace("_", "-")).exists():
        raise Refused("This sample company is in the site already.", fix="Open it, or ask an owner of it to let you in.", code="SAMPLE-002")
    if Workspace.objects.exists() and not Member.objects.filter(person=person, role=Member.Role.OWNER).exists():
        raise Refused(f"{person} may not add a company to this site.", fix="Ask somebody who owns a company here.", code="LEDGER-020")
    job, is_new = queue_job(None, kind=SAMPLE, asks={"name": name}, by=person, now=now)
    return _started(site, job, is_new=is_new, now=now)


def look_at_job(context: Context, job_id: int) -> JobView | None:
    """How the job of this company stands; None when there is no such job here."""
    context.require("see")
    found = Job.objects.select_related("workspace").filter(pk=job_id, workspace=context.workspace).first()
    return None if found is None else _view(context.site, found)


def look_at_own_job(site: Site, person: str, job_id: int) -> JobView | None:
    """How a job that belongs to no company stands, for whoever started it; None for everybody else."""
    found = Job.objects.filter(pk=job_id, workspace__isnull=True, by=person).first()
    return None if found is None else _view(site, found)


def latest_job(context: Context) -> JobView | None:
    """The newest job of the company, whatever became of it; None when there was none."""
    context.require("see")
    found = latest_job_of(context.workspace)
    return None if found is None else _view(context.site, found)


def _started(site: Site, job: Job, *, is_new: bool, now: datetime) -> JobView:
    if is_new and getattr(settings, "QUARTERDECK_JOBS_AT_ONCE", False):  # tests, and whoever runs without a worker
        run_job(site, job.pk, clock=lambda: now)
        job.refresh_from_db()
    return _view(site, job)


def _view(site: Site, job: Job) -> JobView:
    return JobView(
        id=job.pk,
        kind=job.kind,
        state=str(job.state),
        by=job.by,
        company=job.workspace.slug if job.workspace else None,
        asks=job.asks,
        doing=read_progress(site, job.pk) if job.state == Job.State.RUNNING else None,
        told=tuple(job.told),
        problem=job.problem,
        made_at=job.made_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
    )
