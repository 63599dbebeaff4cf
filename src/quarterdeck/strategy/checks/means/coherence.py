"""Checks of how the parts hang together, both ways: what serves each objective, and what each part serves."""

from __future__ import annotations

from collections.abc import Iterator

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import Severity
from quarterdeck.strategy.checks.aims.goals import COUNTING_TOOLS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.means import ContentItem
from quarterdeck.strategy.wording.wording import quote, say_list

_ACTS = frozenset({"leads", "qualified_leads", "signups", "paying_accounts", "bookings", "donations", "new_customers", "orders", "email_subscribers"})
"""Metrics that count what a person does next."""
_PULLS = frozenset({"website", "mobile_app", "search"})
"""People come to these by themselves or through another channel."""


@rule("STRATEGY-117", 1, "hint", "An objective with a link missing")
def missing_links(situation: Situation) -> Iterator[Finding]:
    """A channel that names it, work, a figure that is followed and a rule that judges it in the end: these carry an objective. What
    nothing serves at all is told by another check; here one link of several is missing.
    """
    strategy, links = situation.strategy, situation.links
    followed = {kpi.metric for kpi in strategy.management.kpis}
    judged = {evaluation.metric for evaluation in strategy.evaluation}
    named = {objective for channel in strategy.channels for objective in channel.objectives}
    for objective in strategy.objectives:
        if objective.id not in situation.served_objectives or objective.metric not in followed | judged:
            continue
        missing = [
            word
            for word, there, is_asked in (
                ("channel", objective.id in named, bool(strategy.channels)),
                ("task", objective.id in links.worked_for, bool(strategy.management.tasks)),
                ("KPI", objective.metric in followed, bool(strategy.management.kpis)),
                ("rule in step 7", objective.metric in judged, bool(strategy.evaluation)),
            )
            if is_asked and not there
        ]
        if missing:
            yield Finding(
                f"objectives[{objective.id}]",
                f"no {' and no '.join(missing)} for {METRICS[objective.metric].name.lower()}",
                "a channel, work, a KPI and a rule in step 7 for it",
                f"Add the missing {say_list(missing)}, or name this objective in one that is there.",
            )


@rule("STRATEGY-222", 2, "hint", "An objective that no conversion counts")
def uncounted(situation: Situation) -> Iterator[Finding]:
    """Where an objective counts what people do, a conversion group says which act that is and what it is worth. What nothing counts at all is told
    by another check.
    """
    strategy = situation.strategy
    counted = {conversion.metric for conversion in strategy.conversions}
    is_told = not any(tool.use == "in_use" and tool.kind in COUNTING_TOOLS for tool in strategy.tools)
    for objective in () if is_told else strategy.objectives:
        if strategy.conversions and objective.metric in _ACTS - counted:
            yield Finding(
                f"objectives[{objective.id}].metric",
                f"no conversion group for {METRICS[objective.metric].name.lower()}",
                "the act that counts, and what one is worth",
                f"Add a conversion with `metric: {objective.metric}`.",
            )


@rule("STRATEGY-216", 2, "hint", "Content where its readers are not found")
def met_elsewhere(situation: Situation) -> Iterator[Finding]:
    """Most of the content goes where its audience is found. Pages are left out, since people come to them from elsewhere; an audience that is met nowhere
    at all is told by another check.
    """
    strategy = situation.strategy
    kinds = {channel.id: channel.kind for channel in strategy.channels}
    said: dict[str, list[ContentItem]] = {}
    for item in strategy.content.items:
        if kinds.get(item.channel) not in _PULLS:
            said.setdefault(item.audience, []).append(item)
    for audience in strategy.audiences:
        items = said.get(audience.id, [])
        strayed = [item for item in items if item.channel not in audience.found_on]
        if set(audience.found_on) & situation.links.channels_used_for.get(audience.id, frozenset()) and len(strayed) * 2 > len(items):
            channels = say_list(sorted({item.channel for item in strayed}))
            yield Finding(
                f"audiences[{audience.id}].found_on",
                f"{len(strayed)} of {len(items)} items for these people on {channels}",
                "most of their items where these people are found",
                f"Add {channels} if they are there, or move the items.",
            )


