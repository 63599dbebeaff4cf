"""The whole strategy on one page, its eight steps, and its long lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.look_at_maturity import Before, maturity_before
from quarterdeck.operations.strategy.look_at_strategy import Look, chance_of, look_at_strategy, standing_for
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.say_strategy import problems_of_step, say_step_headline, say_whole, to_settle
from quarterdeck.report.strategy.around import called
from quarterdeck.report.strategy.members import Member, members_of
from quarterdeck.report.strategy.outline import SHEETS, STEPS, Sheet, Step
from quarterdeck.report.strategy.singles import sentences_of
from quarterdeck.report.words import Words
from quarterdeck.strategy.questions.of_examples import not_yet_yours
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.answers import to_close
from quarterdeck.web.strategy.frame import RailItem, rail_of, root_of, strategy_tabs
from quarterdeck.web.strategy.said import said_problems
from quarterdeck.web.strategy.share_views import new_replies
from quarterdeck.web.strategy.shown_examples import examples_of_step_page
from quarterdeck.web.strategy.start_views import start_page
from quarterdeck.web.strategy.tables import FEW, FEWEST, PAGE, Table, TableMaker
from quarterdeck.web.whole_number import whole_number

MOST_SAID = 40
"""Problems that a page lists at once; the next show when these are settled."""
_WORST = {"hint": 0, "warning": 1, "error": 2}


@dataclass(frozen=True)
class Section:
    """One sheet in a page: a table of its members, or the sentences of a single part."""

    sheet: Sheet
    href: str
    add: str
    table: Table | None
    sentences: tuple[str, ...]


@company_page()
def whole(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The strategy as it stands; three ways to begin when there is none."""
    if desk.strategy is None:
        return start_page(request, desk)
    look = look_at_strategy(desk.context, quarter=desk.quarter, day=desk.day)
    shown = {**shown_whole(desk, look, everything="all" in request.GET), "tabs": strategy_tabs(desk, "whole"), "is_newest": True}
    shown["before"] = _say_before(maturity_before(desk.context), desk)
    shown["new_replies"] = new_replies(desk)
    return show(request, desk, "strategy", "strategy/whole.html", shown)


