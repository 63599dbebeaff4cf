"""Hold-outs of known rates, and tests that are carried over to an average return: how often ranges hold the truth."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from quarterdeck.response.experiments.combine import combine_evidence
from quarterdeck.response.experiments.evidence import DAYS_PER_YEAR, Evidence, SpendRange
from quarterdeck.response.experiments.split import Counted, read_split
from quarterdeck.response.model.cells import BENDS
from quarterdeck.response.priors.beliefs import DRIFT_A_YEAR

TODAY = date(2026, 11, 22)
_Z90, _Z80 = 1.6448536269514722, 1.2815515655446004
SPLITS = ((300, 0.004, 0.002), (400, 0.012, 0.008), (2000, 0.003, 0.001), (20000, 0.011, 0.010))


def split_table(tests: int) -> str:
    """The 90 % range of a hold-out beside the one that takes counts for normal."""
    rows = ["| people a group | rate treated | rate held out | holds the truth | normal range holds it |", "|---|---|---|---|---|"]
    for people, treated, control in SPLITS:
        rng = np.random.default_rng(7)
        counts = rng.binomial(people, (treated, control), size=(tests, 2))
        truth = people * (treated - control)
        held = [_holds(people, int(one), int(other), truth) for one, other in counts]
        rows.append(f"| {people:,} | {treated:.1%} | {control:.1%} | {np.mean([h[0] for h in held]):.2f} | {np.mean([h[1] for h in held]):.2f} |")
    return "\n".join(["# Hold-outs with few events", "", f"{tests} hold-outs a row; the 90 % range should hold the truth in about 0.90.", "", *rows])


def _holds(people: int, one: int, other: int, truth: float) -> tuple[bool, bool]:
    found = read_split(Counted(people, one), Counted(people, other)).effect
    shares = np.array([one, other]) / people
    error = people * np.sqrt((shares * (1.0 - shares)).sum() / people)
    return found.p05 <= truth <= found.p95, abs(one - other - truth) <= _Z90 * error


def carried_table(tests: int) -> str:
    """Whether the prior that tests make holds the channel's average return today."""
    cases = {
        "one fresh test, all money off": ([0.0], (0.0, 1.0)),
        "one fresh test, half of the money more": ([0.0], (1.0, 1.5)),
        "one fresh test, half of the money less": ([0.0], (0.5, 1.0)),
        "one test, three years old, all money off": ([3.0], (0.0, 1.0)),
        "two tests, 0 and 2 years old, all money off": ([0.0, 2.0], (0.0, 1.0)),
        "four tests, 0 to 3 years old, all money off": ([0.0, 1.0, 2.0, 3.0], (0.0, 1.0)),
        "two tests, half of the money more": ([0.0, 1.0], (1.0, 1.5)),
    }
    rows = ["| tests | 80 % range holds the average return | 90 % range | mean sd of the prior / return |", "|---|---|---|---|"]
    for name, (ages, moved) in cases.items():
        rng = np.random.default_rng(11)
        found = [_carried(ages, moved, rng) for _ in range(tests)]
        rows.append(
            f"| {name} | {np.mean([f[0] for f in found]):.2f} | {np.mean([f[1] for f in found]):.2f} | {np.mean([f[2] for f in found]):.2f} |"
        )
    lead = (
        f"{tests} channels a row: a curve with one of the bends that a fit thinks possible, an average return of 2 that wanders by {DRIFT_A_YEAR:.0%} a year (the same figure "
        "that is allowed for, so that ages are checked for the arithmetic, not for being true), tests with a standard error of 0.3, and the prior that comes of them."
    )
    return "\n".join(["# From tests to priors", "", lead, "", *rows])


def _carried(ages: list[float], moved: tuple[float, float], rng: np.random.Generator) -> tuple[bool, bool, float]:
    bend, is_hyperbolic = float(rng.choice(BENDS)), bool(rng.integers(2))
    low, high = moved

    def brings(level: float) -> float:
        return level / (level + bend) if is_hyperbolic else 1.0 - float(np.exp(-level / bend))

    ratio = (brings(high) - brings(low)) / (high - low) / brings(1.0)
    steps = np.concatenate([[0.0], np.cumsum(rng.normal(0.0, 2.0 * DRIFT_A_YEAR, 4))])
    tests = []
    for number, age in enumerate(ages):
        measured = (2.0 + float(np.interp(age, np.arange(5.0), steps))) * ratio + 0.3 * rng.normal()
        last = TODAY - timedelta(days=round(age * DAYS_PER_YEAR))
        tests.append(Evidence(f"t{number}", "c", "m", measured, 0.3, last - timedelta(days=27), last, SpendRange(low, high, 1.0)))
    prior = combine_evidence(tests, as_of=TODAY).prior
    off = abs(prior.mean - 2.0) / prior.sd
    return off <= _Z80, off <= _Z90, prior.sd / 2.0
