"""Checks of step 4: what was copied from elsewhere and never mended: days of another year, one job for two channels, words of another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.means import Campaign, Channel
from quarterdeck.strategy.wording.wording import quote, say_day, say_list

_LONG_OVER = timedelta(days=180)
_ENGLISH = frozenset(
    ["how", "the", "of", "near", "does", "what", "why", "cheap", "with", "your", "my", "buy", "cost", "costs", "repair", "price", "prices", "where"]
)
"""Words of English searches that are no words of the other languages of the checks."""
_READ_ENGLISH = frozenset({"AU", "CA", "GB", "IE", "IN", "NZ", "SG", "US", "ZA"})
_ENOUGH = 2
_ALIKE = (
    {"print", "direct_mail"},
    {"tv", "video_ads"},
    {"radio", "audio_ads"},
    {"search_ads", "shopping_ads", "search"},
    {"social", "social_ads", "display_ads"},
)
"""Kinds of channels that may well do one job together."""


@rule("STRATEGY-442", 4, "warning", "A campaign that was over long ago")
def long_over(situation: Situation) -> Iterator[Finding]:
    """A campaign that ended half a year before the plan begins has the days of another year."""
    first = situation.first_day
    for campaign in situation.strategy.campaigns:
        if first is not None and campaign.ends_on < first - _LONG_OVER:
            yield Finding(
                f"campaigns[{campaign.id}].ends_on",
                f"{say_day(campaign.ends_on)}, long before {say_day(first)}",
                "days from which the plan can still gain",
                "Mend the year of both its days, or take the campaign out.",
            )


@rule("STRATEGY-443", 4, "hint", "Two channels with one job")
def same_role(situation: Situation) -> Iterator[Finding]:
    """Each channel does what the others do not. Where two have the same words, one was copied, or one of the two can go. Channels of like kinds
    (television and films on the net, two papers) may share a job.
    """
    first: dict[str, Channel] = {}
    for channel in situation.strategy.channels:
        words = " ".join(re.findall(r"\w+", (channel.role or "").casefold()))
        same = first.setdefault(words, channel)
        is_alike = same.kind == channel.kind or any({same.kind, channel.kind} <= kinds for kinds in _ALIKE)
        if words and same.id != channel.id and not is_alike:
            yield Finding(
                f"channels[{channel.id}].role",
                f"the words of channels[{same.id}]",
                "a job of its own",
                "Say what it does that the other one does not.",
            )


@rule("STRATEGY-444", 4, "hint", "Search words in a language that nobody there types")
def english_words(situation: Situation) -> Iterator[Finding]:
    """People search in their own language. English search words are told where neither the company, nor its content, nor a market of it is English."""
    strategy = situation.strategy
    languages = {*strategy.company.languages, *strategy.content.languages, *(item.language for item in strategy.content.items)}
    languages |= {language for audience in strategy.audiences for language in audience.languages}
    if not languages or "en" in {language.split("-")[0] for language in languages} or _READ_ENGLISH & set(strategy.company.markets):
        return
    for campaign in strategy.campaigns:
        english = _english_of(campaign)
        if len(english) >= _ENOUGH:
            yield Finding(
                f"campaigns[{campaign.id}].keywords",
                f"English ones, such as {quote(english[0])}",
                f"words that people type: {say_list(sorted(languages))}",
                "Ask customers what they typed, and write that.",
            )


def _english_of(campaign: Campaign) -> list[str]:
    """Keywords that hold a small English word."""
    return [keyword for keyword in campaign.keywords if set(keyword.casefold().split()) & _ENGLISH]


COPIED_CHECKS: tuple[Check, ...] = (long_over, same_role, english_words)
