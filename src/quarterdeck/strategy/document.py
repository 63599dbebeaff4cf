"""The strategy document: one company's eight steps in one frozen value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.parts.aims import Audience, Company, Conversion, Goal, Objective, Proposition
from quarterdeck.strategy.parts.management import Evaluation, Management, Opportunity, Question, ReviewRhythm
from quarterdeck.strategy.parts.means import AdsRules, Campaign, Channel, Content, Offer, Tool
from quarterdeck.strategy.parts.values import NamedPart, Part, Prose

if TYPE_CHECKING:
    from quarterdeck.strategy.checks.checking import Evidence
    from quarterdeck.strategy.checks.findings import Findings


class Strategy(Part):
    """Everything that a company wants from its marketing, and how. Fields stand in the order of the eight steps."""

    company: Company
    vision: Prose | None = None
    goals: tuple[Goal, ...] = ()
    objectives: tuple[Objective, ...] = ()
    audiences: tuple[Audience, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    proposition: Proposition = Proposition()
    tools: tuple[Tool, ...] = ()
    channels: tuple[Channel, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    offers: tuple[Offer, ...] = ()
    ads: AdsRules = AdsRules()
    content: Content = Content()
    management: Management = Management()
    evaluation: tuple[Evaluation, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    questions: tuple[Question, ...] = ()
    review: ReviewRhythm = ReviewRhythm()

    @property
    def paid_channels(self) -> tuple[Channel, ...]:
        """Channels that money is planned for, in the order of the document."""
        return tuple(channel for channel in self.channels if channel.ownership == "paid")

    def check(self, *, as_of: date | None = None, quarter: Quarter | None = None, evidence: Mapping[str, Evidence] | None = None) -> Findings:
        """What `check_strategy` finds, the worst first, shown as lines or, in a notebook, as a table."""
        from quarterdeck.strategy.checks.all_checks import check_strategy
        from quarterdeck.strategy.checks.findings import Findings

        return Findings(check_strategy(self, as_of=as_of, quarter=quarter, evidence=evidence))

    def named_lists(self) -> Iterator[tuple[str, tuple[NamedPart, ...]]]:
        """Every list whose members have ids, with its place in the document."""
        yield "goals", self.goals
        yield "objectives", self.objectives
        yield "audiences", self.audiences
        yield "conversions", self.conversions
        yield "tools", self.tools
        yield "channels", self.channels
        yield "campaigns", self.campaigns
        yield "offers", self.offers
        yield "content.items", self.content.items
        yield "management.teams", self.management.teams
        yield "management.people", self.management.people
        yield "management.tasks", self.management.tasks
        yield "opportunities", self.opportunities
        yield "questions", self.questions
