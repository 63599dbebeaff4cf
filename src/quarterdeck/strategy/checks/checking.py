"""What a check of the strategy is: what it is given, what it finds, and how it is described in the docs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Problem, Severity
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Objective
from quarterdeck.strategy.parts.links import Links, find_links

Step = Literal[1, 2, 3, 4, 5, 6, 7, 8]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the company's own figures say about an objective by its due date, in the unit of its metric.

    `chance` is that of reaching the target with the plan, `chance_unchanged` with last quarter's spending (0 to 1, None is not known).
    In 8 cases of 10 the result lies between `low` and `high`. `source` says what the figures rest on: "36 weeks of orders".
    """

    chance: float | None
    chance_unchanged: float | None
    low: float
    mean: float
    high: float
    source: str


@dataclass(frozen=True)
class Situation:
    """Everything that a check may look at. Without `as_of` nothing is late; without `quarter` no date lies outside."""

    strategy: Strategy
    as_of: date | None = None
    quarter: Quarter | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    @cached_property
    def served_objectives(self) -> frozenset[str]:
        """Objectives that a channel or a campaign works for."""
        return frozenset(
            [objective for channel in self.strategy.channels for objective in channel.objectives]
            + [campaign.objective for campaign in self.strategy.campaigns]
        )

    @cached_property
    def working_channels(self) -> frozenset[str]:
        """Channels that a goal, an objective, a campaign or a content item uses."""
        strategy = self.strategy
        return frozenset(
            [channel.id for channel in strategy.channels if channel.goals or channel.objectives]
            + [channel for campaign in strategy.campaigns for channel in campaign.channels]
            + [item.channel for item in strategy.content.items]
        )

    @cached_property
    def links(self) -> Links:
        """What works for what."""
        return find_links(self.strategy)

    @cached_property
    def sole_objectives(self) -> Mapping[str, Objective]:
        """By metric: the objective that alone counts it. Where several count one metric, each for other people, a figure may belong to any."""
        counted = Counter(objective.metric for objective in self.strategy.objectives)
        return {objective.metric: objective for objective in self.strategy.objectives if counted[objective.metric] == 1}

    @cached_property
    def lowest_margins(self) -> Mapping[str, Decimal]:
        """By metric: the lowest margin of the conversions that it counts."""
        lowest: dict[str, Decimal] = {}
        for conversion in self.strategy.conversions:
            if conversion.metric is not None and conversion.margin is not None:
                lowest[conversion.metric] = min(conversion.margin, lowest.get(conversion.metric, conversion.margin))
        return lowest

    @property
    def first_day(self) -> date | None:
        """The first day that can still be planned: of the quarter, or the one after `as_of`. None when neither is known."""
        if self.quarter is not None:
            return self.quarter.first_day
        return None if self.as_of is None else self.as_of + timedelta(days=1)

    @cached_property
    def used_kinds(self) -> frozenset[str]:
        """Kinds of the channels in use."""
        return frozenset(channel.kind for channel in self.strategy.channels if channel.use == "in_use")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check has found; `severity` where it differs from the check's own."""

    where: str
    found: str
    expected: str
    fix: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: a stable code, the step of the method it guards, and a paragraph for the docs. `find` gives what breaks it."""

    code: str
    step: Step
    severity: Severity
    title: str
    explanation: str
    find: Callable[[Situation], Iterable[Finding]]

    def problems(self, situation: Situation) -> tuple[Problem, ...]:
        """What it finds, as problems."""
        return tuple(
            Problem(self.code, found.where, found.found, found.expected, found.fix, found.severity or self.severity) for found in self.find(situation)
        )


def rule(code: str, step: Step, severity: Severity, title: str) -> Callable[[Callable[[Situation], Iterable[Finding]]], Check]:
    """Makes a check of a function; its docstring is the explanation. Raises ValueError when there is none."""

    def make(find: Callable[[Situation], Iterable[Finding]]) -> Check:
        if not find.__doc__:
            raise ValueError(f"{code} needs a docstring that explains it")
        return Check(code, step, severity, title, " ".join(find.__doc__.split()), find)

    return make
