"""`quarterdeck experiment read`: a geo test from files, without a site; and kept as the company's own where that is asked."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

FIRST = date(2026, 6, 1)
DAYS = ("--pre-from", "2026-06-01", "--test-from", "2026-07-27", "--test-to", "2026-08-23")
COLUMNS = ("--geo", "Region", "--time", "Day", "--outcome", "Sales")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Twelve regions for twelve weeks, half of them treated for four; each pound added brought two. Amounts as a German spreadsheet writes them."""
    rng = np.random.default_rng(4)
    size, demand = rng.uniform(800, 1600, 12), 1 + 0.1 * np.sin(2 * np.pi * np.arange(84) / 7)
    sales, groups = tmp_path / "sales.csv", tmp_path / "groups.csv"
    with sales.open("w", newline="") as out:
        table = csv.writer(out, delimiter=";")
        table.writerow(["Day", "Region", "Sales", "Cost", "Group"])
        for day in range(84):
            for region in range(12):
                cost = 40.0 if region % 2 and 56 <= day < 84 else 0.0
                sold = size[region] * demand[day] * (1 + 0.02 * rng.normal()) + 2 * cost
                label = "treatment" if region % 2 else "control"
                table.writerow(
                    [(FIRST + timedelta(days=day)).strftime("%d.%m.%Y"), f"R{region}", *(f"{x:.2f}".replace(".", ",") for x in (sold, cost)), label]
                )
    groups.write_text("region,arm\n" + "".join(f"R{region},{region % 2 + 1}\n" for region in range(12)))
    return sales, groups


def test_a_test_is_read_from_one_file_or_two_and_says_the_same(run, files, tmp_path):
    sales, groups = files
    out = tmp_path / "test.json"

    one = run("experiment", "read", sales, *COLUMNS, "--spend", "Cost", "--group", "Group", *DAYS, "--channel", "search", "--json", out)
    two = run("experiment", "read", sales, *COLUMNS, "--spend", "Cost", "--assignment", groups, *DAYS, "--channel", "search")

    assert (one.code, one.err) == (0, "")
    assert "“treatment” is read as treated, “control” as control." in one.out
    assert "“2” is read as treated, because its spend changed with the test, “1” as control." in two.out
    assert one.out.splitlines()[1:-1] == two.out.splitlines()[1:]
    found = json.loads(out.read_text())
    assert found["return"]["p05"] < 2.0 < found["return"]["p95"]
    assert found["cost"]["mean"] == pytest.approx(40 * 28 * 6)
    assert [way["way"] for way in found["ways"]] == ["time_based_regression", "synthetic_control", "geo_regression"]
    assert set(found) == {
        "channel", "metric", "days", "places", "effect", "cost", "return", "lift", "ways", "agree", "findings", "weights", "prior", "rows"
    }  # fmt: skip
    assert len(found["rows"]) == 84


def test_a_test_that_is_recorded_is_one_of_the_companys_experiments_and_recorded_once(call, files, tmp_path):
    sales, _ = files
    site = tmp_path / "site"
    assert call("init", site, "--name", "North Bakery", "--as", "Olena").code == 0
    words = ("experiment", "read", sales, *COLUMNS, "--spend", "Cost", "--group", "Group", *DAYS, "--channel", "search", "--name", "summer")

    refused = call(*words, "--record", "--site", site)
    done = call(*words, "--metric", "revenue", "--record", "--site", site)
    again = call(*words, "--metric", "revenue", "--record", "--site", site)

    assert refused.code == 2
    assert "[RESPONSE-068]" in refused.err
    assert "1 row was imported into experiments." in done.out
    assert "imported before" in again.out
    assert "summer (geo test)" in call("loads", "--site", site).out


def test_what_is_wrong_with_file_columns_groups_and_days_is_said_with_the_way_out(call, files, tmp_path):
    sales, groups = files
    bad = tmp_path / "bad.csv"
    bad.write_text(sales.read_text().replace("control", "b").replace("treatment", "a"))
    broken = tmp_path / "broken.csv"
    broken.write_text("Day,Region,Sales\n2026-06-01,R1,ten\nsoon,R1,5\n")
    read = ("experiment", "read")
    cases = [
        ((*read, sales, *COLUMNS, *DAYS), "RESPONSE-067"),
        ((*read, sales, *COLUMNS, "--group", "Group", "--assignment", groups, *DAYS), "RESPONSE-067"),
        ((*read, sales, *COLUMNS, "--group", "Arm", *DAYS), "RESPONSE-060"),
        ((*read, bad, *COLUMNS, "--group", "Group", *DAYS), "RESPONSE-063"),
        ((*read, broken, *COLUMNS, "--assignment", groups, *DAYS), "RESPONSE-061"),
        ((*read, sales, *COLUMNS, "--group", "Group", "--pre-from", "2026-08-01", *DAYS[2:]), "RESPONSE-062"),
        ((*read, tmp_path / "none.csv", *COLUMNS, "--group", "Group", *DAYS), "FILE-001"),
        ((*read, sales, *COLUMNS, "--group", "Group", *DAYS, "--json", tmp_path / "no" / "such.json"), "FILE-004"),
    ]

    for words, code in cases:
        said = call(*words)
        assert said.code in (1, 2), words
        assert f"[{code}]" in said.err, said.err
    assert call(*read, bad, *COLUMNS, "--group", "Group", "--treated", "a", *DAYS).code == 0