@company_page()
def step_page(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One step: its question, what is there with a link to edit each, and what the checks say."""
    step = next((step for step in STEPS if step.number == number), None)
    if step is None:
        raise Http404
    if desk.strategy is None:
        return start_page(request, desk)
    look = look_at_strategy(desk.context, quarter=desk.quarter, day=desk.day)
    problems = problems_of_step(look.problems, number)
    missing = look.missing[number]  # type: ignore[index]  # one of the eight
    rail = rail_of(desk, look, number)
    shown = {
        "tabs": strategy_tabs(desk, "steps"),
        "rail": rail,
        "step": step,
        "headline": say_step_headline(step.name, rail[number - 1].state, missing, problems),
        "sections": sections_of(maker_of(desk, look, step), step, desk),
        "vision": look.strategy.vision if number == 1 else None,
        "missing": missing,
        "may_save": desk.may_change,
        "from_example": [each for each in not_yet_yours(look.strategy) if each.step == number],
        "company": look.strategy.company.name,
        **shown_problems(problems, look, root_of(desk)),
        "to_close": to_close(look.strategy, look.problems, step=number),
        "next_step": STEPS[number] if number < len(STEPS) else None,
        "root": root_of(desk),
        **examples_of_step_page(desk, look.strategy, step),
    }
    return show(request, desk, "strategy", "strategy/step.html", shown)


def list_page(request: HttpRequest, desk: Desk, step: Step, sheet: Sheet) -> HttpResponse:
    """A long list: searched by words, a page at a time."""
    look = look_at_strategy(desk.context, quarter=desk.quarter, day=desk.day)
    asked = " ".join(request.GET.get("q", "").split())[:100]
    members = [member for member in members_of(look.strategy, sheet) if _holds(member, asked)]
    pages = max(1, -(-len(members) // PAGE))
    page = min(max(whole_number(request.GET.get("page", ""), 1), 1), pages)
    shown = {
        "tabs": strategy_tabs(desk, "steps"),
        "rail": rail_of(desk, look, step.number),
        "step": step,
        "sheet": sheet,
        "asked": asked,
        "page": page,
        "pages": pages,
        "table": maker_of(desk, look, step).table(sheet, members, most=PAGE, first=(page - 1) * PAGE),
        "total": len(members_of(look.strategy, sheet)),
        "add": f"{root_of(desk)}step/{step.number}/add/{sheet.slug}/",
        "may_save": desk.may_change,
    }
    return show(request, desk, "strategy", "strategy/list.html", shown, partial="found")


def shown_whole(desk: Desk, look: Look, *, everything: bool) -> dict[str, Any]:
    """The whole strategy, step by step, as the page of the newest or of an earlier revision shows it."""
    root, rail, open_problems = root_of(desk), rail_of(desk, look, None), to_settle(look.problems)
    steps = [(item, _shown_step(desk, look, item, everything=everything)) for item in rail]
    return {
        "look": look,
        "headline": say_whole(look.strategy, look.complete, look.problems),
        "rail": rail,
        "steps": steps,
        "vision": look.strategy.vision,
        "to_settle": said_problems(open_problems[:MOST_SAID], look.strategy, root),
        "more_to_settle": max(0, len(open_problems) - MOST_SAID),
        "may_save": desk.may_change,
        "root": root,
        "everything": everything,
        "from_example": not_yet_yours(look.strategy),
        "company": look.strategy.company.name,
    }


def _say_before(before: Before | None, desk: Desk) -> str:
    """ "Two weeks ago it was 48 % complete."; empty when it was as complete as it is now."""
    if before is None or abs(before.complete - before.now) < 0.005:
        return ""
    when = f"In its first version, of {desk.words.day(before.on)}," if before.is_first else "Two weeks ago"
    return tight(f"{when} it was {int(before.complete * 100 + 1e-9)} % complete.")


def _shown_step(desk: Desk, look: Look, item: RailItem, *, everything: bool) -> dict[str, Any]:
    sections = sections_of(maker_of(desk, look, item.step), item.step, desk, most=None if everything else FEWEST)
    return {
        "sections": [each for each in sections if each.sheet.slug != "vision" and (each.sentences or (each.table and each.table.total))],
        "missing": look.missing[item.step.number],  # type: ignore[index]  # one of the eight
    }


def maker_of(desk: Desk, look: Look, step: Step) -> TableMaker:
    """Makes the tables of a step."""
    wrong: dict[str, str] = {}
    for problem in look.problems:
        place = problem.where.split("].")[0] + ("]" if "]." in problem.where else "")
        if _WORST[problem.severity] > _WORST.get(wrong.get(place, "hint"), 0):
            wrong[place] = problem.severity
    chances = {o.id: chance_of(o, standing_for(o, look.standings.get(o.id, ()))) for o in look.strategy.objectives}
    return TableMaker(look.strategy, Words.of(look.strategy), root_of(desk), step.number, wrong, chances)


def sections_of(maker: TableMaker, step: Step, desk: Desk, *, most: int | None = FEW) -> list[Section]:
    """The sheets of a step with what stands in them."""
    sections = []
    for sheet in step.sheets:
        here = f"{root_of(desk)}step/{step.number}/"
        table = None if sheet.kind == "single" else maker.table(sheet, most=most)
        sentences = sentences_of(sheet.slug, maker.strategy, maker.words) if sheet.kind == "single" else ()
        sections.append(Section(sheet, f"{here}{sheet.slug}/", f"{here}add/{sheet.slug}/", table, sentences))
    return sections


def shown_problems(problems: Any, look: Look, root: str) -> dict[str, Any]:
    """Problems for the right column: what needs somebody, and hints apart."""
    asks, hints = [p for p in problems if p.severity != "hint"], [p for p in problems if p.severity == "hint"]
    return {
        "problems": said_problems(asks[:MOST_SAID], look.strategy, root),
        "more_problems": max(0, len(asks) - MOST_SAID),
        "hints": said_problems(hints[:MOST_SAID], look.strategy, root),
        "more_hints": max(0, len(hints) - MOST_SAID),
        "hint_count": len(hints),
    }


def _holds(member: Member, asked: str) -> bool:
    if not asked:
        return True
    part = member.part
    texts = (str(value) for value in dict(part).values() if isinstance(value, str | tuple)) if part is not None else ()
    text = f"{called(part) if part is not None else ''} {' '.join(texts)}".casefold()
    return all(word in text for word in asked.casefold().split())


def sheet_of(number: int, slug: str) -> tuple[Step, Sheet]:
    """The sheet of that name in that step. Raises Http404."""
    found = SHEETS.get(slug)
    if found is None or found[0].number != number:
        raise Http404
    return found
