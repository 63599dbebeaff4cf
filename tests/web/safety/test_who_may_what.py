"""What a form's fields may ask for, by role and by company."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


def _open_correction():
    from quarterdeck.ledger.models import Correction

    return Correction.objects.filter(review__workspace__slug="harbour", decision__isnull=True).first()


@pytest.mark.parametrize("decision", ["", "yes", "ACCEPT", "refuse "])
def test_a_decision_that_there_is_not_decides_nothing(played, browser_of, decision):
    correction = _open_correction()

    answer = browser_of("Anna").post(f"/w/harbour/review/corrections/{correction.pk}/decide/", {"decision": decision, "reason": "Because."})

    assert answer.status_code == 409
    assert _open_correction() == correction


def test_an_approver_changes_the_strategy_by_a_correction_and_by_nothing_else(played, browser_of):
    from quarterdeck.ledger.models import Revision

    client, before = browser_of("Anna"), Revision.objects.count()

    page = client.post(f"/w/harbour/review/corrections/{_open_correction().pk}/decide/", {"decision": "accept"}, follow=True).content.decode()
    undone = client.post("/w/harbour/strategy/undo/", {"revision": str(before + 1)})

    assert Revision.objects.count() == before + 1
    assert "strategy/undo" not in page
    assert undone.status_code == 403


@pytest.mark.parametrize("person", ["Vera", "Carl", "Petra"])
def test_who_may_not_decide_is_refused_whatever_the_fields_say(played, browser_of, person):
    correction = _open_correction()

    for address in (f"review/corrections/{correction.pk}/decide/", "do/decide/", "do/undo/", "plan/approve/", "do/in-force/"):
        assert browser_of(person).post(f"/w/harbour/{address}", {"decision": "accept", "role": "owner"}).status_code == 403, address
    assert _open_correction() == correction


def test_fields_of_a_job_are_not_taken_from_a_form(played, browser_of):
    from quarterdeck.ledger.models import Job

    browser_of("Petra").post("/w/harbour/plan/make/", {"seed": "99", "quarter": "1999-01-04", "leads_to": "x/", "by": "Olena"})

    job = Job.objects.latest("pk")
    assert (job.asks, job.by, job.kind) == ({}, "Petra", "plan")


def test_nothing_of_another_company_is_reached_by_its_number(played, browser_of):
    from quarterdeck.ledger.models import Action, Approval, Correction, Load, Workspace

    client, action, load = browser_of("Stranger"), Action.objects.filter(workspace__slug="harbour").first(), Load.objects.first()
    decided = Approval.objects.order_by("pk").first()
    forms = {
        "do/decide/": {"key": action.key, "content": action.content, "decision": "approve"},
        "do/undo/": {"first": str(decided.pk), "last": str(decided.pk)},
        "do/done/": {"key": action.key, "on": "2026-11-20"},
        "do/give-up/": {"key": action.key},
        "do/again/": {"key": action.key},
        f"review/corrections/{Correction.objects.first().pk}/decide/": {"decision": "refuse", "reason": "Because."},
        "settings/imports/drop/": {"load": load.load_id},
        "settings/people/remove/": {"person": "Vera"},
        "settings/people/role/": {"person": "Vera", "role": "owner"},
    }
    before = _everything()

    statuses = {address: client.post(f"/w/other-shop/{address}", fields).status_code for address, fields in forms.items()}

    assert {address: status for address, status in statuses.items() if status >= 500} == {}
    assert _everything() == before
    assert Workspace.objects.get(slug="other-shop").members.count() == 1


def test_only_owners_see_who_signs_in_with_a_password_alone(played, browser_of):
    seen = [browser_of(person).get("/w/harbour/settings/people/").content.decode() for person in ("Olena", "Vera")]

    assert ['<td class="dim">password</td>' in page for page in seen] == [True, False]


def test_a_file_with_a_name_of_a_path_stays_in_its_folder(played, browser_of):
    browser_of("Carl").post("/w/harbour/settings/imports/", {"table": "spend", "file": SimpleUploadedFile("..\\..\\site.toml", b"x")})

    kept = [file.name for folder in (played.folder / "uploads").iterdir() for file in folder.iterdir()]
    assert kept == ["site.toml"]
    assert (played.folder / "site.toml").read_text().startswith("# A Quarterdeck site")


def _everything():
    """Every row of Harbour that a decision would change."""
    from quarterdeck.ledger.models import Action, Approval, Correction, Load, Member

    return [
        list(model.objects.filter(**{way: "harbour"}).order_by("pk").values_list())
        for model, way in (
            (Action, "workspace__slug"),
            (Approval, "action__workspace__slug"),
            (Correction, "review__workspace__slug"),
            (Load, "workspace__slug"),
            (Member, "workspace__slug"),
        )
    ]
