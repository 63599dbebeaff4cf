"""Checks of steps 4 and 5: campaigns, offers and content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import quote, say_day, say_list

_LEADS_TO_A_PAGE = frozenset(
    {"search_ads", "shopping_ads", "social_ads", "display_ads", "video_ads", "email", "sms", "social", "affiliate", "partners"}
)


@rule("STRATEGY-420", 4, "warning", "A campaign without content")
def no_campaign_content(situation: Situation) -> Iterator[Finding]:
    """A campaign with dates and money and nothing to say is found out on its first day."""
    told = {item.campaign for item in situation.strategy.content.items}
    if not situation.strategy.content.items:
        return
    for campaign in situation.strategy.campaigns:
        if campaign.id not in told:
            yield Finding(
                f"campaigns[{campaign.id}]",
                "no content item",
                "at least one item that belongs to it",
                f"Add an item with `campaign: {campaign.id}`, or take the campaign out.",
            )


@rule("STRATEGY-421", 4, "warning", "A campaign without a landing page")
def no_landing_page(situation: Situation) -> Iterator[Finding]:
    """Ads, e-mail and posts lead somewhere; the home page makes people search again for what they were promised."""
    kinds = {channel.id: channel.kind for channel in situation.strategy.channels}
    for campaign in situation.strategy.campaigns:
        if not campaign.landing_page and any(kinds.get(channel) in _LEADS_TO_A_PAGE for channel in campaign.channels):
            yield Finding(f"campaigns[{campaign.id}].landing_page", "nothing", "the page that people arrive on", "Write its address.")


@rule("STRATEGY-422", 4, "warning", "A campaign for nobody or nowhere")
def nowhere(situation: Situation) -> Iterator[Finding]:
    """A campaign speaks to an audience through a channel."""
    strategy = situation.strategy
    for campaign in strategy.campaigns:
        parts = (("audience", campaign.audiences or not strategy.audiences), ("channel", campaign.channels or not strategy.channels))
        missing = [word for word, there in parts if not there]
        if missing:
            yield Finding(
                f"campaigns[{campaign.id}]",
                f"no {' and no '.join(missing)}",
                "somebody to speak to and a way to reach them",
                f"Add to {say_list([f'`{word}s`' for word in missing])}.",
            )


@rule("STRATEGY-423", 4, "warning", "A campaign that runs past its objective")
def runs_late(situation: Situation) -> Iterator[Finding]:
    """What happens after an objective's day does not count for it."""
    first = situation.first_day or date.min
    due = {objective.id: objective.due_on for objective in situation.strategy.objectives if objective.due_on >= first}
    for campaign in situation.strategy.campaigns:
        day = due.get(campaign.objective, date.max)
        if campaign.ends_on > day:
            yield Finding(
                f"campaigns[{campaign.id}].ends_on",
                f"{say_day(campaign.ends_on)}, after its objective is due",
                f"a day up to {say_day(day)}",
                "End it earlier, or give its last part to the next objective.",
            )


@rule("STRATEGY-424", 4, "hint", "An offer that no campaign makes")
def unused_offer(situation: Situation) -> Iterator[Finding]:
    """An offer reaches people through a campaign."""
    made = {campaign.offer for campaign in situation.strategy.campaigns}
    for offer in situation.strategy.offers:
        if offer.id not in made:
            yield Finding(f"offers[{offer.id}]", "no campaign that makes it", "a campaign with this offer", "Name it in a campaign, or take it out.")


@rule("STRATEGY-425", 4, "hint", "An offer without a value")
def worthless_offer(situation: Situation) -> Iterator[Finding]:
    """What an offer costs is taken from the margin; unknown, it is paid all the same."""
    for offer in situation.strategy.offers:
        if offer.value is None:
            yield Finding(
                f"offers[{offer.id}].value",
                "not known",
                "what it costs each time it is taken, since it comes off the margin",
                "Write the average discount in money.",
            )


@rule("STRATEGY-501", 5, "warning", "No content")
def no_content(situation: Situation) -> Iterator[Finding]:
    """Content is how you talk with your customers. Without items there is no calendar."""
    if not situation.strategy.content.items:
        yield Finding("content.items", "no item", "what will be said, to whom, where and when", "Plan the first letter, post or page.")


