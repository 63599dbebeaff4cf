"""Channels read by whom their money reached: said, in money still, and nearer the truth where contacts were wasted on the same people."""

from __future__ import annotations

import json

import numpy as np
import pytest
from file_makers import FIRST, write

ROLES = ("--time", "week", "--outcome", "sales", "--spend", "tv,search", "--holdout", 13)
BOUGHT = ("--reach", "tv=people", "--frequency", "tv=times")
WEEKS = 104


def shop() -> tuple[dict[str, list[object]], float]:
    """A shop whose TV works by the people it reaches, some weeks on few people many times; and what TV brought over all weeks."""
    rng = np.random.default_rng(7)
    tv, search = rng.gamma(2.0, 100.0, WEEKS), rng.gamma(2.0, 60.0, WEEKS)
    times = np.where(rng.random(WEEKS) < 0.5, 1.2, 9.0)
    people = 1000.0 * tv / times
    level = people * -np.expm1(-1.5 * times / times.mean())
    brought = 250.0 * level / level.mean() / (1.0 + 0.5 * level / level.mean())
    sales = 2000 + brought + 1.2 * search + rng.normal(0, 40, WEEKS)
    starts = [FIRST.fromordinal(FIRST.toordinal() + 7 * week).isoformat() for week in range(WEEKS)]
    numbers = {"tv": tv, "search": search, "people": people, "times": times, "contacts": people * times, "sales": sales}
    return {"week": starts, **{name: [round(float(x), 4) for x in column] for name, column in numbers.items()}}, float(brought.sum())


@pytest.fixture(scope="module")
def fitted(run, tmp_path_factory):
    """The same file read plainly, by reach and frequency, and by contacts and frequency: what was said, and the JSON of each."""
    folder = tmp_path_factory.mktemp("reach")
    write(folder / "shop.csv", shop()[0])
    found = {}
    for name, more in {"plain": (), "reach": BOUGHT, "contacts": ("--exposure", "tv=contacts", *BOUGHT[2:])}.items():
        said = run("fit", "shop.csv", *ROLES, *more, "--json", f"{name}.json", cwd=folder)
        assert said.code == 0, said.err
        found[name] = said.out, json.loads((folder / f"{name}.json").read_text())
    return found


def test_it_is_said_which_channel_is_read_by_reach_and_frequency(fitted):
    assert "tv is read by reach and frequency (people, times)." in fitted["reach"][0]
    assert "search is read" not in fitted["reach"][0]
    assert "is read by" not in fitted["plain"][0]


def test_ids_and_money_stay_those_of_the_column_of_spend(fitted):
    facts = shop()[0]
    channels = fitted["reach"][1]["channels"]
    assert [channel["id"] for channel in channels] == ["tv", "search"]
    for channel in channels:
        assert channel["roi"]["mean"] == pytest.approx(channel["contribution"]["mean"] / sum(facts[channel["id"]]))


def test_wasted_contacts_no_longer_hide_what_a_channel_brings(fitted):
    truth = shop()[1]
    plain, reach = (fitted[name][1] for name in ("plain", "reach"))
    widths = [found["channels"][0]["contribution"]["p95"] - found["channels"][0]["contribution"]["p05"] for found in (plain, reach)]
    assert widths[1] < 0.8 * widths[0]
    assert reach["channels"][0]["contribution"]["p05"] < truth < reach["channels"][0]["contribution"]["p95"]
    assert reach["fit"]["crps_out"] < plain["fit"]["crps_out"]


def test_contacts_and_frequency_say_the_same_as_reach_and_frequency(fitted):
    one, other = (fitted[name][1]["channels"][0]["contribution"]["mean"] for name in ("reach", "contacts"))
    assert one == pytest.approx(other, rel=0.02)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(("--reach", "tv=people"), "nothing for tv, which has a --reach", id="reach_alone"),
        pytest.param(("--frequency", "tv=times"), "or its contacts as --exposure", id="frequency_alone"),
        pytest.param(("--exposure", "tv=contacts", *BOUGHT), "a --reach for tv too", id="contacts_and_reach"),
        pytest.param(("--exposure", "radio=contacts"), "found radio=contacts", id="no_column_of_spend"),
        pytest.param(("--exposure", "tv=contacts,tv=people"), "2 columns for tv", id="twice"),
        pytest.param((*BOUGHT[:2], "--frequency", "tv=often"), "often", id="no_such_column"),
    ],
)
def test_pairs_that_do_not_fit_are_refused_with_what_to_name(run, tmp_path, told, expected):
    write(tmp_path / "shop.csv", shop()[0])
    said = run("fit", "shop.csv", *ROLES, *told, cwd=tmp_path)
    assert said.code != 0
    assert expected in " ".join(said.err.split())
    assert "Nothing was fitted." in said.err
