"""The form of one part of the strategy: read, checked while it is written, saved, taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.operations.look_at_strategy import look_at_draft, look_at_strategy
from quarterdeck.operations.open_desk import Desk
from quarterdeck.operations.save_part import Conflict, Saved, save_part, strategy_of_hash
from quarterdeck.operations.save_strategy import current_strategy
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.patch import apply_changes
from quarterdeck.web.notices import Undo, notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.around import Around
from quarterdeck.web.strategy.conflict import conflict_page
from quarterdeck.web.strategy.frame import root_of
from quarterdeck.web.strategy.members import Target, find_member, members_of, named_by, new_id, place_of_new, with_plain
from quarterdeck.web.strategy.outline import Sheet, Step
from quarterdeck.web.strategy.shown_checks import shown_checks
from quarterdeck.web.strategy.shown_form import shown_form
from quarterdeck.web.strategy.start_views import start_page
from quarterdeck.web.strategy.step_views import list_page, sheet_of
from quarterdeck.web.strategy.typed import Typed, read_typed, typed_of, without_empty_rows

INVALID = 422
MOST_SENTENCES = 6


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: its texts, the revision that it was made from, the team of a person, why it was changed."""

    typed: Typed
    parent: str
    team: str = ""
    why: str = ""


@dataclass
class Page:
    """What the page of a form shows besides the form: what was typed, what is wrong with it."""

    typed: Typed
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    others: Sequence[str] = ()
    parent: str = ""
    more: str = ""
    team: str = ""
    why: str = ""
    draft: Strategy | None = None
    cannot_go: bool = False


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
    step, sheet, target = _target(request, desk, number, name, key)
    del sheet
    return _form(request, desk, step, target)


@company_page(None, act="save_strategy")
def check_page(request: HttpRequest, desk: Desk, number: int, name: str, key: str = "") -> HttpResponse:
    """What the checks say of a form as it stands; nothing is saved. Without htmx the whole page comes back with what was typed."""
    step, sheet = sheet_of(number, name)
    strategy = _strategy(desk)
    target = Target(sheet, find_member(strategy, sheet, key) if key or sheet.kind == "single" else None)
    sent = _sent(request, desk, strategy, target)
    page = Page(sent.typed, parent=sent.parent, team=sent.team, why=sent.why)
    try:
        page.draft = _with_sent(strategy, desk, target, sent)
    except InvalidInput as error:
        _take_problems(page, error, desk, target, sent)
    return _shown(request, desk, step, target, page, partial="checks")


@company_page(None, act="save_strategy")
def take_out_page(request: HttpRequest, desk: Desk, number: int, name: str, key: str) -> HttpResponse:
    """The member taken out; what refers to it is said, and then it stays."""
    step, _, target = _target(request, desk, number, name, key)
    assert target.member is not None
    place, page = target.member.place, Page(_typed_now(desk, target))
    if named_by(_strategy(desk), target):
        page.cannot_go = True
        return _shown(request, desk, step, target, page, status=INVALID)
    try:
        outcome = save_part(desk.context, lambda base: apply_changes(base, {place: None}), parent=request.POST.get("_parent", ""), step=step.number)
    except InvalidInput as error:
        _take_problems(page, error, desk, target, Sent(page.typed, ""))
        return _shown(request, desk, step, target, page, status=INVALID)
    if isinstance(outcome, Conflict):
        return conflict_page(request, desk, step, target, outcome, taken_out=True)
    _say_saved(request, desk, outcome)
    return redirect(f"{root_of(desk)}step/{step.number}/")


def _form(request: HttpRequest, desk: Desk, step: Step, target: Target) -> HttpResponse:
    if request.method != "POST":
        typed = _typed_now(desk, target)
        tried = {name.removeprefix("try."): [text] for name, text in request.GET.items() if name.startswith("try.")}
        page = Page({**typed, **{name: texts for name, texts in tried.items() if name in typed}})
        if tried:
            _draft_of(page, desk, target)
        return _shown(request, desk, step, target, page)
    base = strategy_of_hash(desk.context, request.POST.get("_parent", "")) or _strategy(desk)
    target = Target(target.sheet, find_member(base, target.sheet, target.member.key) if target.member is not None else None)
    sent = _sent(request, desk, base, target)
    if "_more" in request.POST:
        page = Page(sent.typed, parent=sent.parent, team=sent.team, why=sent.why, more=request.POST["_more"])
        return _shown(request, desk, step, target, page)
    return _save(request, desk, step, target, sent)


def _save(request: HttpRequest, desk: Desk, step: Step, target: Target, sent: Sent) -> HttpResponse:
    try:
        outcome = save_part(desk.context, lambda base: _with_sent(base, desk, target, sent), parent=sent.parent, step=step.number, note=sent.why)
    except InvalidInput as error:
        page = Page(sent.typed, parent=sent.parent, team=sent.team, why=sent.why)
        _take_problems(page, error, desk, target, sent)
        return _shown(request, desk, step, target, page, status=INVALID)
    if isinstance(outcome, Conflict):
        return conflict_page(request, desk, step, target, outcome, typed=sent.typed, team=sent.team, why=sent.why)
    _say_saved(request, desk, outcome)
    return redirect(_after(desk, step, target, sent))


