"""Checks of step 4: tools that stand idle, channels that cannot work as written, keywords and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from quarterdeck.strategy.checks.aims.goals import COUNTING_TOOLS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.means.channels import BOUGHT_ADS, MESSAGES
from quarterdeck.strategy.parts.means import Tool
from quarterdeck.strategy.wording.wording import quote, say_list, say_money

_NEVER_SEND = frozenset({"analytics", "ads"})
_TEST_HOST = re.compile(r"(localhost|.*\.local|.*\.test|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)")
_WORD = re.compile(r"[^\W\d_]{4,}")


@rule("STRATEGY-411", 4, "hint", "A tool that stands idle")
def idle_tool(situation: Situation) -> Iterator[Finding]:
    """You could use a tool, and no channel, task, idea or question looks at it. Or you pay for a tool, and no channel uses it."""
    strategy = situation.strategy
    used = {channel.tool for channel in strategy.channels}
    texts = [f"{task.id} {task.title}" for task in strategy.management.tasks]
    texts += [f"{idea.id} {idea.text}" for idea in strategy.opportunities]
    texts += [f"{question.id} {question.text} {question.blocks or ''}" for question in strategy.questions]
    texts += [challenge.text for channel in strategy.channels for challenge in channel.challenges]
    spoken = [{_stem(word) for word in _WORD.findall(text.casefold())} for text in texts]
    for tool in strategy.tools:
        if tool.id in used or not _may_be_idle(tool):
            continue
        words = {_stem(word) for word in _WORD.findall(tool.name.casefold())}
        if any(tool.id in text for text in texts) or any(words and len(words & said) >= min(2, len(words)) for said in spoken):
            continue
        cost = f"{say_money(tool.cost, strategy.company.currency)} a month, and " if tool.cost else ""
        yield Finding(
            f"tools[{tool.id}]",
            f"{cost}no channel, task, idea or question about it",
            "a use for what is there",
            "Name it as the tool of a channel, write down what it could do as an idea or a question, or give it up.",
        )


def _may_be_idle(tool: Tool) -> bool:
    return tool.use == "available" or (tool.use == "in_use" and bool(tool.cost) and tool.kind not in COUNTING_TOOLS and tool.where == "external")


def _stem(word: str) -> str:
    return word.rstrip("s")


@rule("STRATEGY-412", 4, "hint", "A channel on a tool that does not send")
def wrong_tool(situation: Situation) -> Iterator[Finding]:
    """E-mail and text messages are sent by a tool that sends; one for analytics only counts, and one for adverts shows adverts."""
    kinds = {tool.id: tool.kind for tool in situation.strategy.tools}
    for channel in situation.strategy.channels:
        if channel.kind in MESSAGES and kinds.get(channel.tool or "") in _NEVER_SEND:
            yield Finding(
                f"channels[{channel.id}].tool",
                f"{channel.tool}, a tool for {kinds[channel.tool or '']}",
                "a tool that sends",
                "Name the tool that the messages leave by.",
            )


@rule("STRATEGY-415", 4, "warning", "Limits of money on a channel that is not paid")
def unpaid_limits(situation: Situation) -> Iterator[Finding]:
    """Money is planned for paid channels alone; a floor or a cap on another one is never looked at. Adverts that are not called paid are told by
    another check.
    """
    for channel in situation.strategy.channels:
        if channel.kind in BOUGHT_ADS and channel.use == "in_use" and not channel.note:
            continue
        if channel.ownership != "paid" and channel.spend is not None:
            yield Finding(
                f"channels[{channel.id}].spend",
                f"limits of money on a channel called {channel.ownership}",
                "limits on paid channels alone",
                "Call the channel paid, or take the limits out.",
            )


@rule("STRATEGY-416", 4, "warning", "A campaign on a channel that is not there yet")
def wanted_in_campaign(situation: Situation) -> Iterator[Finding]:
    """A campaign needs channels in use. A paid channel on trial, with a cap, may take part."""
    wanted = {
        channel.id for channel in situation.strategy.channels if channel.use == "wanted" and (channel.spend is None or channel.spend.cap is None)
    }
    for campaign in situation.strategy.campaigns:
        early = [own_id for own_id in campaign.channels if own_id in wanted]
        if early:
            yield Finding(
                f"campaigns[{campaign.id}].channels",
                f"{say_list(early)}, wanted and not in use",
                "channels that are there when it starts",
                "Take the channel out, or set it up first and mark it in use.",
            )


@rule("STRATEGY-428", 4, "hint", "A landing page that is not yours or not safe")
def strange_page(situation: Situation) -> Iterator[Finding]:
    """Adverts lead to a page of your own site, encrypted (https); elsewhere you can neither count nor mend, unless a note says why."""
    own = _site(situation.strategy.company.website)
    for campaign in situation.strategy.campaigns:
        page = campaign.landing_page or ""
        if _TEST_HOST.fullmatch(_host(page)):
            yield Finding(
                f"campaigns[{campaign.id}].landing_page",
                f"{quote(page)}, which only one machine can open",
                "a page of your site",
                "Write its address.",
            )
        elif page.startswith("http://"):
            yield Finding(
                f"campaigns[{campaign.id}].landing_page", quote(page), "an address that begins with https", "Turn encryption on, and write https."
            )
        elif own and _site(page) and _site(page) != own and not campaign.note:
            yield Finding(
                f"campaigns[{campaign.id}].landing_page",
                f"a page of {_site(page)}",
                f"a page of {own}",
                "Lead people to your own page, or note why not.",
            )


def _site(address: str | None) -> str:
    """`harbour.example` of `https://www.harbour.example/paint`; empty when the text is not an address."""
    host = _host(address or "").removeprefix("www.")
    return ".".join(host.split(".")[-2:]) if host.count(".") else ""


def _host(address: str) -> str:
    """`www.harbour.example`; empty when the text is not an address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


