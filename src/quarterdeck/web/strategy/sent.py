"""The form of one part of the strategy as it was sent: its texts, the strategy with them in it, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.strategy.members import find_member
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.strategy.said import by_input
from quarterdeck.web.strategy.targets import Target, new_id, place_of_new, with_plain
from quarterdeck.web.strategy.typed import Spot, Typed, read_typed, typed_of, without_empty_rows

_LONGEST_WHY = 500


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: its texts, the revision that it was made from, the team of a person, why it was changed."""

    typed: Typed
    parent: str = ""
    team: str = ""
    why: str = ""


@dataclass
class Page:
    """What the page of a form shows: what was typed, what is wrong with it, the strategy with it in (None: as it is saved)."""

    typed: Typed
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    others: Sequence[str] = ()
    parent: str = ""
    more: str = ""
    team: str = ""
    why: str = ""
    draft: Strategy | None = None
    cannot_go: bool = False

    @classmethod
    def of(cls, sent: Sent, *, more: str = "") -> Page:
        """The page that shows what was sent again."""
        return cls(sent.typed, parent=sent.parent, team=sent.team, why=sent.why, more=more)

    def take(self, error: InvalidInput, strategy: Strategy, target: Target) -> None:
        """What was refused, beside the inputs that it belongs to."""
        place = (
            target.member.place
            if target.member is not None
            else place_of_new(strategy, target, plain_of(strategy, target, self.sent), team=self.team)
        )
        names = [name for name in self.typed if not name.endswith((".was", ".rows"))]
        self.problems, self.others = by_input(error.problems, place, names)

    @property
    def sent(self) -> Sent:
        """The same as a form that was sent."""
        return Sent(self.typed, self.parent, self.team, self.why)


def sent_of(request: HttpRequest, base: Strategy, target: Target) -> Sent:
    """What the browser sent; `base` is the strategy that the form was made from."""
    texts = {name: request.POST.getlist(name) for name in request.POST if not name.startswith("_") and name != "csrfmiddlewaretoken"}
    typed = without_empty_rows(target.part, texts, _spot(base, target), target.shapes)
    why = request.POST.get("_why", "").strip()[:_LONGEST_WHY]
    return Sent(typed, request.POST.get("_parent", ""), request.POST.get("_team", ""), why)


def typed_now(strategy: Strategy, target: Target) -> Typed:
    """The texts of the form that nobody has touched."""
    return typed_of(target.part, target.value, _spot(strategy, target), shapes=target.shapes, with_defaults=target.member is None)


def with_sent(base: Strategy, target: Target, sent: Sent) -> Strategy:
    """`base` with the form in it; the member is looked up in `base`, which may be older than what stands now. Raises InvalidInput."""
    here = Target(target.sheet, None if target.member is None else find_member(base, target.sheet, target.member.key))
    plain = plain_of(base, here, sent)
    problems = _without_name(base, here, plain, sent)
    try:
        changed = with_plain(base, here, plain, team=sent.team)
    except InvalidInput as error:
        raise InvalidInput([*problems, *error.problems]) from error
    if problems:
        raise InvalidInput(problems)
    return changed


def plain_of(base: Strategy, target: Target, sent: Sent) -> dict[str, Any]:
    """The form as plain data; a new member without a short name gets one."""
    plain = read_typed(target.part, sent.typed, target.value, _spot(base, target), shapes=target.shapes)
    if target.member is None and target.sheet.kind == "named" and not plain.get("id"):
        plain = {"id": new_id(base, target.sheet, plain), **plain}
    return plain


def _without_name(base: Strategy, target: Target, plain: Mapping[str, Any], sent: Sent) -> list[Problem]:
    """A new member that may go without a name in the document, but not in a form: nobody could tell which it is."""
    has_name = plain.get("name") or (sent.typed.get("id") or [""])[0].strip()
    if target.member is not None or "name" not in target.shapes or has_name:
        return []
    return [Problem("STRATEGY-011", f"{place_of_new(base, target, plain, team=sent.team)}.name", "nothing", "a name", "Write it.")]


def _spot(strategy: Strategy, target: Target) -> Spot:
    return Spot(Around(strategy, Words.of(strategy)), target.source)
