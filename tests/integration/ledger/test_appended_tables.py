"""What the ledger says is added to and never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from child_jobs import NOW
from django.db.models import ProtectedError

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger import models

HASH = "a" * 64


def _revision(bakery: models.Workspace) -> models.Revision:
    return models.Revision.objects.create(workspace=bakery, number=1, document={}, text="", hash=HASH, author="Ann", made_at=NOW)


def _draft(bakery: models.Workspace) -> models.Draft:
    return models.Draft.objects.create(workspace=bakery, slug="d", name="D", based_on=_revision(bakery), by="Ann", made_at=NOW)


def _draft_revision(bakery: models.Workspace) -> models.DraftRevision:
    return models.DraftRevision.objects.create(draft=_draft(bakery), number=1, document={}, text="", hash=HASH, author="Ann", made_at=NOW)


def _draft_plan(bakery: models.Workspace) -> models.DraftPlan:
    return models.DraftPlan.objects.create(draft=_draft(bakery), quarter=date(2027, 1, 4), plan_id=HASH, body="{}", by="Ann", made_at=NOW)


def _draft_reopening(bakery: models.Workspace) -> models.DraftReopening:
    return models.DraftReopening.objects.create(draft=_draft(bakery), number=1, by="Ann", made_at=NOW)


def _share(bakery: models.Workspace) -> models.Share:
    return models.Share.objects.create(
        workspace=bakery, revision=_revision(bakery), paper="report", for_whom="Eve", nonce="n", by="Ann", made_at=NOW, expires_at=NOW
    )


def _share_reply(bakery: models.Workspace) -> models.ShareReply:
    return models.ShareReply.objects.create(share=_share(bakery), kind="comment", name="Eve", text="T", made_at=NOW)


def _load(bakery: models.Workspace) -> models.Load:
    return models.Load.objects.create(
        workspace=bakery, load_id=HASH, table="spend", sequence=1, source="x", file_name="x.csv", rows=1, file_sha256=HASH, by="Ann", made_at=NOW
    )


def _fit(bakery: models.Workspace) -> models.Fit:
    return models.Fit.objects.create(
        workspace=bakery, metric="orders", hash=HASH, file="x.qdc", snapshot=HASH, seed=1, holdout={}, is_trusted=False, made_at=NOW
    )


def _overrule(bakery: models.Workspace) -> models.Overrule:
    return models.Overrule.objects.create(workspace=bakery, fit=_fit(bakery), reason="I know this shop", by="Ann", made_at=NOW)


def _plan(bakery: models.Workspace) -> models.Plan:
    return models.Plan.objects.create(
        workspace=bakery, quarter=date(2027, 1, 4), number=1, plan_id=HASH, body="{}", as_of=date(2027, 1, 3), made_at=NOW
    )


def _work_log_line(bakery: models.Workspace) -> models.WorkLogLine:
    return models.WorkLogLine.objects.create(
        workspace=bakery, ref="t", kind="task", event="done", on=date(2027, 1, 4), recorded_by="Ann", made_at=NOW
    )


def _action(bakery: models.Workspace) -> models.Action:
    return models.Action.objects.create(
        workspace=bakery, key="task/t", kind="task", ref="t", title="T", wants={}, content=HASH, due_on=date(2027, 1, 8), made_at=NOW, changed_at=NOW
    )


def _approval(bakery: models.Workspace) -> models.Approval:
    return models.Approval.objects.create(action=_action(bakery), decision="approve", by="Ann", content=HASH, made_at=NOW)


def _attempt(bakery: models.Workspace) -> models.Attempt:
    return models.Attempt.objects.create(action=_action(bakery), number=1, by="worker", started_at=NOW)


def _receipt(bakery: models.Workspace) -> models.Receipt:
    return models.Receipt.objects.create(action=_action(bakery), key="k", how="market", at=NOW, by="worker")


def _review(bakery: models.Workspace) -> models.ReviewRecord:
    return models.ReviewRecord.objects.create(workspace=bakery, quarter=date(2027, 1, 4), as_of=date(2027, 1, 10), body="{}", hash=HASH, made_at=NOW)


def _correction(bakery: models.Workspace) -> models.Correction:
    return models.Correction.objects.create(review=_review(bakery), key="c", title="C", changes={})


def _lesson(bakery: models.Workspace) -> models.Lesson:
    return models.Lesson.objects.create(workspace=bakery, text="L", by="Ann", made_at=NOW)


def _audit(bakery: models.Workspace) -> models.AuditEntry:
    return models.AuditEntry.objects.create(workspace=bakery, at=NOW, who="Ann", verb="see", what="it")


MAKERS: dict[str, tuple[Callable[[models.Workspace], Any], str, Any]] = {
    "Revision": (_revision, "text", "other"),
    "Draft": (_draft, "name", "other"),
    "DraftReopening": (_draft_reopening, "by", "Bob"),
    "DraftRevision": (_draft_revision, "text", "other"),
    "DraftPlan": (_draft_plan, "body", "[]"),
    "Share": (_share, "for_whom", "Bob"),
    "ShareReply": (_share_reply, "text", "other"),
    "Load": (_load, "rows", 2),
    "Fit": (_fit, "is_trusted", True),
    "Overrule": (_overrule, "reason", "other"),
    "Plan": (_plan, "body", "[]"),
    "WorkLogLine": (_work_log_line, "event", "started"),
    "Approval": (_approval, "decision", "refuse"),
    "Attempt": (_attempt, "started_at", NOW),
    "Receipt": (_receipt, "how", "handed_over"),
    "ReviewRecord": (_review, "body", "[]"),
    "Correction": (_correction, "changes", {"a": 1}),
    "Lesson": (_lesson, "text", "other"),
    "AuditEntry": (_audit, "who", "Bob"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_written_row_cannot_be_saved_updated_or_deleted(bakery: models.Workspace, name: str) -> None:
    make, field, other = MAKERS[name]
    row = make(bakery)
    table, before = type(row).objects, getattr(row, field)
    setattr(row, field, other)

    for change in (
        row.save,
        row.delete,
        table.all().delete,
        lambda: table.all().update(**{field: other}),
        lambda: table.bulk_update([row], [field]),
        lambda: table.bulk_create([row], update_conflicts=True, update_fields=[field], unique_fields=["id"]),
    ):
        with pytest.raises(Refused, match="stays as it was written"):
            change()

    assert getattr(table.get(), field) == before


def test_every_table_that_only_grows_is_tried_above() -> None:
    from django.apps import apps

    from quarterdeck.ledger.models.appended import Appended

    assert set(MAKERS) == {model.__name__ for model in apps.get_models() if issubclass(model, Appended)}


def test_a_field_that_waits_for_a_value_is_filled_one_time(bakery: models.Workspace) -> None:
    load = _load(bakery)

    assert models.Load.objects.filter(pk=load.pk).update(dropped_at=NOW) == 1
    assert models.Load.objects.filter(pk=load.pk).update(dropped_at=None) == 0

    assert models.Load.objects.get().dropped_at == NOW


def test_a_company_with_a_history_cannot_be_deleted(bakery: models.Workspace) -> None:
    _revision(bakery)

    with pytest.raises(ProtectedError):
        bakery.delete()
