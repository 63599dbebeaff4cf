"""parse_priors: what a person believes about returns, as written in a JSON file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from quarterdeck.kernel.money import LARGEST_AMOUNT
from quarterdeck.kernel.problems import Problem
from quarterdeck.response.priors.priors import ReturnPrior, Source

PRIORS_EXAMPLE = '{"search": {"mean": 2.5, "sd": 0.8, "source": "experiment"}}'
_KEYS = {"mean", "sd", "source"}


def parse_priors(given: Any, channels: Sequence[str], *, where: str) -> tuple[dict[str, ReturnPrior], list[Problem]]:
    """Channel -> belief about its return (units of the outcome per unit of money), and everything wrong with `given`. No source is a judgement."""
    if not isinstance(given, Mapping):
        return {}, [_problem(where, "no object", f"an object such as {PRIORS_EXAMPLE}")]
    priors, problems = {}, []
    for name, belief in given.items():
        found = _wrong(name, belief, channels, where)
        problems += found
        if not found:
            priors[name] = ReturnPrior(float(belief["mean"]), float(belief["sd"]), cast(Source, belief.get("source", "judgement")))
    return priors, problems


def _wrong(name: str, belief: Any, channels: Sequence[str], where: str) -> list[Problem]:
    here = f'{where}, "{name}"'
    found = [] if name in channels else [_problem(here, "a channel that is not among --spend", f"one of {', '.join(channels)}")]
    if not isinstance(belief, Mapping):
        return [*found, _problem(here, "no object", f"an object as in {PRIORS_EXAMPLE}")]
    found += [_problem(f"{here}, {key}", "a key that is not known", ", ".join(sorted(_KEYS))) for key in sorted(set(belief) - _KEYS)]
    if not _is_number(belief.get("mean")):
        found.append(_problem(f"{here}, mean", repr(belief.get("mean")), "a number: units of the outcome per unit of money"))
    if not _is_number(belief.get("sd")) or belief["sd"] <= 0:
        found.append(_problem(f"{here}, sd", repr(belief.get("sd")), "a number above 0: how unsure the mean is"))
    if belief.get("source", "judgement") not in get_args(Source):
        found.append(_problem(f"{here}, source", repr(belief["source"]), f"one of {', '.join(get_args(Source))}"))
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_AMOUNT


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem("RESPONSE-057", where, found, expected, "Correct it.")