@rule("STRATEGY-310", 3, "hint", "A need that no claim answers")
def unanswered_need(situation: Situation) -> Iterator[Finding]:
    """A claim answers every need of a primary audience, and at least one need of each other one. A primary audience with none is a
    warning.
    """
    strategy = situation.strategy
    if not strategy.proposition.claims:
        return
    answered = {_plain(claim.answers) for claim in strategy.proposition.claims if claim.answers}
    for audience in strategy.audiences:
        still_open = [need for need in audience.needs if _plain(need) not in answered]
        is_first, none_answered = audience.rank == "primary", len(still_open) == len(audience.needs)
        if still_open and (is_first or none_answered):
            severity: Severity | None = "warning" if is_first and none_answered else None
            yield Finding(
                f"audiences[{audience.id}].needs",
                f"{say_list([quote(need) for need in still_open])}, answered by no claim",
                "a claim for each need",
                "Write the claim with its proof, or take out a need that you do not want to answer.",
                severity,
            )


@rule("STRATEGY-413", 4, "hint", "A channel for no goal and no objective")
def aimless_channel(situation: Situation) -> Iterator[Finding]:
    """A channel says itself what it is for, so that it can be judged when no campaign runs."""
    has_aims = situation.strategy.goals or situation.strategy.objectives
    for channel in situation.strategy.channels if has_aims else ():
        if channel.use == "in_use" and not channel.goals and not channel.objectives and channel.id in situation.working_channels:
            yield Finding(
                f"channels[{channel.id}].objectives", "neither a goal nor an objective", "what it is there for", "Add the objective that it serves."
            )


@rule("STRATEGY-414", 4, "hint", "A channel that takes no part")
def absent_channel(situation: Situation) -> Iterator[Finding]:
    """A channel that names an objective, and has no campaign, no content and no task, does nothing for it. Paid channels with money are left out
    (they may run all the time), and pages that people come to by themselves.
    """
    for channel in situation.strategy.channels:
        is_asked = channel.use == "in_use" and channel.kind not in _PULLS and not (channel.ownership == "paid" and channel.spend is not None)
        if is_asked and (channel.goals or channel.objectives) and channel.id not in situation.links.busy_channels:
            yield Finding(
                f"channels[{channel.id}]",
                "no campaign, no content and no task",
                "something that happens on it",
                "Plan an item or a task for it, or stop it.",
            )


@rule("STRATEGY-426", 4, "warning", "A campaign that its people cannot see")
def unseen_campaign(situation: Situation) -> Iterator[Finding]:
    """At least one channel of a campaign is a place where each of its audiences is found."""
    found_on = {audience.id: set(audience.found_on) for audience in situation.strategy.audiences}
    for campaign in situation.strategy.campaigns:
        unmet = [own_id for own_id in campaign.audiences if found_on.get(own_id) and not found_on[own_id] & set(campaign.channels)]
        if unmet and campaign.channels:
            yield Finding(
                f"campaigns[{campaign.id}].channels",
                f"no channel on which {say_list(unmet)} can be found",
                "a channel on which each of its audiences is met",
                "Add such a channel, or take the audience out of the campaign.",
            )


@rule("STRATEGY-434", 4, "hint", "A campaign without work")
def workless_campaign(situation: Situation) -> Iterator[Finding]:
    """A campaign does not make itself: a task serves it, one of its items, or is needed by one."""
    for campaign in situation.strategy.campaigns:
        if situation.strategy.management.tasks and campaign.id not in situation.links.worked_for:
            yield Finding(
                f"campaigns[{campaign.id}]",
                "no task that serves it or an item of it",
                "the work that it takes",
                "Add its tasks, with hours and days.",
            )


def _plain(words: str) -> str:
    return words.strip().casefold().rstrip(".")


COHERENCE_CHECKS: tuple[Check, ...] = (
    missing_links,
    uncounted,
    met_elsewhere,
    unanswered_need,
    aimless_channel,
    absent_channel,
    unseen_campaign,
    workless_campaign,
)
