"""draft_strategy: what was taken of the findings as a strategy, and for every statement in it where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.from_facts.channels import FoundChannel
from quarterdeck.strategy.from_facts.corrections import correct, corrected_places
from quarterdeck.strategy.from_facts.figures import Baseline
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.from_facts.proposals import Choices, Proposal, say_days
from quarterdeck.strategy.from_facts.questions import open_questions
from quarterdeck.strategy.from_facts.tools_and_campaigns import tool_of
from quarterdeck.strategy.parts.aims import Company, Goal, Objective
from quarterdeck.strategy.parts.management import Budget, Management, Question
from quarterdeck.strategy.parts.means import Channel, Tool
from quarterdeck.strategy.parts.value_at import value_at
from quarterdeck.strategy.parts.values import NamedPart
from quarterdeck.strategy.wording.wording import say_amount

T = TypeVar("T")
N = TypeVar("N", bound=NamedPart)
How = Literal["counted", "rule", "settings", "you"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement comes from: counted from facts, a rule that is named, the company's settings, or you. `said` is a sentence."""

    how: How
    said: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A strategy, and where its statements come from by place ("channels[search].kind"); a part answers for all in it that has no line of its own."""

    strategy: Strategy
    origins: Mapping[str, Origin]


def draft_strategy(found: Findings, choices: Choices | None = None) -> Drafted:
    """The draft. Nothing stands in it that was not counted, set by the owner, or said in `choices`; what is not known is a question."""
    choices = choices or Choices()
    counted, found = found, correct(found, choices.figures)
    origins: dict[str, Origin] = {}
    tools = _taken(found.tools, choices)
    channels = tuple(_channel(each, choices, tools, origins) for each in found.channels if choices.takes(each.proposal))
    goals, objectives = _aims(found, choices, origins)
    strategy = Strategy(
        company=_company(found, choices, origins),
        goals=goals,
        objectives=objectives,
        audiences=tuple(_named(each, choices, "who", origins, "audiences") for each in _taken(found.audiences, choices)),
        conversions=tuple(_named(each, choices, "group", origins, "conversions") for each in _taken(found.conversions, choices)),
        tools=tuple(_named(each, choices, "name", origins, "tools") for each in tools),
        channels=channels,
        management=_management(found, choices, {channel.id for channel in channels}, origins),
        opportunities=tuple(_named(each, choices, "text", origins, "opportunities") for each in _taken(found.campaigns, choices)),
    )
    strategy = strategy.model_copy(update={"questions": _with_places(open_questions(found, choices), strategy)})
    origins |= {place: Origin("you", said) for place, said in corrected_places(counted, choices.figures).items()}
    origins["questions"] = Origin("rule", "The facts do not tell it, so it is asked; due in a week.")
    return Drafted(strategy, origins)


def is_short(found: Findings, metric: str, target: Decimal) -> bool:
    """Whether the target does not go beyond what was counted: below it where more is better, above it where less is."""
    baseline = next((each.baseline for each in found.metrics if each.metric == metric), None)
    rises = METRICS[metric].direction == "increase"
    return baseline is not None and target != baseline.value and (target > baseline.value) != rises


def aim_for(found: Findings, metric: str, target: Decimal) -> Objective:
    """The objective that a target makes, for the coming quarter.

    A target on the wrong side of the baseline (less than a year before, in a market that shrinks) stands with the baseline in its note: the document
    takes a baseline for what the target goes beyond.
    """
    each = next(each for each in found.metrics if each.metric == metric)
    quarter, currency = found.counted.quarter, found.counted.currency
    baseline, name = each.baseline, METRICS[metric].name
    short = is_short(found, metric, target)
    return Objective(
        id=metric,
        goal=f"{metric}_goal",
        statement=f"{name}: {say_amount(target, metric, currency)} from {say_days(quarter.first_day, quarter.last_day)}",
        metric=metric,
        baseline=None if baseline is None or short else baseline.value,
        target=target,
        due_on=quarter.last_day,
        note=each.origin + (say_short(baseline, metric, currency) if short and baseline is not None else ""),
    )


def say_short(baseline: Baseline, metric: str, currency: str) -> str:
    """What is said of a target that does not go beyond what was counted."""
    return f" It was {say_amount(baseline.value, metric, currency)} then: the target does not go beyond it, so no baseline stands beside it."


def _with_places(questions: tuple[Question, ...], strategy: Strategy) -> tuple[Question, ...]:
    """The questions; a place at which something stands already is not what one of them is about."""
    filled = [each.about is not None and value_at(strategy, each.about) not in (None, "", ()) for each in questions]
    return tuple(each.model_copy(update={"about": None}) if is_filled else each for each, is_filled in zip(questions, filled, strict=True))


def _taken(proposals: tuple[Proposal[T], ...], choices: Choices) -> tuple[Proposal[T], ...]:
    return tuple(each for each in proposals if choices.takes(each))


def _named(proposal: Proposal[N], choices: Choices, field: str, origins: dict[str, Origin], place: str) -> N:
    """The part under the name that the person gave it."""
    part, where = proposal.part, f"{place}[{proposal.part.id}]"
    origins[where] = Origin("counted", proposal.origin)
    name = choices.names.get(proposal.key)
    if name and name != getattr(part, field):
        origins[f"{where}.{field}"] = Origin("you", "You called it so.")
        part = part.model_copy(update={field: name})
    return part


def _channel(channel: FoundChannel, choices: Choices, tools: tuple[Proposal[Tool], ...], origins: dict[str, Origin]) -> Channel:
    part = _named(channel.proposal, choices, "name", origins, "channels")
    where = f"channels[{part.id}]"
    word = channel.guess.word
    read = f"Read from the word “{word}” in its name or its visits." if word else "No word of its name is known, so it is “other” until you say more."
    origins[f"{where}.kind"] = Origin("rule", read)
    origins[f"{where}.ownership"] = Origin("rule", "Paid where money was spent; else earned where others bring people, owned for the rest.")
    kind = choices.kinds.get(channel.key)
    if kind is not None and kind != part.kind:
        origins[f"{where}.kind"] = Origin("you", "You said so.")
        part = part.model_copy(update={"kind": kind})
    tool = tool_of(channel, tools)
    return part if tool is None else part.model_copy(update={"tool": tool})


def _aims(found: Findings, choices: Choices, origins: dict[str, Origin]) -> tuple[tuple[Goal, ...], tuple[Objective, ...]]:
    """A goal and an objective for each target that the person gave; none otherwise."""
    objectives = tuple(aim_for(found, each.metric, choices.targets[each.metric]) for each in found.metrics if each.metric in choices.targets)
    for objective in objectives:
        origins[f"objectives[{objective.id}]"] = Origin("you", "You gave the target.")
        is_yours = f"metric-{objective.metric}" in choices.figures
        origins[f"objectives[{objective.id}].baseline"] = Origin("you" if is_yours else "counted", objective.note or "")
        origins[f"goals[{objective.goal}]"] = Origin("you", "You gave the target; the goal of the company behind it is asked.")
    goals = tuple(
        Goal(
            id=each.goal,
            statement=each.statement,
            metric=each.metric,
            baseline=each.baseline,
            target=each.target,
            due_on=each.due_on,
            note="It says what the objective says until you say what the whole company wants.",
        )
        for each in objectives
    )
    return goals, objectives


def _company(found: Findings, choices: Choices, origins: dict[str, Origin]) -> Company:
    counted = found.counted
    origins["company"] = Origin("settings", "From the settings of the company.")
    for place, proposals in (("markets", found.countries), ("languages", found.languages)):
        said = " ".join(each.origin for each in _taken(proposals, choices))
        origins[f"company.{place}"] = Origin("counted", said) if said else Origin("rule", "The facts do not tell it, so it is asked.")
    return Company(
        name=counted.company,
        currency=counted.currency,
        timezone=counted.timezone,
        markets=tuple(each.part for each in _taken(found.countries, choices)),
        languages=tuple(each.part for each in _taken(found.languages, choices)),
    )


def _management(found: Findings, choices: Choices, channels: set[str], origins: dict[str, Origin]) -> Management:
    kpis = tuple(each for each in _taken(found.kpis, choices) if each.part.channel is None or each.part.channel in channels)
    for number, each in enumerate(kpis):
        origins[f"management.kpis[{number}]"] = Origin("counted", each.origin)
    if choices.budget is not None:
        origins["management.budget"] = Origin("you", "You gave the budget.")
    budget = None if choices.budget is None else Budget(quarter=choices.budget)
    return Management(budget=budget, kpis=tuple(each.part for each in kpis))
