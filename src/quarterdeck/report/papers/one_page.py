"""The strategy on one page: what a board reads in two minutes."""

from __future__ import annotations

from quarterdeck.report.papers.paper import Block, Line, Paper, Points, Section, Table
from quarterdeck.report.papers.subject import Subject, and_more
from quarterdeck.report.strategy.around import called, cut_at_word
from quarterdeck.report.words import how_many
from quarterdeck.strategy.parts.aims import Audience
from quarterdeck.strategy.parts.management import Evaluation
from quarterdeck.strategy.questions.of_examples import not_yet_yours

MOST_OBJECTIVES, MOST_AUDIENCES, MOST_CLAIMS, MOST_CHANNELS, MOST_CAMPAIGNS, MOST_RULES, MOST_QUESTIONS = 6, 4, 3, 8, 5, 3, 3
_LONGEST = 180


def one_page(subject: Subject) -> Paper:
    """Goals to rules on one sheet; long lists are cut, and it says how much is not shown. Parts that say nothing yet are left out."""
    sections = (
        _aims(subject),
        _audiences(subject),
        _difference(subject),
        _channels(subject),
        _work(subject),
        _rules(subject),
        _unknown(subject),
    )
    return Paper(
        kind="one-page",
        title=subject.title,
        subtitle=f"On one page, for {subject.span}",
        lead=_short(subject.strategy.vision or "", 260),
        sections=tuple(section for section in sections if section.blocks),
        foot=subject.foot,
        language=subject.language,
        region=subject.region,
    )


def _aims(subject: Subject) -> Section:
    strategy, cells = subject.strategy, subject.cells
    goals = [called(goal, longest=130) for goal in strategy.goals]
    shown = strategy.objectives[:MOST_OBJECTIVES]
    rows = tuple((_short(each.statement, 90), *cells.row_of("objectives", each), cells.person(each.owner), subject.chance(each.id)) for each in shown)
    blocks: list[Block] = []
    if goals:
        blocks.append(Line(_short(" ".join(_ended(name.rstrip("."), ".") for name in goals), 300), strong="For the whole company:"))
    if rows:
        blocks.append(Table(("This quarter", "From and to", "By", "Who", "Chance"), rows, numeric=frozenset({4})))
    return Section("What we want", (*blocks, *_more(len(shown), len(strategy.objectives), "objectives")), "wide", 1)


def _audiences(subject: Subject) -> Section:
    audiences = sorted(subject.strategy.audiences, key=lambda each: each.rank != "primary")
    shown = audiences[:MOST_AUDIENCES]
    points = tuple(Line(_needs(each), strong=_ended(_short(each.who.rstrip("."), 110), ".")) for each in shown)
    return Section("Who it is for, and what they need", (*_points(points), *_more(len(shown), len(audiences), "audiences")), number=2)


def _needs(audience: Audience) -> str:
    """As they were written: each a sentence of its own, in whatever language."""
    return _short(" ".join(f"{need.rstrip('.')}." for need in audience.needs[:2]), _LONGEST) if audience.needs else "No need is written yet."


def _difference(subject: Subject) -> Section:
    told = subject.strategy.proposition
    blocks: list[Block] = [Line(_short(told.statement, 220), look="lead")] if told.statement else []
    shown = told.claims[:MOST_CLAIMS]
    points = tuple(Line(_short(each.proof or "No proof yet", 130), strong=_ended(_short(each.text.rstrip("."), 120), ":")) for each in shown)
    return Section("Why they choose us", (*blocks, *_points(points), *_more(len(shown), len(told.claims), "claims")), number=3)


def _channels(subject: Subject) -> Section:
    bars = subject.money_bars()
    placed = {bar.label for bar in bars.bars} if bars else set()
    cells = subject.cells
    channels = [each for each in subject.strategy.channels if cells.name(each.id) not in placed]
    shown = channels[: MOST_CHANNELS - (len(placed) // 2)]
    rows = tuple((cells.name(each.id), _short(each.role or "no role yet", 90), cells.row_of("channels", each)[2]) for each in shown)
    has_money = any(money for _, _, money in rows)
    header = ("Channel", "What it is for", "Money")
    table = Table(header, rows, numeric=frozenset({2})) if has_money else Table(header[:2], tuple(row[:2] for row in rows))
    blocks: list[Block] = [table] if rows else []
    return Section("How we reach them", (*((bars,) if bars else ()), *blocks, *_more(len(shown), len(channels), "channels")), number=4)


def _work(subject: Subject) -> Section:
    strategy, cells, words = subject.strategy, subject.cells, subject.words
    management, content = strategy.management, strategy.content
    shown = strategy.campaigns[:MOST_CAMPAIGNS]
    points = tuple(Line(f"{cells.span(each.starts_on, each.ends_on)}.", strong=f"{cells.name(each.id)}:") for each in shown)
    hours = sum((task.effort_hours for task in management.tasks), start=management.tasks[0].effort_hours * 0) if management.tasks else 0
    counted = [how_many(len(content.items), "piece of content", "pieces of content"), how_many(len(management.tasks), "task")]
    work = f"{' and '.join(counted)}, {words.count(float(hours))} hour{'' if hours == 1 else 's'} of work for {how_many(len(management.people), 'person', 'people')}."
    budget = management.budget
    money = f"{words.money(budget.quarter)} in the quarter, {words.money(budget.reserve)} of it kept back." if budget else ""
    blocks = (*_points(points), *_more(len(shown), len(strategy.campaigns), "campaigns"))
    said = (Line(work, strong="Work:"), *((Line(money, strong="Budget:"),) if money else ()))
    return Section("What we do", (*blocks, *said) if content.items or management.tasks or budget or points else (), number=6)


def _rules(subject: Subject) -> Section:
    rules = sorted(subject.strategy.evaluation, key=lambda each: each.step != "overall")
    shown = rules[:MOST_RULES]
    points = tuple(Line(_mark(subject, each), strong=_short(each.question, 170)) for each in shown)
    return Section("How we judge it", (*_points(points), *_more(len(shown), len(rules), "rules")), number=7)


def _mark(subject: Subject, rule: Evaluation) -> str:
    _, mark, day = subject.cells.row_of("evaluation", rule)
    return f"{mark}, on {day}." if rule.on else f"{mark}."


def _unknown(subject: Subject) -> Section:
    asked_by_example = {each.id for each in not_yet_yours(subject.strategy)}  # the subtitle says so
    questions = [each for each in subject.strategy.questions if not each.answer and each.id not in asked_by_example]
    shown = questions[:MOST_QUESTIONS]
    points = tuple(Line(f"({', '.join(subject.cells.row_of('questions', each))})", strong=_short(each.text, 150)) for each in shown)
    return Section("What we do not know yet", (*_points(points), *_more(len(shown), len(questions), "questions")), number=8)


def _points(points: tuple[Line, ...]) -> tuple[Block, ...]:
    return (Points(points),) if points else ()


def _more(shown: int, total: int, what: str) -> tuple[Block, ...]:
    more = and_more(shown, total, what)
    return (Line(f"{more}.", look="quiet"),) if more else ()


def _ended(text: str, sign: str) -> str:
    """With that sign at its end, unless it has one of its own."""
    return text if text.endswith(("…", "?", "!")) else text + sign


def _short(text: str, longest: int) -> str:
    """On one line, cut at a word."""
    return cut_at_word(" ".join(text.split()), longest)
