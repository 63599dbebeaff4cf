"""Tools that the sources of facts name, and campaigns that were still running when the facts end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from quarterdeck.strategy.from_facts.channels import QUIET, FoundChannel
from quarterdeck.strategy.from_facts.counted import Counted, CountedCampaign
from quarterdeck.strategy.from_facts.proposals import Proposal, money_said, say_days
from quarterdeck.strategy.from_facts.spelled import folded, id_for, title_of, words_of
from quarterdeck.strategy.parts.management import Opportunity
from quarterdeck.strategy.parts.means import Tool
from quarterdeck.strategy.wording.wording import say_day, say_list

ToolKind = Literal["analytics", "crm", "erp", "email", "social", "ads", "site", "mobile", "other"]
STILL_RUNNING = timedelta(days=7)
"""A campaign with a row in the last days of the facts is one that runs."""


@dataclass(frozen=True, slots=True)
class ToolWords:
    """A line of the table: words in a row that name a tool in the source of a file."""

    words: tuple[str, ...]
    name: str
    kind: ToolKind


TOOL_TABLE: tuple[ToolWords, ...] = (
    ToolWords(("google ads", "adwords", "googleads"), "Google Ads", "ads"),
    ToolWords(("microsoft ads", "bing ads", "microsoft advertising"), "Microsoft Advertising", "ads"),
    ToolWords(("meta ads", "facebook ads", "meta ads manager", "ads manager"), "Meta Ads", "ads"),
    ToolWords(("linkedin ads",), "LinkedIn Ads", "ads"),
    ToolWords(("tiktok ads",), "TikTok Ads", "ads"),
    ToolWords(("google analytics", "ga4"), "Google Analytics", "analytics"),
    ToolWords(("matomo",), "Matomo", "analytics"),
    ToolWords(("plausible",), "Plausible", "analytics"),
    ToolWords(("mailchimp",), "Mailchimp", "email"),
    ToolWords(("klaviyo",), "Klaviyo", "email"),
    ToolWords(("brevo", "sendinblue"), "Brevo", "email"),
    ToolWords(("hubspot",), "HubSpot", "crm"),
    ToolWords(("salesforce",), "Salesforce", "crm"),
    ToolWords(("pipedrive",), "Pipedrive", "crm"),
    ToolWords(("odoo",), "Odoo", "erp"),
    ToolWords(("shopify",), "Shopify", "site"),
    ToolWords(("woocommerce", "woo"), "WooCommerce", "site"),
    ToolWords(("stripe",), "Stripe", "other"),
)


def tool_named(source: str) -> ToolWords | None:
    """The tool that the source of a file names, or None."""
    said = f" {' '.join(words_of(source))} "
    return next((line for line in TOOL_TABLE if any(f" {word} " in said for word in line.words)), None)


def find_tools(counted: Counted) -> tuple[Proposal[Tool], ...]:
    """One a tool, in the order in which their files came."""
    by_name: dict[str, list[tuple[ToolWords, str, str]]] = {}
    for load in counted.loads:
        line = tool_named(load.source)
        if line is not None:
            by_name.setdefault(line.name, []).append((line, load.source, load.table))
    return tuple(_tool(counted, [(line.kind, source, table) for line, source, table in hits], name) for name, hits in by_name.items())


def tool_of(channel: FoundChannel, tools: Sequence[Proposal[Tool]]) -> str | None:
    """The id of the tool that all of a channel's files come from; None where they name none or several."""
    named = {None if line is None else line.name for line in map(tool_named, channel.sources)}
    return next((tool.part.id for tool in tools if named == {tool.part.name} and tool.part.kind in ("ads", "email")), None)


def find_campaigns(counted: Counted, channels: Sequence[FoundChannel]) -> tuple[Proposal[Opportunity], ...]:
    """Campaigns that were running when the facts end, as ideas: objective, people and end of a campaign are not in the facts."""
    until = max((each.last_day for each in counted.campaigns), default=None)
    running = [each for each in counted.campaigns if until is not None and each.name and each.last_day > until - STILL_RUNNING]
    found: list[Proposal[Opportunity]] = []
    for campaign in sorted(running, key=lambda each: (-each.cost, each.channel, each.name)):
        found.append(_opportunity(counted, campaign, channels, {each.part.id for each in found}))
    return tuple(found)


def _tool(counted: Counted, hits: Sequence[tuple[ToolKind, str, str]], name: str) -> Proposal[Tool]:
    kind, tables = hits[0][0], sorted({table for _, _, table in hits})
    sources = list(dict.fromkeys(source for _, source, _ in hits))
    days = [load.last_day for load in counted.loads if load.source in sources and load.last_day is not None]
    origin = f"A file of {say_list(tables)} came from it ({say_list(sources[:3])})" + (f", with figures up to {say_day(max(days))}." if days else ".")
    part = Tool(id=id_for(name.casefold(), (), otherwise="tool"), name=name, kind=kind, where="external", use="in_use", note=origin)
    is_old = bool(days) and max(days) < counted.today - QUIET
    return Proposal(f"tool-{part.id}", part, origin, f"Its last figures are of {say_day(max(days))}." if is_old else None)


def _opportunity(counted: Counted, campaign: CountedCampaign, channels: Sequence[FoundChannel], taken: set[str]) -> Proposal[Opportunity]:
    channel = next((each.proposal.part.name for each in channels if folded(each.spellings[0]) == folded(campaign.channel)), None)
    cost = f"{money_said(campaign.cost, counted.currency)} in the last 13 whole weeks, " if campaign.cost else ""
    text = f"Campaign “{title_of(campaign.name)}” on {channel or title_of(campaign.channel)}: {cost}seen from {say_days(campaign.first_day, campaign.last_day)}."
    part = Opportunity.model_validate({"id": id_for(campaign.name, taken, otherwise="campaign"), "text": text, "from": "the facts"})
    return Proposal(f"campaign-{part.id}", part, "Counted from spend. It had a row in the last days of the facts, so it runs.")
