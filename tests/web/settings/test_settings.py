"""The company's own affairs in the browser: people, facts, what was done, backup, companies."""

from __future__ import annotations

import io
import re
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

SPEND = "day,channel,cost\n2026-11-02,search,182.40\n2026-11-03,search,90\n"


def upload(client, text, *, slug="harbour", **more):
    return client.post(f"/w/{slug}/settings/imports/", {"table": "spend", "file": SimpleUploadedFile("spend.csv", text.encode()), **more})


def token_of(page):
    return re.search(r'name="token" value="([0-9a-f]{32})"', page.content.decode()).group(1)


def loads():
    from quarterdeck.ledger.models import Load

    return Load.objects.filter(dropped_at__isnull=True).count()


def test_a_file_is_looked_at_first_and_counts_only_after_a_yes(empty, browser_of):
    client, before = browser_of("Carl"), loads()

    looked = upload(client, SPEND, slug="north-bakery")

    assert "2 rows of spend" in looked.content.decode()
    assert loads() == before

    done = client.post("/w/north-bakery/settings/imports/confirm/", {"token": token_of(looked), "table": "spend"}, follow=True)

    assert loads() == before + 1
    assert "2 rows" in done.content.decode()
    assert not list((empty.folder / "uploads").iterdir()), "the file is not kept after it came in"


def test_every_mistake_of_a_file_is_named_by_its_line_and_the_file_need_not_be_chosen_again(empty, browser_of):
    client, before = browser_of("Carl"), loads()

    wrong = upload(client, "day,channel,cost\n2027-02-01,search,abc\n2027-13-01,search,5\n", slug="north-bakery")

    page = wrong.content.decode()
    assert (wrong.status_code, loads()) == (422, before)
    assert "line 2" in page
    assert "line 3" in page
    assert token_of(wrong)


def test_a_confirm_without_a_file_says_so_and_changes_nothing(played, browser_of):
    client, before = browser_of("Carl"), loads()

    for token in ("", "../../ledger.sqlite3", "0" * 32):
        answer = client.post("/w/harbour/settings/imports/confirm/", {"token": token, "table": "spend"})
        assert answer.status_code == 409
    assert loads() == before


def test_an_import_is_taken_back_and_the_list_says_so(played, browser_of):
    from quarterdeck.ledger.models import Load

    client = browser_of("Petra")
    load = Load.objects.filter(workspace__slug="harbour", dropped_at__isnull=True).last()

    page = client.post("/w/harbour/settings/imports/drop/", {"load": load.load_id}, follow=True)

    load.refresh_from_db()
    assert load.dropped_at is not None
    assert "taken back" in page.content.decode()


def test_a_new_person_gets_a_password_that_is_shown_once(played, browser_of):
    client = browser_of("Olena")

    added = client.post("/w/harbour/settings/people/", {"person": "Nora", "role": "planner"}).content.decode()
    again = client.get("/w/harbour/settings/people/").content.decode()

    password = re.search(r'id="pw">([^<]+)<', added).group(1)
    assert password not in again
    assert "Nora" in again


def test_the_last_owner_stays_and_a_role_can_be_given_back(played, browser_of):
    client = browser_of("Olena")

    refused = client.post("/w/harbour/settings/people/role/", {"person": "Olena", "role": "viewer"})
    changed = client.post("/w/harbour/settings/people/role/", {"person": "Vera", "role": "planner"}, follow=True).content.decode()

    assert "only owner" in refused.content.decode()
    assert "Vera is planner" in changed
    assert 'name="role" value="viewer"' in changed, "the notice offers the way back"


def test_who_is_removed_sees_nothing_any_more(played, browser_of):
    browser_of("Olena").post("/w/harbour/settings/people/remove/", {"person": "Vera"})

    assert browser_of("Vera").get("/w/harbour/").status_code == 404


def test_a_company_is_added_by_an_owner_and_by_nobody_else(played, browser_of):
    wanted = {"name": "Second Shop", "currency": "eur", "timezone": "Europe/Berlin"}

    refused = browser_of("Vera").post("/companies/new/", wanted)
    added = browser_of("Olena").post("/companies/new/", wanted)

    assert "may not add a company" in refused.content.decode()
    assert added["Location"] == "/w/second-shop/strategy/"
    assert browser_of("Olena").get("/w/second-shop/").status_code == 200


def test_a_wrong_currency_is_explained_and_what_was_typed_stays(played, browser_of):
    page = browser_of("Olena").post("/companies/new/", {"name": "Second Shop", "currency": "E1", "timezone": "Mars/Base"})

    assert page.status_code == 422
    assert "three capital letters" in page.content.decode()
    assert 'value="Second Shop"' in page.content.decode()


def test_a_backup_holds_the_company_and_comes_back_in_another_site(played, browser_of, open_copy):
    archive = browser_of("Vera").get("/w/harbour/settings/backup/workspace/").content
    assert "workspace.json" in zipfile.ZipFile(io.BytesIO(archive)).namelist()

    open_copy("empty")
    client = browser_of("Olena")
    client.post("/companies/restore/", {"file": SimpleUploadedFile("harbour.zip", archive)})

    assert client.get("/w/harbour/").status_code == 200


def test_a_file_that_is_no_backup_is_refused_in_a_sentence(empty, browser_of):
    page = browser_of("Olena").post("/companies/restore/", {"file": SimpleUploadedFile("x.zip", b"not a zip")})

    assert page.status_code == 422
    assert "is not a company that Quarterdeck exported" in page.content.decode()


def test_what_was_done_can_be_searched(played, browser_of):
    page = browser_of("Vera").get("/w/harbour/settings/audit/", {"q": "approve"}).content.decode()

    assert "approve" in page


def test_names_are_written_as_they_are_and_never_run(played, browser_of):
    client = browser_of("Olena")
    client.post("/w/harbour/settings/", {"name": "<script>alert(1)</script>", "timezone": "Europe/London"})

    page = client.get("/w/harbour/settings/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
