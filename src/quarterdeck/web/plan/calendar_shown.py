"""The calendar page in strings: finding, filters, grid or list, the card that stands open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quarterdeck.operations.plan.look_at_calendar import CalendarItem, CalendarNow
from quarterdeck.operations.plan.move_item import ItemEffect
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.wording import quote, say_weekday
from quarterdeck.web.plan.calendar_card import Card, card_of
from quarterdeck.web.plan.calendar_grid import Chip, Names, Week, days_with_items, grid_of
from quarterdeck.web.plan.calendar_span import Span
from quarterdeck.web.plan.calendar_words import notes_on_move, say_counts, say_move, say_span, sentences_of
from quarterdeck.web.plan.plan_bar import PlanBar, plan_bar

A_PAGE = 100
"""Items on one page of the list."""


@dataclass(frozen=True)
class Choice:
    """An entry of a menu or a switch."""

    name: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class Menu:
    """A filter: what is chosen, and what can be."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ShownCalendar:
    """The page."""

    before: str
    standout: str
    after: str
    more: str
    bar: PlanBar | None
    name: str
    previous: str
    following: str
    today: str
    views: tuple[Choice, ...]
    menus: tuple[Menu, ...]
    chosen_campaign: str
    all_campaigns: str
    view: str
    weeks: tuple[Week, ...]
    days: tuple[tuple[str, str, tuple[Chip, ...]], ...]
    pages: tuple[Choice, ...]
    card: Card | None
    close: str
    revision: str
    may_move: bool
    is_bare: bool


@dataclass(frozen=True)
class ShownMove:
    """What a move would do, and the form that keeps it."""

    id: str
    title: str
    say: str
    look: str
    caused: tuple[str, ...]
    solved: tuple[str, ...]
    stays: tuple[str, ...]
    notes: tuple[str, ...]
    on: str
    at: str
    revision: str
    saved_meanwhile: bool
    is_change: bool
    button: str


def shown_calendar(desk: Desk, found: CalendarNow, span: Span, chosen: CalendarItem | None) -> ShownCalendar:
    """Everything that the template shows."""
    root = f"/w/{desk.slug}/plan/calendar/"
    strategy = found.now.strategy
    names = Names(
        channels={each.id: (each.kind, each.name or each.id.replace("_", " ")) for each in strategy.channels},
        audiences={each.id: _short_who(each.id, each.who) for each in strategy.audiences},
        root=root,
        home=strategy.company.timezone,
        may_move=desk.may("save_strategy"),
    )
    is_filtered = bool(span.audience or span.channel or span.campaign)
    inside = _inside(found, span)
    before, standout, after = say_span(inside, span)
    days, pages = days_with_items(found, span, names, span.page, A_PAGE) if span.view == "list" else ((), 1)
    campaign = next((each for each in strategy.campaigns if each.id == span.campaign), None)
    return ShownCalendar(
        before=before,
        standout=standout,
        after=after,
        more=say_counts(inside, span, is_filtered),
        bar=plan_bar(desk, found.now) if inside.items or found.now.period == desk.quarter else None,
        name=span.name,
        previous=span.to(root, day=span.before.isoformat()),
        following=span.to(root, day=span.after.isoformat()),
        today="" if span.first <= desk.day <= span.last else span.to(root, day=desk.day.isoformat()),
        views=tuple(
            Choice(view.capitalize(), span.to(root, view=view, day=_kept_day(desk, span)), span.view == view) for view in ("month", "week", "list")
        ),
        menus=(
            _menu(span, root, "audience", "All audiences", names.audiences.items()),
            _menu(span, root, "channel", "All channels", ((ref, name) for ref, (_, name) in names.channels.items())),
        ),
        chosen_campaign=f"{campaign.name or campaign.id}, {say_weekday(campaign.starts_on)} to {say_weekday(campaign.ends_on)}" if campaign else "",
        all_campaigns=replace(span, campaign="").to(root),
        view=span.view,
        weeks=() if span.view == "list" else grid_of(found, span, names, today=desk.day, chosen=chosen.item.id if chosen else ""),
        days=days,
        pages=tuple(Choice(str(n), span.to(root, page=str(n)), n == min(span.page, pages)) for n in range(1, pages + 1)) if pages > 1 else (),
        card=card_of(desk, found.now, chosen) if chosen else None,
        close=span.to(root),
        revision=found.now.revision_hash,
        may_move=names.may_move,
        is_bare=not strategy.content.items,
    )


def shown_move(effect: ItemEffect, seen: str) -> ShownMove:
    """The preview; `seen` is the hash of the revision that the person looked at ("" when the form does not say)."""
    home = effect.now.strategy.company.timezone
    say, look = say_move(effect)
    return ShownMove(
        id=effect.before.item.id,
        title=quote(effect.before.item.title),
        say=say,
        look=look,
        caused=sentences_of(effect.caused),
        solved=sentences_of(effect.solved),
        stays=sentences_of(effect.stays),
        notes=tuple(notes_on_move(effect, home)),
        on=effect.after.local[:10],
        at=effect.after.local[11:16],
        revision=effect.now.revision_hash,
        saved_meanwhile=bool(seen) and seen != effect.now.revision_hash,
        is_change=effect.after.local != effect.before.entry.local,
        button="Move it all the same" if effect.caused else "Keep this",
    )


def _inside(found: CalendarNow, span: Span) -> CalendarNow:
    """Only what lies within the span itself: the sentence about February does not speak of March's first days."""
    return replace(
        found,
        items=tuple(item for item in found.items if span.first <= item.day <= span.last),
        campaigns=tuple(each for each in found.campaigns if each.starts_on <= span.last and each.ends_on >= span.first),
        conflicts=tuple(each for each in found.conflicts if each.collision.last_day >= span.first and each.collision.first_day <= span.last),
    )


def _kept_day(desk: Desk, span: Span) -> str:
    """The day that another view opens at: today when it is in sight, so that Week does not jump to the first of the month."""
    return (desk.day if span.first <= desk.day <= span.last else span.day).isoformat()


def _menu(span: Span, root: str, field: str, everything: str, known: Iterable[tuple[str, str]]) -> Menu:
    chosen = getattr(span, field)
    choices = [Choice(everything, span.to(root, **{field: ""}), not chosen)]
    choices += [Choice(name, span.to(root, **{field: ref}), chosen == ref) for ref, name in known]
    return Menu(next((choice.name for choice in choices if choice.is_here), everything), tuple(choices))


def _short_who(ref: str, who: str) -> str:
    """Who they are where that is brief, else the id in words."""
    return who if len(who) <= 32 else ref.replace("_", " ").replace("-", " ").capitalize()
