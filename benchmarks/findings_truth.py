"""Which findings speak where they should, and where they should not: python benchmarks/findings_truth.py WORLDS [SEEDS]

WORLDS holds pairs KIND_SEED.csv and .truth.json (see response_truth.py); SEEDS like 4-6. Simulated companies of the same seeds come beside them.
Prints hits, misses and false alarms for every code, then every false alarm and miss by name. --data looks at the facts alone, without fits.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from response_truth import read_world
from simulated_company import SimulatedCompany

from quarterdeck.response.findings.findings import FINDING_CODES, find_about_data
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.series.series import ResponseSeries

PRESETS = ("shop", "small_shop", "saas", "b2b", "local_trade")
FOLLOWING, STEADY = 0.5, 0.05
"""Habits of a company: from how much season in its spend a channel follows demand by design, and up to which wobble it is steady."""


@dataclass(frozen=True)
class World:
    """Facts and what is true of them. `should`: (codes, channel), one of the codes must be said of that channel (None: said at all); `may`: codes, or
    (code, channel), that are true or a matter of opinion and count neither way."""

    kind: str
    name: str
    series: ResponseSeries
    should: tuple[tuple[tuple[str, ...], str | None], ...]
    may: frozenset[str | tuple[str, str]]


DEMAND = ("follows_demand", "follows_outcome")
SHOULD: dict[str, tuple[tuple[tuple[str, ...], tuple[str | None, ...]], ...]] = {
    "spend_outliers": ((("spend_outlier",), ("TV", "Search", "Social", "Display")),),
    "mixed_data_errors": ((("spend_outlier",), ("TV",)), (("missing_load",), ("Search",)), (("outlier",), (None,))),
    "heavy_tailed_noise": ((("outlier",), (None,)),),
    "multicollinearity": ((("cannot_tell_apart",), ("TV", "Search", "Social", "Display")),),
    "breakout_collinear": ((("cannot_tell_apart",), ("TV_Premium", "TV_Standard", "TV_Remnant")),),
    "unobserved_confounding": ((DEMAND, ("Search", "Social")),),
    "economic_health": ((DEMAND, ("Search", "Social")),),
    "reverse_causality": ((("follows_outcome",), (None,)),),
    "confounding_controlled": ((("follows_context",), ("Search", "Social")),),
    "dense_controls": ((("follows_context",), ("TV", "Search")), (("context_copies_spend",), ("TV", "Search", "Social", "Display"))),
    "realistic": ((("follows_context",), ("TV", "Search")), (("cannot_tell_apart",), ("Radio", "Print")), (("context_follows_media",), (None,))),
    "promo_endogenous": ((("promo_follows_demand",), (None,)),),
    "negative_effect": ((("may_harm",), ("Display",)),),
    "trend_break": ((("level_break",), (None,)),),
    "seasonality_misspec": ((DEMAND, ("Social",)),),
    "time_varying_beta": ((("effect_changed",), ("TV", "Search")),),
}
"""By kind of world: the codes of which one must be said, and the channels of which (None: of any)."""
MAY: dict[str, set[str | tuple[str, str]]] = {
    "unobserved_confounding": {*DEMAND},
    "economic_health": {*DEMAND, "level_break"},
    "reverse_causality": {*DEMAND},
    "confounding_controlled": {"follows_context"},
    "dense_controls": {"follows_context"},
    "realistic": {"follows_context"},
    "spend_outliers": {"outlier", "spend_replaced"},
    "mixed_data_errors": {"double_count", ("spend_replaced", "TV"), ("spend_replaced", "Search")},
    "promo_endogenous": {"promo_follows_demand"},
    "time_varying_beta": {("effect_changed", "Social")},
    "reach_frequency": {("follows_demand", "TV"), ("unit_apart", "TV")},
}
"""By kind: what is true without being asked for. `economic_health` and the like: all channels chase demand, some too little to be seen; four fifths of what TV does in
`reach_frequency` are two waves a year, and its amounts are views."""
NEITHER = frozenset({"forms_disagree"})
"""What is said of the answer and not of the facts: whether it is so cannot be read from the kind of world."""


def main(folder: Path, seeds: list[int], *, is_fitted: bool) -> None:
    """The table of codes, the table of kinds, and the names of what went wrong."""
    hits, misses, alarms = Counter[str](), Counter[str](), Counter[str]()
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    wrong, seconds = [], 0.0
    for world in (*_worlds(folder, seeds), *_companies(seeds)):
        began = time.process_time()
        findings = fit_response(world.series, seed=1).diagnostics.findings if is_fitted else find_about_data(world.series)
        seconds += time.process_time() - began
        said = {(finding.code, channel) for finding in findings for channel in finding.channels or (None,)}
        counts = by_kind[world.kind]
        counts["fits"] += 1
        for codes, channel in world.should:
            is_hit = any(code in codes and channel in (None, named) for code, named in said)
            (hits if is_hit else misses)[codes[0]] += 1
            counts[f"{codes[0]} {'said' if is_hit else 'missed'}"] += 1
            if not is_hit:
                wrong.append(f"missed  {world.name}: {' or '.join(codes)} {channel or ''}")
        for code, named in sorted(said, key=str):
            expected = any(code in codes and channel in (None, named) for codes, channel in world.should)
            if not expected and code not in world.may | NEITHER and (code, named) not in world.may:
                alarms[code] += 1
                counts[f"{code} FALSE"] += 1
                wrong.append(f"false   {world.name}: {code} {named or ''}")
    print(f"| {'code':24}| hits | misses | false alarms |\n|---|---|---|---|")
    for code in FINDING_CODES:
        if hits[code] + misses[code] + alarms[code]:
            print(f"| `{code}` | {hits[code]} | {misses[code]} | {alarms[code]} |")
    print("\n| kind | fits | what was said |\n|---|---|---|")
    for kind, counts in by_kind.items():
        print(f"| {kind} | {counts.pop('fits')} | {', '.join(f'{what} {number}' for what, number in sorted(counts.items())) or 'nothing'} |")
    print("", *wrong, sep="\n")
    print(f"\n{sum(hits.values())} hits, {sum(misses.values())} misses, {sum(alarms.values())} false alarms; {seconds:.0f} s of processor time")


def _worlds(folder: Path, seeds: list[int]) -> Iterator[World]:
    for kind in sorted({path.stem.rpartition("_")[0] for path in folder.glob("*.csv")}):
        should = tuple((codes, channel) for codes, channels in SHOULD.get(kind, ()) for channel in channels)
        for seed in seeds:
            path = folder / f"{kind}_{seed}.csv"
            if path.exists():
                yield World(kind, path.stem, read_world(path)[0], should, frozenset(MAY.get(kind, set())))


def _companies(seeds: list[int]) -> Iterator[World]:
    """Search must be said to follow demand; other channels whose money follows the season by habit may be, and steady listings may be called steady."""
    for preset in PRESETS:
        for seed in seeds:
            company = SimulatedCompany(preset, seed)
            habits = {channel.id: channel.habit for channel in company.market.preset.channels}
            may: set[str | tuple[str, str]] = {(code, name) for code in DEMAND for name, habit in habits.items() if habit.season_pull >= FOLLOWING}
            may |= {("never_varies", name) for name, habit in habits.items() if habit.wobble < STEADY}
            yield World(f"company {preset}", f"company {preset} {seed}", company.series, ((DEMAND, "search"),), frozenset(may | {"follows_context"}))


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if each != "--data"]
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    first, _, last = (arguments[1] if len(arguments) == 2 else "1-3").partition("-")
    main(Path(arguments[0]), list(range(int(first), int(last or first) + 1)), is_fitted="--data" not in sys.argv)
