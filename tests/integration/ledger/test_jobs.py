"""Background jobs: queued once, done once, and said plainly when they cannot be done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from child_jobs import NOW

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.jobs import claim_job, end_job, queue_job
from quarterdeck.ledger.gateway.workspaces import set_role
from quarterdeck.ledger.models import AuditEntry, Job, Workspace
from quarterdeck.operations.context import Context, open_context
from quarterdeck.operations.jobs.job_kinds import KINDS, Kind
from quarterdeck.operations.jobs.jobs import latest_job, look_at_job, look_at_own_job, start_job, start_sample
from quarterdeck.operations.jobs.progress import note_progress, read_progress
from quarterdeck.operations.jobs.run_job import NOTHING_CHANGED, UNEXPECTED, clear_up_after_worker, run_job, run_next
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Told

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def context(ledger_site: Site, bakery: Workspace) -> Context:
    """Olena, the owner of the bakery."""
    set_role(bakery, "Olena", "owner", now=NOW)
    return open_context(ledger_site, "bakery", "Olena", now=NOW)


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch):
    """Makes `fit` do something else."""

    def set_kind(run, *, whole: bool = False) -> None:
        monkeypatch.setitem(KINDS, "fit", Kind("fit_response", run, whole))

    return set_kind


def _clock():
    return LATER


def test_two_presses_give_one_job(context: Context, in_threads) -> None:
    found = in_threads([lambda: start_job(context, "plan"), lambda: start_job(context, "fit"), lambda: start_job(context, "plan")])

    assert {job.id for job in found} == {Job.objects.get().pk}
    assert found[0].state == "queued"
    assert found[0].is_under_way


def test_a_job_is_claimed_once(context: Context, in_threads) -> None:
    job = start_job(context, "plan")

    claimed = in_threads([lambda: claim_job(job.id, now=NOW)] * 6)

    assert [found is None for found in claimed].count(False) == 1


def test_whoever_may_not_do_it_cannot_queue_it(context: Context, bakery: Workspace) -> None:
    set_role(bakery, "Vera", "viewer", now=NOW)

    with pytest.raises(Refused, match="may not do this"):
        start_job(open_context(context.site, "bakery", "Vera", now=NOW), "plan")

    assert not Job.objects.exists()


def test_progress_is_read_while_the_ledger_is_being_written(context: Context, kind) -> None:
    seen = []

    def run(context, asks, tell):
        tell("Sharing out the work")
        seen.append(look_at_job(context, job.id))
        return Told(["All of it is done."])

    kind(run, whole=True)
    job = start_job(context, "fit")

    assert run_next(context.site, clock=_clock)

    assert (seen[0].state, seen[0].doing) == ("running", "Sharing out the work")
    done = look_at_job(context, job.id)
    assert (done.state, done.told, done.doing, done.ended_at) == ("done", ("All of it is done.",), None, LATER)
    assert read_progress(context.site, job.id) is None
    assert not run_next(context.site, clock=_clock)


def test_a_refusal_is_a_sentence(context: Context) -> None:
    job = start_job(context, "plan")

    run_job(context.site, job.id, clock=_clock)

    refused = latest_job(context)
    assert refused.state == "refused"
    assert "strategy" in refused.problem


def test_what_nobody_expected_goes_to_the_log_and_not_to_the_page(context: Context, kind, caplog) -> None:
    def run(context, asks, tell):
        raise ZeroDivisionError("secret detail")

    kind(run)
    job = start_job(context, "fit")

    run_job(context.site, job.id, clock=_clock)

    assert look_at_job(context, job.id).problem == UNEXPECTED
    assert "secret detail" in caplog.text


def test_a_program_that_ends_takes_back_what_is_not_finished(context: Context, bakery: Workspace, kind) -> None:
    def run(context, asks, tell):
        record_audit(bakery, who="Olena", verb="half", what="done", now=NOW)
        raise SystemExit

    kind(run, whole=True)
    job = start_job(context, "fit")

    with pytest.raises(SystemExit):
        run_job(context.site, job.id, clock=_clock)

    assert (look_at_job(context, job.id).state, look_at_job(context, job.id).problem) == ("interrupted", NOTHING_CHANGED)
    assert not AuditEntry.objects.filter(verb="half").exists()
    assert start_job(context, "fit").id != job.id


def test_work_for_a_job_that_was_ended_meanwhile_does_not_stand(context: Context, bakery: Workspace, kind) -> None:
    def run(context, asks, tell):
        record_audit(bakery, who="Olena", verb="late", what="done", now=NOW)
        end_job(job.id, "interrupted", now=NOW, problem=NOTHING_CHANGED)
        return Told(["Done."])

    kind(run, whole=True)
    job = start_job(context, "fit")

    run_job(context.site, job.id, clock=_clock)

    assert not AuditEntry.objects.filter(verb="late").exists()


def test_what_a_lost_worker_left_running_can_be_started_again(context: Context) -> None:
    job = start_job(context, "next_week")
    claim_job(job.id, now=NOW)
    note_progress(context.site, job.id, "Week 1 of 1 passes")

    assert clear_up_after_worker(context.site, clock=_clock) == 1

    left = look_at_job(context, job.id)
    assert (left.state, left.problem, left.doing) == ("interrupted", NOTHING_CHANGED, None)
    assert list((context.site.folder / "progress").iterdir()) == []
    assert start_job(context, "next_week").id != job.id


def test_a_job_is_seen_by_its_company_alone(context: Context, ledger_site: Site) -> None:
    from quarterdeck.ledger.gateway.workspaces import add_workspace

    other = add_workspace("mill", name="Mill", currency="GBP", timezone="Europe/London", now=NOW)
    foreign, _ = queue_job(other, kind="plan", asks={}, by="Miller", now=NOW)

    assert look_at_job(context, foreign.pk) is None
    assert look_at_own_job(ledger_site, "Olena", foreign.pk) is None


def test_a_sample_is_made_by_a_job_that_belongs_to_the_person(ledger_site: Site) -> None:
    job = start_sample(ledger_site, person="Olena", name="small_shop", now=NOW)
    again = start_sample(ledger_site, person="Olena", name="small_shop", now=NOW)

    assert again.id == job.id
    assert run_next(ledger_site, clock=_clock)

    assert look_at_own_job(ledger_site, "Olena", job.id).state == "done"
    assert look_at_own_job(ledger_site, "Vera", job.id) is None
    assert open_context(ledger_site, "small-shop", "Olena", now=NOW).member.role == "owner"
    with pytest.raises(Refused, match="already"):
        start_sample(ledger_site, person="Olena", name="small_shop", now=NOW)
    with pytest.raises(Refused, match="may not add"):
        start_sample(ledger_site, person="Vera", name="harbour", now=NOW)


def test_jobs_can_be_done_at_once(context: Context, kind, settings_changed) -> None:
    kind(lambda context, asks, tell: Told(["Done at once."]))
    settings_changed(QUARTERDECK_JOBS_AT_ONCE=True)

    assert start_job(context, "fit").told == ("Done at once.",)


@pytest.fixture
def settings_changed():
    """Changes Django's settings for one test."""
    from django.test import override_settings

    changes = []

    def change(**named: object) -> None:
        changes.append(override_settings(**named))
        changes[-1].enable()

    yield change
    for change in changes:
        change.disable()
