"""What a form needs to know of the rest of the strategy: what an id may name, and what may be suggested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import REFERENCES
from quarterdeck.strategy.parts.values import NamedPart, Part
from quarterdeck.strategy.wording.wording import name_of

Pairs = tuple[tuple[str, str], ...]
"""Value and what it is called."""

_CALLED_BY = ("name", "title", "statement", "who", "text", "group", "question", "metric")
_LONGEST = 80
_TARGETS = {rule.source: tuple(target.removesuffix("[]") for target in rule.targets) for rule in REFERENCES}
_GROUPS = {
    "goals": "Business goals",
    "objectives": "Objectives",
    "audiences": "Audiences",
    "channels": "Channels",
    "campaigns": "Campaigns",
    "offers": "Offers",
    "content.items": "Content items",
    "management.tasks": "Tasks",
    "management.teams": "Teams",
    "tools": "Tools",
}
_ZONES = (
    "Europe/London",
    "Europe/Dublin",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Warsaw",
    "Europe/Kyiv",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Asia/Tokyo",
    "Australia/Sydney",
    "UTC",
)


@dataclass(frozen=True)
class Around:
    """The strategy that a form belongs to, and how its people write."""

    strategy: Strategy
    words: Words

    def refers_to(self, source: str) -> tuple[str, ...]:
        """The lists that a field's id may come from; empty when the field holds no reference."""
        return _TARGETS.get(source) or _TARGETS.get(f"{source}[]") or ()

    def members(self, source: str) -> tuple[tuple[str, Pairs], ...]:
        """What a reference may name, list by list."""
        return tuple((_GROUPS.get(place, place), self._named[place]) for place in self.refers_to(source))

    def suggested(self, what: str) -> Pairs:
        """What may be typed into a field that takes anything."""
        if what == "metrics":
            return tuple((metric.id, metric.name) for metric in METRICS.values())
        if what == "people":
            return tuple((person.id, person.name or person.id) for person in self.strategy.management.people)
        if what == "zones":
            return tuple((zone, zone) for zone in dict.fromkeys((self.strategy.company.timezone, *_ZONES)))
        if what == "needs":
            return _same(need for audience in self.strategy.audiences for need in audience.needs)
        people, tasks = self.strategy.management.people, self.strategy.management.tasks
        return _same([*(skill for person in people for skill in person.skills), *(skill for task in tasks for skill in task.skills)])

    def named(self, place: str) -> Pairs:
        """Every member of a list with ids, and what it is called."""
        return self._named[place]

    @cached_property
    def _named(self) -> dict[str, Pairs]:
        named = {place: tuple((part.id, called(part)) for part in parts) for place, parts in self.strategy.named_lists()}
        return {**named, "objectives": tuple((objective.id, name_of(objective, self.strategy)) for objective in self.strategy.objectives)}


def called(part: Part, *, longest: int = _LONGEST) -> str:
    """What people call a part: its name, title or words, shortened; else its id."""
    values = dict(part)
    words = next((str(values[key]) for key in _CALLED_BY if values.get(key)), "")
    if "metric" in values and words == values["metric"]:
        words = METRICS[words].name if words in METRICS else words
    line = " ".join(words.split()) or (part.id.replace("_", " ") if isinstance(part, NamedPart) else "")
    return cut_at_word(line, longest)


def cut_at_word(line: str, longest: int) -> str:
    """At most `longest` signs; what is longer ends with a whole word and `…`. A single word that is longer is cut."""
    if len(line) <= longest:
        return line
    kept = line[:longest]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept[:-1]).rstrip(" ,;:.") + "…"


def _same(words: Iterable[str]) -> Pairs:
    return tuple((word, word) for word in dict.fromkeys(words))
