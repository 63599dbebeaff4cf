"""The whole strategy in a sentence, and the state of each step in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.say_quarter import Part, number_word, tight
from quarterdeck.strategy.checks.all_checks import CHECKS
from quarterdeck.strategy.checks.checking import Step
from quarterdeck.strategy.checks.maturity import step_of
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.questions.of_examples import not_yet_yours
from quarterdeck.strategy.wording.wording import say_list

State = Literal["done", "settle", "missing", "example", "empty"]
_STEPS = 8
_STEP_OF_CHECK: dict[str, Step] = {check.code: check.step for check in CHECKS}


@dataclass(frozen=True)
class StepState:
    """How a step stands: `settle` when a check wants something, `missing` when a part of it is not there, `example` when nobody has said yet that what
    came from an example is so here, `empty` when nothing is."""

    state: State
    words: str


def to_settle(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What needs somebody: errors and warnings, the errors first."""
    return tuple(sorted((p for p in problems if p.severity != "hint"), key=lambda p: p.severity != "error"))


def problems_of_step(problems: Sequence[Problem], step: int) -> tuple[Problem, ...]:
    """The problems of one step, the worst first; broken references count where they stand."""
    order = {"error": 0, "warning": 1, "hint": 2}
    return tuple(sorted((p for p in problems if _STEP_OF_CHECK.get(p.code, step_of(p.where)) == step), key=lambda p: order[p.severity]))


def say_whole(strategy: Strategy, complete: float, problems: Sequence[Problem]) -> tuple[Part, ...]:
    """ "Your strategy is 82 % complete; three things need you." Of one that came from an example: how many steps nobody has made their own."""
    things = len(to_settle(problems))
    steps = len({question.step for question in not_yet_yours(strategy)})
    if steps:
        whose = (
            "it is still the example's"
            if steps == _STEPS
            else f"{number_word(steps)} of its steps {'is' if steps == 1 else 'are'} still the example's"
        )
        return (Part("Your strategy is written, but "), Part(whose, "warn"), Part("."))
    share = "complete" if complete >= 0.995 else tight(f"{int(complete * 100)} % complete")
    if not things:
        ending = ", and every check is content." if complete >= 0.995 else "; nothing in it is wrong."
        return (Part("Your strategy is "), Part(share, "good" if complete >= 0.995 else "accent"), Part(ending))
    needs = f"{number_word(things)} {'thing needs' if things == 1 else 'things need'} you"
    joint = ", but " if complete >= 0.995 else "; "
    return (Part("Your strategy is "), Part(share, "accent"), Part(joint), Part(needs, "warn"), Part("."))


def say_step(strategy: Strategy, step: Step, share: float, missing: Sequence[str], problems: Sequence[Problem]) -> StepState:
    """The state of a step, and its words for the rail."""
    things = len(to_settle(problems_of_step(problems, step)))
    if share == 0 and not _has_anything(strategy, step):
        return StepState("empty", "empty")
    if things:
        return StepState("settle", f"{number_word(things)} {'thing' if things == 1 else 'things'} to settle")
    if missing:
        return StepState("missing", f"still missing: {missing[0]}" if len(missing) == 1 else f"{number_word(len(missing))} things missing")
    if any(question.step == step for question in not_yet_yours(strategy)):
        return StepState("example", "from the example")
    return StepState("done", f"done, {_counted(strategy, step)}" if _counted(strategy, step) else "done")


def say_step_headline(name: str, state: StepState, missing: Sequence[str], problems: Sequence[Problem]) -> tuple[Part, ...]:
    """The headline of a step's page."""
    if state.state == "empty":
        return (Part(f"{name}: nothing is written here yet."),)
    things = to_settle(problems)
    if things:
        needs = f"{number_word(len(things))} {'thing needs' if len(things) == 1 else 'things need'} you"
        return (Part(f"{name}: "), Part(needs, "bad" if things[0].severity == "error" else "warn"), Part("."))
    if missing:
        return (Part(f"{name}: nothing is wrong; still missing: {say_list(missing)}."),)
    if state.state == "example":
        return (Part(f"{name}: everything is there, but "), Part("it is still the example's", "warn"), Part("."))
    return (Part(f"{name}: everything is there, and "), Part("every check passes", "good"), Part("."))


def _has_anything(strategy: Strategy, step: Step) -> bool:
    management, content = strategy.management, strategy.content
    held: dict[int, object] = {
        1: strategy.vision or strategy.goals or strategy.objectives,
        2: strategy.audiences or strategy.conversions,
        3: strategy.proposition.statement or strategy.proposition.claims or strategy.proposition.competitors,
        4: strategy.tools or strategy.channels or strategy.campaigns or strategy.offers,
        5: content.themes or content.voice or content.items,
        6: management.budget or management.teams or management.tasks or management.kpis,
        7: strategy.evaluation,
        8: strategy.questions or strategy.opportunities,
    }
    return bool(held[step])


def _counted(strategy: Strategy, step: Step) -> str:
    """ "4 groups"."""
    proved = sum(bool(claim.proof) for claim in strategy.proposition.claims)
    counted: dict[int, tuple[int, str, str]] = {
        1: (len(strategy.objectives), "objective", "objectives"),
        2: (len(strategy.audiences), "group", "groups"),
        3: (proved, "claim proved", "claims proved"),
        4: (len(strategy.channels), "channel", "channels"),
        5: (len(strategy.content.items), "item", "items"),
        6: (len(strategy.management.tasks), "task", "tasks"),
        7: (len(strategy.evaluation), "rule", "rules"),
        8: (sum(not question.answer for question in strategy.questions), "open question", "open questions"),
    }
    number, one, many = counted[step]
    return f"{number:,} {one if number == 1 else many}"
