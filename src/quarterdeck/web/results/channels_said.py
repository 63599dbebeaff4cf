"""What is said of all channels: which brings most, over which weeks that is known, or why nobody can say."""

from __future__ import annotations

from datetime import timedelta

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.learned import Brought, Learned
from quarterdeck.operations.results.look_at_channel import ChannelFigures, Channels
from quarterdeck.report.say_channels import Bringing, in_sentence, say_channels
from quarterdeck.report.say_results import day_and_month, weeks_in_words
from quarterdeck.report.words import how_many
from quarterdeck.web.results.chooser import period_name


def name_within(desk: Desk, figures: ChannelFigures) -> str:
    """The channel's name as it stands in a sentence."""
    return in_sentence(desk.words.name(figures.id), figures.channel.kind if figures.channel else "other")


def say_of(desk: Desk, found: Channels) -> str:
    """Which channel brings most, or why nobody can say."""
    bringing = [
        Bringing(name_within(desk, each), each.brought.brought, each.chance_pays)
        for each in found.channels
        if each.brought is not None and each.has_money and each.brought.spent > 0
    ]
    if bringing:
        return say_channels(bringing)
    if found.aim is None:
        return "What channels bring cannot be said: no objective says yet what you want more of."
    return say_unlearned(found.learned, found)


def say_unlearned(learned: Learned | None, found: Channels) -> str:
    """Why there is nothing to say about what channels bring."""
    if learned is None or (learned.fitted is None and not learned.refused and not learned.is_damaged):
        return "What each channel brings has not been learned from your figures yet."
    if learned.is_damaged and learned.fitted is None:
        return "What each channel brings cannot be shown: the file of the curves cannot be read."
    if learned.fitted is None:
        return "What each channel brings cannot be told: the curves failed their check."
    return "No money went to any channel in these weeks."


def more_of(desk: Desk, found: Channels) -> str:
    """How far the answer reaches."""
    learned = found.learned
    if learned is None:
        return "Write an objective first; then the plan learns from your figures what each channel brings."
    if learned.fitted is None:
        return " ".join(learned.refused) if learned.refused else "Curves are learned when a plan is made, or when you ask for it here."
    said = []
    if found.total is not None:
        said.append(
            f"What they brought was worked out from {how_many(len(learned.fitted.fit.weeks), 'week')} of your figures, {over_weeks(desk, found, found.total)}."
        )
    if learned.overruled:
        said.append(f"The check refused these curves; somebody uses them all the same: “{learned.overruled}”")
    if learned.refused:
        said.append("Newer curves were refused by their check, so older ones are shown.")
    return " ".join(said)


def over_weeks(desk: Desk, found: Channels, brought: Brought) -> str:
    """ "for these four weeks", "for the four weeks of Q1 2027 that the curves know", "for the 52 weeks up to 3 January, the newest that the curves know"."""
    known, asked = brought.weeks, found.period.weeks
    if not set(known) & set(asked):
        until = day_and_month(known[-1] + timedelta(days=6), desk.words, today=desk.day)
        return f"for the {weeks_in_words(len(known))} up to {until}, the newest that the curves know"
    begun = [week for week in asked if found.last_fact is None or week <= found.last_fact]
    if len(known) >= len(begun):
        return f"for {'this week' if len(known) == 1 else f'these {weeks_in_words(len(known))}'}"
    return f"for the {weeks_in_words(len(known))} of {period_name(desk, found.period, desk.day)} that the curves know"
