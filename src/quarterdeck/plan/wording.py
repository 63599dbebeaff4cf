"""Plain English for the sentences of a plan: days, spans, hours and lists of names. The same words on every machine, whatever its locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.means import Campaign, ContentItem

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LONGEST_NAME = 40


def say_day(day: date) -> str:
    """`11 February`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def say_weekday(day: date) -> str:
    """`Thursday 11 February`."""
    return f"{_WEEKDAYS[day.weekday()]} {say_day(day)}"


def say_span(first_day: date, last_day: date) -> str:
    """`from 4 January to 7 February`, or `on 4 January` for a single day; years are said when they differ."""
    if first_day == last_day:
        return f"on {say_day(first_day)}"
    if first_day.year != last_day.year:
        return f"from {say_day(first_day)} {first_day.year} to {say_day(last_day)} {last_day.year}"
    return f"from {say_day(first_day)} to {say_day(last_day)}"


def to_hours(hours: Fraction) -> Decimal:
    """Hours with one digit after the point, and none when they are whole."""
    rounded = (Decimal(hours.numerator) / hours.denominator).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def say_count(count: int, one: str, many: str) -> str:
    """`five tasks`, `one task`, `14 tasks`."""
    number = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{number} {one if count == 1 else many}"


def join_names(names: Sequence[str]) -> str:
    """`Mira, Tom and Ada`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def sentence_case(text: str) -> str:
    """The first letter made a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def quote(title: str) -> str:
    """A title in quotation marks."""
    return f"“{title}”"


def name_item(item: ContentItem) -> str:
    """An item's title, quoted."""
    return quote(item.title)


def name_campaign(campaign: Campaign) -> str:
    """A campaign's name, or its id, quoted."""
    return quote(campaign.name or campaign.id)


def name_audience(strategy: Strategy, audience_id: str) -> str:
    """Who they are when that is said briefly, else the id in words."""
    who = next((audience.who for audience in strategy.audiences if audience.id == audience_id), None)
    return who if who is not None and len(who) <= LONGEST_NAME else quote(audience_id.replace("_", " ").replace("-", " "))


def name_channel(strategy: Strategy, channel_id: str) -> str:
    """A channel's name, or its id in words."""
    named = next((channel.name for channel in strategy.channels if channel.id == channel_id), None)
    return named or channel_id.replace("_", " ").replace("-", " ")
