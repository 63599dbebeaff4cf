"""Drafts: what-if strategies under names of their own, compared with the one that counts, and adopted or laid aside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.drafts.compare_draft import DraftComparison, DraftLine, OutlookPair, Pair, compare_draft, list_drafts, sides_said
from quarterdeck.operations.drafts.open_draft import BothSides, adopt, begin_draft, lay_aside, reopen
from quarterdeck.operations.drafts.plan_draft import start_planning
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.save_part import say_plan_is_older
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.words import Words, how_many
from quarterdeck.web.jobs.shown import address_of
from quarterdeck.web.notices import Undo, notice, plan_again
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs
from quarterdeck.web.strategy.said import said_problems
from quarterdeck.web.strategy.start_views import start_page

MOST_SAID = 30
INVALID, CONFLICT = 422, 409


@company_page("see", act="save_strategy")
def drafts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every draft; a POST begins one."""
    if desk.strategy is None:
        return start_page(request, desk)
    if request.method != "POST":
        return _list(request, desk)
    try:
        draft = begin_draft(desk.context, request.POST.get("name", ""), why=request.POST.get("why", ""))
    except InvalidInput as error:
        return _list(request, desk, wrong=error.problems[0].fix, status=INVALID)
    except Refused as error:
        return _list(request, desk, wrong=f"{error.message} {error.fix}", status=CONFLICT)
    notice(
        request,
        f"“{draft.name}” is begun. It says what the strategy says now: change it as you like, the strategy itself stays as it is.",
        "Then open “Compare”: plan the draft there and hold both plans side by side.",
    )
    return redirect(f"{_live(desk)}drafts/{draft.slug}/")


@company_page()
def beside(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft beside the strategy."""
    return _beside(request, desk)


@company_page(None, act="plan_quarter")
def plan_draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Plans the draft in the background, and leads back to the comparison."""
    return redirect(address_of(start_planning(desk.context)))


@company_page(None, act="save_strategy")
def adopt_draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft becomes the strategy; where both were changed meanwhile, both sides are shown first."""
    chosen = request.POST.get("where_both", "")
    outcome = adopt(desk.context, where_both="draft" if chosen == "draft" else "strategy" if chosen == "strategy" else "ask")
    if isinstance(outcome, BothSides):
        return _beside(request, desk, both=outcome, status=CONFLICT)
    older = say_plan_is_older(replace(desk.context, draft=None))
    notice(
        request,
        f"The draft is the strategy now, as revision {outcome.revision}.",
        *outcome.sentences[:6],
        *([older] if older else []),
        also=plan_again(desk.slug, may=bool(older) and desk.may("plan_quarter")),
        undo=Undo(f"{_live(desk)}undo/", {"revision": str(outcome.revision)}),
    )
    return redirect(_live(desk))


@company_page(None, act="save_strategy")
def lay_draft_aside(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft is closed; it can still be read."""
    lay_aside(desk.context)
    notice(request, "The draft is laid aside. It can still be read, and the strategy is as it was.")
    return redirect(f"{_live(desk)}drafts/")


@company_page(None, act="save_strategy")
def reopen_draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft is open again; the strategy stays as it is."""
    reopen(desk.context)
    notice(request, "The draft is open again. The strategy is as it was.")
    return redirect(f"{root_of(desk)}beside/")


def _list(request: HttpRequest, desk: Desk, *, wrong: str = "", status: int = 200) -> HttpResponse:
    lines = list_drafts(desk.context)
    shown = {
        "tabs": strategy_tabs(desk, "drafts"),
        "drafts": [_shown_line(desk, line) for line in lines],
        "headline": _headline(lines),
        "may_save": desk.may("save_strategy"),
        "root": _live(desk),
        "wrong": wrong,
        "typed": {"name": request.POST.get("name", ""), "why": request.POST.get("why", "")},
    }
    return show(request, desk, "strategy", "strategy/drafts.html", shown, status=status)


def _beside(request: HttpRequest, desk: Desk, *, both: BothSides | None = None, status: int = 200) -> HttpResponse:
    found, words = compare_draft(desk.context, quarter=desk.quarter, day=desk.day), desk.words
    headline, money_says, sides = sides_said(found, words)
    shown = {
        "tabs": strategy_tabs(desk, "drafts"),
        "headline": headline,
        "money_says": money_says,
        "sides": sides,
        "plan_again": found.draft_plan is not None and (found.is_draft_plan_stale or found.has_newer_facts or not found.are_alike),
        "draft": _shown_line(desk, found.line),
        "root": root_of(desk),
        "live_root": _live(desk),
        "sentences": [tight(sentence) for sentence in found.sentences[:MOST_SAID]],
        "more": max(0, len(found.sentences) - MOST_SAID),
        "meanwhile": [tight(sentence) for sentence in found.meanwhile[:MOST_SAID]],
        "new_problems": said_problems(found.new_problems[:MOST_SAID], found.draft_strategy, root_of(desk)),
        "settled": said_problems(found.settled_problems[:MOST_SAID], found.live_strategy, _live(desk)),
        "both": both,
        "may_save": desk.may("save_strategy"),
        "may_plan": desk.may("plan_quarter"),
        "is_open": found.line.is_open,
        **_tables(found, words),
    }
    return show(request, desk, "strategy", "strategy/draft_beside.html", shown, status=status)


def _tables(found: DraftComparison, words: Words) -> dict[str, Any]:
    return {
        "outlook": [_outlook_row(pair, words) for pair in found.outlook],
        "money": [_row(words.name(pair.name), pair, words.money) for pair in found.money],
        "work": [_row(pair.name, pair, words.count) for pair in found.work],
        "has_plan": found.draft_plan is not None,
        "are_alike": found.are_alike,
        "is_stale": found.is_draft_plan_stale,
    }


def _outlook_row(pair: OutlookPair, words: Words) -> dict[str, str]:
    known = pair.draft or pair.live
    assert known is not None
    row = {"name": METRICS[known.metric].name}
    for side, outlook in (("live", pair.live), ("draft", pair.draft)):
        row[f"{side}_target"] = words.amount(outlook.target, outlook.metric) if outlook else ""
        row[f"{side}_chance"] = tight(words.chance(outlook.chance)) if outlook else ""
        row[f"{side}_expected"] = words.span(outlook.expected, outlook.metric) if outlook and outlook.expected else ""
    return row


def _row(name: str, pair: Pair, say: Any) -> dict[str, str]:
    differs = pair.live is not None and pair.draft is not None and abs(pair.live - pair.draft) >= 1
    sides = {"live": "" if pair.live is None else say(pair.live), "draft": "" if pair.draft is None else say(pair.draft)}
    change = (pair.draft or 0.0) - (pair.live or 0.0)
    return {"name": name, **sides, "change": ("+" if change > 0 else "") + say(change) if differs else ""}


def _shown_line(desk: Desk, line: DraftLine) -> dict[str, Any]:
    return {
        "line": line,
        "href": f"{_live(desk)}drafts/{line.slug}/",
        "when": desk.words.day(desk.context.local(line.made_at).date()),
        "changes": how_many(line.changes, "change"),
        "state": line.state,
    }


def _headline(lines: tuple[DraftLine, ...]) -> str:
    still_open = sum(line.is_open for line in lines)
    if not lines:
        return "Try a change before it counts."
    if not still_open:
        return "No draft is open; those that are closed can still be read."
    return f"{how_many(still_open, 'draft')} {'is' if still_open == 1 else 'are'} open; the strategy itself stays as it is until you adopt one."


def _live(desk: Desk) -> str:
    return f"/w/{desk.slug}/strategy/"
