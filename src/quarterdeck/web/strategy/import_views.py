"""Import and export: the strategy as a YAML file or a spreadsheet; what a file would change is said before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.import_strategy import BothChanged, Draft, read_draft, save_draft
from quarterdeck.operations.strategy.read_spreadsheet import read_spreadsheet
from quarterdeck.operations.strategy.read_strategy import is_spreadsheet
from quarterdeck.operations.strategy.save_part import say_plan_is_older
from quarterdeck.report.say_goal import say_problem
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.strategy.places import where_in_words
from quarterdeck.report.words import how_many
from quarterdeck.report.workbook.cells import Cells
from quarterdeck.report.workbook.package import MOST_PACKED
from quarterdeck.web.notices import Undo, notice, plan_again
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs, word_for_here
from quarterdeck.web.strategy.import_both import both_page, chosen_sides, side_for_all

INVALID, CONFLICT = 422, 409
MOST_CHARACTERS = 2_000_000
MOST_SHOWN, MOST_FINDINGS = 200, 40


@dataclass(frozen=True)
class _Given:
    """What a person brought: the text, what it is called, the revision that it was made from, and what of a spreadsheet was left out."""

    text: str
    name: str
    made_from: str = ""
    remarks: tuple[str, ...] = ()
    cells: Cells | None = None


@company_page("save_strategy", act="save_strategy")
def import_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form; then what the file would change, on top of what others saved since; then, when the person says so, the revision."""
    if request.method != "POST":
        return _page(request, desk)
    if _holds_sheets(request):
        try:
            brought = read_spreadsheet(desk.context, request.FILES["file"].read(MOST_PACKED + 1), name=_name(request))  # type: ignore[union-attr]  # one file
        except InvalidInput as error:
            return _refused(request, desk, error, "")
        return _read(request, desk, _Given(brought.text, _text_name(request), brought.made_from, brought.remarks, brought.cells))
    text, wrong = _text(request)
    if wrong or not text.strip():
        problem = wrong or "Nothing was given. Choose a file, or paste the text."
        return _page(request, desk, text=text, problems=[("", problem)], status=INVALID)
    return _read(request, desk, _Given(text, _name(request), "" if request.FILES.get("file") else request.POST.get("_parent", "")))


def _read(request: HttpRequest, desk: Desk, given: _Given) -> HttpResponse:
    """What it would change; both sides where others changed the same; the revision where the person is sure and nobody saved in between."""
    try:
        draft = read_draft(
            desk.context, given.text, name=given.name, made_from=given.made_from, sides=chosen_sides(request), otherwise=side_for_all(request)
        )
    except InvalidInput as error:
        return _refused(request, desk, error, given.text, given)
    if isinstance(draft, BothChanged):
        return both_page(request, desk, draft, name=given.name, cells=given.cells)
    if "_sure" not in request.POST:
        return _preview(request, desk, draft, given)
    if not draft.is_same and draft.parent != request.POST.get("_parent", ""):  # somebody saved while the person was looking: look again
        return _preview(request, desk, draft, given, status=CONFLICT)
    return _save(request, desk, draft) or _read(request, desk, given)


def _holds_sheets(request: HttpRequest) -> bool:
    file = request.FILES.get("file")
    return file is not None and is_spreadsheet(str(file.name))


def _refused(request: HttpRequest, desk: Desk, error: InvalidInput, text: str, given: _Given | None = None) -> HttpResponse:
    """Everything that is wrong, each at its cell or line; the text stays."""
    cells = given.cells if given is not None else None
    found = [problem if cells is None else cells.named(problem) for problem in error.problems[:MOST_SHOWN]]
    problems = [(problem.where, say_problem(problem)) for problem in found]
    return _page(
        request,
        desk,
        text=text,
        problems=problems,
        more=len(error.problems) - len(problems),
        state=error.state if "Nothing was saved" in error.state else "Nothing was saved.",
        status=INVALID,
    )


