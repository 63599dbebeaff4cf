"""read_examples: the strategies that one may start from, what each is, how large it is, and its text for the quarter that begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.read_strategy import first_strategy
from quarterdeck.operations.told import Told
from quarterdeck.report.words import how_many
from quarterdeck.strategy.changes.move_dates import move_dates, quarter_to_begin
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.text import parse_strategy

WRITTEN_FOR = Quarter(date(2027, 1, 4))
"""The quarter that the dates of all examples lie in."""
TEMPLATE = "first"
"""The strategy of hints: one of everything, to be written over."""


@dataclass(frozen=True)
class Example:
    """A strategy to start from: its short name, the kind of business, and in two sentences what is in it."""

    name: str
    kind: str
    about: str


EXAMPLES: Mapping[str, Example] = {
    each.name: each
    for each in (
        Example(
            "shop",
            "an online shop",
            "Children's shoes by post: new families come for the fit and come back for the next size. It uses search, shopping and social adverts. "
            "A letter goes out when a child has outgrown a pair. One paid trial has a rule to stop it.",
        ),
        Example(
            "b2b_service",
            "a service for other firms",
            "It finds leaks in the compressed air of factories in Austria and Germany, under a yearly contract. There are few buyers, and they take "
            "long. It uses visits to measure, mornings in a factory, and advisers on energy. What customers read is German.",
        ),
        Example(
            "saas",
            "software paid by the month",
            "Shift plans for vets in the United States. A trial leads to a first roster within five days; groups of clinics are won by talks. "
            "It uses search, review sites, mails in the product, webinars and partners.",
        ),
        Example(
            "local_trade",
            "a local trade",
            "Heating and plumbing with five vans in a Polish city: calls for help today and yearly checks in quiet weeks. A small plan for an owner with "
            "four hours a week; customers read Polish or Ukrainian.",
        ),
        Example(
            "non_profit",
            "a non-profit",
            "Warm meals carried to older people in Canada, in English and French: gifts, helpers and readers of a letter. Much of the reach is given and not "
            "bought; paid and given hours are planned alike.",
        ),
    )
}


@dataclass(frozen=True)
class Seen:
    """An example with its strategy, dated for the quarter that begins."""

    example: Example
    strategy: Strategy
    quarter: Quarter

    @property
    def size(self) -> str:
        """`2 goals, 3 objectives, 9 channels, 35 tasks, 29 pieces of content`."""
        nouns = {"content_items": ("piece of content", "pieces of content")}
        return ", ".join(how_many(number, *nouns.get(many, (many.removesuffix("s"), many))) for many, number in self.counts.items())

    @property
    def counts(self) -> dict[str, int]:
        """How many of what there are."""
        strategy = self.strategy
        return {
            "goals": len(strategy.goals),
            "objectives": len(strategy.objectives),
            "channels": len(strategy.channels),
            "tasks": len(strategy.management.tasks),
            "content_items": len(strategy.content.items),
        }


def see_example(name: str, *, today: date) -> Seen:
    """The example of that name. Raises Refused when there is none."""
    if name not in EXAMPLES:
        raise _unknown()
    quarter = quarter_to_begin(today, anchor=WRITTEN_FOR.first_day)
    strategy = remembered("example", (name, quarter), lambda: parse_strategy(example_text(name, today=today)))
    return Seen(EXAMPLES[name], strategy, quarter)


def see_examples(*, today: date) -> tuple[Seen, ...]:
    """All of them, in the order in which they are offered."""
    return tuple(see_example(name, today=today) for name in EXAMPLES)


def example_text(name: str, *, today: date) -> str:
    """The YAML of an example, or of the strategy of hints, with the dates of the quarter that begins. Raises Refused when there is no such one."""
    if name != TEMPLATE and name not in EXAMPLES:
        raise _unknown()
    text = first_strategy() if name == TEMPLATE else _written(name)
    return move_dates(text, written_for=WRITTEN_FOR, to=quarter_to_begin(today, anchor=WRITTEN_FOR.first_day))


def tell_examples(*, today: date) -> Told:
    """What there is to start from, with the size of each."""
    seen = see_examples(today=today)
    sentences = [f"{each.example.name}: {each.example.kind}. {each.example.about} ({each.size})" for each in seen]
    facts = [{"name": each.example.name, "kind": each.example.kind, "about": each.example.about, **each.counts} for each in seen]
    return Told([*sentences, "Print one with `quarterdeck strategy start --example shop > strategy.yaml`."], {"examples": facts})


def _written(name: str) -> str:
    return resources.files("quarterdeck").joinpath("samples", "examples", f"{name}.yaml").read_text(encoding="utf-8")


def _unknown() -> Refused:
    names = ", ".join([TEMPLATE, *EXAMPLES])
    return Refused("There is no such strategy to start from.", fix=f"Choose one of those that are offered: {names}.", code="STRATEGY-905")
