"""Somebody saved while a change was being decided: both shown, nothing lost, and the change can be made on top of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.say_meanwhile import say_meanwhile
from quarterdeck.web.plan.tabs import plan_tabs
from quarterdeck.web.shell import show

STALE = "LEDGER-030"
CONFLICT = 409


@dataclass(frozen=True)
class Meanwhile:
    """Who saved what, what was not kept, and the form that keeps it on top."""

    sentence: str
    theirs: Sequence[str]
    yours: Sequence[str]
    action: str
    fields: Mapping[str, Sequence[str]]
    back: str


def both_shown(request: HttpRequest, desk: Desk, error: Refused, *, here: str, back: str) -> HttpResponse:
    """The page with both versions. Raises the error again when it is another one."""
    if error.code != STALE:
        raise error
    said = say_meanwhile(error)
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in ("csrfmiddlewaretoken", "revision")}
    meanwhile = Meanwhile(said.sentence, said.theirs, said.yours, request.path, {**fields, "revision": [said.latest]}, back)
    return show(request, desk, "plan", "plan/work_meanwhile.html", {"tabs": plan_tabs(desk, here), "meanwhile": meanwhile}, status=CONFLICT)


def say_problems(error: InvalidInput | Refused) -> tuple[str, ...]:
    """The refusal as sentences for a message beside a form."""
    if isinstance(error, InvalidInput):
        return tuple(f"Expected {problem.expected}, found {problem.found}. {problem.fix}" for problem in error.problems)
    return error.message, error.fix
