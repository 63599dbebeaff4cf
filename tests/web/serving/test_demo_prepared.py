"""The demo before it is served: one company ready, the other one's plan a job for the worker."""

from __future__ import annotations


def test_the_second_company_is_not_waited_for_and_its_plan_is_queued_once(empty, monkeypatch) -> None:
    from django.test import override_settings

    from quarterdeck.ledger.models import Job, Workspace
    from quarterdeck.operations.play import run_demo
    from quarterdeck.operations.told import tell_nobody
    from quarterdeck.web.pages import now

    planned = []
    monkeypatch.setattr(run_demo, "make_plan", lambda context, **_: planned.append(context.workspace.slug))

    with override_settings(QUARTERDECK_JOBS_AT_ONCE=False):
        told = [list(run_demo.prepare_demo(empty, only=None, now=now(), tell=tell_nobody)) for _ in range(2)]

    assert planned == ["harbour", "harbour"]  # no plan was saved, so it is made again
    assert "is ready: its first plan waits for your approval." in told[0][0].sentences[0]
    assert "while you look around" in told[0][1].sentences[0]
    waiting = Job.objects.get()  # asked for twice, queued once
    assert (waiting.workspace, waiting.kind, waiting.state) == (Workspace.objects.get(slug="retailer"), "plan", "queued")
