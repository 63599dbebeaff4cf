"""--exposure, --reach, --frequency: pairs of a column of spend and one of what its money bought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quarterdeck.cli.column_names import column_names
from quarterdeck.kernel.problems import InvalidInput, Problem

Pairs = tuple[tuple[str, str], ...]
_EXAMPLE = {"exposure": "tv=tv_impressions", "reach": "tv=tv_reach", "frequency": "tv=tv_frequency"}


@dataclass(frozen=True)
class BoughtColumns:
    """Pairs of a column of spend and one of what its money bought: contacts, people, and contacts a person."""

    exposure: Pairs = ()
    reach: Pairs = ()
    frequency: Pairs = ()


def read_bought(exposure: Sequence[str] | None, reach: Sequence[str] | None, frequency: Sequence[str] | None, spend: Sequence[str]) -> BoughtColumns:
    """The pairs of the three options. Raises InvalidInput for any other word, a column of spend named twice, or reach and frequency without each other."""
    told = {"exposure": exposure, "reach": reach, "frequency": frequency}
    problems: list[Problem] = []
    pairs = {name: _pairs(name, words, spend, problems) for name, words in told.items()}
    bought = {name: {pair[0] for pair in found} for name, found in pairs.items()}
    problems += [_without(option, channel) for channel in spend for option in _left_open(*(channel in bought[name] for name in told))]
    if problems:
        raise InvalidInput(problems, state="Nothing was fitted.")
    return BoughtColumns(**pairs)


def _pairs(option: str, told: Sequence[str] | None, spend: Sequence[str], problems: list[Problem]) -> Pairs:
    found = [tuple(part.strip() for part in word.split("=", 1)) for word in column_names(told)]
    expected = f"a column of --spend and what its money bought, such as {_EXAMPLE[option]}"
    wrong = [pair for pair in found if len(pair) != 2 or pair[0] not in spend or not pair[1]]
    problems += [Problem("RESPONSE-050", f"--{option}", "=".join(pair), expected, "Write both as they stand in the header.") for pair in wrong]
    right = [(pair[0], pair[1]) for pair in found if pair not in wrong]
    often = [(channel, times) for channel, times in Counter(channel for channel, _ in right).items() if times > 1]
    problems += [Problem("RESPONSE-050", f"--{option}", f"{times} columns for {channel}", "one", "Leave out the others.") for channel, times in often]
    return tuple(right)


def _left_open(exposure: bool, reach: bool, frequency: bool) -> list[str]:
    """The options of one channel of which there is one too many, or one too few."""
    too_many = ["exposure"] if exposure and reach else []
    too_few = ["frequency"] if reach and not frequency else ["reach"] if frequency and not reach and not exposure else []
    return too_many + too_few


def _without(option: str, channel: str) -> Problem:
    what = {
        "exposure": (f"a --reach for {channel} too", "one of the two", "Leave one of the two out."),
        "frequency": (f"nothing for {channel}, which has a --reach", f"a column for {channel}", "Name it too."),
        "reach": (
            f"nothing for {channel}, which has a --frequency",
            f"a column for {channel}, or its contacts as --exposure",
            "Name one of them too.",
        ),
    }
    return Problem("RESPONSE-050", f"--{option}", *what[option])
