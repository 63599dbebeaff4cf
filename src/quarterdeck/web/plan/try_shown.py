"""The trial as ready strings: the sliders, the answer, and the curve that it moves along."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.operations.plan.propose_budget import preview_of
from quarterdeck.operations.plan.try_budget import Tried, money_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.quarter_plan import ObjectiveOutlook
from quarterdeck.report.charts.channel_curve import channel_curve
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.curve_chart import curve_chart
from quarterdeck.report.say_budget import next_header, say_next
from quarterdeck.report.say_trial import say_ask, say_breach, say_difference, say_held, say_price, say_reserve
from quarterdeck.report.words import Words
from quarterdeck.strategy.parts.aim import value_of_unit
from quarterdeck.web.plan.sliders_shown import Choice, Sliders, sliders_shown
from quarterdeck.web.plan.try_form import Asked

NOTHING = Decimal(0)
MINUS = "\N{MINUS SIGN}"
CHART_HEIGHT = 350
"""Higher than usual, so that the curve stands as high as the sliders beside it."""


@dataclass(frozen=True)
class Answer:
    """What the trial brings."""

    ask: str
    result: str
    span: str
    chance: float | None
    chance_words: str
    look: str
    difference: str
    facts: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    breaks: tuple[str, ...]
    notes: tuple[str, ...]
    is_nothing: bool
    writes: tuple[str, ...]
    problem: str
    may_propose: bool


@dataclass(frozen=True)
class TrialShown:
    """The trial on the page; `fields` repeat it in a form that proposes it."""

    sliders: Sliders
    answer: Answer
    chart: Chart | None
    curves: tuple[Choice, ...]
    fields: tuple[tuple[str, str], ...]
    warning: str


def trial_shown(tried: Tried, asked: Asked, desk: Desk) -> TrialShown:
    """Sliders, answer and curve of a trial."""
    words, standing = desk.words, tried.standing
    channels = standing.inputs.fits[standing.inputs.aim].channels
    ask = tried.ask
    fields = {"from": ask.source or "", "to": ask.target or "", "move": f"{ask.a_week:f}", "budget": f"{ask.budget:f}", "channel": asked.channel}
    return TrialShown(
        sliders=sliders_shown(tried, words),
        answer=_answer(tried, desk),
        chart=_chart(tried, asked.channel, words),
        curves=tuple(Choice(channel, words.name(channel), channel == asked.channel) for channel in standing.amounts if channel in channels),
        fields=tuple(fields.items()),
        warning=""
        if standing.is_current
        else f"The curves know the facts up to {words.day(standing.as_of)}. What was counted since is not in these answers: plan again to have it in.",
    )


def _answer(tried: Tried, desk: Desk) -> Answer:
    words, standing, ask = desk.words, tried.standing, tried.ask
    aim = standing.inputs.aim
    outlook = next((each for each in tried.outlooks if each.metric == aim), None)
    placed = standing.placed(tried.amounts) - standing.placed()
    value = desk.strategy and _value(tried)
    _, reserve = money_of(standing)
    preview = preview_of(desk.context, tried.changes) if tried.changes else None
    notes = (
        say_held(ask, placed, words),
        say_price(ask, placed, tried.gain, words, aim=aim, value=value or None),
        say_reserve(ask, reserve, words),
    )
    return Answer(
        ask=say_ask(ask, words),
        **_of_aim(outlook, tried, words),
        difference=_capital(say_difference(ask, tried.gain, aim, words)),
        facts=_facts(tried, words),
        others=_others(tried, words),
        breaks=tuple(say_breach(breach, words) for breach in tried.breaches),
        notes=tuple(note for note in notes if note),
        is_nothing=ask.is_nothing,
        writes=preview.sentences if preview else (),
        problem=preview.problem if preview else "",
        may_propose=desk.may("save_strategy"),
    )


def _of_aim(outlook: ObjectiveOutlook | None, tried: Tried, words: Words) -> dict[str, object]:
    """Result, span and chance of the objective that the money is placed for; of the weeks ahead where it has no chance of its own."""
    aim = tried.standing.inputs.aim
    if outlook is None or outlook.expected is None:
        expected = float(tried.standing.draws.mean()) + tried.gain.expected
        return {"result": f"{words.with_unit(expected, aim, about=True)} ahead", "span": "", "chance": None, "chance_words": "", "look": "idle"}
    chance = outlook.chance
    return {
        "result": words.with_unit(outlook.expected.expected, aim, about=True),
        "span": f"{words.span(outlook.expected, aim)} in 8 cases of 10",
        "chance": chance,
        "chance_words": f"{words.chance(chance)} chance of {words.amount(outlook.target, aim)}",
        "look": "accent",
    }


def _facts(tried: Tried, words: Words) -> tuple[tuple[str, str], ...]:
    standing, ask = tried.standing, tried.ask
    budget, _ = money_of(standing)
    weeks = len(standing.inputs.open_weeks)
    changed = "unchanged" if ask.budget == 0 else f"{'+' if ask.budget > 0 else MINUS}{words.money(abs(ask.budget))}"
    facts = [("Total budget", f"{words.money(budget + ask.budget)}, {changed}")]
    for name in (ask.source, ask.target):
        if name is not None:
            before, after = (sum(amounts[name], NOTHING) / weeks for amounts in (standing.amounts, tried.amounts))
            was = "" if round(before) == round(after) else f", was {words.money(before)}"
            facts.append((words.name(name), f"{words.money(after)} a week{was}"))
    aim, curves = standing.inputs.aim, standing.inputs.fits[standing.inputs.aim].channels
    header = next_header(aim, words)
    facts += [(f"{header}, {words.name(name)}", say_next(tried.next_unit(name), aim, words)) for name in (ask.source, ask.target) if name in curves]
    return tuple(facts)


def _others(tried: Tried, words: Words) -> tuple[tuple[str, str], ...]:
    """The other objectives whose chance is known: as it stands, and with the trial."""
    rows = []
    for before, after in zip(tried.standing.outlooks, tried.outlooks, strict=True):
        if after.chance is None or after.metric == tried.standing.inputs.aim:
            continue
        was, becomes = words.chance(before.chance), words.chance(after.chance)
        rows.append((words.with_unit(after.target, after.metric), becomes if was == becomes else f"{was} \N{RIGHTWARDS ARROW} {becomes}"))
    return tuple(rows)


def _value(tried: Tried) -> Decimal | None:
    return value_of_unit(tried.standing.inputs.strategy, tried.standing.inputs.aim)


def _chart(tried: Tried, channel: str, words: Words) -> Chart | None:
    standing, weeks = tried.standing, len(tried.standing.inputs.open_weeks)
    curves = standing.inputs.fits[standing.inputs.aim].curves
    if channel not in curves.channels:
        return None
    plan, proposal = (float(sum(amounts.get(channel, ()), NOTHING)) / weeks for amounts in (standing.amounts, tried.amounts))
    usual = standing.inputs.usual_week(channel)
    most_free = float(max(tried.free.values(), default=NOTHING))
    limit = tried.limit_a_week(channel)
    curve = channel_curve(
        curves,
        channel,
        here=usual or None,
        plan=plan,
        proposal=proposal if abs(proposal - plan) > 0.01 * max(plan, 1.0) else None,
        limit=None if limit is None else float(limit),
        up_to=1.08 * (plan + min(most_free, plan)),
    )
    return curve_chart(curve, words, height=CHART_HEIGHT)


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"
