"""The full report: every step with all that stands in it, and what the checks say."""

from __future__ import annotations

from collections.abc import Iterator

from quarterdeck.report.papers.paper import Block, Line, Paper, Points, Section, Table
from quarterdeck.report.papers.subject import Subject
from quarterdeck.report.say_goal import say_problem
from quarterdeck.report.say_strategy import problems_of_step, say_whole, to_settle
from quarterdeck.report.strategy.around import called, cut_at_word
from quarterdeck.report.strategy.cells import COLUMNS
from quarterdeck.report.strategy.details import DETAILS
from quarterdeck.report.strategy.members import Member, members_of
from quarterdeck.report.strategy.outline import STEPS, Sheet, Step
from quarterdeck.report.strategy.places import where_in_words
from quarterdeck.report.strategy.singles import sentences_of
from quarterdeck.report.words import how_many
from quarterdeck.strategy.checks.maturity import missing_from, step_maturity

_FIGURES = frozenset(
    {"From and to", "Money in a quarter", "Leaves before marketing", "A month", "Hours a week", "Worth", "Work", "Chance", "Reachable now"}
)
_LONGEST_NAME, LONGEST_OTHER = 160, 44
"""Signs of a member's own name in its table, and of another member's name that is told in full elsewhere."""


def full_report(subject: Subject) -> Paper:
    """All of the strategy, step by step."""
    strategy, words = subject.strategy, subject.words
    maturity = step_maturity(strategy, subject.problems)
    whole = "".join(part.text for part in say_whole(subject.strategy, sum(maturity.values()) / len(maturity), subject.problems))
    return Paper(
        kind="report",
        title=subject.title,
        subtitle=f"The whole of it, for {words.quarter(subject.quarter)}. {whole}",
        lead=strategy.vision or "",
        sections=tuple(_step(subject, step) for step in STEPS),
        foot=subject.foot,
        language=subject.language,
        region=subject.region,
    )


def _step(subject: Subject, step: Step) -> Section:
    blocks: list[Block] = [Line(step.question, look="quiet")]
    for sheet in step.sheets:
        blocks += _sheet(subject, sheet)
    if step.number == 4 and (bars := subject.money_bars()) is not None:
        blocks.append(bars)
    return Section(step.name, (*blocks, *_open(subject, step)), "wide", step.number)


def _sheet(subject: Subject, sheet: Sheet) -> Iterator[Block]:
    strategy = subject.strategy
    if sheet.kind == "single":
        said = sentences_of(sheet.slug, strategy, subject.words) if sheet.slug != "vision" else ()
        if said:
            yield Line(" ".join(said), strong=f"{sheet.many}:")
        return
    members = members_of(strategy, sheet)
    if not members:
        return
    header, rows = COLUMNS[sheet.slug][0], [_row(subject, sheet, member) for member in members]
    if sheet.slug == "objectives":
        header = (*header, "Chance")
        rows = [(*row, subject.chance(member.key)) for row, member in zip(rows, members, strict=True)]
    used = [i for i in range(len(header)) if i == 0 or any(row[i] for row in rows)]
    kept = tuple(header[i] for i in used)
    yield Table(
        kept,
        tuple(tuple(row[i] for i in used) for row in rows),
        f"{sheet.many} ({len(members):,})",
        frozenset(i for i, name in enumerate(kept) if name in _FIGURES),
    )
    if sheet.slug == "objectives" and (pictures := subject.pictures()) is not None:
        yield pictures
    yield from _details(subject, sheet, members)


def _row(subject: Subject, sheet: Sheet, member: Member) -> tuple[str, ...]:
    assert member.part is not None
    name, cells = called(member.part, longest=_LONGEST_NAME), subject.cells.row(sheet.slug, member)
    return (name, *(with_short_names(cells) if sheet.slug == "items" else cells))


def with_short_names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Cells of a content item: whom it is for is told in full where audiences stand, not in each of fifty rows."""
    return (cut_at_word(cells[0], LONGEST_OTHER), *cells[1:])


def _details(subject: Subject, sheet: Sheet, members: tuple[Member, ...]) -> Iterator[Block]:
    """What a table has no room for: needs, insights, challenges, milestones, words of an item."""
    detail = DETAILS.get(sheet.slug)
    if detail is None:
        return
    points = [
        Line(" ".join(said), strong=_lead(called(member.part, longest=80)))
        for member in members
        if member.part is not None
        and (said := [each for each in detail(subject.cells, member.part) if each not in (called(member.part, longest=400), "")])
    ]
    if points:
        yield Points(tuple(points))


def _lead(name: str) -> str:
    """A name before what is said of it: a question keeps its mark, anything else ends with a colon."""
    return name if name.endswith(("?", "!")) else f"{name.rstrip('.:')}:"


def _open(subject: Subject, step: Step) -> Iterator[Block]:
    """What is missing and what the checks want; one line each."""
    missing = missing_from(subject.strategy, step.number)  # type: ignore[arg-type]  # one of the eight
    if missing:
        yield Line(f"{subject.words.join(list(missing))}.", strong="Still missing:")
    things = to_settle(problems_of_step(subject.problems, step.number))
    if things:
        points = tuple(Line(say_problem(each), strong=f"{where_in_words(each.where, subject.strategy)}:") for each in things)
        yield Line("", strong=f"To settle: {how_many(len(things), 'thing')}")
        yield Points(points)
