"""What the page of the quarter shows, as ready strings and small values."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from quarterdeck.operations.quarter.look_at_quarter import ObjectiveNow, QuarterLook
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.quarter_plan import ObjectiveOutlook
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.course_chart import course_chart
from quarterdeck.report.charts.labels import name_of
from quarterdeck.report.say_answer import main_outlook, say_answer
from quarterdeck.report.say_quarter import Part, course_word, say_objectives, say_rests_on, split_headline, tight
from quarterdeck.report.words import Words
from quarterdeck.web.quarter.shown_days import ShownDays, shown_days
from quarterdeck.web.quarter.shown_money import ShownMoney, shown_money
from quarterdeck.web.quarter.shown_next import Next, shown_next

QUESTION = "How is your digital marketing going?"
_WHOSE = {"sample_simulated": "simulated", "sample_real": "real, anonymised"}


@dataclass(frozen=True)
class ShownAnswer:
    """The answer in three sentences, what it rests on, and the same to send."""

    headline: tuple[Part, ...]
    more: tuple[str, ...]
    evidence: str
    strength: int
    plain: str
    mail: str
    why: str | None
    """Address of the page that explains it; None where there is nothing to explain yet."""
    lead: str
    """What the first button says."""


@dataclass(frozen=True)
class ShownObjective:
    """One objective as a card."""

    name: str
    figure: str
    figure_says: str
    so_far: str
    chance: float | None
    chance_says: str
    word: str
    look: str
    change: str
    icon: str = ""


@dataclass(frozen=True)
class ShownQuarter:
    """The whole page."""

    answer: ShownAnswer
    course: Chart | None
    next: Next
    objectives_say: str
    objectives: tuple[ShownObjective, ...]
    money: ShownMoney | None
    days: ShownDays | None
    is_beginning: bool
    """No plan yet: the page leads to the first one."""


def shown_quarter(desk: Desk, look: QuarterLook) -> ShownQuarter:
    """The page for one person."""
    words, has_plan = desk.words, look.standing.situation.plan is not None
    todo = shown_next(desk, look)
    return ShownQuarter(
        answer=_answer(desk, look, todo),
        course=course_chart(look.course, words, width=640) if look.course is not None else None,
        next=todo,
        objectives_say=say_objectives([objective.outlook.chance for objective in look.objectives], is_over=look.waiting.is_over),
        objectives=tuple(_objective(objective, words, is_over=look.waiting.is_over) for objective in look.objectives),
        money=shown_money(look.money, words, day=desk.day, first_day=look.period.first_day, is_over=look.waiting.is_over, slug=desk.slug)
        if look.money is not None
        else None,
        days=shown_days(look, desk.day, words, desk.slug) if has_plan else None,
        is_beginning=not has_plan,
    )


def _answer(desk: Desk, look: QuarterLook, todo: Next) -> ShownAnswer:
    now, words = look.standing.situation, desk.words
    first, *more = say_answer(now)
    outlook = main_outlook(now)
    is_forecast = outlook is not None and outlook.chance is not None
    is_settled = outlook is not None and outlook.expected is not None and outlook.expected.low == outlook.expected.high
    evidence, strength = say_rests_on(
        now.weeks_of_facts,
        look.standing.known.last_day,
        words,
        whose=_WHOSE.get(desk.context.workspace.kind, "your own"),
        is_forecast=is_forecast,
        is_settled=is_settled,
    )
    company = desk.context.workspace.name
    plain = "\n".join([f"{company}: {QUESTION[0].lower()}{QUESTION[1:]}", "", first, *more, "", f"{evidence}."])
    subject = f"{company}: {desk.quarter.label}, week {desk.week} of 13"
    return ShownAnswer(
        headline=split_headline(first, outlook, words),
        more=tuple(tight(sentence) for sentence in more),
        evidence=tight(evidence),
        strength=strength,
        plain=plain,
        mail=f"mailto:?subject={quote(subject)}&body={quote(plain.replace(chr(10), chr(13) + chr(10)))}",
        why=_why(desk.slug, look),
        lead=""
        if not todo.steps
        else "What would fix it"
        if todo.has_fix and not _is_well(outlook) and not look.waiting.is_over
        else "What to do next",
    )


def _is_well(outlook: ObjectiveOutlook | None) -> bool:
    return outlook is not None and course_word(outlook.chance)[0] == "on course"


def _why(slug: str, look: QuarterLook) -> str | None:
    """The review where there is one of this quarter, else the plan and what it was made from."""
    now = look.standing.situation
    if now.plan is None:
        return None
    return f"/w/{slug}/review/" if now.review is not None and now.review.quarter == now.plan.quarter else f"/w/{slug}/plan/"


def _objective(now: ObjectiveNow, words: Words, *, is_over: bool) -> ShownObjective:
    outlook = now.outlook
    word, look = course_word(outlook.chance)
    target = words.amount(outlook.target, outlook.metric)
    so_far = f"{words.amount(now.so_far, outlook.metric)} so far" if now.so_far is not None else "nothing counted yet"
    if outlook.expected is None or outlook.chance is None:
        why = (outlook.why_unknown or "there is no forecast of it").rstrip(".")
        says = tight(f"{why[:1].upper()}{why[1:]}.".replace(": It ", ": it "))
        wanted = f"wanted by {words.day(outlook.due_on)}"
        if now.so_far is None:
            return ShownObjective(name_of(outlook.metric), target, wanted, so_far, None, "", word, look, says)
        counted = words.amount(now.so_far, outlook.metric)
        return ShownObjective(name_of(outlook.metric), counted, f"so far, of {target}", wanted, None, "", word, look, says)
    if is_over and outlook.expected.low == outlook.expected.high:
        reached = outlook.chance >= 0.5
        figure = words.amount(outlook.expected.expected, outlook.metric)
        word, look = ("reached", "good") if reached else ("missed", "bad")
        return ShownObjective(
            name_of(outlook.metric),
            figure,
            f"counted, of {target} wanted",
            "The quarter is over",
            None,
            "",
            word,
            look,
            "",
            "check" if reached else "x",
        )
    return ShownObjective(
        name=name_of(outlook.metric),
        figure=words.amount(outlook.expected.expected, outlook.metric, about=True),
        figure_says=f"expected, of {target} wanted",
        so_far=so_far,
        chance=outlook.chance,
        chance_says=tight(f"{words.chance(outlook.chance)} chance"),
        word=word,
        look=look,
        change=_change(now, words),
    )


def _change(now: ObjectiveNow, words: Words) -> str:
    """ "27 % at last review"; nothing when nothing was said before."""
    if now.before is None or now.outlook.chance is None:
        return ""
    when = "last review" if now.since == "review" else "when planned"
    same = words.chance(now.before) == words.chance(now.outlook.chance)
    return tight(
        f"as {'at the ' if now.since == 'review' else ''}{when}"
        if same
        else f"{words.chance(now.before)} {'at ' if now.since == 'review' else ''}{when}"
    )
