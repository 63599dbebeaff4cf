"""A company without a strategy: three ways to begin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.operations.open_desk import Desk
from quarterdeck.operations.start_strategy import start_strategy
from quarterdeck.report.strategy.outline import STEPS
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of


def start_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What a strategy is, and how to begin."""
    shown = {"steps": STEPS, "root": root_of(desk), "may_save": desk.may("save_strategy")}
    return show(request, desk, "strategy", "strategy/start.html", shown)


@company_page(None, act="save_strategy")
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The first revision, and then the page of the strategy."""
    start_strategy(desk.context, request.POST.get("from", ""))
    notice(
        request,
        f"{desk.context.workspace.name} has a first strategy.",
        "What stands in it is an example: go through the eight steps and replace it by what is true of you.",
    )
    return redirect(f"{root_of(desk)}step/1/")
