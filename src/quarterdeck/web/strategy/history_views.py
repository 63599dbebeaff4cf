"""The history of the strategy: every revision in sentences, two of them compared, one of them read, and one restored."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.change_strategy import restore_revision
from quarterdeck.operations.strategy.look_at_maturity import look_at_maturity
from quarterdeck.operations.strategy.look_at_revisions import RevisionLine, compare_revisions, look_at_revisions, one_revision, text_of_revision
from quarterdeck.operations.strategy.look_at_strategy import look_at_strategy
from quarterdeck.operations.strategy.save_part import say_plan_is_older
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.strategy.maturity_rows import MaturityRows, Measured, maturity_rows
from quarterdeck.report.words import how_many
from quarterdeck.web.notices import Undo, notice, plan_again
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import file_name, root_of, strategy_tabs, word_for_here
from quarterdeck.web.strategy.share_views import agreed_by_revision
from quarterdeck.web.strategy.step_views import shown_whole
from quarterdeck.web.whole_number import whole_number

FEW = 4
"""Sentences of a revision that are seen at once."""


@dataclass(frozen=True)
class ShownRevision:
    """A revision in the history."""

    number: int
    href: str
    when: str
    author: str
    note: str
    sentences: tuple[str, ...]
    rest: tuple[str, ...]
    is_first: bool
    is_newest: bool
    agreed: list[str]


@company_page("see", act="save_strategy")
def history(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who changed what, when; a POST restores one."""
    if request.method == "POST":
        return _restore(request, desk)
    found = look_at_revisions(desk.context, page=whole_number(request.GET.get("page", "")) or 1)
    agreed = agreed_by_revision(desk)
    lines = [shown_revision(desk, line, agreed.get(line.number)) for line in found.lines]
    shown = {
        "tabs": strategy_tabs(desk, "history"),
        "lines": lines,
        "found": found,
        "headline": _headline(found.total, lines, word_for_here(desk)),
        "what": word_for_here(desk),
        "what_now": f"the {word_for_here(desk)} now",
        "may_save": desk.may_change,
        "root": root_of(desk),
        "older": lines[1].number if len(lines) > 1 else None,
        "newer": lines[0].number if lines else None,
        "maturity": _maturity(desk, lines),
    }
    return show(request, desk, "strategy", "strategy/history.html", shown)


@company_page()
def compare(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Two revisions against each other, the earlier one first."""
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    numbers = sorted(one_revision(desk.context, None).number if text == "newest" else whole_number(text) for text in asked)
    found = compare_revisions(desk.context, *numbers)
    shown = {
        "tabs": strategy_tabs(desk, "history"),
        "before": shown_revision(desk, found.before),
        "after": shown_revision(desk, found.after),
        "sentences": [tight(sentence) for sentence in found.sentences],
        "count": how_many(len(found.sentences), "change"),
        "root": root_of(desk),
    }
    return show(request, desk, "strategy", "strategy/compare.html", shown)


@company_page()
def revision(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """An earlier strategy, read as the newest one is."""
    look = look_at_strategy(desk.context, quarter=desk.quarter, day=desk.day, number=number)
    line = one_revision(desk.context, number)
    shown = {
        **shown_whole(desk, look, everything="all" in request.GET),
        "tabs": strategy_tabs(desk, "history"),
        "revision": shown_revision(desk, line),
        "is_newest": line.is_newest,
        "what": word_for_here(desk),
        "may_restore": desk.may_change and not line.is_newest,
    }
    return show(request, desk, "strategy", "strategy/whole.html", shown)


@company_page()
def revision_text(request: HttpRequest, desk: Desk, number: int | None = None) -> HttpResponse:
    """The YAML of a revision, comments and all, as a file."""
    found, text = text_of_revision(desk.context, number)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(desk, f"strategy-{found}.yaml")}"'
    return response


def shown_revision(desk: Desk, line: RevisionLine, agreed: list[str] | None = None) -> ShownRevision:
    """A revision as the history shows it; `agreed` says who agreed to it."""
    at = desk.context.local(line.made_at)
    said = tuple(tight(sentence) for sentence in line.sentences)
    return ShownRevision(
        number=line.number,
        href=f"{root_of(desk)}revisions/{line.number}/",
        when=f"{desk.words.day(at.date())}, {at:%H:%M}",
        author=line.author,
        note=line.note,
        sentences=said[:FEW] if len(said) > FEW + 1 else said,
        rest=said[FEW:] if len(said) > FEW + 1 else (),
        is_first=line.is_first,
        is_newest=line.is_newest,
        agreed=agreed or [],
    )


def _restore(request: HttpRequest, desk: Desk) -> HttpResponse:
    number, what = whole_number(request.POST.get("revision", "")), word_for_here(desk)
    changed = restore_revision(desk.context, number)
    if not changed.is_new:
        notice(request, f"Nothing was changed: the {what} says what revision {number} says already.", look="info")
    else:
        older = say_plan_is_older(desk.context)
        notice(
            request,
            f"Revision {number} is the {what} again, as revision {changed.revision}; nothing between is lost.",
            *changed.sentences[:6],
            *([older] if older else []),
            undo=Undo(f"{root_of(desk)}undo/", {"revision": str(changed.revision)}),
            also=plan_again(desk.slug, may=bool(older) and desk.may("plan_quarter")),
        )
    return redirect(f"{root_of(desk)}history/")


def _maturity(desk: Desk, lines: list[ShownRevision]) -> MaturityRows | None:
    """How the steps grew over the revisions of this page."""
    found = look_at_maturity(desk.context, [line.number for line in lines])
    return maturity_rows([Measured(each.revision, each.steps, each.complete, each.checks, each.is_later) for each in found])


def _headline(total: int, lines: list[ShownRevision], what: str) -> str:
    if not lines:
        return "Nothing has been saved yet."
    if total == 1:
        return f"The {what} was saved once, by {lines[0].author}; nothing has changed since."
    return f"The {what} was saved {total:,} times; every version is kept."
