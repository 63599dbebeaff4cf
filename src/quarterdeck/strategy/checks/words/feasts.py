"""Checks of feasts: a campaign that comes after its feast, a wish or a present months away from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.means import ContentItem
from quarterdeck.strategy.wording.wording import quote, say_day

_LATE_DAYS, _SEASON_DAYS = 45, 45
_OTHER_CHRISTMAS = frozenset({"BY", "EG", "ET", "GE", "MD", "ME", "MK", "RS", "RU", "UA"})
"""Countries where many keep Christmas on 7 January."""
_OTHER_EASTER = frozenset({"BG", "BY", "CY", "EG", "GE", "GR", "MD", "ME", "MK", "RO", "RS", "RU", "UA"})
_AFTERWARDS = re.compile(r"\b(after|post|nach|après|apres|po)\b", re.IGNORECASE)


def _easter(year: int) -> date:
    """Easter Sunday. Source: the anonymous Gregorian algorithm (Meeus 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _british_mothers_day(year: int) -> date:
    return _easter(year) - timedelta(days=21)


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


_christmas = _on(12, 25)
_FEASTS: tuple[tuple[re.Pattern[str], Callable[[int], date]], ...] = (
    (re.compile(r"\b(christmas|weihnacht\w*|noël)\b", re.IGNORECASE), _christmas),
    (re.compile(r"\b(valentine['’]?s?|valentinstag|saint-valentin|walentyn\w*)\b", re.IGNORECASE), _on(2, 14)),
    (re.compile(r"\b(women['’]s day|frauentag|dzień kobiet)\b", re.IGNORECASE), _on(3, 8)),
    (re.compile(r"\b(halloween)\b", re.IGNORECASE), _on(10, 31)),
    (re.compile(r"\b(easter|ostern|pâques|wielkanoc\w*)\b", re.IGNORECASE), _easter),
)
_MOTHERS_DAY = re.compile(r"\b(mother['’]?s['’]? day|mothering sunday)\b", re.IGNORECASE)
_GREETINGS: tuple[tuple[re.Pattern[str], Callable[[int], date]], ...] = (
    (re.compile(r"\b(merry christmas|frohe weihnachten|joyeux noël|wesołych świąt bożego)", re.IGNORECASE), _on(12, 25)),
    (re.compile(r"\b(happy new year|frohes neues jahr|bonne année|szczęśliwego nowego roku)", re.IGNORECASE), _on(1, 1)),
    (re.compile(r"\b(happy easter|frohe ostern|joyeuses pâques)", re.IGNORECASE), _easter),
)


_THING = r"(?: \w+)? (?:presents?|gifts?|cards?|hampers?|dinners?|menus?|trees?|baskets?|offers?|sale|deals?|shopping|market|parcels?|delivery|order)"
_FOR_A_FEAST: tuple[tuple[re.Pattern[str], Callable[[int], date]], ...] = (
    (
        re.compile(
            rf"\bchristmas{_THING}\b|\bfor christmas\b|\bunder the (?:christmas )?tree\b|\bweihnachts(?:geschenk|angebot|karte|menü|markt|aktion)\w*|\bzu weihnachten\b"
            r"|\bunter den baum\b|\bcadeaux? de noël\b|\bpour noël\b|\bsous le sapin\b|\bpod choinkę\b|\bna gwiazdkę\b|\bprezent\w* świąteczn\w*",
            re.IGNORECASE,
        ),
        _christmas,
    ),
    (
        re.compile(rf"\bvalentine['’]?s?(?: day)?{_THING}\b|\bfor valentine['’]?s\b|\bvalentinsgeschenk\w*|\bna walentynki\b", re.IGNORECASE),
        _on(2, 14),
    ),
    (re.compile(rf"\bhalloween{_THING}\b|\bfor halloween\b", re.IGNORECASE), _on(10, 31)),
)
_NO_MORE = re.compile(
    r"\b(after|unwanted|returns?|exchange|left ?over|last|was|were|thank\w*|why|not|nach|danke|après|merci|po|dziękuj\w*)\b", re.IGNORECASE
)
_CLEARANCE_DAYS, _AHEAD_DAYS = 21, 120
_FEAST_WORDS = (
    "valentin",
    "walentyn",
    "halloween",
    "tree",
    "baum",
    "sapin",
    "choink",
    "gwiazdk",
    "świąteczn",
    *("christmas", "weihnacht", "noël", "świąt", "new year", "neues jahr", "bonne année", "nowego roku", "easter", "ostern", "pâques"),
)


def items_with(situation: Situation, words: Iterable[str]) -> Iterator[tuple[ContentItem, str]]:
    """Items whose title or text holds one of the words, with both as one text: most hold none, and are not read any further."""
    for item in situation.strategy.content.items:
        text = f"{item.title}. {item.text or ''}"
        small = text.casefold()
        if any(word in small for word in words):
            yield item, text


@rule("STRATEGY-435", 4, "warning", "A campaign for a feast that is over")
def late_for_feast(situation: Situation) -> Iterator[Finding]:
    """A campaign with the name of a feast begins before it. One that comes afterwards on purpose says "after" in its name.

    Mother's Day is looked up for the United Kingdom and Ireland alone, since each country has its own; Christmas and Easter not where they are Orthodox.
    """
    is_british = bool(situation.strategy.company.markets) and set(situation.strategy.company.markets) <= {"GB", "IE"}
    feasts = (*_FEASTS, (_MOTHERS_DAY, _british_mothers_day)) if is_british else _FEASTS
    if _OTHER_EASTER & set(situation.strategy.company.markets):
        feasts = tuple((words, day_in) for words, day_in in feasts if day_in is not _easter)
    if _OTHER_CHRISTMAS & set(situation.strategy.company.markets):
        feasts = tuple((words, day_in) for words, day_in in feasts if day_in is not _christmas)
    for campaign in situation.strategy.campaigns:
        name = campaign.name or ""
        for words, day_in in feasts:
            feast = day_in(campaign.starts_on.year)
            if words.search(name) and not _AFTERWARDS.search(name) and 0 < (campaign.starts_on - feast).days <= _LATE_DAYS:
                yield Finding(
                    f"campaigns[{campaign.id}].starts_on",
                    f"{say_day(campaign.starts_on)}, and {quote(name)} is over on {say_day(feast)}",
                    "a start weeks before the feast",
                    "Start it earlier, or give it another name.",
                )


@rule("STRATEGY-511", 5, "warning", "A greeting out of season")
def out_of_season(situation: Situation) -> Iterator[Finding]:
    """A wish for a feast goes out around that feast, and what is for a feast (a present, a card, a menu) before it. Months away it is left over from
    another plan.
    """
    for item, text in items_with(situation, _FEAST_WORDS):
        for words, day_in in _GREETINGS:
            found = words.search(text)
            year = item.deliver.on.year
            if found and min(abs((day_in(each) - item.deliver.on).days) for each in (year - 1, year, year + 1)) > _SEASON_DAYS:
                yield Finding(
                    f"content.items[{item.id}]",
                    f"{quote(found.group())} on {say_day(item.deliver.on)}",
                    "words for that day",
                    "Mend the words or the day.",
                )
        for words, day_in in _FOR_A_FEAST:
            found = words.search(item.title)
            day = item.deliver.on
            last, following = (day_in(day.year - (day_in(day.year) > day)), day_in(day.year + (day_in(day.year) <= day)))
            if found and not _NO_MORE.search(item.title) and (day - last).days > _CLEARANCE_DAYS and (following - day).days > _AHEAD_DAYS:
                yield Finding(
                    f"content.items[{item.id}]", f"{quote(found.group())} on {say_day(day)}", "words for that day", "Mend the words or the day."
                )


FEAST_CHECKS: tuple[Check, ...] = (late_for_feast, out_of_season)
