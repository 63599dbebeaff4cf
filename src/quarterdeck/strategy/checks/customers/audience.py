"""Checks of step 2: who the customers are, and what their next step is worth."""

from __future__ import annotations

from collections.abc import Iterator

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.aims import Conversion
from quarterdeck.strategy.wording.suggestions import nearest
from quarterdeck.strategy.wording.wording import quote, say_list


@rule("STRATEGY-201", 2, "error", "No audience")
def no_audience(situation: Situation) -> Iterator[Finding]:
    """The plan starts from the customer. Without an audience there is nobody to speak to."""
    if not situation.strategy.audiences:
        yield Finding(
            "audiences",
            "no audience",
            "at least one, because the plan starts from the customer",
            "Describe the people who already buy, what they need, and where they are found.",
        )


@rule("STRATEGY-202", 2, "warning", "No primary audience")
def no_primary(situation: Situation) -> Iterator[Finding]:
    """One audience comes first when two want the same money, day or sentence."""
    audiences = situation.strategy.audiences
    if audiences and all(audience.rank != "primary" for audience in audiences):
        yield Finding(
            "audiences",
            "no primary audience",
            "a primary one: it comes first when two want the same money",
            "Set `rank: primary` on the most important one.",
        )


@rule("STRATEGY-203", 2, "warning", "An audience without needs")
def no_needs(situation: Situation) -> Iterator[Finding]:
    """Content and claims answer needs; an audience without any can only be shouted at."""
    for audience in situation.strategy.audiences:
        if not audience.needs:
            yield Finding(
                f"audiences[{audience.id}].needs",
                "no need",
                "what these people need, in their own words, because every claim answers a need",
                "Ask five of them, and write down what they say.",
            )


@rule("STRATEGY-204", 2, "warning", "An audience known by judgement alone")
def only_judgement(situation: Situation) -> Iterator[Finding]:
    """Insights are counted, tested, asked or published; judgement counts as a start, labelled as what it is."""
    for audience in situation.strategy.audiences:
        if all(insight.evidence == "judgement" for insight in audience.insights):
            found = "judgement alone" if audience.insights else "no insight"
            yield Finding(
                f"audiences[{audience.id}].insights",
                found,
                "one insight that was counted, tested or asked, with its source",
                "Look into the analytics, run a short survey, or open a question for it.",
            )


@rule("STRATEGY-205", 2, "warning", "An audience that is not met where it is found")
def not_met(situation: Situation) -> Iterator[Finding]:
    """Where an audience is found, you should be too: with a campaign or an item for it, on one of those channels."""
    strategy = situation.strategy
    addressed = situation.links.channels_used_for.keys() | {objective.audience for objective in strategy.objectives}
    for audience in strategy.audiences if strategy.channels else ():
        place = f"audiences[{audience.id}].found_on"
        used = situation.links.channels_used_for.get(audience.id, frozenset())
        if not audience.found_on:
            yield Finding(
                place,
                "no channel",
                "where these people are found, or nobody knows where to meet them",
                "List the channels they use; ask new customers how they heard of you.",
            )
        elif audience.id in addressed and not used & set(audience.found_on):
            found = f"nothing for it on {say_list(audience.found_on)}"
            yield Finding(
                place, found, "a campaign or content item for it on a channel where it is found", "Plan an item there, or correct where it is found."
            )


@rule("STRATEGY-206", 2, "warning", "No conversion group")
def no_conversion(situation: Situation) -> Iterator[Finding]:
    """A conversion group says what people should do next; without one nothing can be counted as success."""
    if not situation.strategy.conversions:
        yield Finding(
            "conversions",
            "no conversion group",
            "what people should do next and the event that shows it",
            "Start with the one that pays: the order, the booking, the request.",
        )


@rule("STRATEGY-207", 2, "warning", "A conversion without a margin")
def no_margin(situation: Situation) -> Iterator[Finding]:
    """What counts is profit, not clicks. Without the margin of a conversion nobody knows the profit, and money is placed by counts alone."""
    for conversion in situation.strategy.conversions:
        if conversion.margin is None:
            found = "no value and no margin" if conversion.value is None else "a value without a margin"
            yield Finding(
                f"conversions[{conversion.id}].margin",
                found,
                "what one is worth before marketing; without it nobody knows the profit",
                "Take the price less the cost of what is sold; a careful guess with a note is better than nothing.",
            )


@rule("STRATEGY-208", 2, "hint", "Several margins for one metric")
def several_margins(situation: Situation) -> Iterator[Finding]:
    """One metric may count conversions with different margins. Then the lowest is used, so that no profit is promised that may not come.

    A metric that is money (revenue, donations) is counted by the penny, not by the piece. There the share that is left of each unit of money is compared.
    """
    margins: dict[str, dict[str, None]] = {}
    for conversion in situation.strategy.conversions:
        if conversion.metric is not None and (margin := _margin_of_unit(conversion)):
            margins.setdefault(conversion.metric, {})[margin] = None
    for metric, different in margins.items():
        if len(different) > 1:
            yield Finding(
                "conversions",
                f"margins of {say_list(sorted(different))} for {metric}",
                "one margin for a metric; the lowest is used meanwhile",
                "Count them by metrics of their own, or write the average margin into each.",
            )


def _margin_of_unit(conversion: Conversion) -> str | None:
    """What one unit of its metric leaves: an amount, or `45 %` of each unit of money. None where the strategy does not say."""
    if conversion.margin is None:
        return None
    if conversion.metric is None or conversion.metric not in METRICS or METRICS[conversion.metric].unit != "money":
        return f"{conversion.margin:f}"
    return f"{round(100 * conversion.margin / conversion.value)} %" if conversion.value else None


@rule("STRATEGY-209", 2, "warning", "A conversion counted by an unknown metric")
def unknown_metric(situation: Situation) -> Iterator[Finding]:
    """Only metrics that Quarterdeck knows can be counted from facts."""
    for conversion in situation.strategy.conversions:
        if conversion.metric is not None and conversion.metric not in METRICS:
            close = nearest(conversion.metric, METRICS)
            yield Finding(
                f"conversions[{conversion.id}].metric",
                quote(conversion.metric),
                "a metric that can be counted from facts",
                f'Did you mean "{close}"?' if close else "Leave it out, or choose a known metric.",
            )


@rule("STRATEGY-210", 2, "warning", "An audience that nothing addresses")
def not_addressed(situation: Situation) -> Iterator[Finding]:
    """An audience that no campaign, content item or objective is for costs attention and gets none."""
    strategy = situation.strategy
    addressed = {audience for campaign in strategy.campaigns for audience in campaign.audiences}
    addressed |= {item.audience for item in strategy.content.items} | {objective.audience for objective in strategy.objectives if objective.audience}
    for audience in strategy.audiences:
        if audience.id not in addressed:
            yield Finding(
                f"audiences[{audience.id}]",
                "no campaign, content item or objective for it",
                "something that speaks to it",
                "Plan something for these people, or take the audience out.",
            )


AUDIENCE_CHECKS: tuple[Check, ...] = (
    no_audience,
    no_primary,
    no_needs,
    only_judgement,
    not_met,
    no_conversion,
    no_margin,
    several_margins,
    unknown_metric,
    not_addressed,
)
