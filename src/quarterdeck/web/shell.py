"""The frame of every page: where one is in the loop, the company, the week, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quarterdeck.operations.jobs.jobs import latest_job
from quarterdeck.operations.play.follow_tour import Tour, follow_tour, is_tour_on
from quarterdeck.operations.quarter.open_desk import CompanyLink, Desk
from quarterdeck.web.jobs.shown import JobSign, sign_of
from quarterdeck.web.notices import Notice, take_notices


@dataclass(frozen=True)
class Place:
    """One stop of the loop: its address, name (and short name for a phone), number and whether one is there."""

    href: str
    name: str
    short: str
    number: int | None
    keys: str
    is_here: bool


@dataclass(frozen=True)
class Tab:
    """A page below a stop of the loop."""

    href: str
    name: str
    is_here: bool
    count: int | None = None


@dataclass(frozen=True)
class DraftSign:
    """The line in the frame of every page of a draft."""

    name: str
    href: str
    is_open: bool
    out: str
    """Where the strategy itself is."""


@dataclass(frozen=True)
class Shell:
    """Everything that the frame shows."""

    slug: str
    company: str
    companies: tuple[CompanyLink, ...]
    person: str
    initials: str
    role: str
    quarter: str
    week: int
    weeks: tuple[str, ...]
    """past, now or ahead, one for each of the thirteen."""
    places: tuple[Place, ...]
    waiting: int
    is_rehearsal: bool
    may_rehearse: bool
    notices: list[Notice]
    tour: Tour | None
    """The way through a first quarter, while the person wants to be shown around; in a rehearsal alone."""
    path: str
    """Of the page that is shown."""
    job: JobSign | None
    """Long work that is being done in the company, on every page but its own."""
    draft: DraftSign | None = None

    @property
    def is_at_stop(self) -> bool:
        """Whether the page is the one that the tour leads to."""
        stop = self.tour.current if self.tour is not None else None
        return stop is not None and self.path == f"/w/{self.slug}/{stop.path}"


READ_STOPS = "tour_read"
"""Where the session keeps the stops of the tour that were read."""
_PLACES = (
    ("quarter", "", "This quarter", "Quarter", None, "g q"),
    ("strategy", "strategy/", "Strategy", "Strategy", 1, "g s"),
    ("plan", "plan/", "Plan", "Plan", 2, "g p"),
    ("do", "do/", "Do", "Do", 3, "g d"),
    ("results", "results/", "Results", "Results", 4, "g r"),
    ("review", "review/", "Review", "Review", 5, "g v"),
)


def shell_of(request: HttpRequest, desk: Desk, here: str) -> Shell:
    """The frame around a page of the area `here`."""
    person = request.user.get_username()
    root = f"/w/{desk.slug}/"
    return Shell(
        slug=desk.slug,
        company=desk.context.workspace.name,
        companies=desk.companies,
        person=person,
        initials="".join(word[0] for word in person.split()[:2]).upper() or "?",
        role=desk.context.member.role,
        quarter=desk.quarter.label,
        week=desk.week,
        weeks=tuple("past" if n < desk.week else "now" if n == desk.week else "ahead" for n in range(1, 14)),
        places=tuple(Place(root + path, name, short, number, keys, key == here) for key, path, name, short, number, keys in _PLACES),
        waiting=desk.waiting,
        is_rehearsal=desk.is_rehearsal,
        may_rehearse=desk.is_rehearsal and desk.may("rehearse"),
        notices=take_notices(request),
        tour=_tour(request, desk, person),
        path=request.path,
        job=_sign(request, desk),
        draft=_draft_sign(desk),
    )


def _draft_sign(desk: Desk) -> DraftSign | None:
    draft, live = desk.context.draft, f"/w/{desk.slug}/strategy/"
    return None if draft is None else DraftSign(draft.name, f"{live}drafts/{draft.slug}/beside/", draft.is_open, live)


def _sign(request: HttpRequest, desk: Desk) -> JobSign | None:
    sign = sign_of(latest_job(desk.context))
    return None if sign is None or sign.address == request.path else sign


def _tour(request: HttpRequest, desk: Desk, person: str) -> Tour | None:
    if not (desk.is_rehearsal and desk.may("rehearse") and is_tour_on(person)):
        return None
    return follow_tour(desk, read=request.session.get(READ_STOPS, ()))


def show(
    request: HttpRequest, desk: Desk, here: str, template: str, shown: dict[str, Any], *, partial: str | None = None, status: int = 200
) -> HttpResponse:
    """The page `template` of the area `here`, or only its part `partial` when htmx asked for it."""
    asks = getattr(request, "htmx", None)
    if partial is not None and asks and not asks.history_restore_request:  # Back in the browser wants the whole page
        return render(request, f"{template}#{partial}", {**shown, "slug": desk.slug, "desk": desk}, status=status)
    return render(request, template, {**shown, "slug": desk.slug, "desk": desk, "shell": shell_of(request, desk, here)}, status=status)
