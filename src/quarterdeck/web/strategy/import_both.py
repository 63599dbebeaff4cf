"""A file and others changed the same places: both sides of each, to choose from; what else each changed stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.import_strategy import BothChanged
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.strategy.places import where_in_words
from quarterdeck.report.words import how_many
from quarterdeck.report.workbook.cells import Cells
from quarterdeck.strategy.changes.merge import Crossing, Side
from quarterdeck.web.shell import show
from quarterdeck.web.strategy.frame import root_of, strategy_tabs

CONFLICT = 409
_SIDES: dict[str, Side] = {"mine": "mine", "theirs": "theirs"}
_CHOICE = "side:"


def both_page(request: HttpRequest, desk: Desk, both: BothChanged, *, name: str, cells: Cells | None) -> HttpResponse:
    """Both sides of every place; nothing was saved and nothing is lost."""
    sides = chosen_sides(request)
    places = [_shown(crossing, both, cells, sides) for crossing in both.crossings]
    shown = {
        "tabs": strategy_tabs(desk, "import"),
        "both": both,
        "count": how_many(len(places), "place"),
        "places": places,
        "is_incomplete": "_choose" in request.POST,
        "mine": [tight(sentence) for sentence in both.mine],
        "theirs": [tight(sentence) for sentence in both.theirs],
        "name": name,
        "why": request.POST.get("_why", ""),
        "root": root_of(desk),
    }
    return show(request, desk, "strategy", "strategy/import_both.html", shown, status=CONFLICT)


def chosen_sides(request: HttpRequest) -> dict[str, Side]:
    """Whose words the person chose, by place."""
    named = {key.removeprefix(_CHOICE): value for key, value in request.POST.items() if key.startswith(_CHOICE)}
    return {place: _SIDES[str(value)] for place, value in named.items() if value in _SIDES}


def side_for_all(request: HttpRequest) -> Side | None:
    """Whose words the person chose for every place."""
    return _SIDES.get(request.POST.get("_all", ""))


def _shown(crossing: Crossing, both: BothChanged, cells: Cells | None, sides: dict[str, Side]) -> dict[str, object]:
    spot = None if cells is None else cells.of(crossing.place)
    return {
        "name": f"{_CHOICE}{crossing.place}",
        "where": where_in_words(crossing.place, both.strategy),
        "cell": "" if spot is None else str(spot),
        "mine": [tight(change.sentence) for change in crossing.mine],
        "theirs": [tight(change.sentence) for change in crossing.theirs],
        "chosen": sides.get(crossing.place, ""),
    }
