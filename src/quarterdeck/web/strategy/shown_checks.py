"""What the checks say beside a form: of an objective letter by letter with its history and chance, of everything else as a list."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.plan.gather_inputs import quarter_for
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.look_at_objective import open_corrections, past_quarters
from quarterdeck.operations.strategy.look_at_strategy import Look, Standing, chance_of, standing_for, target_of_chance
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.history_chart import History, history_chart
from quarterdeck.report.say_goal import Case, Letter, say_checks, say_letters, say_objective, say_rise
from quarterdeck.report.say_quarter import Part, number_word, tight
from quarterdeck.report.say_strategy import problems_of_step, to_settle
from quarterdeck.report.strategy.around import called
from quarterdeck.report.strategy.members import find_member
from quarterdeck.report.strategy.outline import Step
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Objective
from quarterdeck.strategy.wording.reach import LIKELY
from quarterdeck.web.strategy.frame import root_of
from quarterdeck.web.strategy.said import SaidProblem, said_problems
from quarterdeck.web.strategy.step_views import shown_problems
from quarterdeck.web.strategy.tables import look_of_chance
from quarterdeck.web.strategy.targets import Target

LIKELY_ENOUGH = (2 / 3, 0.5)
"""The chance of a target that is proposed in place of one that is too high; the second where the first would be a step back."""
_CHART_WIDTH = 330


@dataclass(frozen=True)
class WayOut:
    """Something that would raise a chance: what, where it is done, and to which chance."""

    href: str
    text: str
    figure: str
    look: str


@dataclass(frozen=True)
class ShownGoal:
    """An objective letter by letter."""

    title: str
    letters: tuple[Letter, ...]
    chance: float | None
    chance_says: str
    chance_look: str
    most_likely: str
    chart: Chart | None
    no_chart: str
    ways: tuple[WayOut, ...]
    evidence: str
    strength: int
    rise: str


def shown_checks(desk: Desk, look: Look, step: Step, target: Target, draft: Strategy | None) -> dict[str, Any]:
    """The right column and the headline of a form."""
    if target.sheet.slug == "objectives":
        objective = _objective(look, target, draft)
        if objective is not None:
            goal = _shown_goal(desk, look, objective)
            headline = say_objective(goal.letters, goal.chance, Words.of(look.strategy))
            return {"goal": goal, "headline": headline, "is_draft": draft is not None, "own_asks": _own_asks(desk, look, objective, draft)}
    member = None if target.member is None else find_member(look.strategy, target.sheet, target.member.key)
    place = target.sheet.place if member is None else member.place
    of_step = problems_of_step(look.problems, step.number)
    own = [p for p in of_step if member is not None and (p.where == place or p.where.startswith((f"{place}.", f"{place}["))) and place]
    elsewhere = tuple(p for p in of_step if p not in own)
    root = root_of(desk)
    return {
        "goal": None,
        "headline": _headline(target, own),
        "own": said_problems(own, look.strategy, root),
        "elsewhere": [p for p in said_problems(elsewhere, look.strategy, root) if p.look != "info"],
        "is_draft": draft is not None,
        **{f"all_{key}": value for key, value in shown_problems(of_step, look, root).items()},
    }


def _own_asks(desk: Desk, look: Look, objective: Objective, draft: Strategy | None) -> list[SaidProblem]:
    """What is not known of an objective that is saved: somebody can be asked, or was."""
    if draft is not None and all(each.id != objective.id for each in (desk.strategy or look.strategy).objectives):
        return []
    own = [problem for problem in look.problems if problem.where.startswith(f"objectives[{objective.id}]")]
    return [said for said in said_problems(own, look.strategy, root_of(desk)) if said.ask or said.question]


def _headline(target: Target, own: list[Any]) -> tuple[Part, ...]:
    one = target.sheet.one[:1].upper() + target.sheet.one[1:]
    if target.sheet.kind == "single":
        name = one
    elif target.member is None:
        return (Part(f"A new {target.sheet.one}: write what you know, the rest can follow."),)
    else:
        name = f"{one} “{called(target.member.part, longest=48)}”" if target.member.part is not None else one
    things = len(to_settle(own))
    if not things:
        return (Part(f"{name}: "), Part("nothing to settle", "good"), Part("."))
    return (Part(f"{name}: "), Part(f"{number_word(things)} {'thing' if things == 1 else 'things'} to settle", "warn"), Part("."))


def _objective(look: Look, target: Target, draft: Strategy | None) -> Objective | None:
    """The objective of the form: as it stands, or as the draft has it; a new one is the draft's last."""
    if target.member is None:
        return draft.objectives[-1] if draft is not None and draft.objectives else None
    member = find_member(look.strategy, target.sheet, target.member.key)
    return member.part if member is not None and isinstance(member.part, Objective) else None


