"""run_job, clear_up_after_worker: a queued job done once; what a worker that went away left behind is said plainly."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from quarterdeck.kernel.problems import QuarterdeckError, Refused
from quarterdeck.ledger.gateway.jobs import claim_job, end_job, next_queued, running_jobs
from quarterdeck.ledger.models import Job
from quarterdeck.operations.context import open_context
from quarterdeck.operations.jobs.job_kinds import KINDS, SAMPLE, make_sample_company
from quarterdeck.operations.jobs.progress import forget_all_progress, forget_progress, note_progress
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Told

Clock = Callable[[], datetime]
NOTHING_CHANGED = "It was interrupted: the program that did it went away. Nothing was changed; start it again."
FINISHED_IS_KEPT = "It was interrupted: the program that did it went away. What it had finished by then is kept and is not done twice; nothing else was changed. Start it again."
UNEXPECTED = "Something went wrong that Quarterdeck did not expect. What was recorded before is as it was. The server's log says what happened; start it again."
_log = logging.getLogger("quarterdeck.jobs")


class _TakenAway(Exception):
    """Somebody else ended the job meanwhile: what was done for it must not stand."""


def run_next(site: Site, *, clock: Clock) -> bool:
    """Whether there was a job to do. It is over when this returns."""
    job_id = next_queued()
    return job_id is not None and run_job(site, job_id, clock=clock)


def run_job(site: Site, job_id: int, *, clock: Clock) -> bool:
    """Whether this call did the job: done, or refused in a sentence. Only what ends the program (a signal) comes through, with the job interrupted."""
    job = claim_job(job_id, now=clock())
    if job is None:
        return False
    try:
        _do(site, job, clock)
    except _TakenAway:
        _log.warning("job %s was ended by somebody else while it ran", job_id)
    except QuarterdeckError as refusal:
        end_job(job_id, Job.State.REFUSED, now=clock(), problem=str(refusal))
    except Exception:
        _log.exception("job %s (%s) failed", job_id, job.kind)
        end_job(job_id, Job.State.REFUSED, now=clock(), problem=UNEXPECTED)
    except BaseException:
        end_job(job_id, Job.State.INTERRUPTED, now=clock(), problem=_left(job.kind))
        raise
    finally:
        forget_progress(site, job_id)
    return True


def clear_up_after_worker(site: Site, *, clock: Clock) -> int:
    """How many jobs nobody works on any more were marked as interrupted. Only for the one worker of a site, before its first job."""
    forget_all_progress(site)
    return sum(end_job(job.pk, Job.State.INTERRUPTED, now=clock(), problem=_left(job.kind)) for job in running_jobs())


def _do(site: Site, job: Job, clock: Clock) -> None:
    if not _is_whole(job.kind):
        told = _call(site, job, clock)
        end_job(job.pk, Job.State.DONE, now=clock(), told=told.sentences)
        return
    with transaction.atomic():
        told = _call(site, job, clock)
        if not end_job(job.pk, Job.State.DONE, now=clock(), told=told.sentences):
            raise _TakenAway


def _call(site: Site, job: Job, clock: Clock) -> Told:
    def tell(doing: str) -> None:
        note_progress(site, job.pk, doing)

    if job.kind == SAMPLE:
        return make_sample_company(site, job.by, job.asks, tell, now=clock())
    if not job.workspace.members.filter(person=job.by).exists():
        raise Refused(f"{job.by}, who started it, does not belong to {job.workspace.name} any more.", fix="Start it again.", code="ROLE-002")
    context = open_context(site, job.workspace.slug, job.by, now=clock())
    return KINDS[job.kind].run(context, job.asks, tell)


def _is_whole(kind: str) -> bool:
    return kind == SAMPLE or KINDS[kind].whole


def _left(kind: str) -> str:
    return NOTHING_CHANGED if kind == SAMPLE or kind not in KINDS or KINDS[kind].whole else FINISHED_IS_KEPT
