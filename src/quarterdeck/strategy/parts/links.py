"""What works for what: looked up once, so that checks of coherence stay quick in a large document."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True, slots=True)
class Links:
    """`worked_for` holds objectives and campaigns that a task serves, itself or through a channel, a campaign or an item."""

    worked_for: frozenset[str]
    busy_channels: frozenset[str]
    """Channels with a campaign, an item or a task."""
    channels_used_for: dict[str, frozenset[str]]
    """By audience: the channels that its campaigns and items use."""


def find_links(strategy: Strategy) -> Links:
    """Walks the document once."""
    channels = {channel.id: channel for channel in strategy.channels}
    campaigns = {campaign.id: campaign for campaign in strategy.campaigns}
    items = {item.id: item for item in strategy.content.items}
    worked: set[str] = set()
    needed = {own_id for item in items.values() if item.campaign for own_id in item.needs}
    served = [task.serves for task in strategy.management.tasks]
    tasks = {task.id for task in strategy.management.tasks}
    worked.update(item.campaign for item in items.values() if item.campaign and tasks & set(item.needs) and needed)
    for own_id in served:
        item = items.get(own_id)
        worked.add(own_id)
        if item is not None and item.campaign:
            worked.add(item.campaign)
        channel = channels.get(item.channel if item is not None else own_id)
        if channel is not None:
            worked.update(channel.objectives)
    worked.update(campaigns[own_id].objective for own_id in list(worked) if own_id in campaigns)
    used: dict[str, set[str]] = {}
    for campaign in campaigns.values():
        for audience in campaign.audiences:
            used.setdefault(audience, set()).update(campaign.channels)
    for item in items.values():
        used.setdefault(item.audience, set()).add(item.channel)
    busy = {channel for each in campaigns.values() for channel in each.channels} | {item.channel for item in items.values()} | set(served)
    busy |= {channel.id for channel in channels.values() if any(challenge.task for challenge in channel.challenges)}
    return Links(frozenset(worked), frozenset(busy), {audience: frozenset(places) for audience, places in used.items()})