def _shown_goal(desk: Desk, look: Look, objective: Objective) -> ShownGoal:
    strategy, words = look.strategy, Words.of(look.strategy)
    known = look.standings.get(objective.id, ())
    standing = standing_for(objective, known)
    chance = chance_of(objective, standing)
    letters = say_letters(Case(objective, strategy, desk.quarter, chance, _unknown(known, standing, words)), look.problems, words)
    chart, no_chart = _chart(desk, objective, standing, words)
    return ShownGoal(
        title=say_checks(letters),
        letters=letters,
        chance=chance,
        chance_says=tight(
            f"{'' if _is_exact(objective, standing) else 'about '}{words.chance(chance)} chance of {words.amount(objective.target, objective.metric)}"
        ),
        chance_look=look_of_chance(chance),
        most_likely=_most_likely(objective, standing, words),
        chart=chart,
        no_chart=no_chart,
        ways=_ways(desk, objective, standing, chance, words),
        evidence=_evidence(objective, standing, words),
        strength=2 if standing is not None else 1,
        rise=say_rise(objective, words),
    )


def _is_exact(objective: Objective, standing: Standing | None) -> bool:
    return standing is not None and standing.is_exact(objective)


def _unknown(known: tuple[Standing, ...], standing: Standing | None, words: Words) -> str:
    """Why there is no chance, and what would give one."""
    if standing is not None and standing.outlook.why_unknown:
        why = standing.outlook.why_unknown.rstrip(".")
        return f"Nobody can say how likely it is: {why}."
    if known:
        last = known[0].outlook
        name = METRICS[last.metric].name.lower() if last.metric in METRICS else last.metric
        return f"The newest forecast speaks of {name} by {words.day(last.due_on)}. Save, and plan again to know the chance of this one."
    return "Nobody has computed its chance yet. Save it and make the plan; the chance then stands here."


def _most_likely(objective: Objective, standing: Standing | None, words: Words) -> str:
    if standing is None or standing.outlook.expected is None:
        return ""
    expected = standing.outlook.expected
    likely = words.amount(expected.expected, objective.metric, about=True)
    said = f"With the money planned, {likely} is most likely; in 8 cases of 10 it is {words.span(expected, objective.metric)}."
    if objective.baseline is not None and _goes_back(objective, expected.expected):
        return f"{said} Even the {words.amount(objective.baseline, objective.metric)} of before would take more than that."
    return said


def _chart(desk: Desk, objective: Objective, standing: Standing | None, words: Words) -> tuple[Chart | None, str]:
    quarter = quarter_for(desk.strategy, objective.due_on) if desk.strategy is not None else desk.quarter
    past = past_quarters(desk.context, objective.metric, quarter)
    if past.reason:
        return None, past.reason
    is_whole = (quarter.last_day - objective.due_on).days < 7
    history = History(
        metric=objective.metric,
        quarter=quarter,
        past=past.totals,
        target=float(objective.target) if is_whole else None,
        expected=standing.outlook.expected if standing is not None and is_whole else None,
    )
    return history_chart(history, words, width=_CHART_WIDTH), ""


def _ways(desk: Desk, objective: Objective, standing: Standing | None, chance: float | None, words: Words) -> tuple[WayOut, ...]:
    """What would raise a low chance, the cheapest first."""
    if standing is None or chance is None or chance >= LIKELY:
        return ()
    company, ways = f"/w/{desk.slug}/", []
    targets = [target_of_chance(level, standing) for level in LIKELY_ENOUGH]
    target = next((each for each in targets if each is not None and each > 0 and not _goes_back(objective, _round(each, objective))), None)
    if target is not None:
        tried = objective.model_copy(update={"target": type(objective.target)(f"{_round(target, objective):.6g}")})
        figure = chance_of(tried, standing)
        href = f"{root_of(desk)}step/1/objectives/{objective.id}/?try.target={tried.target:f}"
        ways.append(
            WayOut(href, f"Aim for {words.amount(tried.target, objective.metric)} instead", f"about {words.chance(figure)}", look_of_chance(figure))
        )
    ways += [WayOut(f"{company}review/", draft.title, "", "") for draft in open_corrections(desk.context, desk.quarter) if draft.kind == "money"][:1]
    ways.append(WayOut(f"{company}plan/", "See what more money, or money elsewhere, would do", "", ""))
    return tuple(WayOut(way.href, tight(way.text), tight(way.figure), way.look) for way in ways)


def _goes_back(objective: Objective, target: float) -> bool:
    """Whether a target would be worse than where things stood."""
    if objective.baseline is None:
        return False
    wants_more = METRICS[objective.metric].direction == "increase"
    return target <= float(objective.baseline) if wants_more else target >= float(objective.baseline)


def _round(value: float, objective: Objective) -> float:
    """Two or three digits that people would set as a target, on the side that is easier to reach."""
    size = 10 ** (math.floor(math.log10(value)) - 1)
    step = size / 2 if value / size < 50 else size
    easier = math.floor if METRICS[objective.metric].direction == "increase" else math.ceil
    return float(easier(value / step) * step)


def _evidence(objective: Objective, standing: Standing | None, words: Words) -> str:
    if standing is None:
        return ""
    read_off = "" if standing.is_exact(objective) else f", read off its range for {words.amount(standing.outlook.target, objective.metric)}"
    return f"From {standing.source}, facts to {words.day(standing.as_of)}{read_off}"
