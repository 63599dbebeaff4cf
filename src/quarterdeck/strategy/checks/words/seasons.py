"""Checks of weekdays and days that are named in words: what is over when it is read, or on no such day; and weeks without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.words.feasts import items_with
from quarterdeck.strategy.parts.means import Campaign
from quarterdeck.strategy.wording.sentence_figures import MONTH_NUMBER, as_listed
from quarterdeck.strategy.wording.wording import quote, say_day

_SILENT_DAYS, _ENOUGH_ITEMS = 35, 8
_MESSAGES = frozenset({"email", "sms", "direct_mail"})
_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_DAY = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?(?P<month>{_MONTH})"
    rf"|(?P<month_first>{_MONTH})\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,?\s+(?P<year>20\d\d)\b)?"
)
_UNTIL = re.compile(rf"\b(?:until|till|up to|valid to|bis(?: zum)?|jusqu'au|jusqu’au)\s+{_DAY}", re.IGNORECASE)
_LAST_DAY = re.compile(
    rf"\b(?:until|till|up to|valid to|ends on|ends|before|by|bis(?: zum)?|vor dem|gültig bis|jusqu['’]au|avant le|do|przed)\s+(?:the\s+)?{_DAY}",
    re.IGNORECASE,
)
_HALF_A_YEAR = 180
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
    r"\b(remind\w*|erinner\w*|rappel\w*|przypom\w*)\b.{0,25}\b(last|previous|first|letzte\w*|dernier\w*|zeszł\w+|ostatni\w+)\b.{0,12}"
    r"\b(letter|e-?mail|mail|message|text|sms|week|month|brief|nachricht|woche|lettre|semaine|tygodni\w*|wiadomości)\b"
    r"|\bas (we|i) (wrote|told you|said)\b|\b(did you|have you) (see|seen|get|read) (our|my|last)\b|\bin case you missed (our|my|it|the)\b|"
    r"\b(last|final|second|third) reminder|\b(letzte|zweite) erinnerung|\bdernier rappel|\b(ostatnie|drugie) przypomnienie",
    re.IGNORECASE,
)
_UNTIL_WORDS = ("until", "till", "up to", "valid to", "bis", "jusqu")


@rule("STRATEGY-512", 5, "warning", "A promise that is over when it is read")
def promise_over(situation: Situation) -> Iterator[Finding]:
    """What a text promises until a day can still be had on the day it goes out."""
    for item, text in items_with(situation, _UNTIL_WORDS):
        for found in _UNTIL.finditer(text):
            last = _day_of(found, item.deliver.on.year)
            if last is not None and last < item.deliver.on and not _LOOKS_BACK.search(_sentence_before(text, found.start())):
                yield Finding(
                    f"content.items[{item.id}]",
                    f"{quote(found.group())}, and it goes out on {say_day(item.deliver.on)}",
                    "a promise that still holds when it is read",
                    "Mend the day in the words, or send it earlier.",
                )


@rule("STRATEGY-519", 5, "warning", "An offer that is over before its letters")
def offer_over(situation: Situation) -> Iterator[Finding]:
    """The last day that an offer names is not before the last item of the campaigns that make it; who reads that item asks for what is over."""
    offers = {offer.id: offer for offer in situation.strategy.offers}
    told: set[str] = set()
    for campaign in situation.strategy.campaigns:
        offer = offers.get(campaign.offer or "")
        found = None if offer is None else _LAST_DAY.search(offer.text)
        last = None if found is None else _last_day(found, campaign)
        late = [item for item in situation.strategy.content.items if item.campaign == campaign.id and last is not None and item.deliver.on > last]
        if offer is not None and found is not None and late and offer.id not in told:
            told.add(offer.id)
            newest = max(late, key=lambda item: item.deliver.on)
            yield Finding(
                f"offers[{offer.id}].text",
                f"{quote(found.group())}, and {newest.id} of campaigns[{campaign.id}] goes out on {say_day(newest.deliver.on)}",
                "an offer that still holds when it is read",
                "Move the last day, or send the items earlier.",
            )


def _last_day(found: re.Match[str], campaign: Campaign) -> date | None:
    """The last day of an offer; without a year it is the one that comes next when the campaign has begun."""
    last = _day_of(found, campaign.starts_on.year)
    is_next_year = last is not None and not found["year"] and (campaign.starts_on - last).days > _HALF_A_YEAR
    return _day_of(found, campaign.starts_on.year + 1) if is_next_year else last


@rule("STRATEGY-513", 5, "warning", "A weekday that this date is not")
def wrong_weekday(situation: Situation) -> Iterator[Finding]:
    """Where a text names a weekday and a date, both are the same day. Half of the readers go by the one, half by the other."""
    for item, text in items_with(situation, _WEEKDAY_NUMBER):
        for found in _WEEKDAY_AND_DAY.finditer(text):
            day = _day_of(found, item.deliver.on.year)
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


def _day_of(found: re.Match[str], year: int) -> date | None:
    """The day that is named; without a year it is in the given one. None when there is no such day."""
    month, day = found["month"] or found["month_first"], found["day"] or found["day_after"]
    try:
        return date(int(found["year"] or year), MONTH_NUMBER[as_listed(month)], int(day))
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
    """A last or second reminder, or one of last week's letter, is not the first that a campaign sends to somebody."""
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


SEASON_CHECKS: tuple[Check, ...] = (promise_over, offer_over, wrong_weekday, silent_weeks, reminder_first)
