"""Findings: all proposals that a company's facts make, before anybody has taken or corrected one."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.strategy.from_facts.channels import FoundChannel, find_channels
from quarterdeck.strategy.from_facts.counted import Counted
from quarterdeck.strategy.from_facts.figures import FoundMetric, find_conversions, find_kpis, find_metrics
from quarterdeck.strategy.from_facts.people import find_audiences, find_countries, find_languages
from quarterdeck.strategy.from_facts.proposals import Proposal
from quarterdeck.strategy.from_facts.tools_and_campaigns import find_campaigns, find_tools
from quarterdeck.strategy.parts.aims import Audience, Conversion
from quarterdeck.strategy.parts.management import Kpi, Opportunity
from quarterdeck.strategy.parts.means import Tool


@dataclass(frozen=True, slots=True)
class Findings:
    """What the facts say, kind by kind; every member has a key of its own."""

    counted: Counted
    metrics: tuple[FoundMetric, ...]
    channels: tuple[FoundChannel, ...]
    conversions: tuple[Proposal[Conversion], ...]
    audiences: tuple[Proposal[Audience], ...]
    tools: tuple[Proposal[Tool], ...]
    campaigns: tuple[Proposal[Opportunity], ...]
    kpis: tuple[Proposal[Kpi], ...]
    countries: tuple[Proposal[str], ...]
    languages: tuple[Proposal[str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether the facts say nothing that a strategy could begin with."""
        return not (self.metrics or self.channels or self.conversions or self.audiences)


def find_in(counted: Counted) -> Findings:
    """Everything that can be proposed from what was counted."""
    channels = find_channels(counted)
    return Findings(
        counted=counted,
        metrics=find_metrics(counted),
        channels=channels,
        conversions=find_conversions(counted),
        audiences=find_audiences(counted),
        tools=find_tools(counted),
        campaigns=find_campaigns(counted, channels),
        kpis=find_kpis(counted, channels),
        countries=find_countries(counted),
        languages=find_languages(counted),
    )
