"""Import and export: the strategy as a YAML file or a spreadsheet; what a file would change is said before it is saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.import_strategy import Draft, read_draft, save_draft
from quarterdeck.operations.open_desk import Desk
from quarterdeck.operations.read_spreadsheet import read_spreadsheet
from quarterdeck.operations.read_strategy import is_spreadsheet
from quarterdeck.operations.save_part import say_plan_is_older
from quarterdeck.operations.say_meanwhile import say_meanwhile
from quarterdeck.report.say_goal import say_problem
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.words import how_many
from quarterdeck.report.workbook.package import MOST_PACKED
from quarterdeck.web.notices import Undo, notice, plan_again
from quarterdeck.web.pages import company_page
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs

INVALID, CONFLICT = 422, 409
MOST_CHARACTERS = 2_000_000
MOST_SHOWN = 200


@company_page("save_strategy", act="save_strategy")
def import_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form; then what the text would change; then, when the person says so, the revision."""
    if request.method != "POST":
        return _page(request, desk)
    if _holds_sheets(request):
        return _import_sheets(request, desk)
    text, wrong = _text(request)
    if wrong or not text.strip():
        problem = wrong or "Nothing was given. Choose a file, or paste the text."
        return _page(request, desk, text=text, problems=[("", problem)], status=INVALID)
    try:
        draft = read_draft(desk.context, text, name=_name(request))
    except InvalidInput as error:
        return _refused(request, desk, error, text)
    if "_sure" in request.POST:
        return _save(request, desk, draft, text)
    return _preview(request, desk, draft, text)


def _import_sheets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the spreadsheet would change; the text that was made of it waits in the form until the person says so."""
    try:
        brought = read_spreadsheet(desk.context, request.FILES["file"].read(MOST_PACKED + 1), name=_name(request))  # type: ignore[union-attr]  # one file
        draft = read_draft(desk.context, brought.text, name=_text_name(request))
    except InvalidInput as error:
        return _refused(request, desk, error, "")
    return _preview(request, desk, draft, brought.text, meanwhile=brought.meanwhile, theirs=brought.theirs, remarks=brought.remarks)


def _holds_sheets(request: HttpRequest) -> bool:
    file = request.FILES.get("file")
    return file is not None and is_spreadsheet(str(file.name))


def _refused(request: HttpRequest, desk: Desk, error: InvalidInput, text: str) -> HttpResponse:
    problems = [(problem.where, say_problem(problem)) for problem in error.problems[:MOST_SHOWN]]
    return _page(request, desk, text=text, problems=problems, more=len(error.problems) - len(problems), status=INVALID)


def _save(request: HttpRequest, desk: Desk, draft: Draft, text: str) -> HttpResponse:
    if draft.is_same:
        notice(request, "Nothing was changed: the strategy says so already.", look="info")
        return redirect(root_of(desk))
    try:
        changed = save_draft(desk.context, draft, text, parent=request.POST.get("_parent", ""), note=request.POST.get("_why", "").strip()[:500])
    except Refused as error:
        said = say_meanwhile(error)
        return _preview(request, desk, draft, text, meanwhile=said.sentence, theirs=said.theirs, status=CONFLICT)
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


def _page(request: HttpRequest, desk: Desk, *, text: str = "", problems: Any = (), more: int = 0, status: int = 200) -> HttpResponse:
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
    }
    return show(request, desk, "strategy", "strategy/import.html", shown, status=status)


def _preview(
    request: HttpRequest, desk: Desk, draft: Draft, text: str, *, meanwhile: str = "", theirs: Any = (), remarks: Any = (), status: int = 200
) -> HttpResponse:
    sentences = [tight(sentence) for sentence in draft.sentences]
    shown = {
        "tabs": strategy_tabs(desk, "import") if desk.strategy is not None else (),
        "text": text,
        "draft": draft,
        "sentences": sentences[:MOST_SHOWN],
        "more": max(0, len(sentences) - MOST_SHOWN),
        "count": how_many(len(sentences), "change"),
        "company": draft.strategy.company.name,
        "errors": how_many(draft.errors, "error"),
        "warnings": how_many(draft.warnings, "warning"),
        "meanwhile": meanwhile,
        "theirs": theirs,
        "remarks": remarks[:MOST_SHOWN],
        "why": request.POST.get("_why", ""),
        "name": _text_name(request),
        "root": root_of(desk),
    }
    return show(request, desk, "strategy", "strategy/import_preview.html", shown, status=status)


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
