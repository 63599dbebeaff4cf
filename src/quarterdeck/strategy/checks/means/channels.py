"""Checks of step 4: channels: what each is for, its cap, its trial, its tool; and the rules for advertising."""

from __future__ import annotations

from collections.abc import Iterator

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import quote

SEARCH_ADS = frozenset({"search_ads", "shopping_ads"})
MESSAGES = frozenset({"email", "sms"})
MANAGED_ADS = SEARCH_ADS | {"display_ads", "video_ads", "social_ads"}
BOUGHT_ADS = MANAGED_ADS | {"audio_ads"}
"""Adverts that cost money by the click or by the view."""


@rule("STRATEGY-401", 4, "error", "No channel")
def no_channel(situation: Situation) -> Iterator[Finding]:
    """Nothing reaches anybody without a channel; the website and the post count too."""
    if not situation.strategy.channels:
        yield Finding("channels", "no channel", "at least one way to reach people", "List what is in use: website, newsletter, social networks, ads.")


@rule("STRATEGY-402", 4, "warning", "A channel that serves nothing")
def idle_channel(situation: Situation) -> Iterator[Finding]:
    """A channel takes money or time. It takes them for nothing if no goal, objective, campaign or item uses it."""
    for channel in situation.strategy.channels:
        if channel.id not in situation.working_channels and channel.use == "in_use":
            yield Finding(
                f"channels[{channel.id}]",
                "no goal, objective, campaign or content item that uses it",
                "something that it is for",
                "Add the objective that it serves, or stop it.",
            )


@rule("STRATEGY-403", 4, "hint", "A paid channel without a cap")
def no_cap(situation: Situation) -> Iterator[Finding]:
    """A cap holds when everything else goes wrong: a mistyped bid, a runaway campaign, an optimist."""
    for channel in situation.strategy.paid_channels:
        if channel.use == "in_use" and (channel.spend is None or channel.spend.cap is None):
            yield Finding(f"channels[{channel.id}].spend.cap", "no cap", "the most that it may cost in a quarter", "Set a cap, generous if need be.")


@rule("STRATEGY-404", 4, "hint", "A challenge that nobody deals with")
def idle_challenge(situation: Situation) -> Iterator[Finding]:
    """A challenge without a task is a complaint."""
    for channel in situation.strategy.channels if situation.strategy.management.tasks else ():
        for number, challenge in enumerate(channel.challenges):
            if challenge.task is None:
                yield Finding(
                    f"channels[{channel.id}].challenges[{number}]",
                    f"{quote(challenge.text)} without a task",
                    "a task that deals with it",
                    "Add the task, or note why it is left.",
                )


@rule("STRATEGY-405", 4, "warning", "A wanted tool or channel without a question")
def unasked_wish(situation: Situation) -> Iterator[Finding]:
    """Something wanted and not yet used rests on a question: does it pay, does it fit? Open a question of step 4 that names it."""
    strategy = situation.strategy
    asked = [f"{question.id} {question.text} {question.blocks or ''}".casefold() for question in strategy.questions if question.step == 4]
    wanted = [("tools", tool.id, tool.name) for tool in strategy.tools if tool.use == "wanted"]
    wanted += [("channels", channel.id, channel.name or channel.id) for channel in strategy.channels if channel.use == "wanted"]
    for list_place, own_id, name in wanted:
        if not any(own_id.casefold() in words or name.casefold() in words for words in asked):
            yield Finding(
                f"{list_place}[{own_id}]",
                f"{name}, wanted, and no question about it",
                "what must be known before it is bought or begun",
                f'Open a question of step 4 that names "{name}": what should it change, and how will that be seen?',
            )


@rule("STRATEGY-406", 4, "warning", "A trial without limits")
def boundless_trial(situation: Situation) -> Iterator[Finding]:
    """A paid channel that you want has no history. So it starts as a trial: with a cap on its money, and a rule with a threshold that stops it."""
    strategy = situation.strategy
    judged = {evaluation.channel for evaluation in strategy.evaluation if evaluation.threshold is not None}
    for channel in strategy.paid_channels:
        if channel.use != "wanted":
            continue
        if channel.spend is None or channel.spend.cap is None:
            yield Finding(f"channels[{channel.id}].spend.cap", "a trial without a cap", "the most that may be lost in it", "Set a small cap.")
        if channel.id not in judged:
            yield Finding(
                f"channels[{channel.id}]",
                "a trial without a stop rule",
                "a rule with a threshold, decided before it starts",
                f"Add an evaluation of step 4 with `channel: {channel.id}` and a threshold.",
            )


@rule("STRATEGY-407", 4, "warning", "A channel whose tool is not in use")
def missing_tool(situation: Situation) -> Iterator[Finding]:
    """A channel in use needs its tool in use."""
    use = {tool.id: tool.use for tool in situation.strategy.tools}
    for channel in situation.strategy.channels:
        if channel.use == "in_use" and channel.tool is not None and use.get(channel.tool, "in_use") != "in_use":
            yield Finding(
                f"channels[{channel.id}].tool",
                f"{channel.tool}, which is {use[channel.tool]}",
                "a tool in use",
                "Set the tool to in_use, or the channel to wanted.",
            )


@rule("STRATEGY-408", 4, "warning", "Search ads without own names")
def no_brand_terms(situation: Situation) -> Iterator[Finding]:
    """People who search for your own name would mostly come anyway. If your names are not known here, adverts for them look better than they are."""
    if situation.used_kinds & SEARCH_ADS and not situation.strategy.ads.brand_terms:
        yield Finding(
            "ads.brand_terms",
            "none, while search ads are in use",
            "the company's own names, so that visits which come anyway are told apart",
            "List the names people search for, misspellings included.",
        )


@rule("STRATEGY-409", 4, "warning", "Ads without guardrails")
def no_guardrails(situation: Situation) -> Iterator[Finding]:
    """Guardrails are what no change of ads may do without a person saying so: the most in a day, the largest change at once."""
    guardrails = situation.strategy.ads.guardrails
    if situation.used_kinds & MANAGED_ADS and guardrails.max_daily_spend is None and guardrails.max_change_share is None:
        yield Finding(
            "ads.guardrails",
            "none, while ads are in use",
            "the most money in a day or the largest change at once",
            "Set max_daily_spend, for instance twice an ordinary day.",
        )


@rule("STRATEGY-410", 4, "hint", "A channel without a role")
def no_role(situation: Situation) -> Iterator[Finding]:
    """A role says in a few words what a channel is for, so that it is not judged by what it is not for."""
    for channel in situation.strategy.channels:
        if not channel.role:
            yield Finding(f"channels[{channel.id}].role", "nothing", "what it is for, in a few words", "Finish the sentence: it is there to ...")


CHANNEL_CHECKS: tuple[Check, ...] = (
    no_channel,
    idle_channel,
    no_cap,
    idle_challenge,
    unasked_wish,
    boundless_trial,
    missing_tool,
    no_brand_terms,
    no_guardrails,
    no_role,
)
