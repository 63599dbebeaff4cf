"""The form of one part of the strategy: read, checked while it is written, saved, taken out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.look_at_strategy import look_at_draft, look_at_strategy
from quarterdeck.operations.strategy.save_part import Conflict, Saved, save_part, strategy_of_hash
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.report.strategy.members import find_member, members_of
from quarterdeck.report.strategy.outline import Step
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.notices import Undo, notice, plan_again
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.conflict import conflict_page
from quarterdeck.web.strategy.frame import root_of, word_for_here
from quarterdeck.web.strategy.sent import Page, Sent, sent_of, typed_now, with_sent
from quarterdeck.web.strategy.shown_checks import shown_checks
from quarterdeck.web.strategy.shown_examples import examples_beside_form
from quarterdeck.web.strategy.shown_form import shown_form
from quarterdeck.web.strategy.start_views import start_page
from quarterdeck.web.strategy.step_views import list_page, sheet_of
from quarterdeck.web.strategy.targets import Target, named_by

INVALID = 422
MOST_SENTENCES = 6


@company_page("see", act="save_strategy")
def sheet_page(request: HttpRequest, desk: Desk, number: int, name: str) -> HttpResponse:
    """The list of a sheet's members, or the form of a single part."""
    step, sheet = sheet_of(number, name)
    if desk.strategy is None:
        return start_page(request, desk)
    if sheet.kind != "single":
        if request.method == "POST":
            raise Http404
        return list_page(request, desk, step, sheet)
    return _form(request, desk, step, Target(sheet, members_of(desk.strategy, sheet)[0]))


@company_page("save_strategy", act="save_strategy")
def add_page(request: HttpRequest, desk: Desk, number: int, name: str) -> HttpResponse:
    """The empty form of a new member."""
    step, sheet = sheet_of(number, name)
    if desk.strategy is None:
        return start_page(request, desk)
    if sheet.kind == "single":
        raise Http404
    return _form(request, desk, step, Target(sheet, None))


@company_page("see", act="save_strategy")
def member_page(request: HttpRequest, desk: Desk, number: int, name: str, key: str) -> HttpResponse:
    """The form of a member."""
    step, target = _target(request, desk, number, name, key)
    return _form(request, desk, step, target)


@company_page(None, act="save_strategy")
def check_page(request: HttpRequest, desk: Desk, number: int, name: str, key: str = "") -> HttpResponse:
    """What the checks say of a form as it stands; nothing is saved. Without htmx the whole page comes back with what was typed."""
    step, sheet = sheet_of(number, name)
    strategy = _strategy(desk)
    target = Target(sheet, find_member(strategy, sheet, key) if key or sheet.kind == "single" else None)
    page = Page.of(sent_of(request, strategy, target))
    _try(page, strategy, target)
    return _shown(request, desk, step, target, page, partial="checks")


@company_page(None, act="save_strategy")
def take_out_page(request: HttpRequest, desk: Desk, number: int, name: str, key: str) -> HttpResponse:
    """The member taken out; what refers to it is said, and then it stays."""
    step, target = _target(request, desk, number, name, key)
    assert target.member is not None
    place, strategy = target.member.place, _strategy(desk)
    page = Page(typed_now(strategy, target))
    if named_by(strategy, target):
        page.cannot_go = True
        return _shown(request, desk, step, target, page, status=INVALID)
    try:
        outcome = save_part(desk.context, lambda base: apply_changes(base, {place: None}), parent=request.POST.get("_parent", ""), step=step.number)
    except InvalidInput as error:
        page.take(error, strategy, target)
        return _shown(request, desk, step, target, page, status=INVALID)
    if isinstance(outcome, Conflict):
        return conflict_page(request, desk, step, target, outcome)
    _say_saved(request, desk, outcome)
    return redirect(f"{root_of(desk)}step/{step.number}/")


