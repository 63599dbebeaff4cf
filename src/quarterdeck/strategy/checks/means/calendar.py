"""Checks of step 5 and of days: languages of markets, days outside the quarter, unfinished and repeated content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import quote, say_day, say_list

_SPOKEN = {
    "AT": "de", "AR": "es", "AU": "en", "BE": "nl fr de", "BG": "bg", "BR": "pt", "CA": "en fr", "CH": "de fr it", "CL": "es", "CN": "zh", "CO": "es",
    "CZ": "cs", "DE": "de", "DK": "da", "EE": "et", "ES": "es ca", "FI": "fi sv", "FR": "fr", "GB": "en cy", "GR": "el", "HR": "hr", "HU": "hu",
    "IE": "en ga", "IL": "he", "IN": "en hi", "IT": "it", "JP": "ja", "KR": "ko", "LT": "lt", "LU": "fr de lb", "LV": "lv", "MX": "es", "NL": "nl",
    "NO": "no nb nn", "NZ": "en", "PE": "es", "PL": "pl", "PT": "pt", "RO": "ro", "RS": "sr", "SE": "sv", "SG": "en zh", "SI": "sl", "SK": "sk",
    "TR": "tr", "UA": "uk", "US": "en es", "ZA": "en af zu",
}  # fmt: skip
"""Languages that most people of a country read as their own; countries that are not here are not asked about."""
_FILLER = re.compile(r"[Ll]orem ipsum|\b(TBD|TBC|TODO|XXX+|[Ii]nsert text|[Tt]ext goes here)\b")


@rule("STRATEGY-507", 5, "hint", "A market whose language nothing is in")
def unspoken_market(situation: Situation) -> Iterator[Finding]:
    """People buy in their own language. A market is covered by content in a language of its country, or by one that the company works in."""
    strategy = situation.strategy
    languages = {*strategy.company.languages, *strategy.content.languages, *(item.language for item in strategy.content.items)}
    ours = {language.split("-")[0] for language in languages}
    bare = [market for market in strategy.company.markets if market in _SPOKEN and not ours & set(_SPOKEN[market].split())]
    if bare:
        yield Finding(
            "company.languages",
            f"nothing in a language of {say_list(bare)}",
            "content that people there read",
            f"Plan content in `{_SPOKEN[bare[0]].split()[0]}`, or take the market out until you can.",
        )


@rule("STRATEGY-508", 5, "hint", "Content after the quarter")
def late_items(situation: Situation) -> Iterator[Finding]:
    """Detail is planned for 90 days. What goes out later is not in this quarter's calendar, and a wrong month looks like this."""
    quarter = situation.quarter
    late = [item for item in situation.strategy.content.items if quarter is not None and item.deliver.on > quarter.last_day]
    if quarter is not None and late:
        more = f", and {len(late) - 1} more" if len(late) > 1 else ""
        yield Finding(
            f"content.items[{late[0].id}].deliver.on",
            f"{say_day(late[0].deliver.on)}{more}",
            f"a day up to {say_day(quarter.last_day)}",
            "Mend the day, or keep it for the next quarter's plan.",
        )


@rule("STRATEGY-615", 6, "hint", "Work after the quarter")
def late_tasks(situation: Situation) -> Iterator[Finding]:
    """A task that is due after the quarter is not planned in it, and a wrong month looks like this."""
    quarter = situation.quarter
    late = [
        task for task in situation.strategy.management.tasks if quarter is not None and task.due_on is not None and task.due_on > quarter.last_day
    ]
    if quarter is not None and late and late[0].due_on is not None:
        more = f", and {len(late) - 1} more" if len(late) > 1 else ""
        yield Finding(
            f"management.tasks[{late[0].id}].due_on",
            f"{say_day(late[0].due_on)}{more}",
            f"a day up to {say_day(quarter.last_day)}",
            "Mend the day, or keep the task for the next quarter.",
        )


@rule("STRATEGY-509", 5, "warning", "Text that is not written yet")
def filler(situation: Situation) -> Iterator[Finding]:
    """Filler is sent out as it stands, sooner or later. A text that is not written is left empty."""
    for item in situation.strategy.content.items:
        found = _FILLER.search(item.text or "")
        if found is not None:
            yield Finding(
                f"content.items[{item.id}].text", quote(found.group()), "the words themselves, or nothing", "Write them, or empty the field."
            )


@rule("STRATEGY-510", 5, "hint", "One item twice")
def same_item(situation: Situation) -> Iterator[Finding]:
    """The same title on one day, for the same people, on one channel and in one language goes out twice."""
    first: dict[tuple[object, ...], str] = {}
    for item in situation.strategy.content.items:
        key = (item.title.casefold(), item.deliver.on, item.deliver.zone, item.audience, item.channel, item.language)
        same = first.setdefault(key, item.id)
        if same != item.id:
            yield Finding(
                f"content.items[{item.id}]",
                f"the title, day, people and channel of content.items[{same}]",
                "an item of its own",
                "Take one of the two out.",
            )


CALENDAR_CHECKS: tuple[Check, ...] = (unspoken_market, late_items, late_tasks, filler, same_item)
