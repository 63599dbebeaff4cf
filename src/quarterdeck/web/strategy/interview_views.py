"""The interview in the browser: a page to begin, one question a page, and a last page with the draft that comes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.first_strategy.hold_interview import (
    Interview,
    answer,
    keep_as_draft,
    make_it_the_strategy,
    no_such_question,
    open_interview,
    show_examples_of,
    start_over,
    write_draft,
)
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.strategy.outline import STEPS
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.interview.examples import examples_of
from quarterdeck.strategy.interview.interview import BUSINESSES, Asked, Progress
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.example_views import sections_to_read
from quarterdeck.web.strategy.frame import root_of, strategy_tabs
from quarterdeck.web.strategy.interview_fields import fields_of, sent_answer
from quarterdeck.web.strategy.said import said_problems

INVALID, CONFLICT, GONE = 422, 409, 404
EMPTY = "STRATEGY-935"


@company_page("save_strategy", act="save_strategy")
def begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the interview is, and what was said so far; posted to, it begins, goes on or forgets everything."""
    if request.method == "POST" and request.POST.get("do") == "forget":
        start_over(desk.context)
        notice(request, "Your answers are gone. Nothing else was changed.")
        return redirect(_root(desk))
    interview = open_interview(desk.context)
    if request.method == "POST":
        show_examples_of(desk.context, request.POST.get("business", ""))
        return redirect(_next(desk, interview, None))
    shown = {
        **_around(desk, interview),
        "businesses": BUSINESSES.items(),
        "said": [_line(desk, each) for each in interview.asked if each.is_answered],
        "is_begun": interview.is_begun,
        "is_over": interview.next_id() is None,
        "has_strategy": desk.strategy is not None,
    }
    return show(request, desk, "strategy", "strategy/interview_begin.html", shown)


@company_page("save_strategy", act="save_strategy")
def question(request: HttpRequest, desk: Desk, question: str) -> HttpResponse:
    """One question; posted to, the answer is kept and the next question comes, or the page says what is wrong with it."""
    interview = open_interview(desk.context)
    asked = interview.question(question)
    if asked is None:
        return _not_asked(request, desk, interview)
    if request.method != "POST":
        return _page(request, desk, interview, asked, asked.answer)
    sent, does = sent_answer(asked, request.POST), request.POST.get("do", "next")
    try:
        after = answer(desk.context, question, None if does == "skip" and not _is_partly_known(sent) else sent)
    except InvalidInput as error:
        if does in _AWAY and all(problem.code == EMPTY for problem in error.problems):
            return redirect(_AWAY[does](desk, interview, question))
        return _page(request, desk, interview, asked, sent, problems=error.problems, status=INVALID)
    return redirect(_AWAY.get(does, _next)(desk, after, question))


