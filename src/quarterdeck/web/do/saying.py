"""Words that every page of this area uses: numbers, days and moments, and what a state is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.words import Words

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

STATE_CHIPS: dict[str, tuple[str, str, str]] = {
    "proposed": ("waits for approval", "warn", "hourglass"),
    "changes_requested": ("asked to change", "warn", "message-square-text"),
    "approved": ("approved", "good", "check"),
    "claimed": ("being done now", "info", "loader"),
    "done": ("done", "good", "check"),
    "failed": ("did not happen", "bad", "triangle-alert"),
    "unknown": ("not known", "bad", "circle-question-mark"),
    "refused": ("refused", "", "ban"),
    "cancelled": ("no longer wanted", "", "ban"),
}
"""Word, look and icon of each state."""


@dataclass(frozen=True)
class Part:
    """A piece of a headline; `look` colours it (accent, warn, bad or nothing)."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class Chip:
    """A state in a chip."""

    word: str
    look: str
    icon: str


def chip_of(state: str) -> Chip:
    """The chip of an action's state."""
    return Chip(*STATE_CHIPS[state])


def live_chip(desk: Desk) -> Chip:
    """Whether anything really leaves."""
    return (
        Chip("rehearsal: nothing really leaves", "info", "flask-conical") if desk.is_rehearsal else Chip("live, not rehearsal", "info", "radio-tower")
    )


def number(count: int, words: Words) -> str:
    """`three`, `214`."""
    return _SMALL[count] if 0 < count < len(_SMALL) else words.count(count)


def things(count: int, words: Words, one: str = "thing", many: str | None = None) -> str:
    """`1 thing`, `1,214 things`."""
    return f"{words.count(count)} {one if count == 1 else many or one + 's'}"


def short_day(day: date, words: Words) -> str:
    """`Thu 4 Feb` as the locale writes it, with the year where it is another one than might be thought is left out."""
    from babel.dates import format_skeleton

    text: str = format_skeleton("MMMEd", day, locale=words.locale)
    return text.replace(", ", " ", 1)


def day_of_month(day: date, words: Words) -> str:
    """`4 February`."""
    from babel.dates import format_skeleton

    text: str = format_skeleton("MMMMd", day, locale=words.locale)
    return text


def moment(instant: datetime, desk: Desk) -> str:
    """`23 Nov 2026, 09:00` in the company's own time."""
    from babel.dates import format_skeleton

    local = desk.context.local(instant)
    day: str = format_skeleton("yMMMd", local.date(), locale=desk.words.locale)
    return f"{day}, {local:%H:%M}"


def local_time(local: str, words: Words) -> str:
    """`Thu 4 Feb, 09:00 London` from `2027-02-04 09:00 Europe/London`; what cannot be read is shown as it stands."""
    day, _, rest = local.partition(" ")
    clock, _, zone = rest.partition(" ")
    try:
        shown = short_day(date.fromisoformat(day), words)
    except ValueError:
        return local
    return f"{shown}, {clock} {zone.rpartition('/')[2].replace('_', ' ')}".strip()


_LINE_TITLE = re.compile(r": [\d.]+ [A-Z]{3} in the week of (\d{4}-\d\d-\d\d)$")


def say_title(title: str, words: Words) -> str:
    """The title of an action; a line of money without its bare figures: `Search, always on, week from Mon 4 Jan`."""
    found = _LINE_TITLE.search(title)
    return title if found is None else f"{title[: found.start()]}, week from {short_day(date.fromisoformat(found[1]), words)}"


def shorten(text: str, most: int = 90) -> str:
    """The first words of a long text."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "\N{HORIZONTAL ELLIPSIS}"
