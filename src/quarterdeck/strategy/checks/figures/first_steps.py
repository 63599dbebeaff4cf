"""The check of what a first step is worth beside the sale that it may lead to, and of the share of people that a note tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.figures.fit import STEPS, pairs_of_steps
from quarterdeck.strategy.parts.aims import Conversion
from quarterdeck.strategy.wording.wording import say_money, say_number

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = {word: number for number, word in enumerate(_COUNTS, start=1)} | {"twenty": 20, "fifty": 50, "hundred": 100}
_COUNT = rf"(?:\d{{1,4}}|{'|'.join(_NUMBER)})"
_PART = re.compile(
    rf"\b(?P<part>{_COUNT}) (?:in|of|out of|from) (?:a |each |every )?(?P<whole>{_COUNT})\b|\b(?P<percent>\d{{1,2}}) ?(?:%|percent|per cent)",
    re.IGNORECASE,
)
_ANY_COUNT = re.compile(rf"\b(?:\d[\d.,]*|{'|'.join(_NUMBER)})\b", re.IGNORECASE)
_FAR = Decimal("1.5")
"""So far from its share the worth of a first step is a slip and no rounding."""


@rule("STRATEGY-224", 2, "warning", "A first step worth more than the sale")
def dear_first_step(situation: Situation) -> Iterator[Finding]:
    """Only some of those who ask will buy, so one who asks is worth less than one who bought. Steps are compared where they lead to one goal, or where
    each is counted once; a note says why one is worth so much. A note that only says how many go on (one in four signs) is taken at its word: the
    first step is worth that share of the sale.
    """
    currency = situation.strategy.company.currency
    for first, sale in _first_steps(situation):
        margin, leaves = first.margin or Decimal(0), sale.margin or Decimal(0)
        both = [say_money(each, currency) for each in (margin, leaves)]
        share, place = _share_told(first.note, leaves), f"conversions[{first.id}].margin"
        if share is not None and margin > leaves * share * _FAR:
            meant = say_money(round(leaves * share, 2).normalize() if leaves * share < 1 else Decimal(round(leaves * share)), currency)
            found = f"{both[0]}, while its note lets {say_number(round(share * 100))} of 100 go on to conversions[{sale.id}], which leaves {both[1]}"
            yield Finding(place, found, f"about {meant}, that share of the sale", "Mend the worth or the share.")
        elif margin > leaves and not first.note:
            fix = "Take what the sale leaves, times the share of people who go on to buy."
            yield Finding(place, f"{both[0]}, more than the {both[1]} of conversions[{sale.id}]", "its share of what the sale leaves", fix)


def _first_steps(situation: Situation) -> Iterator[tuple[Conversion, Conversion]]:
    """Every first step with the sale that leaves least of those it may lead to; each first step once."""
    counting: dict[str, list[Conversion]] = {}
    for conversion in situation.strategy.conversions:
        if conversion.metric is not None and conversion.margin is not None:
            counting.setdefault(conversion.metric, []).append(conversion)
    linked = {(earlier.metric, later.metric) for earlier, later in pairs_of_steps(situation)}
    linked |= {step for step in STEPS if all(len(counting.get(metric, ())) == 1 for metric in step)}
    told: set[str] = set()
    for earlier_metric, later_metric in sorted(linked):
        sales = counting.get(later_metric, [])
        for first in counting.get(earlier_metric, ()) if sales else ():
            if first.id not in told:
                told.add(first.id)
                yield first, min(sales, key=lambda each: each.margin or Decimal(0))


def _share_told(note: str | None, leaves: Decimal) -> Decimal | None:
    """The share of people who go on, where the note says it and no other figure than what the sale leaves; else it explains more than we can read."""
    found = list(_PART.finditer(note or ""))
    if len(found) != 1:
        return None
    rest = _ANY_COUNT.findall(_PART.sub(" ", note or ""))
    if any(_read(count) != leaves for count in rest):
        return None
    part, whole = (found[0]["percent"], "100") if found[0]["percent"] else (found[0]["part"], found[0]["whole"])
    share = _read(part) / max(_read(whole), Decimal(1))
    return share if 0 < share <= 1 else None


def _read(count: str) -> Decimal:
    """A number that is written as a word, or with signs between its thousands."""
    return Decimal(_NUMBER.get(count.casefold(), 0)) or Decimal(re.sub(r"\D", "", count) or 0)


FIRST_STEP_CHECKS: tuple[Check, ...] = (dear_first_step,)
