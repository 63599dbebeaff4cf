"""The few words that the interview adds to what the owner said. Nothing else in a first draft is anybody's but the owner's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.strategy.interview.interview import Told
from quarterdeck.strategy.interview.rows import counted_of
from quarterdeck.strategy.wording.wording import say_money, say_number

SAID: Mapping[str, str] = {
    "goal": "Reach {} in {}.",
    "goal_of_quarter": "Reach {} by {}.",
    "year_open": "The number for the whole year is not known yet; this is the one for the quarter.",
    "objective": "Reach {} from {} to {}.",
    "deal": "Deal with this: {}",
    "try": "Try: {}",
    "numbered": "{} ({})",
    "stop": "Keep “{}” if it brings {}; else stop it.",
    "nothing_paid": "Nothing that costs money is used or wanted.",
    "ask_rows": "{} ({})",
    "ask_trial": "Is “{}” worth it, and how will you see that?",
    "ask_trial_blocks": "Whether to go on with “{}” after the trial",
    "ask_found": "You could meet “{}” here and do not: {}. Should you?",
    "ask_found_blocks": "Where to meet these people",
    "recent": "What was before is that of the last three months: it may be another season.",
    "recent_more": "In the last three months it was {}; the target is not above it, so no figure stands beside it.",
    "ask_hours": "How many hours a week does {} have for it?",
    "ask_hours_blocks": "Who does what, and when",
    "ask_hour": "At what time of day do people like to get it? Until you say so, 09:00 stands.",
    "ask_hour_blocks": "The times in the calendar",
    "ask_own_blocks": "What you wanted to know",
    "ask_year": "How many do you want in the whole of {}?",
    "ask_year_blocks": "The goal of the year",
}
"""Every sentence or frame that is not an answer; braces hold answers, the company's settings and dates of the quarter."""
_WEEKEND = 5
_ID_WORDS, _ID_LETTERS = 4, 40


def amount(told: Told, figure: Decimal) -> str:
    """A figure with what is counted: `380 bookings`, `$24,000 in gifts`."""
    counted = counted_of(told)
    if counted is None:
        return say_number(figure)
    return f"{say_money(figure, told.company.currency)} {counted.money_in}" if counted.is_money else f"{say_number(figure)} {counted.noun}"


def short_name(text: str, taken: Collection[str], *, otherwise: str) -> str:
    """An id made from the first words of a text that is not among those taken."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    bare = "_".join(re.findall(r"[a-z0-9]+", letters)[:_ID_WORDS])[:_ID_LETTERS].strip("_") or otherwise
    number, name = 1, bare
    while name in taken:
        number += 1
        name = f"{bare}_{number}"
    return name


def working_day(day: date, number: int) -> date:
    """The working day of that number after `day`."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < _WEEKEND
    return day