@company_page("save_strategy", act="save_strategy")
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft as a whole, what is open and what the checks say; posted to, it becomes the strategy, or a draft beside the one that there is."""
    if request.method != "POST":
        return _draft_page(request, desk)
    if request.POST.get("do") == "draft":
        return _keep_beside(request, desk)
    try:
        number = make_it_the_strategy(desk.context)
    except Refused as error:
        return _draft_page(request, desk, wrong=f"{error.message} {error.fix}", status=CONFLICT)
    notice(
        request, f"{desk.context.workspace.name} has a strategy: your answers are revision {number}.", "Step by step you can add to it and change it."
    )
    return redirect(root_of(desk))


URLS: list[URLPattern] = [path("", begin), path("draft/", draft), path("<slug:question>/", question)]


def _page(
    request: HttpRequest, desk: Desk, interview: Interview, asked: Asked, typed: Any, *, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    own = [problem for problem in problems if problem.where == asked.id]
    examples = examples_of(asked.id)
    shown = {
        **_around(desk, interview),
        "asked": asked,
        "hint": asked.hint,
        "number": interview.asked.index(asked) + 1,
        "step": STEPS[asked.question.step - 1],
        "fields": fields_of(asked, typed, problems),
        "own_problems": [] if not asked.has_rows else [each.fix if each.code == EMPTY else each.expected for each in own],
        "has_problems": bool(problems),
        "example": examples[interview.business],
        "example_of": BUSINESSES[interview.business],
        "before": interview.before(asked.id),
    }
    return show(request, desk, "strategy", "strategy/interview_question.html", shown, status=status)


def _draft_page(request: HttpRequest, desk: Desk, *, wrong: str = "", name: str = "From the interview", status: int = 200) -> HttpResponse:
    interview = open_interview(desk.context)
    if not interview.is_begun:
        return redirect(_root(desk))
    made = write_draft(desk.context)
    words = Words.of(made.strategy)
    asks = [problem for problem in made.problems if problem.severity != "hint"]
    shown = {
        **_around(desk, interview),
        "made": made,
        "steps": [(step, sections_to_read(made.strategy, words, step)) for step in STEPS],
        "open_questions": [(each, words.day(each.due_on)) for each in made.strategy.questions if each.due_on is not None],
        "open_count": how_many(len(made.strategy.questions), "question"),
        "problems": said_problems(asks, made.strategy, root_of(desk)),
        "hints": len(made.problems) - len(asks),
        "next": interview.next_id(),
        "has_strategy": desk.strategy is not None,
        "wrong": wrong,
        "name": name,
    }
    return show(request, desk, "strategy", "strategy/interview_draft.html", shown, status=status)


def _keep_beside(request: HttpRequest, desk: Desk) -> HttpResponse:
    name = request.POST.get("name", "")
    try:
        slug = keep_as_draft(desk.context, name)
    except InvalidInput as error:
        return _draft_page(request, desk, wrong=error.problems[0].fix, name=name, status=INVALID)
    except Refused as error:
        return _draft_page(request, desk, wrong=f"{error.message} {error.fix}", name=name, status=CONFLICT)
    notice(request, "Your answers are kept as a draft. The strategy itself is as it was.")
    return redirect(f"{root_of(desk)}drafts/{slug}/beside/")


def _not_asked(request: HttpRequest, desk: Desk, interview: Interview) -> HttpResponse:
    refused = no_such_question()
    shown = {**_around(desk, interview), "says": refused.message, "href": _next(desk, interview, None)}
    return show(request, desk, "strategy", "strategy/interview_gone.html", shown, status=GONE)


def _around(desk: Desk, interview: Interview) -> dict[str, Any]:
    progress: Progress = interview.progress
    return {
        "tabs": strategy_tabs(desk, "whole") if desk.strategy is not None else (),
        "root": _root(desk),
        "progress": progress,
        "minutes_left": how_many(progress.minutes_left, "minute"),
        "company": desk.context.workspace.name,
        "business": interview.chosen,
    }


def _line(desk: Desk, asked: Asked) -> tuple[str, str, str]:
    """Address, question and a word about its answer."""
    given = asked.answer
    held = [given] if isinstance(given, str) else given if isinstance(given, list) else list((given or {}).values())
    texts = [text for each in held for text in ([each] if isinstance(each, str) else each) if text]
    words = {option.value: option.words for option in (*asked.options, *(option for row in asked.rows for option in row.options))}
    said = "not known yet" if given is None else "; ".join(words.get(text, text) for text in texts) or "nothing"
    return f"{_root(desk)}{asked.id}/", asked.text, said[:160]


def _root(desk: Desk) -> str:
    return f"/w/{desk.slug}/strategy/interview/"


def _next(desk: Desk, interview: Interview, after: str | None) -> str:
    return f"{_root(desk)}{interview.next_id(after) or 'draft'}/"


def _back(desk: Desk, interview: Interview, question_id: str) -> str:
    before = interview.before(question_id)
    return f"{_root(desk)}{before}/" if before else _root(desk)


def _is_partly_known(sent: Any) -> bool:
    """Whether some of several fields hold an answer: "I don't know" then speaks of the others."""
    return isinstance(sent, dict) and any(sent.values())


_AWAY = {"back": _back, "stop": lambda desk, interview, question_id: _root(desk)}
"""Where the buttons lead that leave a question; what stands in its fields is kept first."""
