"""Draft a strategy from the facts: what they say, what of it is taken, and the targets that only people can give."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.first_strategy.draft_from_facts import (
    TargetChance,
    chance_of_target,
    find_statements,
    keep_draft,
    read_choices,
    words_for,
)
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.report.strategy.choices import CHOICES
from quarterdeck.strategy.from_facts.corrections import correct
from quarterdeck.strategy.from_facts.draft import is_short
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.from_facts.proposals import Choices
from quarterdeck.strategy.from_facts.questions import open_questions
from quarterdeck.strategy.wording.wording import say_list
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs
from quarterdeck.web.strategy.from_facts_said import Chance, questions_by_step, say_chance, say_headline
from quarterdeck.web.strategy.from_facts_shown import Typed, sections_of

INVALID, CONFLICT = 422, 409
DRAFT_NAME = "From our facts"
NO_FACTS = "STRATEGY-960"


@company_page("see", act="save_strategy")
def from_facts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the facts say, to be taken and corrected; a POST keeps it, or says how likely the targets are."""
    try:
        found = find_statements(desk.context)
    except Refused as refused:
        if refused.code != NO_FACTS:
            raise
        return show(request, desk, "strategy", "strategy/from_facts_empty.html", _frame(desk))
    if request.method != "POST":
        return _page(request, desk, found, _typed(request), Choices())
    return _sent(request, desk, found, _typed(request))


@company_page()
def target_chance(request: HttpRequest, desk: Desk, metric: str) -> HttpResponse:
    """How likely the target is that is being typed: a part of the page."""
    text = request.GET.get(f"target-metric-{metric}", "").strip()
    key = f"metric-{metric}"
    said = _chance(desk, metric, text, {key: request.GET.get(f"figure-{key}", "")}) if text else None
    return render(request, "strategy/_target_chance.html", {"chance": said})


def _sent(request: HttpRequest, desk: Desk, found: Findings, typed: Typed) -> HttpResponse:
    taken = typed.taken or frozenset()
    try:
        choices = read_choices(found, taken, names=typed.names, kinds=typed.kinds, targets=typed.targets, budget=typed.budget,
                               figures=typed.figures, locale=words_for(desk.context, found).locale)  # fmt: skip
        if "_look" in request.POST:
            return _page(request, desk, found, typed, choices)
        kept = keep_draft(desk.context, choices, name=typed.draft)
    except InvalidInput as error:
        return _page(request, desk, found, typed, Choices(taken=taken), problems=error.problems, status=INVALID)
    except Refused as error:
        return _page(request, desk, found, typed, Choices(taken=taken), refused=error.message, status=CONFLICT)
    if kept.draft is None:
        notice(
            request,
            "This is your strategy now, as far as your facts go.",
            f"Each step has the questions that they leave open.{_say_short(found, choices)}",
        )
        return redirect(root_of(desk))
    notice(request, f"“{typed.draft}” is kept as a draft. The strategy itself stays as it is.{_say_short(found, choices)}")
    return redirect(f"{root_of(desk)}drafts/{kept.draft}/")


def _say_short(found: Findings, choices: Choices) -> str:
    """Which targets do not go beyond what was counted, so that a slip is seen; empty where none is so."""
    corrected = correct(found, choices.figures)
    short = [METRICS[metric].name for metric, target in choices.targets.items() if is_short(corrected, metric, target)]
    if not short:
        return ""
    return f" Look once more at {say_list(short)}: the target does not go beyond what was. You change it in step 1."


def _chance(desk: Desk, metric: str, text: str, figures: dict[str, str]) -> Chance:
    try:
        found = find_statements(desk.context)
        words = words_for(desk.context, found)
        choices = read_choices(found, frozenset(), names={}, kinds={}, targets={}, budget="", figures=figures, locale=words.locale)
        return say_chance(chance_of_target(desk.context, metric, text, figures=choices.figures), words, metric)
    except InvalidInput as error:
        return Chance(error.problems[0].fix)
    except Refused as refused:
        raise Http404 from refused


def _typed(request: HttpRequest) -> Typed:
    """What the form says; before it was sent, nothing."""
    if request.method != "POST":
        return Typed(None, {}, {}, {}, draft=DRAFT_NAME)
    sent = request.POST

    def of(kind: str) -> dict[str, str]:
        return {key.removeprefix(f"{kind}-"): str(value) for key, value in sent.items() if key.startswith(f"{kind}-")}

    return Typed(
        frozenset(sent.getlist("take")), of("name"), of("kind"), of("target"), sent.get("budget", ""), sent.get("draft", "").strip(), of("figure")
    )


def _page(
    request: HttpRequest,
    desk: Desk,
    found: Findings,
    typed: Typed,
    choices: Choices,
    *,
    problems: tuple[Problem, ...] = (),
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    wrong = {problem.where: f"{problem.found} is not {problem.expected}. {problem.fix}" for problem in problems}
    words = words_for(desk.context, found)
    chances = {metric: say_chance(seen, words, metric) for metric, seen in _chances(desk, choices).items()}
    questions = open_questions(correct(found, choices.figures), choices)
    shown = {
        **_frame(desk),
        "headline": say_headline(found, len(questions)),
        "sections": sections_of(found, typed, words, wrong, chances),
        "questions": questions_by_step(questions),
        "kinds": CHOICES["Channel.kind"].items(),
        "typed": typed,
        "wrong": wrong,
        "wrong_budget": wrong.get("budget", ""),
        "wrong_draft": refused or wrong.get("name", ""),
        "company": desk.context.workspace.name,
    }
    return show(request, desk, "strategy", "strategy/from_facts.html", shown, status=status)


def _chances(desk: Desk, choices: Choices) -> dict[str, TargetChance]:
    return {metric: chance_of_target(desk.context, metric, f"{target}", figures=choices.figures) for metric, target in choices.targets.items()}


def _frame(desk: Desk) -> dict[str, Any]:
    return {
        "tabs": strategy_tabs(desk, "drafts") if desk.strategy is not None else (),
        "root": root_of(desk),
        "has_strategy": desk.strategy is not None,
        "may_save": desk.may("save_strategy"),
        "may_import": desk.may("import_facts"),
    }
