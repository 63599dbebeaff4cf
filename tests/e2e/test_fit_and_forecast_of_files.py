"""quarterdeck fit DATA.csv and quarterdeck forecast: the JSON that programs rely on, from the program as it is installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from file_makers import by_geo, dirty, shop, write

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
FIGURES = {"mean", "p05", "p10", "p50", "p90", "p95"}
ROLES = ("--time", "Week of", "--outcome", "sales", "--spend", "TV,Paid Search", "--context", "price,event")


def read(place: Path, schema: str) -> dict[str, Any]:
    """What a command wrote, checked against the schema that is published."""
    found = json.loads(place.read_text(encoding="utf-8"))
    jsonschema.validate(found, json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
    return dict(found)


@pytest.fixture(scope="module")
def weekly(run, tmp_path_factory) -> Path:
    """A folder with two years of weeks, fitted with 13 held out."""
    folder = tmp_path_factory.mktemp("weekly")
    write(folder / "shop.csv", shop(104))
    said = run("fit", "shop.csv", *ROLES, "--holdout", 13, "--curves", "shop.qdc", "--json", "fit.json", "--seed", 5, cwd=folder)
    assert said.code == 0, said.err
    return folder


def test_a_fit_says_what_the_contract_promises(weekly):
    found = read(weekly / "fit.json", "fit.schema.json")
    assert list(found) == ["channels", "fit", "diagnostics", "seconds"]
    assert [channel["id"] for channel in found["channels"]] == ["TV", "Paid Search"]
    facts = shop(104)
    for channel in found["channels"]:
        assert set(channel["contribution"]) == set(channel["roi"]) == FIGURES
        ordered = [channel["contribution"][name] for name in ("p05", "p10", "p50", "p90", "p95")]
        assert ordered == sorted(ordered)
        money = sum(facts[channel["id"]])
        assert channel["roi"]["mean"] == pytest.approx(channel["contribution"]["mean"] / money)
        assert 0 <= channel["prior_share"] <= 1
    assert 0 < found["fit"]["mape_in"] < 0.1
    assert 0 < found["fit"]["mape_out"] < 0.2
    assert found["fit"]["crps_out"] > 0
    assert 0 <= found["fit"]["coverage80_out"] <= 1
    assert found["diagnostics"]["rhat_max"] >= 1.0 or found["diagnostics"]["rhat_max"] > 0.99
    assert found["seconds"] > 0


def test_curves_are_refitted_on_all_rows_when_some_were_held_out(weekly, run, tmp_path):
    run("fit", weekly / "shop.csv", *ROLES, "--json", tmp_path / "all.json", "--curves", tmp_path / "all.qdc", "--seed", 5)
    held, whole = read(weekly / "fit.json", "fit.schema.json"), read(tmp_path / "all.json", "fit.schema.json")
    assert held["channels"] == whole["channels"]
    assert (whole["fit"]["mape_out"], whole["fit"]["crps_out"], whole["fit"]["coverage80_out"]) == (None, None, None)


def test_plans_come_back_in_their_order_and_differ_by_media_alone(weekly, run, tmp_path):
    plans = [{"spend": {"TV": [tv] * 8, "Paid Search": [100] * 8}} for tv in (0, 100, 101, 400)] + [{"spend": {"Paid Search": [100] * 8}}]
    (tmp_path / "plans.json").write_text(json.dumps(plans))
    said = run("forecast", weekly / "shop.qdc", "--weeks", 8, "--plans", tmp_path / "plans.json", "--target", 20000, "--json", tmp_path / "out.json")
    assert said.code == 0, said.err
    found = read(tmp_path / "out.json", "forecast.schema.json")["plans"]
    totals = [plan["total"]["mean"] for plan in found]
    assert totals[0] < totals[1] < totals[2] < totals[3]
    assert found[4] == found[0]  # a channel that is left out gets nothing
    assert totals[2] - totals[1] < 0.05 * (totals[3] - totals[1])
    assert [len(plan["weekly"]) for plan in found] == [8] * 5
    for plan in found:
        assert sum(week["mean"] for week in plan["weekly"]) == pytest.approx(plan["total"]["mean"])
        assert 0 < plan["chance"] < 1


def test_without_plans_spending_goes_on_and_there_is_no_chance_without_a_target(weekly, run, tmp_path):
    before = {name: [float(x) for x in shop(104)[name][-6:]] for name in ("TV", "Paid Search")}
    (tmp_path / "plans.json").write_text(json.dumps([{"spend": before}]))
    run("forecast", weekly / "shop.qdc", "--weeks", 6, "--json", tmp_path / "as_before.json")
    run("forecast", weekly / "shop.qdc", "--weeks", 6, "--plans", tmp_path / "plans.json", "--json", tmp_path / "told.json")
    as_before = read(tmp_path / "as_before.json", "forecast.schema.json")
    assert as_before == read(tmp_path / "told.json", "forecast.schema.json")
    assert [plan["chance"] for plan in as_before["plans"]] == [None]


@pytest.mark.parametrize("target", ["nan", "inf"])
def test_a_target_is_a_number(weekly, run, target):
    said = run("forecast", weekly / "shop.qdc", "--weeks", 2, "--target", target)
    assert said.code == 2
    assert "--target" in said.err


def test_more_weeks_than_are_known_repeat_the_last_year(weekly, run, tmp_path):
    said = run("forecast", weekly / "shop.qdc", "--weeks", 110, "--json", tmp_path / "long.json")
    assert said.code == 0, said.err
    assert len(read(tmp_path / "long.json", "forecast.schema.json")["plans"][0]["weekly"]) == 110


def test_context_ahead_moves_the_forecast_and_what_it_leaves_out_is_assumed(weekly, run, tmp_path):
    days = [str(day) for day in shop(110)["Week of"][104:]]
    write(tmp_path / "dear.csv", {"Week of": days, "price": [14.0] * 6})
    write(tmp_path / "sale.csv", {"Week of": days[:2], "event": ["sale", ""]})
    totals = {}
    for name, words in (
        ("as_before", ()),
        ("dear", ("--context-ahead", tmp_path / "dear.csv")),
        ("sale", ("--context-ahead", tmp_path / "sale.csv")),
    ):
        said = run("forecast", weekly / "shop.qdc", "--weeks", 6, *words, "--json", tmp_path / f"{name}.json")
        assert said.code == 0, said.err
        totals[name] = read(tmp_path / f"{name}.json", "forecast.schema.json")["plans"][0]["total"]["mean"]
    assert totals["dear"] < totals["as_before"] - 6 * 4 * 40 * 0.5
    assert totals["sale"] > totals["as_before"] + 100


def test_everything_wrong_with_plans_and_context_is_said_at_once(weekly, run, tmp_path):
    plans = [{"spend": {"TV": [1, 2], "radio": [1, 2, 3]}}, {"spend": {"TV": [1, -2, "x"]}}, {"budget": 3}]
    (tmp_path / "plans.json").write_text(json.dumps(plans))
    write(tmp_path / "ahead.csv", {"Week of": ["2031-01-05"], "price": [10]})
    said = run(
        "forecast", weekly / "shop.qdc", "--weeks", 3, "--plans", tmp_path / "plans.json", "--context-ahead", tmp_path / "ahead.csv",
        "--json", tmp_path / "out.json",
    )  # fmt: skip
    assert said.code == 2
    assert said.out == ""
    for part in ('plan 1, "TV"', '"radio"', "week 2: expected an amount of 0 or more, found -2", "week 3", "plan 3", "no week from 2024-12-29"):
        assert part in said.err
    assert not (tmp_path / "out.json").exists()


def test_days_are_learned_from_as_days_and_forecast_as_weeks(run, tmp_path):
    write(tmp_path / "days.csv", shop(400, step_days=1))
    said = run("fit", tmp_path / "days.csv", *ROLES, "--holdout", 28, "--curves", tmp_path / "d.qdc", "--json", tmp_path / "fit.json", "--quiet")
    assert said.code == 0, said.err
    assert (said.out, said.err) == ("", "")
    assert read(tmp_path / "fit.json", "fit.schema.json")["fit"]["mape_out"] < 0.2
    (tmp_path / "plans.json").write_text(json.dumps([{"spend": {"TV": [900, 900], "Paid Search": [0, 700]}}]))
    said = run("forecast", tmp_path / "d.qdc", "--weeks", 2, "--plans", tmp_path / "plans.json", "--json", tmp_path / "out.json")
    assert said.code == 0, said.err
    weekly = read(tmp_path / "out.json", "forecast.schema.json")["plans"][0]["weekly"]
    assert len(weekly) == 2
    assert all(10_000 < week["mean"] < 20_000 for week in weekly)


def test_geos_are_added_up(run, tmp_path):
    columns = by_geo(("north", "south", "west"), 60)
    write(tmp_path / "geo.csv", columns)
    words = ("--geo", "place", "--population", "people", "--form", "one", "--holdout", 8)
    said = run("fit", tmp_path / "geo.csv", *ROLES, *words, "--curves", tmp_path / "g.qdc", "--json", tmp_path / "fit.json")
    assert said.code == 0, said.err
    found = read(tmp_path / "fit.json", "fit.schema.json")
    for channel in found["channels"]:
        assert channel["roi"]["mean"] == pytest.approx(channel["contribution"]["mean"] / sum(map(float, columns[channel["id"]])))
    said = run("forecast", tmp_path / "g.qdc", "--weeks", 4, "--target", 40000, "--json", tmp_path / "out.json")
    assert said.code == 0, said.err
    plan = read(tmp_path / "out.json", "forecast.schema.json")["plans"][0]
    assert 35_000 < plan["total"]["mean"] < 60_000


def test_a_dirty_file_says_the_same_as_a_clean_one(run, weekly, tmp_path):
    (tmp_path / "dirty.csv").write_bytes(dirty(shop(104)))
    said = run("fit", tmp_path / "dirty.csv", *ROLES, "--seed", 5, "--holdout", 13, "--json", tmp_path / "fit.json")
    assert said.code == 0, said.err
    assert read(tmp_path / "fit.json", "fit.schema.json")["channels"] == read(weekly / "fit.json", "fit.schema.json")["channels"]


def test_everything_wrong_with_a_file_is_said_at_once_and_nothing_is_written(run, tmp_path):
    columns = shop(60)
    columns["TV"][4], columns["TV"][7], columns["sales"][9], columns["Week of"][11] = "lots", "", "", "soon"
    columns["Paid Search"][3] = -5
    write(tmp_path / "shop.csv", columns)
    (tmp_path / "fit.json").write_text("kept")
    said = run("fit", "shop.csv", *ROLES, "--json", "fit.json", "--curves", "nowhere/shop.qdc", cwd=tmp_path)
    assert said.code == 2
    for part in (
        "nowhere/shop.qdc",
        'line 6, column "TV": expected a number such as 1234.56, found "lots"',
        'line 9, column "TV": expected a number, found an empty cell',
        'line 11, column "sales"',
        'line 13, column "Week of"',
        'line 5, column "Paid Search": expected 0 or more',
    ):
        assert part in said.err
    assert (tmp_path / "fit.json").read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fit.json", "shop.csv"]


def test_json_alone_prints_the_figures_and_nothing_else(run, weekly):
    said = run("forecast", weekly / "shop.qdc", "--weeks", 2, "--json")
    assert (said.code, said.err) == (0, "")
    assert len(said.facts["plans"]) == 1


def test_options_that_are_missing_are_named_together(run, tmp_path):
    write(tmp_path / "shop.csv", shop(60))
    said = run("fit", tmp_path / "shop.csv", "--form", "two")
    assert said.code == 2
    for part in ("--time", "--outcome", "--spend", "--form"):
        assert part in said.err


def test_a_short_file_is_told_the_one_test_that_would_teach_most(run, tmp_path):
    write(tmp_path / "young.csv", shop(20))
    said = run("fit", tmp_path / "young.csv", *ROLES, "--curves", tmp_path / "young.qdc")
    assert said.code == 0, said.err
    assert "Only 20 weeks" in said.out
    assert "The one test that would teach most: " in said.out
