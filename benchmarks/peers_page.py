"""The page that `peers_speed.py` prints: what was measured, as Markdown."""

from __future__ import annotations

import os
import platform
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peers_speed import Timed

OURS = "Quarterdeck"
_QUIET = 0.7


def page_of(timed: list[Timed], usual: dict[str, float], fresh: float, load: float, runs: int) -> str:
    """All tables. usual: seconds of the usual fit by series; fresh: of a process of its own; load: of the machine at the start."""
    return "\n".join(
        [
            _HEAD,
            "## Seconds and independent draws",
            "",
            *_speed(timed),
            "",
            *_ratios(timed),
            "",
            *_usual(usual, fresh),
            "",
            *_medians(timed),
            "",
            *_made_with(timed, load, runs),
        ]
    )


_HEAD = """# How fast a fit is, beside two others

One matching form: PyMC-Marketing's default model (geometric carry-over of at most 8 weeks, logistic saturation, its default priors, two yearly waves, the
controls of the file) on two published weekly series without their last 13 weeks. Quarterdeck draws it as 16 chains of 250 side by side, 4,000 draws, and
its seconds hold all of a fit: features, the search for the grid, draws, the check of convergence, curves and findings. PyMC-Marketing runs with its
default sampler (nutpie) and chains, each fit compiled anew from its cache after one that warms up; Meridian with 2 chains of 500 + 250 + 500, controls
of the file, one knot, spend stated in money (its prior is one on return), and a model of its own, so that its shares are not compared.
The smallest effective number of draws is over every parameter sampled, by one and the same formula for all (Vehtari et al. 2021).
"""


def _speed(timed: list[Timed]) -> list[str]:
    rows = ["| series | tool | seconds | first | draws | min ESS | ESS a second | max R-hat |", "|---|---|---|---|---|---|---|---|"]
    for each in timed:
        smallest = sorted(each.ess_min)[len(each.ess_min) // 2]
        rows.append(
            f"| {each.series} | {each.tool} | {each.wall:.2f} | {each.first:.2f} | {each.draws:,} | {smallest:,.0f} | {each.ess_per_second:,.0f} | {each.rhat_max:.3f} |"
        )
    return rows


def _ratios(timed: list[Timed]) -> list[str]:
    rows = ["| series | beside | ESS a second | wall time |", "|---|---|---|---|"]
    for name in dict.fromkeys(each.series for each in timed):
        ours = next(each for each in timed if each.series == name and each.tool == OURS)
        rows += [
            f"| {name} | {peer.tool} | {ours.ess_per_second / peer.ess_per_second:.0f} times | 1/{peer.wall / ours.wall:.0f} |"
            for peer in timed
            if peer.series == name and peer.tool != OURS
        ]
    return rows if len(rows) > 2 else ["No other tool was there to be compared."]


def _usual(usual: dict[str, float], fresh: float) -> list[str]:
    parts = ", ".join(f"{seconds:.2f} s on {name}" for name, seconds in usual.items())
    return [
        f"The usual fit, which averages forms and lets the baseline bend: {parts}; in a process of its own, imports included, {fresh:.1f} s (robyn_weekly, median of 3)."
    ]


def _medians(timed: list[Timed]) -> list[str]:
    rows = [
        "## The same answer",
        "",
        "Posterior median of each channel's share of the outcome over all runs, with its Monte-Carlo error; `apart` is their difference in combined errors.",
        "",
        "| series | channel | Quarterdeck | pymc-marketing | apart |",
        "|---|---|---|---|---|",
    ]
    for peer in (each for each in timed if each.shares and each.tool != OURS):
        ours = next(each for each in timed if each.series == peer.series and each.tool == OURS)
        for channel in peer.shares:
            (here, here_error), (there, there_error) = ours.median_share(channel), peer.median_share(channel)
            apart = (here - there) / (here_error**2 + there_error**2) ** 0.5
            rows.append(f"| {peer.series} | {channel} | {here:.5f} ± {here_error:.5f} | {there:.5f} ± {there_error:.5f} | {apart:.1f} |")
    return rows if len(rows) > 6 else []


def _made_with(timed: list[Timed], load: float, runs: int) -> list[str]:
    versions = {each.tool: ", ".join(f"{package} {version}" for package, version in each.versions.items()) for each in timed}
    state = "quiet" if load < _QUIET else "LOADED with other work, so that seconds are upper bounds and ratios uncertain"
    return [
        f"Command: `python benchmarks/peers_speed.py FOLDER --write docs/proof/speed.md`, {date.today().isoformat()}, medians of {runs} in one run; "  # noqa: DTZ011, TID251
        f"{os.cpu_count()} cores, {platform.machine()}; load of the machine at the start {load:.1f}: {state}.",
        "",
        *(f"- {tool}: {each}" for tool, each in versions.items()),
    ]
