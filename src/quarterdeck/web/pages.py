"""The rule of each view: who may open it. A view without one of these decorators fails the tests that walk the addresses."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from quarterdeck.kernel.problems import QuarterdeckError
from quarterdeck.operations.only_look import only_looking
from quarterdeck.operations.quarter.open_desk import Desk, open_desk
from quarterdeck.operations.site import Site
from quarterdeck.web.errors import not_allowed, refused_page

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Rule:
    """`see` is what a GET needs, `act` what a POST needs (names of `ledger.gateway.roles.OPERATIONS`); None: that method is not there."""

    kind: Literal["company", "own", "open"]
    see: str | None = None
    act: str | None = None

    @property
    def methods(self) -> tuple[str, ...]:
        """What the view answers to."""
        return (*(("GET", "HEAD") if self.see else ()), *(("POST",) if self.act else ()))


def company_page(see: str | None = "see", *, act: str | None = None) -> Callable[[View], View]:
    """A view of one company, called with (request, desk, ...): only for its members, each method only for roles that may.

    A stranger gets "not found", as for a company that does not exist. A refusal that the view lets through becomes a page that says so.
    """
    rule = Rule("company", see, act)

    def guard(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, slug: str, draft: str | None = None, **named: Any) -> HttpResponse:
            if request.method not in rule.methods:
                return not_allowed(request, rule.methods)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            with nullcontext() if request.method == "POST" else only_looking():
                return opened(request, slug, draft, named)

        def opened(request: HttpRequest, slug: str, draft: str | None, named: dict[str, Any]) -> HttpResponse:
            desk = open_desk(site(), slug, request.user.get_username(), now=now(), draft=draft)
            if desk is None:
                raise Http404
            request.desk = desk  # type: ignore[attr-defined]  # the frame of the page reads it
            needed = str(rule.act if request.method == "POST" else rule.see)
            try:
                if not desk.may(needed):  # the role was read a moment ago; the refusal says who may
                    desk.context.require(needed)
                return view(request, desk, **named)
            except QuarterdeckError as error:
                return refused_page(request, error)

        return _with_rule(answer, rule)

    return guard


def own_page(view: View) -> View:
    """A view of the signed-in person alone, called with (request, ...)."""

    @functools.wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        try:
            return view(request, **named)
        except QuarterdeckError as error:
            return refused_page(request, error)

    return _with_rule(answer, Rule("own", "see", "see"))


def open_page(view: View) -> View:
    """A view for everybody, signed in or not; it says itself which methods it answers to."""
    return _with_rule(view, Rule("open", "see", "see"))


def answers_to(*methods: str) -> Callable[[View], View]:
    """A view that answers to these methods alone; to any other with a page that says so."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            return view(request, *args, **named) if request.method in methods else not_allowed(request, methods)

        return answer

    return guard


def now() -> datetime:
    """This instant, by the clock that the composition root gave."""
    instant: datetime = settings.QUARTERDECK_CLOCK()
    return instant


def site() -> Site:
    """The site that this server serves."""
    found: Site = settings.QUARTERDECK_SITE
    return found


def desk_of(request: HttpRequest) -> Desk | None:
    """The desk of a company page; None elsewhere."""
    return getattr(request, "desk", None)


def _with_rule(view: View, rule: Rule) -> View:
    view.rule = rule  # type: ignore[attr-defined]  # read by the tests that walk the addresses
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = "/sign-in/"
        return response
    return redirect(f"/sign-in/?{urlencode({'next': request.get_full_path() if request.method == 'GET' else '/'})}")
