"""Checks of means and of judging: trials that are bets, adverts called earned, tasks that miss their challenge, limits and rules that bind nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.means.channels import BOUGHT_ADS
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.means import Channel
from quarterdeck.strategy.wording.wording import quote, say_day, say_list, say_money, say_number

_UNMOVED = frozenset({"site_speed", "response_time", "hours_per_result"})
"""Figures that no advert moves."""
_APPLAUSE = frozenset({"likes", "followers", "fans", "impressions", "reach", "views", "clicks", "shares", "page likes"})
_SHARE = re.compile(r"\(\s*(?:a |the )?share\b", re.IGNORECASE)
_HALF, _HUNDRED = Decimal("0.5"), 100


@rule("STRATEGY-438", 4, "warning", "A trial that gets the most money")
def dear_trial(situation: Situation) -> Iterator[Finding]:
    """A channel that was never used is tried with a small sum. A floor above that of every channel in use is a bet; a note says why it is right."""
    proven = max((each.spend.floor for each in situation.strategy.paid_channels if each.use == "in_use" and each.spend), default=Decimal(0))
    for channel in situation.strategy.paid_channels:
        if channel.use == "wanted" and channel.spend and proven and channel.spend.floor > proven and not channel.note:
            both = [say_money(amount, situation.strategy.company.currency) for amount in (channel.spend.floor, proven)]
            yield Finding(
                f"channels[{channel.id}].spend.floor",
                f"at least {both[0]}, and {both[1]} for the dearest channel in use",
                "a small sum for what is tried for the first time",
                "Lower the floor to nothing, and set a cap.",
            )


@rule("STRATEGY-439", 4, "warning", "Adverts that are not called paid")
def unpaid_adverts(situation: Situation) -> Iterator[Finding]:
    """Adverts cost money by the click or by the view. Called owned or earned they get none in the plan; a note says who else pays."""
    for channel in situation.strategy.channels:
        if channel.kind in BOUGHT_ADS and channel.use == "in_use" and channel.ownership != "paid" and not channel.note:
            yield Finding(f"channels[{channel.id}].ownership", channel.ownership, "paid", "Call it paid and set a cap, or note who pays for it.")


@rule("STRATEGY-440", 4, "hint", "A challenge whose task is about something else")
def task_misses(situation: Situation) -> Iterator[Finding]:
    """The task that deals with a channel's challenge serves that channel, or something that runs on it. Work for an objective may help any channel."""
    strategy = situation.strategy
    serves = {task.id: task.serves for task in strategy.management.tasks}
    for channel in strategy.channels:
        elsewhere = _elsewhere(strategy, channel)
        needed = {task for item in strategy.content.items if item.channel == channel.id for task in item.needs}
        for number, challenge in enumerate(channel.challenges):
            served = serves.get(challenge.task or "")
            if served in elsewhere and challenge.task not in needed:
                yield Finding(
                    f"channels[{channel.id}].challenges[{number}].task",
                    f"{challenge.task}, which serves {served}",
                    "a task for this channel, or for something that runs on it",
                    "Name the task that takes the challenge away, or let it serve this channel.",
                )


def _elsewhere(strategy: Strategy, channel: Channel) -> set[str]:
    """What has nothing to do with the channel: other channels, campaigns that are not on it, and items of these on other channels."""
    campaigns = {campaign.id for campaign in strategy.campaigns if campaign.channels and channel.id not in campaign.channels}
    items = {item.id for item in strategy.content.items if item.channel != channel.id and item.campaign in campaigns}
    return {other.id for other in strategy.channels if other.id != channel.id} | campaigns | items


@rule("STRATEGY-441", 4, "warning", "A limit of a day that limits nothing")
def loose_guardrail(situation: Situation) -> Iterator[Finding]:
    """A daily limit as large as the quarter's money stops no slip: all of it may be gone on one morning."""
    budget, limit = situation.strategy.management.budget, situation.strategy.ads.guardrails.max_daily_spend
    if budget is not None and limit is not None and 0 < budget.quarter - budget.reserve <= limit:
        yield Finding(
            "ads.guardrails.max_daily_spend",
            f"{say_money(limit, situation.strategy.company.currency)} a day, all that the quarter has",
            "a small part of the quarter's budget",
            "Start with twice what a usual day costs.",
        )


