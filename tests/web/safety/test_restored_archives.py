"""A file that is brought back comes from outside: its rows must not speak for another company, person or file of this site."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

Body = dict[str, Any]


@pytest.fixture
def bring_back(played, browser_of) -> Callable[[Callable[[Body], object]], str]:
    """Brings back Harbour's own export under another short name, with an edit, as the owner of another company; the page that came of it."""
    archive = browser_of("Vera").get("/w/harbour/settings/backup/workspace/").content
    client = browser_of("Stranger")

    def bring(edit: Callable[[Body], object], *, extra: tuple[tuple[str, bytes], ...] = (), name: str = "copy.zip") -> str:
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
            body = json.loads(before.read("workspace.json"))
            body["workspace"]["slug"] = "copy"
            edit(body)
            after.writestr("workspace.json", json.dumps(body))
            for each in before.namelist():
                if each != "workspace.json":
                    after.writestr(each, before.read(each))
            for each, content in extra:
                after.writestr(each, content)
        answer = client.post("/companies/restore/", {"file": SimpleUploadedFile(name, written.getvalue())}, follow=True)
        return answer.content.decode()

    return bring


def test_a_true_copy_comes_back_and_belongs_to_who_brought_it(bring_back, browser_of):
    page = bring_back(lambda body: None)

    assert "is back" in page
    assert browser_of("Stranger").get("/w/copy/").status_code == 200


def test_people_who_sign_in_here_are_left_out_until_the_owner_adds_them(bring_back, browser_of):
    page = bring_back(lambda body: None)

    assert "Anna, Carl, Olena, Petra and Vera" in page
    assert browser_of("Olena").get("/w/copy/").status_code == 404


def test_a_person_without_an_account_here_comes_along(bring_back):
    from quarterdeck.ledger.models import Member

    bring_back(lambda body: body["tables"]["Member"][0].update(person="Nadia of Elsewhere", role="planner"))

    assert set(Member.objects.filter(workspace__slug="copy").values_list("person", "role")) == {
        ("Stranger", "owner"),
        ("Nadia of Elsewhere", "planner"),
    }


def _steal_strategy(body: Body) -> None:
    body["tables"]["Revision"][-1]["document"] = {}


def _steal_facts(body: Body) -> None:
    body["tables"]["Load"][0]["load_id"] = f"../../harbour/spend/{body['tables']['Load'][0]['load_id']}"


FORGERIES = {
    "a_revision_under_the_hash_of_another": _steal_strategy,
    "a_plan_under_the_id_of_another": lambda body: body["tables"]["Plan"][0].update(body="{}"),
    "a_review_under_the_hash_of_another": lambda body: body["tables"]["ReviewRecord"][0].update(body="{}"),
    "facts_of_another_company": _steal_facts,
    "facts_in_the_folder_of_another": lambda body: body["tables"]["Load"][0].update(table="../harbour/spend"),
    "a_fit_of_another_company": lambda body: body["tables"]["Fit"][0].update(hash="../../harbour/fits/x"),
    "a_line_of_the_sites_own_audit_log": lambda body: body["tables"]["AuditEntry"][0].update(workspace_id=None),
    "a_role_that_there_is_not": lambda body: body["tables"]["Member"][0].update(role="captain"),
    "a_person_without_a_name": lambda body: body["tables"]["Member"][0].update(person=" "),
    "a_time_zone_that_there_is_not": lambda body: body["workspace"].update(timezone="Mars/Base"),
    "a_currency_that_there_is_not": lambda body: body["workspace"].update(currency="pounds"),
    "a_name_that_is_a_list": lambda body: body["workspace"].update(name=["Copy"]),
    "a_short_name_that_is_no_folder": lambda body: body["workspace"].update(slug="con"),
    "rows_that_are_numbers": lambda body: body["tables"].update(Member=[5]),
    "no_rows_at_all": lambda body: body["tables"].update(Member=5),
    "a_strategy_that_cannot_be_read": lambda body: body["tables"].update(
        Revision=[{**body["tables"]["Revision"][0], "document": {}, "hash": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}]
    ),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_archive_adds_nothing(bring_back, played, forge):
    from quarterdeck.ledger.models import AuditEntry, Workspace

    companies, lines = Workspace.objects.count(), AuditEntry.objects.filter(workspace=None).count()

    page = bring_back(forge)

    assert "No company was added." in page
    assert (Workspace.objects.count(), AuditEntry.objects.filter(workspace=None).count()) == (companies, lines)
    assert not (played.folder / "lake" / "copy").exists()
    assert not list((played.folder / "uploads").iterdir())
    assert str(played.folder) not in page


@pytest.mark.parametrize("name", ["lake/../../x", "lake/spend/../y", "lake/a/b/c", "lake//b", "lake/.hidden/x", f"lake/{'a' * 300}/b"])
def test_a_file_that_would_leave_its_folder_is_not_written(bring_back, name):
    assert "No company was added." in bring_back(lambda body: None, extra=((name, b"x"),))


def test_a_file_that_unpacks_to_very_much_is_refused(bring_back, monkeypatch):
    monkeypatch.setattr("quarterdeck.operations.company.add_by_browser.MOST_UNPACKED", 1_000_000)

    assert "unpacks to more than" in bring_back(lambda body: None)


@pytest.mark.parametrize("name", ["漢" * 120 + ".zip", "a" * 300, "\u202e.zip", "Ω.quarterdeck.zip"])
def test_any_name_of_a_file_will_do(bring_back, name):
    assert "is back" in bring_back(lambda body: None, name=name)
