"""The company's own tests in the lake become beliefs of a fit: at the level of spend that the facts show, and never from the future."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from quarterdeck.lake.load_file import write_load
from quarterdeck.lake.snapshot import Lake, open_snapshot
from quarterdeck.operations.experiments.read_experiments import read_evidence, read_experiment_beliefs, read_experiment_priors
from quarterdeck.response.experiments.evidence import UNKNOWN_RANGE
from quarterdeck.response.series.series import ResponseSeries

FIRST = date(2026, 1, 5)
WEEKS = 52


@dataclass(frozen=True)
class Ref:
    table: str
    load_id: str
    sequence: int


def experiment(name: str, **changes: Any) -> dict[str, Any]:
    """A row of the table: all spend on search, 700 a week, was off for four weeks, and 1,400 fewer came, 1,120 to 1,680 in nine cases of ten."""
    row = {
        "experiment": name,
        "channel": "search",
        "metric": "orders",
        "first_day": date(2026, 11, 2),
        "last_day": date(2026, 11, 29),
        "geo": "",
        "currency": "GBP",
        "cost": Decimal(-2800),
        "effect": Decimal(-1400),
        "effect_low": Decimal(-1680),
        "effect_high": Decimal(-1120),
        "interval": Decimal("0.9"),
        "method": "pause",
    }
    return row | changes


def write(folder: Path, rows: list[dict[str, Any]]) -> list[Ref]:
    """A lake with a year of spend, off from 2 to 29 November, and the experiments `rows`."""
    days = [FIRST + timedelta(days=n) for n in range(7 * WEEKS)]
    off = {date(2026, 11, 2) + timedelta(days=n) for n in range(28)}
    spend = {
        "day": days,
        "channel": ["search"] * len(days),
        "campaign": [""] * len(days),
        "geo": [""] * len(days),
        "currency": ["GBP"] * len(days),
        "cost": [Decimal(0) if day in off else Decimal(100) for day in days],
    }
    write_load(folder, "spend", spend, "1" * 64)
    if not rows:
        return [Ref("spend", "1" * 64, 1)]
    write_load(folder, "experiments", {name: [row[name] for row in rows] for name in rows[0]}, "2" * 64)
    return [Ref("spend", "1" * 64, 1), Ref("experiments", "2" * 64, 2)]


@pytest.fixture
def lake_of(tmp_path: Path) -> Iterator[Any]:
    """Opens a lake that holds the given experiments."""
    opened: list[Lake] = []

    def open_it(*rows: dict[str, Any]) -> Lake:
        opened.append(open_snapshot(tmp_path, write(tmp_path, list(rows))))
        return opened[-1]

    yield open_it
    for lake in opened:
        lake.close()


def series(weeks: int = WEEKS, metric: str = "orders") -> ResponseSeries:
    starts = tuple(FIRST + timedelta(weeks=n) for n in range(weeks))
    spend = np.array([[0.0 if date(2026, 11, 2) <= start <= date(2026, 11, 29) else 700.0] for start in starts])
    return ResponseSeries(metric, starts, ("search",), spend, np.full(weeks, 500.0))


def test_a_pause_of_everything_is_a_prior_on_the_average_return(lake_of):
    lake = lake_of(experiment("pause"))

    (found,) = read_evidence(lake, series())
    prior = read_experiment_priors(lake, series())["search"]

    assert found.mean == 0.5
    assert found.sd == pytest.approx(560 / 2 / 1.6449 / 2800, rel=1e-3)
    assert found.spend is not None
    assert (found.spend.low, found.spend.high) == (0.0, 700.0)
    assert found.spend.usual == pytest.approx(700 * 48 / 52)
    assert prior.mean == 0.5
    assert found.sd < prior.sd < 0.1
    assert prior.source == "experiment"


def test_tests_on_another_metric_or_that_ended_after_the_series_are_not_seen(lake_of):
    lake = lake_of(experiment("pause"))

    assert read_experiment_priors(lake, series(metric="revenue")) == {}
    assert read_experiment_priors(lake, series(weeks=46)) == {}
    assert set(read_experiment_priors(lake, series(weeks=48))) == {"search"}


def test_a_row_without_a_range_counts_little_and_one_without_cost_or_effect_not_at_all(lake_of):
    vague = experiment("vague", effect_low=None, effect_high=None)
    free, nothing = experiment("free", cost=Decimal(0)), experiment("nothing", effect=Decimal(0), effect_low=None, effect_high=None)

    (found,) = read_evidence(lake_of(vague, free, nothing), series())

    assert found.name == "vague"
    assert found.sd == pytest.approx(0.5)
    assert "No range was told" in found.doubts[0]


def test_how_sure_a_range_is_may_be_missing_or_in_percent(lake_of):
    untold, percent = experiment("untold", interval=None), experiment("percent", interval=Decimal(90))

    found = {one.name: one for one in read_evidence(lake_of(untold, percent), series())}

    assert found["untold"].sd == pytest.approx(found["percent"].sd)
    assert any("90% was assumed" in doubt for doubt in found["untold"].doubts)
    assert found["percent"].doubts == ()


def test_a_geo_test_that_names_no_place_is_widened_for_the_level_that_nobody_knows(lake_of):
    (found,) = read_evidence(lake_of(experiment("north", method="geo test")), series())

    assert found.spend is None
    assert found.off_average() == UNKNOWN_RANGE


def test_two_tests_that_disagree_widen_the_belief_and_are_both_kept_in_it(lake_of):
    other = experiment("again", effect=Decimal(-4200), effect_low=Decimal(-4480), effect_high=Decimal(-3920))

    belief = read_experiment_beliefs(lake_of(experiment("pause"), other), series())["search"]

    assert [one.name for one in belief.evidence] == ["again", "pause"]
    assert belief.is_at_odds
    assert belief.prior.sd > 0.4


def test_a_lake_without_tests_gives_no_belief(lake_of):
    assert read_experiment_priors(lake_of(), series()) == {}