def test_nothing_is_guessed_of_a_file_and_nothing_written_over_it(call, files, tmp_path):
    sales, groups = files
    before = sales.read_text()
    header, *rows = before.splitlines()
    days = [f"0{month}/0{day}/2026" for month in range(6, 9) for day in range(1, 8)]
    spoilt = {
        "twice": (groups.read_text() + "R3,1\n", "RESPONSE-063", "R3 in 2 and in 1"),
        "bare": (header, "RESPONSE-060", "a header and no rows"),
        "nameless": ("\n".join([header, *rows]).replace(";R3;", "; ;", 1), "RESPONSE-061", "line 5: expected the name of the place"),
        "still": (
            "\n".join([header, *(";".join([*row.split(";")[:2], "5", "0", row.split(";")[4]]) for row in rows)]),
            "RESPONSE-065",
            "the same outcome",
        ),
        "either": (
            "\n".join([header, *(f"{day};R{n};7;0;{'test' if n else 'control'}" for day in days for n in (0, 1))]),
            "RESPONSE-061",
            '"06/01/2026"',
        ),
        "endless": ("\n".join([header, *rows]).replace(rows[9].split(";")[2], "1e40", 1), "RESPONSE-061", '"1e40"'),
    }
    for name, (text, code, words) in spoilt.items():
        place = tmp_path / f"{name}.csv"
        place.write_text(text)
        told = ("--assignment", place) if name == "twice" else ("--group", "Group")
        said = call("experiment", "read", sales if name == "twice" else place, *COLUMNS, *told, *DAYS)
        assert said.code == 2, name
        assert f"[{code}]" in said.err, said.err
        assert words in said.err, said.err
    for out in (sales, tmp_path):
        assert call("experiment", "read", sales, *COLUMNS, "--group", "Group", *DAYS, "--json", out).code == 2
    assert sales.read_text() == before


def test_a_hold_out_is_read_from_its_figures_and_recorded(call, tmp_path):
    site, out = tmp_path / "site", tmp_path / "held.json"
    assert call("init", site, "--name", "North Bakery", "--as", "Olena").code == 0
    words = ("experiment", "compare", "--treated-people", 1000, "--control-people", 1000, "--first-day", "2026-02-01", "--last-day", "2026-02-28")
    counted = (*words, "--treated-events", 30, "--control-events", 20)

    done = call(*counted, "--cost", 100, "--channel", "mail", "--metric", "orders", "--name", "spring", "--record", "--json", out, "--site", site)
    free = call(*counted)
    mixed = call(*counted, "--treated-mean", 3.0)
    backwards = call(*counted, "--first-day", "2026-03-01")
    endless = call(*counted, "--cost", "nan")

    assert "The treated group brought 9.93 (−1.46 to 21.6 in 9 cases of 10) beyond what it would have" in done.out
    assert "1 row was imported into experiments." in done.out
    assert json.loads(out.read_text())["prior"]["mean"] == pytest.approx(0.1)
    assert "no return" in free.out
    assert "[RESPONSE-066]" in mixed.err
    assert "[RESPONSE-062]" in backwards.err
    assert "[RESPONSE-066]" in endless.err


@pytest.mark.parametrize(
    ("labels", "given", "treated"),
    [
        pytest.param({"a": "1", "b": "2"}, ("1", None), {"a"}, id="told"),
        pytest.param({"a": "7", "b": "9"}, (None, "9"), {"a"}, id="the_other_of_two_numbers"),
        pytest.param({"a": "Treatment", "b": "control"}, (None, None), {"a"}, id="words"),
        pytest.param({"a": "1", "b": "2"}, (None, None), None, id="numbers_that_are_used_both_ways_round"),
        pytest.param({"a": "0", "b": "1"}, (None, None), {"b"}, id="nought_and_one"),
        pytest.param({"a": "north", "b": "south"}, ("north", None), {"a"}, id="the_other_of_two"),
        pytest.param({"a": "x", "b": "y", "c": "z"}, ("x", "z"), {"a"}, id="a_third_label_is_left_out"),
        pytest.param({"a": "test", "b": "hold-out", "c": "excluded"}, (None, None), {"a"}, id="known_words_and_others"),
        pytest.param({"a": "blue", "b": "green"}, (None, None), None, id="open"),
        pytest.param({"a": "1", "b": "2", "c": "3"}, (None, None), None, id="three_numbers"),
        pytest.param({"a": "treatment", "b": "treatment"}, (None, None), None, id="one_group"),
    ],
)
def test_labels_of_groups_decide_where_they_say_so_and_are_asked_for_where_they_do_not(labels, given, treated):
    from quarterdeck.kernel.problems import InvalidInput
    from quarterdeck.operations.experiments.read_geo_file import GroupLabels, settle_groups

    if treated is None:
        with pytest.raises(InvalidInput) as refused:
            settle_groups(labels, GroupLabels(*given), {})
        assert [problem.code for problem in refused.value.problems] == ["RESPONSE-063"]
        return
    groups, understood = settle_groups(labels, GroupLabels(*given), {})
    assert {geo for geo, is_treated in groups.items() if is_treated} == treated
    assert ("left out" in understood) == (len(groups) < len(labels))


def test_of_two_numbers_that_one_is_treated_whose_spend_the_test_changed():
    from quarterdeck.operations.experiments.read_geo_file import GroupLabels, settle_groups

    for one, other in (("1", "2"), ("2", "1")):
        groups, understood = settle_groups({"a": one, "b": other}, GroupLabels(), {one: 100.0, other: 2.0})
        assert groups == {"a": True, "b": False}
        assert "because its spend changed with the test" in understood