@rule("STRATEGY-429", 4, "hint", "Search ads without keywords")
def no_keywords(situation: Situation) -> Iterator[Finding]:
    """A campaign on search ads says which words it is for, or two campaigns may bid on the same ones unseen."""
    search = {channel.id for channel in situation.strategy.channels if channel.kind == "search_ads"}
    for campaign in situation.strategy.campaigns:
        if not campaign.keywords and search & set(campaign.channels):
            yield Finding(f"campaigns[{campaign.id}].keywords", "none, with search ads", "the words it is to be found by", "Write five of them.")


@rule("STRATEGY-430", 4, "hint", "Money for people who type your own name")
def own_name(situation: Situation) -> Iterator[Finding]:
    """Whoever searches for your name mostly comes anyway; ads for it look better than they are."""
    strategy = situation.strategy
    names = {term.casefold() for term in strategy.ads.brand_terms} or {strategy.company.name.casefold()}
    for campaign in strategy.campaigns:
        own = [keyword for keyword in campaign.keywords if any(f" {name} " in f" {keyword.casefold()} " for name in names)]
        if own:
            yield Finding(
                f"campaigns[{campaign.id}].keywords", quote(own[0]), "words of people who do not know you yet", "Take it out, or test what it adds."
            )


@rule("STRATEGY-431", 4, "error", "A keyword that is never to be bid on")
def protected_keyword(situation: Situation) -> Iterator[Finding]:
    """Protected words are those that the company has said it will never bid on: a partner's name, a trade mark."""
    protected = {term.casefold() for term in situation.strategy.ads.protected}
    for campaign in situation.strategy.campaigns:
        for keyword in campaign.keywords:
            if any(f" {term} " in f" {keyword.casefold()} " for term in protected):
                yield Finding(f"campaigns[{campaign.id}].keywords", quote(keyword), "no protected word", "Take the keyword out.")


TOOL_CHECKS: tuple[Check, ...] = (
    idle_tool, wrong_tool, unpaid_limits, wanted_in_campaign, strange_page, no_keywords, own_name, protected_keyword,
)  # fmt: skip
