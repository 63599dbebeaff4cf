"""Files that people bring in by the browser: nothing of their content or name does harm, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

HERE = "/w/north-bakery/settings/imports/"
HEADER = "day,channel,cost\n"


def bring(client, text, **more):
    """The page after the look and, when there was nothing wrong, after the yes."""
    looked = client.post(HERE, {"table": "spend", "file": SimpleUploadedFile("spend.csv", (HEADER + text).encode()), **more})
    if looked.status_code != 200:
        return looked
    return client.post(f"{HERE}confirm/", {"table": "spend", "token": token_of(looked), **more})


def token_of(page):
    return re.search(r'name="token" value="([0-9a-f]{32})"', page.content.decode()).group(1)


def test_what_is_wrong_only_at_the_yes_is_said_beside_the_form_with_the_file_kept(empty, browser_of):
    client = browser_of("Carl")
    bring(client, "2026-11-02,search,1\n")

    refused = bring(client, "2026-11-02,search,5\n")
    again = client.post(HERE, {"table": "spend", "token": token_of(refused), "replace": "1"})
    done = client.post(f"{HERE}confirm/", {"table": "spend", "token": token_of(again), "replace": "1"})

    assert refused.status_code == 422
    assert "the one you chose is kept" in refused.content.decode()
    assert done.status_code == 302


def test_an_empty_name_takes_back_nothing(empty, browser_of):
    from quarterdeck.ledger.models import Load

    bring(browser_of("Carl"), "2026-11-02,search,1\n")

    browser_of("Petra").post(f"{HERE}drop/", {"load": ""})

    assert Load.objects.filter(dropped_at__isnull=True).count() == 1


@pytest.mark.parametrize("cell", ["9" * 5000, "1e999999", "NaN", "Infinity", "\x00", "٥", "=1+1"])
def test_an_odd_figure_is_named_by_its_line(empty, browser_of, cell):
    page = bring(browser_of("Carl"), f"2026-11-02,search,{cell}\n")

    assert page.status_code == 422
    assert "line 2" in page.content.decode()


def test_names_in_files_are_no_formulas_and_no_markup(empty, browser_of):
    client = browser_of("Carl")
    bring(client, "2026-11-02,=cmd(),1\n2026-11-02,@sum,1\n2026-11-02,<img src=x onerror=q>,1\n")
    looks = browser_of("Vera")

    pages = [looks.get(f"/w/north-bakery/{where}").content.decode("utf-8-sig") for where in ("results/", "results/channels/", "results/rows/")]
    table = looks.get("/w/north-bakery/results/rows.csv").content.decode("utf-8-sig")

    assert not any("<img src=x" in page for page in pages)
    assert not re.search(r"(?:^|,)\"?[=@]", table, re.MULTILINE)


def test_only_so_many_files_wait_for_a_yes(empty, browser_of, monkeypatch):
    monkeypatch.setattr("quarterdeck.operations.facts.keep_upload.MOST_KEPT", 3)
    client = browser_of("Carl")

    for number in range(5):
        client.post(HERE, {"table": "spend", "file": SimpleUploadedFile(f"{number}.csv", HEADER.encode())})

    assert len(list((empty.folder / "uploads").iterdir())) == 3
