"""The form of a part as its template shows it, with everything around it: heading, links, what refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.look_at_strategy import Look
from quarterdeck.report.strategy.around import Around, called
from quarterdeck.report.strategy.members import PEOPLE, Member, members_of
from quarterdeck.report.strategy.outline import Step
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.strategy.answers import fill_in, to_close
from quarterdeck.web.strategy.frame import rail_of, root_of, strategy_tabs
from quarterdeck.web.strategy.inputs import Choice, FormMaker, Input
from quarterdeck.web.strategy.said import address_of, where_in_words
from quarterdeck.web.strategy.sent import Page
from quarterdeck.web.strategy.step_views import maker_of
from quarterdeck.web.strategy.tables import TableMaker
from quarterdeck.web.strategy.targets import Target, named_by

MOST_REFERENCES = 12
_OTHERS = 6


@dataclass(frozen=True)
class Link:
    """Somewhere to go."""

    href: str
    name: str


@dataclass(frozen=True)
class Wrong:
    """One line of the summary of what is wrong, with the input that it leads to."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True)
class ShownForm:
    """The form. `main` is seen at once, `folded` opens on demand."""

    title: str
    action: str
    check: str
    parent: str
    main: tuple[Input, ...]
    folded: tuple[Input, ...]
    folded_names: str
    is_open: bool
    wrong: tuple[Wrong, ...]
    others: tuple[str, ...]
    save: str
    is_new: bool
    may_save: bool
    why: str
    teams: tuple[Choice, ...]
    saved: str
    next: Link | None


def shown_form(desk: Desk, look: Look, step: Step, target: Target, page: Page) -> dict[str, Any]:
    """Everything that the page of a form shows but the checks."""
    strategy = desk.strategy or look.strategy
    here = f"{root_of(desk)}step/{step.number}/"
    members = members_of(strategy, target.sheet)
    maker = maker_of(desk, look, step)
    references = named_by(strategy, target)
    return {
        "tabs": strategy_tabs(desk, "steps"),
        "rail": rail_of(desk, look, step.number),
        "step": step,
        "sheet": target.sheet,
        "form": build_form(desk, strategy, step, target, page, saved=_saved(look, maker.words, desk)),
        "vision": strategy.vision if target.sheet.slug == "objectives" else None,
        "others": _others(maker, target, members),
        "back": Link(here, f"Step {step.number}: {step.name}"),
        "root": root_of(desk),
        "references": [Link(address_of(place, root_of(desk)), where_in_words(place, strategy)) for place in references[:MOST_REFERENCES]],
        "more_references": max(0, len(references) - MOST_REFERENCES),
        "cannot_go": page.cannot_go,
        "to_close": to_close(look.strategy, look.problems, step=step.number, place=_place(target)),
        "fill_in": fill_in(desk, target.value),
        "take_out": f"{here}{target.sheet.slug}/{target.member.key}/take-out/" if target.member and target.sheet.kind != "single" else "",
    }


def _place(target: Target) -> str:
    """What the form edits; of a new member nothing that is there."""
    return target.member.place if target.member is not None and target.member.place else target.sheet.place or "vision"


def build_form(desk: Desk, strategy: Strategy, step: Step, target: Target, page: Page, *, saved: str = "") -> ShownForm:
    """The form itself."""
    around = Around(strategy, Words.of(strategy))
    is_new = target.member is None
    maker = FormMaker(around, page.typed, page.problems, is_new=is_new, more=page.more)
    inputs = maker.inputs(target.part, target.source, shapes=target.shapes)
    folded = tuple(each for each in inputs if each.words.folded and (is_new or each.kind != "fixed" or len(inputs) > 1))
    address = _address(desk, step, target)
    return ShownForm(
        title=_title(target, members_of(strategy, target.sheet)),
        action=address,
        check=f"{address}{'_check/' if target.sheet.kind == 'single' else 'check/'}",
        parent=page.parent,
        main=tuple(each for each in inputs if each not in folded),
        folded=folded,
        folded_names=_folded_names(folded, may_save=desk.may_change),
        is_open=any(each.is_wrong or page.more == each.name for each in folded),
        wrong=tuple(_wrongs(inputs)),
        others=tuple(page.others),
        save=_save_words(target, members_of(strategy, target.sheet)),
        is_new=is_new,
        may_save=desk.may_change,
        why=page.why,
        teams=_teams(strategy, target, page.team),
        saved="" if is_new else saved,
        next=_next(desk, step, target, members_of(strategy, target.sheet)),
    )