def _form(request: HttpRequest, desk: Desk, step: Step, target: Target) -> HttpResponse:
    strategy = _strategy(desk)
    if request.method != "POST":
        page = Page(typed_now(strategy, target))
        tried = {name.removeprefix("try."): [text] for name, text in request.GET.items() if name.removeprefix("try.") in page.typed}
        if tried:
            page.typed = {**page.typed, **tried}
            _try(page, strategy, target)
        return _shown(request, desk, step, target, page)
    base = strategy_of_hash(desk.context, request.POST.get("_parent", "")) or strategy
    target = Target(target.sheet, find_member(base, target.sheet, target.member.key) if target.member is not None else None)
    sent = sent_of(request, base, target)
    if "_more" in request.POST:
        return _shown(request, desk, step, target, Page.of(sent, more=request.POST["_more"]))
    return _save(request, desk, step, target, sent)


def _save(request: HttpRequest, desk: Desk, step: Step, target: Target, sent: Sent) -> HttpResponse:
    try:
        outcome = save_part(desk.context, lambda base: with_sent(base, target, sent), parent=sent.parent, step=step.number, note=sent.why)
    except InvalidInput as error:
        page = Page.of(sent)
        page.take(error, _strategy(desk), target)
        return _shown(request, desk, step, target, page, status=INVALID)
    if isinstance(outcome, Conflict):
        return conflict_page(request, desk, step, target, outcome, sent=sent)
    _say_saved(request, desk, outcome)
    return redirect(_after(desk, step, target))


def _try(page: Page, strategy: Strategy, target: Target) -> None:
    """The strategy with the form in it, not saved; what is wrong where it cannot stand."""
    try:
        page.draft = with_sent(strategy, target, page.sent)
    except InvalidInput as error:
        page.take(error, strategy, target)


def _shown(
    request: HttpRequest, desk: Desk, step: Step, target: Target, page: Page, *, status: int = 200, partial: str | None = None
) -> HttpResponse:
    look = look_at_strategy(desk.context, quarter=desk.quarter, day=desk.day)
    seen = look
    if page.draft is not None:
        seen = look_at_draft(desk.context, page.draft, quarter=desk.quarter, day=desk.day, standings=look.standings)
    page.parent = page.parent or look.hash
    shown = {**shown_form(desk, look, step, target, page), **shown_checks(desk, seen, step, target, page.draft)}
    if partial is None or not getattr(request, "htmx", None):
        shown |= examples_beside_form(desk, look.strategy, target.sheet, (*shown["form"].main, *shown["form"].folded))
    return show(request, desk, "strategy", "strategy/form.html", shown, partial=partial, status=status)


def _target(request: HttpRequest, desk: Desk, number: int, name: str, key: str) -> tuple[Step, Target]:
    """The member, in the newest revision or, for a form that was made from an older one, in that. Raises Http404."""
    step, sheet = sheet_of(number, name)
    strategy = _strategy(desk)
    found = None if sheet.kind == "single" else find_member(strategy, sheet, key)
    if found is None and request.method == "POST" and sheet.kind != "single":
        before = strategy_of_hash(desk.context, request.POST.get("_parent", ""))
        found = find_member(before, sheet, key) if before is not None else None
    if found is None:
        raise Http404
    return step, Target(sheet, found)


def _strategy(desk: Desk) -> Strategy:
    return desk.strategy if desk.strategy is not None else current_strategy(desk.context).strategy


def _after(desk: Desk, step: Step, target: Target) -> str:
    """A member's own page again; the step's page after a new one."""
    here = f"{root_of(desk)}step/{step.number}/"
    if target.sheet.kind == "single":
        return f"{here}{target.sheet.slug}/"
    return f"{here}#{target.sheet.slug}" if target.member is None else f"{here}{target.sheet.slug}/{target.member.key}/"


def _say_saved(request: HttpRequest, desk: Desk, saved: Saved) -> None:
    changed = saved.changed
    if not changed.is_new:
        notice(request, f"Nothing was changed: the {word_for_here(desk)} says so already.", look="info")
        return
    more = len(changed.sentences) - MOST_SENTENCES
    notice(
        request,
        *changed.sentences[:MOST_SENTENCES],
        *([f"And {more} more changes."] if more > 0 else []),
        *([saved.meanwhile] if saved.meanwhile else []),
        *([saved.plan] if saved.plan else []),
        undo=Undo(f"{root_of(desk)}undo/", {"revision": str(changed.revision)}),
        also=plan_again(desk.slug, may=bool(saved.plan) and desk.may("plan_quarter")),
    )
