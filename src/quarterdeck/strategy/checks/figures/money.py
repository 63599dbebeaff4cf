"""Checks of money: what an offer, a channel or an agency costs beside what it brings and what there is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.means.channels import MANAGED_ADS
from quarterdeck.strategy.wording.wording import say_list, say_money

_QUARTER_DAYS = WEEKS_PER_QUARTER * 7
_FIRST_STEPS = frozenset({"email_subscribers", "leads", "qualified_leads", "signups"})
"""What these are worth is a guess of sales to come; an offer may well take most of it."""
_MOST_OF_IT, _SEVERAL = Decimal("0.9"), 3


@rule("STRATEGY-221", 2, "error", "A margin above the value")
def margin_above_value(situation: Situation) -> Iterator[Finding]:
    """The profit of one cannot be more than what one brings in. Where it is all of it (a hint), nothing was taken off for goods, work and sending; a
    note says so where there is nothing to take off.
    """
    for conversion in situation.strategy.conversions:
        if conversion.margin is not None and conversion.value is not None and conversion.margin > conversion.value:
            both = [say_money(amount, situation.strategy.company.currency) for amount in (conversion.margin, conversion.value)]
            yield Finding(f"conversions[{conversion.id}].margin", f"{both[0]} of {both[1]}", f"at most the value, {both[1]}", "Mend one of the two.")
        elif conversion.margin and conversion.margin == conversion.value and not conversion.note:
            all_of_it = say_money(conversion.margin, situation.strategy.company.currency)
            fix = "Take off what is paid for one: goods, work, sending, fees. If that is nothing, say so in a note."
            yield Finding(f"conversions[{conversion.id}].margin", f"{all_of_it}, all that one brings in", "what is left of the value", fix, "hint")


@rule("STRATEGY-417", 4, "warning", "A channel that is expected to lose money")
def loses_money(situation: Situation) -> Iterator[Finding]:
    """What one result is expected to cost on a channel is not more than what one leaves, or every one loses money."""
    margins, currency = situation.lowest_margins, situation.strategy.company.currency
    for channel in situation.strategy.paid_channels:
        expects = channel.expects
        margin = None if expects is None else margins.get(expects.metric)
        if expects is not None and margin is not None and expects.spend / expects.brings > margin:
            cost = say_money(round(expects.spend / expects.brings, 2), currency)
            yield Finding(
                f"channels[{channel.id}].expects",
                f"{cost} for one result ({METRICS[expects.metric].name.lower()})",
                f"at most {say_money(margin, currency)}, which one leaves",
                "Leave the channel out, or mend the expectation or the margin.",
            )


@rule("STRATEGY-418", 4, "hint", "An expectation of something else")
def off_topic(situation: Situation) -> Iterator[Finding]:
    """A channel is expected to bring what one of its objectives counts. Money cannot be placed by anything else."""
    metrics = {objective.id: objective.metric for objective in situation.strategy.objectives}
    for channel in situation.strategy.paid_channels:
        counted = {metrics[own_id] for own_id in channel.objectives if own_id in metrics}
        if channel.expects is not None and counted and channel.expects.metric not in counted:
            yield Finding(
                f"channels[{channel.id}].expects.metric",
                METRICS[channel.expects.metric].name.lower(),
                f"what its objectives count: {say_list([METRICS[metric].name.lower() for metric in sorted(counted)])}",
                "Expect one of these, or add the objective.",
            )


@rule("STRATEGY-432", 4, "warning", "An offer that gives away more than a sale leaves")
def dear_offer(situation: Situation) -> Iterator[Finding]:
    """What an offer costs each time comes off the margin of what the campaign wins. If it costs more, each sale loses money. If it leaves less than
    a tenth of a sale (a hint), the sale is for the offer; a note says why that is right.
    """
    strategy, margins = situation.strategy, situation.lowest_margins
    metrics = {objective.id: objective.metric for objective in strategy.objectives}
    offers = {offer.id: offer for offer in strategy.offers}
    told: set[str] = set()
    for campaign in strategy.campaigns:
        offer, margin = offers.get(campaign.offer or ""), margins.get(metrics.get(campaign.objective, ""))
        if offer is None or offer.value is None or margin is None or offer.id in told:
            continue
        place, both = f"offers[{offer.id}].value", [say_money(amount, strategy.company.currency) for amount in (offer.value, margin)]
        if offer.value > margin:
            told.add(offer.id)
            yield Finding(place, both[0], f"less than {both[1]}, which one leaves", "Make the offer smaller, or tie it to larger orders.")
        elif offer.value > margin * _MOST_OF_IT and metrics[campaign.objective] not in _FIRST_STEPS and not offer.note:
            told.add(offer.id)
            fix = "Make the offer smaller, or note what it wins besides this sale."
            yield Finding(place, f"{both[0]} of the {both[1]} that one leaves", "an offer that leaves a tenth or more", fix, "hint")


@rule("STRATEGY-433", 4, "warning", "A daily limit below what must be spent")
def tight_guardrail(situation: Situation) -> Iterator[Finding]:
    """The most in a day, every day of the quarter, still has to pay for the floors of the ads it holds for."""
    limit, currency = situation.strategy.ads.guardrails.max_daily_spend, situation.strategy.company.currency
    channels = [channel for channel in situation.strategy.paid_channels if channel.kind in MANAGED_ADS and channel.use == "in_use" and channel.spend]
    highest = max((channel.spend.floor for channel in channels if channel.spend), default=Decimal(0))
    if limit is not None and highest > limit * _QUARTER_DAYS:
        yield Finding(
            "ads.guardrails.max_daily_spend",
            f"{say_money(limit, currency)} a day, {say_money(limit * _QUARTER_DAYS, currency)} in a quarter",
            f"enough for a floor of {say_money(highest, currency)}",
            "Raise the daily limit, or lower the floor.",
        )


@rule("STRATEGY-616", 6, "hint", "Money that no channel may take")
def idle_money(situation: Situation) -> Iterator[Finding]:
    """Where all paid channels have caps, and a third of the budget is above them all, that money can go nowhere."""
    budget, paid = situation.strategy.management.budget, situation.strategy.paid_channels
    caps = [channel.spend.cap for channel in paid if channel.spend is not None and channel.spend.cap is not None]
    if budget is None or not caps or len(caps) < len(paid):
        return
    rest = budget.quarter - budget.reserve - sum(caps, Decimal(0))
    if rest > budget.quarter / 3:
        yield Finding(
            "management.budget.quarter",
            f"{say_money(rest, situation.strategy.company.currency)} above all caps together",
            "a budget that its channels may take",
            "Raise a cap, add a channel, or lower the budget.",
        )


@rule("STRATEGY-445", 4, "hint", "Money that may not move")
def fixed_money(situation: Situation) -> Iterator[Finding]:
    """Where the floor of every paid channel is its cap, all is decided before anything is known. One channel may be bound by a contract; a note says so."""
    limits = [channel.spend for channel in situation.strategy.paid_channels if channel.spend is not None]
    bound = [spend for spend in limits if spend.cap is not None and spend.floor == spend.cap and spend.cap > 0 and not spend.note]
    if len(limits) >= _SEVERAL and len(bound) == len(limits) == len(situation.strategy.paid_channels):
        yield Finding(
            "channels",
            f"a floor that is the cap, on all {len(bound)} paid channels",
            "room to put money where it works",
            "Lower a floor, or note which of them is bound by a contract.",
        )


@rule("STRATEGY-617", 6, "error", "A reserve above the budget")
def high_reserve(situation: Situation) -> Iterator[Finding]:
    """What is kept back is a part of the budget."""
    budget = situation.strategy.management.budget
    if budget is not None and budget.reserve > budget.quarter:
        both = [say_money(amount, situation.strategy.company.currency) for amount in (budget.reserve, budget.quarter)]
        yield Finding("management.budget.reserve", both[0], f"at most the budget of {both[1]}", "Lower the reserve, a tenth is usual.")


@rule("STRATEGY-619", 6, "warning", "Outside help dearer than the budget")
def dear_help(situation: Situation) -> Iterator[Finding]:
    """Tasks that only an outside team has the skills for, at its price an hour, must not cost more than the whole budget. A budget
    of 0 has them paid by somebody else.
    """
    management = situation.strategy.management
    inside = [set(person.skills) for team in management.teams if not team.external for person in team.people]
    for team in management.teams:
        if not team.external or team.rate is None or management.budget is None or not management.budget.quarter:
            continue
        theirs = [set(person.skills) for person in team.people]
        own = [
            task
            for task in management.tasks
            if any(set(task.skills) <= skills for skills in theirs) and not any(set(task.skills) <= skills for skills in inside)
        ]
        cost = round(sum((task.effort_hours for task in own), Decimal(0)) * team.rate, 2)
        if cost > management.budget.quarter:
            both = [say_money(amount, situation.strategy.company.currency) for amount in (cost, management.budget.quarter)]
            place = f"management.teams[{team.id}].rate"
            yield Finding(place, f"work for {both[0]}", f"less than the whole budget of {both[1]}", "Ask for less work, or raise the budget.")


@rule("STRATEGY-620", 6, "hint", "Outside help without a price")
def priceless_help(situation: Situation) -> Iterator[Finding]:
    """What an outside team costs an hour is needed to say what a way out of too much work costs."""
    for team in situation.strategy.management.teams:
        if team.external and team.rate is None:
            yield Finding(f"management.teams[{team.id}].rate", "not known", "the price of an hour", "Ask for it; 0 if it costs nothing.")


MONEY_CHECKS: tuple[Check, ...] = (
    margin_above_value, loses_money, off_topic, dear_offer, tight_guardrail, idle_money, fixed_money, high_reserve, dear_help, priceless_help,
)  # fmt: skip