def _with_sent(base: Strategy, desk: Desk, target: Target, sent: Sent) -> Strategy:
    """`base` with the form in it; a member is looked up in `base`, which may be older than what stands now."""
    here = Target(target.sheet, None if target.member is None else find_member(base, target.sheet, target.member.key))
    plain = _plain(base, here, sent)
    del desk
    unnamed = here.member is None and "name" in here.shapes and not plain.get("name") and not (sent.typed.get("id") or [""])[0].strip()
    problems = (
        [Problem("STRATEGY-011", f"{place_of_new(base, here, plain, team=sent.team)}.name", "nothing", "a name", "Write it.")] if unnamed else []
    )
    try:
        changed = with_plain(base, here, plain, team=sent.team)
    except InvalidInput as error:
        raise InvalidInput([*problems, *error.problems]) from error
    if problems:
        raise InvalidInput(problems)
    return changed


def _plain(base: Strategy, target: Target, sent: Sent) -> dict[str, Any]:
    around = Around(base, Words.of(base))
    plain = read_typed(target.part, sent.typed, target.value, around, target.source, shapes=target.shapes)
    if target.member is None and target.sheet.kind == "named" and not plain.get("id"):
        plain = {"id": new_id(base, target.sheet, plain), **plain}
    return plain


def _sent(request: HttpRequest, desk: Desk, base: Strategy, target: Target) -> Sent:
    del desk
    around = Around(base, Words.of(base))
    typed = {name: request.POST.getlist(name) for name in request.POST if not name.startswith("_") and name != "csrfmiddlewaretoken"}
    typed = without_empty_rows(target.part, typed, around, target.source, target.shapes)
    return Sent(typed, request.POST.get("_parent", ""), request.POST.get("_team", ""), request.POST.get("_why", "").strip()[:500])


def _typed_now(desk: Desk, target: Target) -> Typed:
    strategy = _strategy(desk)
    around = Around(strategy, Words.of(strategy))
    return typed_of(target.part, target.value, around, target.source, shapes=target.shapes, with_defaults=target.member is None)


def _draft_of(page: Page, desk: Desk, target: Target) -> None:
    sent = Sent(page.typed, "")
    try:
        page.draft = _with_sent(_strategy(desk), desk, target, sent)
    except InvalidInput as error:
        _take_problems(page, error, desk, target, sent)


def _take_problems(page: Page, error: InvalidInput, desk: Desk, target: Target, sent: Sent) -> None:
    """What was refused, beside the inputs that it belongs to."""
    from quarterdeck.web.strategy.said import by_input

    strategy = _strategy(desk)
    if target.member is not None:
        place = target.member.place
    else:
        place = place_of_new(strategy, target, _plain(strategy, target, sent), team=sent.team)
    page.problems, page.others = by_input(error.problems, place, [name for name in page.typed if not name.endswith((".was", ".rows"))])


def _shown(
    request: HttpRequest, desk: Desk, step: Step, target: Target, page: Page, *, status: int = 200, partial: str | None = None
) -> HttpResponse:
    look = look_at_strategy(desk.context, quarter=desk.quarter, day=desk.day)
    seen = look if page.draft is None else look_at_draft(desk.context, page.draft, quarter=desk.quarter, day=desk.day)
    page.parent = page.parent or look.hash
    shown = {**shown_form(desk, look, step, target, page), **shown_checks(desk, seen, step, target, page.draft)}
    return show(request, desk, "strategy", "strategy/form.html", shown, partial=partial, status=status)


def _target(request: HttpRequest, desk: Desk, number: int, name: str, key: str) -> tuple[Step, Sheet, Target]:
    """The member, in the newest revision or, for a form that was made from an older one, in that. Raises Http404."""
    step, sheet = sheet_of(number, name)
    strategy = _strategy(desk)
    found = None if sheet.kind == "single" else find_member(strategy, sheet, key)
    if found is None and request.method == "POST" and sheet.kind != "single":
        before = strategy_of_hash(desk.context, request.POST.get("_parent", ""))
        found = find_member(before, sheet, key) if before is not None else None
    if found is None:
        raise Http404
    return step, sheet, Target(sheet, found)


def _strategy(desk: Desk) -> Strategy:
    return desk.strategy if desk.strategy is not None else current_strategy(desk.context).strategy


def _after(desk: Desk, step: Step, target: Target, sent: Sent) -> str:
    """A member's own page again; the step's page after a new one."""
    here = f"{root_of(desk)}step/{step.number}/"
    if target.sheet.kind == "single":
        return f"{here}{target.sheet.slug}/"
    del sent
    return f"{here}#{target.sheet.slug}" if target.member is None else f"{here}{target.sheet.slug}/{target.member.key}/"


def _say_saved(request: HttpRequest, desk: Desk, saved: Saved) -> None:
    changed = saved.changed
    if not changed.is_new:
        notice(request, "Nothing was changed: the strategy says so already.", look="info")
        return
    more = len(changed.sentences) - MOST_SENTENCES
    notice(
        request,
        *changed.sentences[:MOST_SENTENCES],
        *([f"And {more} more changes."] if more > 0 else []),
        *([saved.meanwhile] if saved.meanwhile else []),
        *([saved.plan] if saved.plan else []),
        undo=Undo(f"{root_of(desk)}undo/", {"revision": str(changed.revision)}),
    )