def _save(request: HttpRequest, desk: Desk, draft: Draft) -> HttpResponse | None:
    """The strategy's page; None when somebody saved between the reading and the writing."""
    if draft.is_same:
        notice(request, f"Nothing was changed: the {word_for_here(desk)} says so already.", look="info")
        return redirect(root_of(desk))
    changed = save_draft(desk.context, draft, note=request.POST.get("_why", "").strip()[:500])
    if changed is None:
        return None
    undo = None if draft.is_first else Undo(f"{root_of(desk)}undo/", {"revision": str(changed.revision)})
    older = say_plan_is_older(desk.context)
    notice(
        request,
        f"Saved as revision {changed.revision}.",
        *changed.sentences[:6],
        *([older] if older else []),
        undo=undo,
        also=plan_again(desk.slug, may=bool(older) and desk.may("plan_quarter")),
    )
    return redirect(root_of(desk))


def _page(
    request: HttpRequest, desk: Desk, *, text: str = "", problems: Any = (), more: int = 0, state: str = "Nothing was saved.", status: int = 200
) -> HttpResponse:
    shown = {
        "tabs": strategy_tabs(desk, "import") if desk.strategy is not None else (),
        "text": text,
        "problems": [(where, tight(sentence)) for where, sentence in problems],
        "more": more,
        "count": how_many(len(problems) + more, "thing"),
        "has_strategy": desk.strategy is not None,
        "root": root_of(desk),
        "why": request.POST.get("_why", ""),
        "name": _text_name(request),
        "is_sheet": is_spreadsheet(_name(request)),
        "parent": "" if request.FILES.get("file") else request.POST.get("_parent", ""),
        "state": state,
    }
    return show(request, desk, "strategy", "strategy/import.html", shown, status=status)


def _preview(request: HttpRequest, desk: Desk, draft: Draft, given: _Given, *, status: int = 200) -> HttpResponse:
    sentences = [tight(sentence) for sentence in draft.sentences]
    found = [problem for problem in draft.problems if problem.severity != "hint"]
    shown = {
        "tabs": strategy_tabs(desk, "import") if desk.strategy is not None else (),
        "text": draft.text,
        "draft": draft,
        "what": word_for_here(desk),
        "sentences": sentences[:MOST_SHOWN],
        "more": max(0, len(sentences) - MOST_SHOWN),
        "count": how_many(len(sentences), "change"),
        "company": draft.strategy.company.name,
        "errors": how_many(draft.errors, "error"),
        "warnings": how_many(draft.warnings, "warning"),
        "findings": [_said(problem, draft, given) for problem in found[:MOST_FINDINGS]],
        "more_findings": max(0, len(found) - MOST_FINDINGS),
        "theirs": [tight(sentence) for sentence in draft.theirs],
        "remarks": [*given.remarks, *draft.remarks][:MOST_SHOWN],
        "why": request.POST.get("_why", ""),
        "name": given.name,
        "root": root_of(desk),
    }
    return show(request, desk, "strategy", "strategy/import_preview.html", shown, status=status)


def _said(problem: Problem, draft: Draft, given: _Given) -> tuple[str, str]:
    """Where, as a cell where it came from one, and what is to be put right."""
    spot = None if given.cells is None else given.cells.of(problem.where)
    where = where_in_words(problem.where, draft.strategy)
    return (where if spot is None else f"{spot}: {where}"), tight(say_problem(problem))


def _text(request: HttpRequest) -> tuple[str, str]:
    """The text, from the file when there is one, and why it cannot be read."""
    file = request.FILES.get("file")
    if file is None:
        text = request.POST.get("text", "").replace("\r\n", "\n")
        return text, "The text is longer than a strategy can be: two million characters." if len(text) > MOST_CHARACTERS else ""
    if file.size and file.size > MOST_CHARACTERS:
        return "", "The file is larger than a strategy can be: two megabytes."
    try:
        return file.read().decode("utf-8-sig").replace("\r\n", "\n"), ""
    except UnicodeDecodeError:
        return "", "The file is not UTF-8 text. Save it as UTF-8 and choose it again."


def _name(request: HttpRequest) -> str:
    """What the file is called in messages."""
    file = request.FILES.get("file")
    name = str(file.name) if file is not None and file.name else request.POST.get("_name", "")
    safe = "".join(sign for sign in name if sign.isalnum() or sign in "._- ")[:80]
    return safe or "strategy.yaml"


def _text_name(request: HttpRequest) -> str:
    """The same for the text that was made of a spreadsheet."""
    name = _name(request)
    return f"{name.rsplit('.', 1)[0]}.yaml" if is_spreadsheet(name) else name