@rule("STRATEGY-618", 6, "warning", "A reserve that leaves little to spend")
def most_kept_back(situation: Situation) -> Iterator[Finding]:
    """A tenth or a fifth is kept back for surprises. With more than half of it the plan is for the smaller part; a note says what it is kept for."""
    budget = situation.strategy.management.budget
    if budget is not None and budget.quarter * _HALF < budget.reserve <= budget.quarter and not budget.note:
        both = [say_money(amount, situation.strategy.company.currency) for amount in (budget.reserve, budget.quarter)]
        yield Finding(
            "management.budget.reserve", f"{both[0]} of {both[1]}", "a tenth, a fifth at most", "Lower the reserve, or note what it is kept for."
        )


@rule("STRATEGY-712", 7, "warning", "A share above the whole")
def share_above_one(situation: Situation) -> Iterator[Finding]:
    """Where the question says that it counts a share, the threshold is a part of 1: 0.95 for 95 of 100."""
    for number, evaluation in enumerate(situation.strategy.evaluation):
        said = evaluation.threshold
        if said is not None and said > 1 and _SHARE.search(evaluation.question):
            meant = f"Write {say_number((said / 100).normalize())} for {say_number(said)} of 100." if said <= _HUNDRED else "Write 0.5 for half."
            yield Finding(f"evaluation[{number}].threshold", say_number(said), "a share from 0 to 1", meant)


@rule("STRATEGY-714", 7, "warning", "Judged by applause")
def applause(situation: Situation) -> Iterator[Finding]:
    """Likes, followers and clicks come before a result and do not pay for it. The quarter as a whole is judged by what its first objective counts, and
    of the KPIs at least one counts a result.
    """
    kpis = situation.strategy.management.kpis
    if kpis and all(kpi.metric.casefold() in _APPLAUSE for kpi in kpis):
        found = f"nothing but {say_list(sorted({kpi.metric.casefold() for kpi in kpis}))}"
        yield Finding("management.kpis", found, "a figure that counts a result", "Follow the metric of each objective as well.")
    for number, evaluation in enumerate(situation.strategy.evaluation):
        if evaluation.step == "overall" and (evaluation.metric or "").casefold() in _APPLAUSE:
            aims = situation.strategy.objectives
            first = METRICS[aims[0].metric].name.lower() if aims else "a result"
            yield Finding(
                f"evaluation[{number}].metric", quote(evaluation.metric or ""), f"a result, such as {first}", "Judge the whole by an objective."
            )


@rule("STRATEGY-715", 7, "hint", "Adverts judged by what they do not move")
def unmoved(situation: Situation) -> Iterator[Finding]:
    """How fast a page is and how soon a question is answered says nothing of the adverts that brought people there."""
    paid = {channel.id for channel in situation.strategy.paid_channels}
    for number, evaluation in enumerate(situation.strategy.evaluation):
        if evaluation.channel in paid and evaluation.metric in _UNMOVED:
            yield Finding(
                f"evaluation[{number}].metric",
                f"{METRICS[evaluation.metric].name.lower()} for {evaluation.channel}",
                "what the channel brings, or what one costs",
                "Choose what its objective counts.",
            )


@rule("STRATEGY-806", 8, "warning", "An answer that comes after the decision")
def answer_too_late(situation: Situation) -> Iterator[Finding]:
    """A question that a channel waits for is answered before the rule of that channel is judged."""
    strategy = situation.strategy
    decided = {each.channel: each.on for each in sorted(strategy.evaluation, key=lambda each: str(each.on), reverse=True) if each.channel and each.on}
    for question in strategy.questions:
        day = decided.get(question.blocks or "")
        if day is not None and question.due_on is not None and question.due_on > day and not question.answer:
            yield Finding(
                f"questions[{question.id}].due_on",
                f"{say_day(question.due_on)}, and {question.blocks} is judged on {say_day(day)}",
                "a day before that",
                "Ask sooner, or judge later.",
            )


MEANS_CHECKS: tuple[Check, ...] = (
    dear_trial, unpaid_adverts, task_misses, loose_guardrail, most_kept_back, share_above_one, applause, unmoved, answer_too_late,
)  # fmt: skip
