"""The series that chances are proven on: published data sets by their paths, and the market's presets with shocks that nobody planned."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from quarterdeck.market.market import build_market
from quarterdeck.market.shocks import Shock
from quarterdeck.response.series.series import FloatArray, ResponseSeries

PRESETS = ("shop", "small_shop", "saas", "b2b", "local_trade")
PRESET_WEEKS = 156
FIRST_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Source:
    """A CSV file of weeks, in which columns are found by the beginnings of their names."""

    name: str
    path: str
    time: str
    outcome: str
    spend: tuple[str, ...]
    context: tuple[str, ...]
    metric: str = "revenue"
    group: str = ""
    groups: int = 1
    ends: tuple[str, ...] = ("",)
    """How the names of spend columns may end."""
    days: bool = False
    """Rows are days, to be added up to weeks."""


SOURCES = (
    Source("mmm_example", "pymc_mmm_example/mmm_example.csv", "date_week", "y", ("x1", "x2"), ("event_",)),
    Source("roas", "pymc_mmm_roas/mmm_roas_data.csv", "date", "y", ("x1", "x2"), (), ends=("x1", "x2")),
    Source(
        "robyn", "robyn_weekly/dt_simulated_weekly.csv", "DATE", "revenue", ("tv_S", "ooh_S", "print_S", "facebook_S", "search_S"), ("competitor",)
    ),
    *(
        Source(
            f"meridian_{part}",
            f"meridian_sim/national_{part}.csv",
            "time",
            "conversions",
            ("Channel",),
            ("compet", "sentiment", "Promo"),
            "orders",
            ends=("_spend",),
        )
        for part in ("all_channels", "media", "media_rf")
    ),
    Source(
        "meridian_geo",
        "meridian_sim/geo_all_channels.csv",
        "time",
        "conversions",
        ("Channel",),
        ("compet", "sentiment", "Promo"),
        "orders",
        "geo",
        4,
        ("_spend",),
    ),
    Source("retail", "retail_case_study/case_study_data.csv", "wk_strt_dt", "sales", ("mdsp_",), ("me_", "mrkdn_")),
    Source("small_business", "mmm_param_recovery/small_business.csv", "date", "y", ("x",), ("c1", "c2")),
    Source("growing_business", "mmm_param_recovery/growing_business.csv", "date", "y", ("x",), ("c1", "c2"), group="geo", groups=2),
    Source("medium_business", "mmm_param_recovery/medium_business.csv", "date", "y", ("x",), ("c1", "c2", "c3", "c4"), group="geo", groups=8),
    Source("two_geos", "pymc_multidimensional/mmm_multidimensional_example.csv", "date", "y", ("x",), ("event_",), group="geo", groups=2),
    Source("funnel", "pymc_funnel/funnel_data.csv", "date", "target_var", ("impressions_x",), (), days=True),
)


def read_all(data: Path, *, worlds: Path | None, preset_seeds: int) -> Iterator[tuple[str, bool, ResponseSeries]]:
    """Name, whether it is of the half that bands are fixed on, and the series; always in the same order.

    Published series found in `data` and `preset_seeds` companies of each preset go to the halves by turns. Of the worlds KIND_SEED.csv one seed of
    every kind goes to each half, never the same seed to both, because worlds of one seed share their noise; with a single seed, kinds go by turns.
    """
    turn = 0
    for source in SOURCES:
        if (data / source.path).exists():
            for name, series in read_source(data, source):
                yield name, turn % 2 == 0, series
                turn += 1
    for path, is_fixing in _share_worlds(worlds):
        source = Source(f"world_{path.stem}", path.name, "week", "y", ("spend_",), ("ctrl_",))
        yield from ((name, is_fixing, series) for name, series in read_source(path.parent, source))
    for preset in PRESETS:
        for seed in range(1, preset_seeds + 1):
            yield f"preset_{preset}_{seed}", seed % 2 == 1, simulate(preset, seed)


def _share_worlds(folder: Path | None) -> Iterator[tuple[Path, bool]]:
    found = {tuple(path.stem.rsplit("_", 1)): path for path in sorted(folder.glob("*.csv"))} if folder is not None else {}
    kinds, seeds = sorted({kind for kind, _ in found}), sorted({seed for _, seed in found})
    if len(seeds) < 2:
        yield from ((path, number % 2 == 0) for number, path in enumerate(found.values()))
        return
    for is_fixing, own in ((True, seeds[: len(seeds) // 2]), (False, seeds[len(seeds) // 2 :])):
        for number, kind in enumerate(kinds):
            path = found.get((kind, own[number % len(own)]))
            if path is not None:
                yield path, is_fixing


def simulate(preset: str, seed: int) -> ResponseSeries:
    """Three years of a company that spends by habit, and to which about three things a year happen that nobody planned."""
    market = build_market(preset, seed=seed, first_day=FIRST_MONDAY)
    spend = market.usual_spend(FIRST_MONDAY + timedelta(weeks=PRESET_WEEKS) - timedelta(days=1))
    days = market.run(spend, shocks=_shocks(market.channels, seed))
    names = tuple(name for name in days.context if np.ptp(days.context[name]) > 0)
    return ResponseSeries(
        market.aim,
        tuple(FIRST_MONDAY + timedelta(weeks=number) for number in range(PRESET_WEEKS)),
        market.channels,
        in_weeks(spend.channel_totals(market.channels)),
        in_weeks(days.outcomes[market.aim]),
        context_names=names,
        context=in_weeks(np.column_stack([days.context[name] for name in names])) / 7.0,
    )


def in_weeks(daily: FloatArray) -> FloatArray:
    """Days added up to whole weeks."""
    weeks = len(daily) // 7
    total: FloatArray = np.asarray(daily, dtype=np.float64)[: weeks * 7].reshape(weeks, 7, *np.shape(daily)[1:]).sum(axis=1)
    return total


def _shocks(channels: tuple[str, ...], seed: int) -> tuple[Shock, ...]:
    rng = np.random.default_rng([seed, 77])
    made = []
    for _ in range(rng.poisson(9)):
        first = FIRST_MONDAY + timedelta(days=int(rng.integers(30, PRESET_WEEKS * 7 - 60)))
        last = first + timedelta(days=int(rng.integers(14, 70)))
        kind = str(rng.choice(["demand", "demand", "competitor", "price_rise", "channel_worse"]))
        size = {"demand": float(rng.uniform(-0.25, 0.2)), "competitor": float(rng.uniform(0.3, 1.5)), "price_rise": float(rng.uniform(0.1, 0.4))}
        channel = str(rng.choice(channels)) if kind == "channel_worse" else None
        made.append(Shock(kind, first, last, size.get(kind, 0.5), channel=channel, hidden=bool(rng.random() < 0.5)))  # type: ignore[arg-type]
    return tuple(made)


def read_source(data: Path, source: Source) -> Iterator[tuple[str, ResponseSeries]]:
    with (data / source.path).open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not source.group:
        yield source.name, _series(source, rows)
        return
    for group in list(dict.fromkeys(row[source.group] for row in rows))[: source.groups]:
        yield f"{source.name}_{group}", _series(source, [row for row in rows if row[source.group] == group])


def _series(source: Source, rows: list[dict[str, str]]) -> ResponseSeries:
    spend = [name for name in rows[0] if name.startswith(source.spend) and name.endswith(source.ends)]
    context = [name for name in rows[0] if source.context and name.startswith(source.context) and not name.endswith("_effect")]
    gathered: Callable[[FloatArray], FloatArray] = in_weeks if source.days else np.asarray
    starts = [date.fromisoformat(row[source.time][:10]) for row in rows]
    starts = starts[::7][: len(rows) // 7] if source.days else starts
    columns = gathered(np.array([[float(row[name]) for name in (*spend, *context, source.outcome)] for row in rows]))
    return ResponseSeries(
        source.metric,
        tuple(starts),
        tuple(spend),
        columns[:, : len(spend)],
        columns[:, -1],
        context_names=tuple(context),
        context=columns[:, len(spend) : -1],
    )
