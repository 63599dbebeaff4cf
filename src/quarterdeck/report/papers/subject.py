"""What a paper is about: one revision of a strategy, and what the plan and the forecast say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Problem
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.papers.paper import Bar, Bars, Picture, Pictures
from quarterdeck.report.papers.tongue import language_of
from quarterdeck.report.strategy.cells import Cells
from quarterdeck.report.strategy.outline import STEPS
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.questions.of_examples import not_yet_yours


@dataclass(frozen=True)
class Planned:
    """Money of the quarter by channel, and the plan that says so; `number` None is the plan of a draft."""

    number: int | None
    money: Mapping[str, Decimal]
    is_in_force: bool


@dataclass(frozen=True)
class Subject:
    """`revision` 0 is a document that is not saved. `chances` are by objective id, 0 to 1; `chances_from` says what they rest on."""

    strategy: Strategy
    quarter: Quarter
    revision: int = 0
    author: str = ""
    saved_on: date | None = None
    draft: str = ""
    """Name of the draft; "" for the strategy itself."""
    problems: Sequence[Problem] = ()
    chances: Mapping[str, float | None] = field(default_factory=dict)
    chances_from: str = ""
    planned: Planned | None = None
    charts: Sequence[Chart] = ()
    """What was counted of the objectives' metrics, where there are facts."""

    @cached_property
    def words(self) -> Words:
        """How its people write."""
        return Words.of(self.strategy)

    @cached_property
    def cells(self) -> Cells:
        """Figures, days and names."""
        return Cells(self.strategy, self.words)

    @property
    def title(self) -> str:
        """Of every paper."""
        return f"{self.strategy.company.name}: marketing strategy" + (f", draft “{self.draft}”" if self.draft else "")

    @property
    def span(self) -> str:
        """The quarter; and, of a strategy that began as an example and is not all its company's own, that it is not."""
        steps = {question.step for question in not_yet_yours(self.strategy)}
        whose = "this is still the example" if len(steps) == len(STEPS) else f"{how_many(len(steps), 'step')} of eight still from the example"
        return f"{self.words.quarter(self.quarter)}{f'. Not all of it is ours yet: {whose}' if steps else ''}"

    @property
    def saved(self) -> str:
        """`Revision 3, saved by Olena on 22 November 2026.`"""
        if not self.revision:
            return "Not saved yet."
        author = f", saved by {self.author}" if self.author else ""
        return f"Revision {self.revision}{' of the draft' if self.draft else ''}{author}{f' on {self.words.day(self.saved_on)}' if self.saved_on else ''}."

    @property
    def foot(self) -> str:
        """Where it comes from, and what its chances rest on."""
        known = [chance for chance in self.chances.values() if chance is not None]
        chances = f" Chances rest on {self.chances_from}." if known and self.chances_from else "" if known else " No chance is known yet."
        return f"{self.saved}{chances}"

    @property
    def language(self) -> str:
        """ISO 639 of the language that its sentences are written in."""
        strategy = self.strategy
        aims = [each.statement for each in (*strategy.goals, *strategy.objectives)]
        people = [words for each in strategy.audiences for words in (each.who, *each.needs)]
        own = (strategy.vision or "", strategy.proposition.statement or "", *(each.text for each in strategy.proposition.claims))
        return language_of([*aims, *people, *own, *(each.title for each in strategy.management.tasks)], strategy.company.languages)

    @property
    def region(self) -> str:
        """ISO 3166 of its first market."""
        return self.strategy.company.markets[0] if self.strategy.company.markets else "GB"

    def chance(self, objective: str) -> str:
        """`38 %`, or `not known`."""
        return self.words.chance(self.chances.get(objective))

    def pictures(self) -> Pictures | None:
        """The charts that could be drawn; None where there are none."""
        drawn = [each for each in self.charts if each.narrow is not None]
        pictures = tuple(Picture(each.id, each.finding, each.unit_line, each.alt, each.narrow) for each in drawn if each.narrow is not None)
        return Pictures(pictures) if pictures else None

    def money_bars(self) -> Bars | None:
        """The plan's money by channel, the most first. None without a plan that places money."""
        placed = {} if self.planned is None else {channel: money for channel, money in self.planned.money.items() if money > 0}
        if self.planned is None or not placed:
            return None
        most = max(placed.values())
        ranked = sorted(placed.items(), key=lambda each: -each[1])
        number, state = self.planned.number, "in force" if self.planned.is_in_force else "not approved yet"
        bars = tuple(Bar(self.words.name(channel), float(money / most), self.words.money(money)) for channel, money in ranked)
        return Bars(bars, f"Money in the quarter, {'plan of the draft' if number is None else f'plan {number} ({state})'}")


def and_more(shown: int, total: int, what: str) -> str:
    """`and 3 more tasks`, `and 1 more task`; "" when everything is shown. `what` is a plural in s."""
    return f"and {total - shown:,} more {what if total - shown > 1 else what.removesuffix('s')}" if total > shown else ""