def _address(desk: Desk, step: Step, target: Target) -> str:
    here = f"{root_of(desk)}step/{step.number}/"
    if target.sheet.kind == "single":
        return f"{here}{target.sheet.slug}/"
    return f"{here}add/{target.sheet.slug}/" if target.member is None else f"{here}{target.sheet.slug}/{target.member.key}/"


def _title(target: Target, members: Sequence[Member]) -> str:
    one = target.sheet.one[:1].upper() + target.sheet.one[1:]
    if target.sheet.kind == "single":
        return target.sheet.many
    if target.member is None:
        return f"A new {target.sheet.one}"
    keys = [member.key for member in members]
    return f"{one} {keys.index(target.member.key) + 1} of {len(keys)}" if target.member.key in keys else one


def _save_words(target: Target, members: Sequence[Member]) -> str:
    if target.sheet.kind == "single":
        return f"Save {target.sheet.one}"
    if target.member is None:
        return f"Add this {target.sheet.one}"
    keys = [member.key for member in members]
    return f"Save {target.sheet.one} {keys.index(target.member.key) + 1}" if target.member.key in keys else f"Save this {target.sheet.one}"


def _next(desk: Desk, step: Step, target: Target, members: Sequence[Member]) -> Link | None:
    """The member after this one."""
    keys = [member.key for member in members]
    if target.member is None or target.sheet.kind == "single" or target.member.key not in keys:
        return None
    place = keys.index(target.member.key) + 1
    if place == len(keys):
        return None
    return Link(f"{root_of(desk)}step/{step.number}/{target.sheet.slug}/{keys[place]}/", f"Next: {target.sheet.one} {place + 1}")


def _teams(strategy: Strategy, target: Target, chosen: str) -> tuple[Choice, ...]:
    """The teams that a person may belong to."""
    if target.sheet.slug != PEOPLE:
        return ()
    now = chosen or (target.member.team if target.member is not None else "")
    return tuple(Choice(team.id, called(team), team.id == now) for team in strategy.management.teams)


def _wrongs(inputs: Sequence[Input]) -> list[Wrong]:
    found = []
    for each in inputs:
        found += [Wrong(each.id, each.words.label, text) for text in each.problems]
        found += _wrongs(each.parts)
        for row in each.rows:
            found += _wrongs(row.inputs)
    return found


def _others(maker: TableMaker, target: Target, members: Sequence[Member]) -> dict[str, Any] | None:
    """A few of the other members of the list."""
    if target.sheet.kind == "single" or target.member is None or len(members) < 2:
        return None
    keys = [member.key for member in members]
    place = keys.index(target.member.key) if target.member.key in keys else 0
    near = (*members[place + 1 :], *members[:place])[:_OTHERS]
    return {"numbers": [keys.index(member.key) + 1 for member in near], "table": maker.table(target.sheet, near), "total": len(members) - 1}


def _saved(look: Look, words: Words, desk: Desk) -> str:
    if look.made_at is None:
        return ""
    return f"Saved by {look.author}, {words.day(desk.context.local(look.made_at).date())}"


def _folded_names(folded: Sequence[Input], *, may_save: bool) -> str:
    """What opens: "More: on the way there (3), a note, short name"."""
    names = []
    for each in folded:
        label = (each.words.label[:1].lower() + each.words.label[1:]).rstrip("?")
        names.append(f"{label} ({len(each.rows)})" if each.rows else f"{label} (written)" if each.text.strip() and each.kind != "fixed" else label)
    return "More: " + ", ".join([*names, *(["why you change it"] if may_save else [])])
