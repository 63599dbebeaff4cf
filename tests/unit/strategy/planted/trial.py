"""Plants every fault in every base, asks the checks (and the calendar's collisions), and says what was found, missed and raised for nothing."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from planted import sound, step1, step2, step3, step4, step5, step5_content, step6, steps678
from planted.soil import Barren, Soil
from pydantic import ValidationError
from ruamel.yaml import YAML

from quarterdeck.kernel.periods import Quarter, week_start
from quarterdeck.plan.calendar import place_content
from quarterdeck.plan.collisions import find_findings
from quarterdeck.plan.quarter_plan import WorkPlan
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import place_of
from quarterdeck.strategy.parts.validation import validation_problems
from quarterdeck.strategy.yaml.text import parse_strategy

HERE = Path(__file__).parent
SAMPLES = ("harbour", "small_shop", "retailer")
Outcome = Literal["hit", "elsewhere", "miss"]
NEVER_NEW = frozenset({"STRATEGY-114"})
"""What the figures say of a target: it is said of every objective, sound or not."""
_NOTHING_DONE = WorkPlan(assignments=(), unassignable=(), overloads=(), weighted_lateness=0, bound=None, method="rule")


@dataclass(frozen=True)
class Base:
    """A sound strategy that faults are planted in."""

    name: str
    strategy: Strategy
    quarter: Quarter


@dataclass(frozen=True)
class Said:
    """One thing that was said about a document: by which check, where, how seriously, in which words."""

    code: str
    where: str
    severity: str
    words: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same finding in a changed document: positions in lists without ids may have moved."""
        return self.code, " ".join(sorted(re.sub(r"\[\d+\]", "[]", self.where).split()))


@dataclass(frozen=True)
class Result:
    """What came of one fault in one base."""

    fault: str
    base: str
    outcome: Outcome
    hits: tuple[Said, ...]
    alarms: tuple[Said, ...]
    echoes: int
    """Findings beyond the first hit that the fault explains."""


def faults() -> list[dict[str, str]]:
    """The sentences, as they were written before the checks were read."""
    return list(YAML(typ="safe").load(HERE / "faults.yaml")["faults"])


def sound_variants() -> list[dict[str, str]]:
    """The sentences of the variants about which nothing may be said."""
    return list(YAML(typ="safe").load(HERE / "faults.yaml")["sound"])


@cache
def judged() -> Mapping[str, Mapping[str, str]]:
    """By fault: the codes that count as found (`found`), those that the fault explains (`explains`), and why (`why`); judged by hand."""
    return dict(YAML(typ="safe").load(HERE / "judged.yaml"))


@cache
def bases() -> tuple[Base, ...]:
    """The three samples and the examples."""
    root = resources.files("quarterdeck").joinpath("samples")
    texts = {name: root.joinpath(name, "strategy.yaml").read_text(encoding="utf-8") for name in SAMPLES}
    examples = root.joinpath("examples")
    if examples.is_dir():
        found = sorted((entry for entry in examples.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
        texts |= {entry.name.removesuffix(".yaml"): entry.read_text(encoding="utf-8") for entry in found}
    strategies = {name: parse_strategy(text) for name, text in texts.items()}
    return tuple(Base(name, strategy, quarter_of(strategy)) for name, strategy in strategies.items())


def quarter_of(strategy: Strategy) -> Quarter:
    """The quarter in whose last week the objectives are due."""
    last: date = max(objective.due_on for objective in strategy.objectives)
    return Quarter(week_start(last) - timedelta(weeks=12))


@cache
def plants() -> Mapping[str, Callable[[Soil], str]]:
    """Every plant by the id of its fault."""
    return {name: plant for module in (step1, step2, step3, step4, step5, step5_content, step6, steps678) for name, plant in _public(module)}


@cache
def variants() -> Mapping[str, Callable[[Soil], None]]:
    """Every sound variant by its id."""
    return dict(_public(sound))


def try_fault(fault: str, base: Base) -> Result | None:
    """What is said about `fault` in `base` beyond what is said without it; None where the base cannot hold it."""
    soil = Soil(base.strategy, base.quarter)
    try:
        places = plants()[fault](soil).split()
    except Barren:
        return None
    new = _new(base, soil)
    opinion = judged().get(fault, {})
    found, explains = set(str(opinion.get("found", "")).split()), set(str(opinion.get("explains", "")).split())
    right = [said for said in new if said.code in found]
    hits = tuple(said for said in right if any(touches(said.where, place) for place in places))
    alarms = tuple(said for said in new if said.code not in found | explains)
    echoes = len(new) - len(alarms) - min(len(hits), 1)
    return Result(fault, base.name, "hit" if hits else "elsewhere" if right else "miss", hits, alarms, echoes)


def try_variant(variant: str, base: Base) -> tuple[Said, ...] | None:
    """What is said about a sound variant beyond what is said about its base; None where the base cannot be varied so."""
    soil = Soil(base.strategy, base.quarter)
    try:
        variants()[variant](soil)
    except Barren:
        return None
    return _new(base, soil)


def said_about(document: Strategy | dict[str, Any], quarter: Quarter) -> tuple[Said, ...]:
    """Everything that reading, the checks and the calendar say about a document, in that order."""
    try:
        strategy = document if isinstance(document, Strategy) else Strategy.model_validate(document)
    except ValidationError as error:
        problems = validation_problems(error, lambda loc: place_of(loc, document))
        return tuple(Said(problem.code, problem.where, problem.severity, str(problem)) for problem in problems)
    checked = check_strategy(strategy, as_of=quarter.first_day - timedelta(days=1), quarter=quarter)
    told = [Said(problem.code, problem.where, problem.severity, str(problem)) for problem in checked if problem.code not in NEVER_NEW]
    return (*told, *_collisions(strategy, quarter))


@cache
def said_about_base(name: str) -> tuple[Said, ...]:
    """What is said about a base as it is."""
    base = next(base for base in bases() if base.name == name)
    return said_about(base.strategy, base.quarter)


def _collisions(strategy: Strategy, quarter: Quarter) -> Iterable[Said]:
    """What the calendar says; the places are those of the items and campaigns that collide."""
    for finding in find_findings(strategy, quarter, place_content(strategy, quarter, _NOTHING_DONE), _NOTHING_DONE, holidays={}):
        campaigns = {campaign.id for campaign in strategy.campaigns}
        places = " ".join(f"campaigns[{own_id}]" if own_id in campaigns else f"content.items[{own_id}]" for own_id in finding.items)
        yield Said(finding.code, places, "warning", finding.sentence)


def _new(base: Base, soil: Soil) -> tuple[Said, ...]:
    before = Counter(said.key for said in said_about_base(base.name))
    new = []
    for said in said_about(soil.doc, base.quarter):
        if before[said.key]:
            before[said.key] -= 1
        else:
            new.append(said)
    return tuple(new)


def touches(where: str, place: str) -> bool:
    """Whether one of the two places lies in the other."""
    return any(each == place or each.startswith((f"{place}.", f"{place}[")) or place.startswith((f"{each}.", f"{each}[")) for each in where.split())


def _public(module: ModuleType) -> list[tuple[str, Any]]:
    own = inspect.getmembers(module, inspect.isfunction)
    return [(name, function) for name, function in own if function.__module__ == module.__name__ and not name.startswith("_")]
