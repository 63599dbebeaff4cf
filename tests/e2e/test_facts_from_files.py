"""Facts from a CSV file, as a person brings them in: a look first, then all of it or nothing, and every problem at once."""

from __future__ import annotations

import pytest

SPEND = "Day,Channel,Cost\n2026-10-05,search,12.50\n2026-10-06,search,7.25\n"
DIRTY = """day,channel,cost
2026-10-05,search,12.50
2026-13-06,search,7.25
2026-10-07,search,twelve
2026-10-08,,3.00
2026-10-09,search,-4
"""


@pytest.fixture
def bakery(call, tmp_path):
    """A new company without facts."""
    folder = tmp_path / "site"
    assert call("init", folder, "--name", "North Bakery", "--as", "Olena").code == 0
    return folder


def test_a_dry_run_says_what_would_happen_and_changes_nothing(call, bakery, snapshot_of, tmp_path):
    file = tmp_path / "spend.csv"
    file.write_text(SPEND)
    before = snapshot_of(bakery)
    looked = call("import", "spend", file, "--dry-run", "--site", bakery)
    assert looked.code == 0
    assert "2 rows of spend, 2026-10-05 to 2026-10-06." in looked.out
    assert "This was a dry run: no row was imported." in looked.out
    assert snapshot_of(bakery) == before

    done = call("import", "spend", file, "--site", bakery, "--json")
    assert done.facts["is_new"] is True
    assert done.facts["totals"] == {"search": "19.75"}
    after = snapshot_of(bakery)
    assert after != before
    again = call("import", "spend", file, "--site", bakery, "--json")
    assert again.facts["is_new"] is False
    assert snapshot_of(bakery) == after


def test_a_dirty_file_is_refused_with_every_problem_and_its_line_and_no_row_comes_in(call, bakery, snapshot_of, tmp_path):
    file = tmp_path / "dirty.csv"
    file.write_text(DIRTY)
    before = snapshot_of(bakery)
    for dry in ((), ("--dry-run",)):
        said = call("import", "spend", file, *dry, "--site", bakery)
        assert said.code == 2
        assert said.out == ""
        for line in (3, 4, 5, 6):
            assert f"line {line}" in said.err, said.err
        assert "No row was imported." in said.err
        assert snapshot_of(bakery) == before
    problems = call("import", "spend", file, "--site", bakery, "--json").facts["error"]["problems"]
    assert len(problems) >= 4
    assert all(problem["code"].startswith("FACTS-") and problem["fix"] for problem in problems)


def test_facts_that_contradict_what_is_kept_are_refused_until_replace_is_said(call, bakery, tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(SPEND)
    second.write_text(SPEND.replace("12.50", "99.00"))
    assert call("import", "spend", first, "--site", bakery).code == 0
    refused = call("import", "spend", second, "--site", bakery)
    assert refused.code == 2
    assert "12.5" in refused.err
    assert "99" in refused.err
    assert call("import", "spend", second, "--replace", "--site", bakery).code == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(SPEND.encode("utf-16"), "utf-16", id="utf_16"),
        pytest.param(
            b"\xef\xbb\xbf" + SPEND.replace(",", ";").replace("\n", "\r\n").encode(),
            "semicolons with a byte order mark",
            id="semicolons_and_a_byte_order_mark",
        ),
    ],
)
def test_files_as_spreadsheets_write_them_come_in_or_are_refused_with_a_way_out(call, bakery, tmp_path, content, name):
    file = tmp_path / "spend.csv"
    file.write_bytes(content)
    said = call("import", "spend", file, "--site", bakery)
    assert said.code in (0, 2), name
    assert (said.out if said.code == 0 else said.err).strip()
    assert said.code == 2 or "2 rows were imported into spend" in said.out
