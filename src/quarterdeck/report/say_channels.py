"""What channels bring, in sentences: which brings most, which pay, and how much of that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.charts.labels import is_money, name_of, one_of, whole_money, whole_percent
from quarterdeck.report.say_results import spelled
from quarterdeck.report.words import Words

UNSURE = (0.1, 0.9)
"""Between these chances nobody can say whether a channel pays."""
THIN = 0.6
"""From this share of belief beforehand on, an answer is mostly belief."""
NEARLY_ALL = 0.95
_MOST_NAMED = 2
_OWN_NAMES = ("social", "partners", "affiliate", "referral", "other", "events")

Sure = Literal["tested", "history", "belief", "none"]


@dataclass(frozen=True)
class Bringing:
    """What is said of one channel."""

    name: str
    """As it stands within a sentence."""
    brought: Range
    chance_pays: float | None


def in_sentence(name: str, kind: str) -> str:
    """`newspaper inserts`, but `TV`, `X`, `Google Ads`, `Facebook`."""
    is_plain = len(name) > 1 and name[1:] == name[1:].lower() and kind not in _OWN_NAMES
    return name[0].lower() + name[1:] if is_plain else name


def say_channels(channels: Sequence[Bringing]) -> str:
    """ "Search probably brings most; whether newspaper inserts pay cannot be told yet." `channels` are those with money and a curve."""
    ranked = sorted(channels, key=lambda each: (-each.brought.expected, each.name))
    top = ranked[0]
    if len(ranked) == 1:
        return f"{_capital(top.name)} is the only channel with a curve{_pays(ranked)}."
    is_clear = top.brought.low >= ranked[1].brought.high
    verb = "bring" if top.name.endswith("s") else "brings"
    return f"{_capital(top.name)} {verb if is_clear else 'probably ' + verb} the most{_pays(ranked)}."


def _pays(channels: Sequence[Bringing]) -> str:
    known = [each for each in channels if each.chance_pays is not None]
    if not known:
        return ""
    unsure = [each.name for each in known if UNSURE[0] < (each.chance_pays or 0.0) < UNSURE[1]]
    losing = [each.name for each in known if (each.chance_pays or 0.0) <= UNSURE[0]]
    if losing and len(losing) <= _MOST_NAMED:
        return f"; {_and(losing)} {_agree(losing, 'do not pay', 'does not pay')} for {'themselves' if len(losing) > 1 else 'itself'}"
    if losing:
        return f"; {spelled(len(losing))} channels do not pay for themselves"
    if not unsure:
        return "; all of them pay for themselves" if len(known) > 1 else "; it pays for itself"
    if len(unsure) <= _MOST_NAMED:
        return f"; whether {_and(unsure)} {_agree(unsure, 'pay', 'pays')} cannot be told yet"
    whom = "any of them pays" if len(unsure) == len(known) else f"{spelled(len(unsure))} of them pay"
    return f"; whether {whom} for itself cannot be told yet" if len(unsure) == len(known) else f"; whether {whom} for themselves cannot be told yet"


def how_sure(prior_share: float | None, *, is_tested: bool) -> tuple[Sure, int, str]:
    """What the answer about a channel rests on, its strength (1 to 3), and in words."""
    if is_tested:
        return "tested", 3, "tested"
    if prior_share is None:
        return "none", 1, "no curve"
    if prior_share >= THIN:
        return "belief", 1, "almost all belief" if prior_share >= NEARLY_ALL else f"{whole_percent(prior_share)} belief"
    return "history", 2, f"own history, {whole_percent(prior_share)} belief"


def say_how_sure(name: str, prior_share: float | None, weeks: int, *, is_tested: bool) -> str:
    """How much of the answer the company's own weeks gave."""
    kind, _, _ = how_sure(prior_share, is_tested=is_tested)
    if kind == "tested":
        return f"You tested {name}: what it brings was seen, not only worked out."
    if prior_share is None:
        return f"There is no curve for {name}."
    if prior_share >= NEARLY_ALL:
        return f"Your {weeks} weeks say next to nothing about {name} by itself: its curve is what was believed beforehand."
    if kind == "belief":
        return f"{whole_percent(prior_share)} of this rests on what was believed beforehand; your {weeks} weeks say the rest."
    return f"Your own {weeks} weeks say most of this; {whole_percent(prior_share)} rests on what was believed beforehand."


def say_brought(name: str, brought: Range, metric: str, when: str, words: Words) -> str:
    """ "In these four weeks search brought about 190 new customers"; `when` is "in these four weeks"."""
    about, label = words.amount(brought.expected, metric, about=True), name_of(metric).lower()
    return f"{_capital(when)} {name} brought about {f'{about} of {label}' if is_money(metric) else f'{about} {label}'}"


def say_pays(name: str, chance: float | None, value: str | None, metric: str) -> str | None:
    """Whether a channel earns what it costs, given what a unit of the metric is worth; None when that is not known."""
    if chance is None or value is None:
        return None
    worth = f"one {one_of(metric)} is worth {value}" if not is_money(metric) else f"each unit of {name_of(metric).lower()} leaves {value}"
    if chance >= UNSURE[1]:
        return f"It very likely pays for itself ({worth} to you before marketing)."
    if chance <= UNSURE[0]:
        return f"It very likely does not pay for itself ({worth} to you before marketing)."
    return f"Whether it pays for itself cannot be told yet: the chance is {round(chance * 100)}\N{NARROW NO-BREAK SPACE}% ({worth} to you before marketing)."


def price_of_one(spent: float, brought: Range, words: Words) -> tuple[str, str] | None:
    """What one unit cost, most likely and in 8 cases of 10; None where nothing was spent or nothing that can be seen came."""
    if spent <= 0 or brought.expected <= 0:
        return None
    low = whole_money(spent / brought.high, words) if brought.high > 0 else ""
    high = whole_money(spent / brought.low, words) if brought.low > spent / 1e9 else "any amount"
    return whole_money(spent / brought.expected, words), f"{low} to {high}"


def return_of_hundred(spent: float, brought: Range, words: Words) -> tuple[str, str] | None:
    """What a hundred of money brought back, most likely and in 8 cases of 10; None where nothing was spent."""
    if spent <= 0:
        return None
    each = [whole_money(max(0.0, value) * 100.0 / spent, words) for value in (brought.expected, brought.low, brought.high)]
    return each[0], f"{each[1]} to {each[2]}"


def _and(names: Sequence[str]) -> str:
    return " and ".join(names)


def _agree(names: Sequence[str], plural: str, singular: str) -> str:
    return plural if len(names) > 1 or names[0].endswith("s") else singular


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
