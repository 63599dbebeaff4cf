"""Somebody saved the same step meanwhile: both sides in sentences, the form with yours kept, and two ways on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.save_part import Conflict
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.strategy.members import find_member, members_of
from quarterdeck.report.strategy.outline import Step
from quarterdeck.report.words import Words
from quarterdeck.strategy.parts.values import Part
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs
from quarterdeck.web.strategy.sent import Page, Sent
from quarterdeck.web.strategy.shown_form import build_form
from quarterdeck.web.strategy.targets import Target
from quarterdeck.web.strategy.typed import Spot, Typed, typed_of

CONFLICT = 409


def conflict_page(
    request: HttpRequest,
    desk: Desk,
    step: Step,
    target: Target,
    conflict: Conflict,
    *,
    sent: Sent | None = None,
) -> HttpResponse:
    """Both sides; nothing was saved and nothing is lost. Without `sent` it was about to be taken out."""
    theirs = _in_theirs(target, conflict)
    here = f"{root_of(desk)}step/{step.number}/"
    shown: dict[str, Any] = {
        "tabs": strategy_tabs(desk, "steps"),
        "step": step,
        "sheet": target.sheet,
        "conflict": conflict,
        "is_gone": target.member is not None and theirs.member is None,
        "taken_out": sent is None,
        "parent": conflict.their_hash,
        "take_theirs": _address_of(here, theirs),
        "again": f"{_address_of(here, theirs)}take-out/",
        "form": None,
    }
    if sent is not None:
        typed = _typed_on_top(target, theirs, conflict, sent.typed)
        kept = Page(typed, parent=conflict.their_hash, team=sent.team, why=sent.why)
        shown["form"] = build_form(desk, conflict.theirs, step, theirs, kept)
    return show(request, desk, "strategy", "strategy/conflict.html", shown, status=CONFLICT)


def _in_theirs(target: Target, conflict: Conflict) -> Target:
    """The same member in their version. Members without ids are the same when they say the same, or stand at the same place of an equally long list."""
    if target.member is None:
        return target
    if target.sheet.kind != "rows":
        return Target(target.sheet, find_member(conflict.theirs, target.sheet, target.member.key))
    theirs = members_of(conflict.theirs, target.sheet)
    same = next((member for member in theirs if member.part == target.member.part), None)
    if same is None and len(theirs) == len(members_of(conflict.before, target.sheet)):
        same = find_member(conflict.theirs, target.sheet, target.member.key)
    return Target(target.sheet, same)


def _typed_on_top(target: Target, theirs: Target, conflict: Conflict, typed: Typed) -> Typed:
    """Their version with your changes on top, where the two can stand together; what you typed otherwise."""
    part: Part | None = None
    if conflict.merged is not None and target.member is not None and target.sheet.kind != "rows":
        found = find_member(conflict.merged, target.sheet, target.member.key)
        part = found.part if found is not None else None
    if part is None:
        if target.member is not None and theirs.member is None and target.sheet.kind == "named":
            return {**typed, "id": [target.member.key]}
        return typed
    at = Spot(Around(conflict.theirs, Words.of(conflict.theirs)), target.source)
    return typed_of(target.part, part, at, shapes=target.shapes)


def _address_of(here: str, target: Target) -> str:
    if target.sheet.kind == "single":
        return f"{here}{target.sheet.slug}/"
    return here if target.member is None else f"{here}{target.sheet.slug}/{target.member.key}/"
