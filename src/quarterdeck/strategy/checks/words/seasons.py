"""Checks of feasts, weekdays and days that are named in words: what comes too late, out of season or on no such day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.means import ContentItem
from quarterdeck.strategy.wording.sentence_figures import MONTH_NUMBER, as_listed
from quarterdeck.strategy.wording.wording import quote, say_day

_LATE_DAYS, _SEASON_DAYS = 45, 45
_SILENT_DAYS, _ENOUGH_ITEMS = 35, 8
_MESSAGES = frozenset({"email", "sms", "direct_mail"})
_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_DAY = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?(?P<month>{_MONTH})"
    rf"|(?P<month_first>{_MONTH})\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,?\s+(?P<year>20\d\d)\b)?"
)
_UNTIL = re.compile(rf"\b(?:until|till|up to|valid to|bis(?: zum)?|jusqu'au|jusqu’au)\s+{_DAY}", re.IGNORECASE)
_WEEKDAYS = (
    ("monday", "montag", "lundi"),
    ("tuesday", "dienstag", "mardi"),
    ("wednesday", "mittwoch", "mercredi"),
    ("thursday", "donnerstag", "jeudi"),
    ("friday", "freitag", "vendredi"),
    ("saturday", "samstag", "samedi"),
    ("sunday", "sonntag", "dimanche"),
)
_WEEKDAY_NUMBER = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_WEEKDAY_AND_DAY = re.compile(rf"\b(?P<weekday>{'|'.join(_WEEKDAY_NUMBER)})\b,?\s+(?:the\s+|der\s+|den\s+|le\s+)?{_DAY}", re.IGNORECASE)
_LOOKS_BACK = re.compile(r"\b(was|were|had|been|war|waren|hatten?|était|étaient|avait)\b", re.IGNORECASE)
_LAST_REMINDER = re.compile(
    r"\b(last|final|second|third) reminder|\b(letzte|zweite) erinnerung|\bdernier rappel|\b(ostatnie|drugie) przypomnienie", re.IGNORECASE
)
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


_FEAST_WORDS = ("christmas", "weihnacht", "noël", "świąt", "new year", "neues jahr", "bonne année", "nowego roku", "easter", "ostern", "pâques")
_UNTIL_WORDS = ("until", "till", "up to", "valid to", "bis", "jusqu")


def _items_with(situation: Situation, words: Iterable[str]) -> Iterator[tuple[ContentItem, str]]:
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
    """A wish for a feast goes out around that feast. Months away it is left over from another plan."""
    for item, text in _items_with(situation, _FEAST_WORDS):
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


@rule("STRATEGY-512", 5, "warning", "A promise that is over when it is read")
def promise_over(situation: Situation) -> Iterator[Finding]:
    """What a text promises until a day can still be had on the day it goes out."""
    for item, text in _items_with(situation, _UNTIL_WORDS):
        for found in _UNTIL.finditer(text):
            last = _day_of(found, item)
            if last is not None and last < item.deliver.on and not _LOOKS_BACK.search(_sentence_before(text, found.start())):
                yield Finding(
                    f"content.items[{item.id}]",
                    f"{quote(found.group())}, and it goes out on {say_day(item.deliver.on)}",
                    "a promise that still holds when it is read",
                    "Mend the day in the words, or send it earlier.",
                )


@rule("STRATEGY-513", 5, "warning", "A weekday that this date is not")
def wrong_weekday(situation: Situation) -> Iterator[Finding]:
    """Where a text names a weekday and a date, both are the same day. Half of the readers go by the one, half by the other."""
    for item, text in _items_with(situation, _WEEKDAY_NUMBER):
        for found in _WEEKDAY_AND_DAY.finditer(text):
            day = _day_of(found, item)
            if day is not None and day.weekday() != _WEEKDAY_NUMBER[as_listed(found["weekday"])]:
                yield Finding(
                    f"content.items[{item.id}]",
                    quote(found.group()),
                    f"{_WEEKDAYS[day.weekday()][0].capitalize()}, which {say_day(day)} is",
                    "Mend the weekday or the date.",
                )


def _sentence_before(text: str, end: int) -> str:
    """What stands before that place in the same sentence."""
    return text[max(text.rfind(stop, 0, end) for stop in ".!?") + 1 : end]


def _day_of(found: re.Match[str], item: ContentItem) -> date | None:
    """The day that is named; without a year it is in the year in which the item goes out. None when there is no such day."""
    month, day = found["month"] or found["month_first"], found["day"] or found["day_after"]
    try:
        return date(int(found["year"] or item.deliver.on.year), MONTH_NUMBER[as_listed(month)], int(day))
    except ValueError:
        return None


@rule("STRATEGY-514", 5, "hint", "Weeks in which nothing goes out")
def silent_weeks(situation: Situation) -> Iterator[Finding]:
    """Where there is enough to say, it is spread over the quarter. Five weeks of silence and then a flood is mostly a slip, or work that comes too late."""
    quarter = situation.quarter
    if quarter is None:
        return
    days = sorted({item.deliver.on for item in situation.strategy.content.items if quarter.first_day <= item.deliver.on <= quarter.last_day})
    gaps = [(later - earlier, earlier, later) for earlier, later in pairwise(days)]
    longest = max(gaps, default=None)
    if longest is not None and len(days) >= _ENOUGH_ITEMS and longest[0].days >= _SILENT_DAYS:
        yield Finding(
            "content.items",
            f"nothing between {say_day(longest[1])} and {say_day(longest[2])}",
            "something in every month of the quarter",
            "Move some of the items into these weeks.",
        )


@rule("STRATEGY-515", 5, "hint", "A last reminder that comes first")
def reminder_first(situation: Situation) -> Iterator[Finding]:
    """A last or second reminder is not the first that a campaign sends to somebody."""
    strategy = situation.strategy
    sent_by = {channel.id for channel in strategy.channels if channel.kind in _MESSAGES}
    sent = [item for item in strategy.content.items if item.campaign is not None and item.channel in sent_by]
    for item in filter(lambda each: _LAST_REMINDER.search(each.title), sent):
        others = [each.deliver.on for each in sent if each.id != item.id and (each.campaign, each.audience) == (item.campaign, item.audience)]
        if others and item.deliver.on < min(others):
            yield Finding(
                f"content.items[{item.id}].deliver.on",
                f"{quote(item.title)} on {say_day(item.deliver.on)}, before all else",
                "a day after what it reminds of",
                "Swap the days.",
            )


SEASON_CHECKS: tuple[Check, ...] = (late_for_feast, out_of_season, promise_over, wrong_weekday, silent_weeks, reminder_first)