@rule("STRATEGY-502", 5, "warning", "Content in a language that nobody there reads")
def wrong_language(situation: Situation) -> Iterator[Finding]:
    """An item is in a language that its audience reads. If the audience does not say, it is one of the company or of its content. en serves en-GB. Items for the
    same people in the same language are one finding.
    """
    strategy = situation.strategy
    ours = strategy.content.languages or strategy.company.languages
    theirs = {audience.id: audience.languages for audience in strategy.audiences}
    unread: dict[tuple[str, str], list[str]] = {}
    for item in strategy.content.items:
        known = theirs.get(item.audience) or ours
        if known and item.language.split("-")[0] not in {language.split("-")[0] for language in known}:
            unread.setdefault((item.audience, item.language), []).append(item.id)
    for (audience, language), items in unread.items():
        more = f", in {len(items)} items" if len(items) > 1 else ""
        yield Finding(
            f"content.items[{items[0]}].language",
            f"{language}{more}",
            f"a language of its readers: {say_list(theirs.get(audience) or ours)}",
            "Have it translated, or add the language to the audience.",
        )


@rule("STRATEGY-503", 5, "warning", "An item outside its campaign's dates")
def out_of_dates(situation: Situation) -> Iterator[Finding]:
    """An item goes out while its campaign runs, or its offer is not valid when it is read."""
    campaigns = {campaign.id: campaign for campaign in situation.strategy.campaigns}
    for item in situation.strategy.content.items:
        campaign = campaigns.get(item.campaign or "")
        if campaign is not None and not campaign.starts_on <= item.deliver.on <= campaign.ends_on:
            yield Finding(
                f"content.items[{item.id}].deliver.on",
                say_day(item.deliver.on),
                f"a day of its campaign, {say_day(campaign.starts_on)} to {say_day(campaign.ends_on)}",
                "Move the item or the campaign.",
            )


@rule("STRATEGY-504", 5, "warning", "An item that its campaign does not know")
def out_of_campaign(situation: Situation) -> Iterator[Finding]:
    """An item of a campaign uses the campaign's channels and speaks to its audiences. Else it is counted and paid in the wrong place."""
    campaigns = {campaign.id: campaign for campaign in situation.strategy.campaigns}
    for item in situation.strategy.content.items:
        campaign = campaigns.get(item.campaign or "")
        if campaign is None:
            continue
        for word, used, known in (("channel", item.channel, campaign.channels), ("audience", item.audience, campaign.audiences)):
            if known and used not in known:
                yield Finding(
                    f"content.items[{item.id}].{word}",
                    used,
                    f"{'an' if word[0] in 'aeiou' else 'a'} {word} of campaign {item.campaign}: {say_list(known)}",
                    f"Change the item, or add the {word} to the campaign.",
                )


@rule("STRATEGY-505", 5, "warning", "An item that goes out before its work is due")
def not_ready(situation: Situation) -> Iterator[Finding]:
    """The tasks that an item needs are due before it goes out."""
    due = {task.id: task.due_on for task in situation.strategy.management.tasks}
    for item in situation.strategy.content.items:
        for task in item.needs:
            day = due.get(task)
            if day is not None and day >= item.deliver.on:
                yield Finding(
                    f"content.items[{item.id}].deliver.on",
                    f"{say_day(item.deliver.on)}, and {quote(task)} is due on {say_day(day)}",
                    "a day after the work for it is due",
                    "Finish the task earlier, or send later.",
                )


@rule("STRATEGY-506", 5, "hint", "No voice")
def no_voice(situation: Situation) -> Iterator[Finding]:
    """A voice in a few words keeps several writers sounding like one company."""
    if situation.strategy.content.items and not situation.strategy.content.voice:
        yield Finding("content.voice", "nothing", "how the company sounds, in a few words", "Finish the sentence: we sound like ...")


CAMPAIGN_CHECKS: tuple[Check, ...] = (no_campaign_content, no_landing_page, nowhere, runs_late, unused_offer, worthless_offer)
CONTENT_CHECKS: tuple[Check, ...] = (no_content, wrong_language, out_of_dates, out_of_campaign, not_ready, no_voice)
