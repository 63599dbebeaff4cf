"""The sentence of a change: what, from what, to what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Goal, Objective
from quarterdeck.strategy.parts.means import Campaign
from quarterdeck.strategy.parts.values import NamedPart, Part
from quarterdeck.strategy.wording.wording import (
    capital,
    kind_of,
    label_of,
    name_of,
    quote,
    say_amount,
    say_day,
    say_list,
    say_money,
    say_number,
    say_value,
)

_MONEY = {"cost", "floor", "cap", "quarter", "reserve", "rate", "hour_cost", "budget", "max_daily_spend", "margin"}
_MONEY_OF = {("offer", "value"), ("conversion group", "value")}
_CHOICES = {"use", "kind", "where", "ownership", "rank", "weekday", "evidence", "cadence", "metric"}
_PHRASES = {
    ("management", "budget"): "budget",
    ("management", "budget", "quarter"): "budget of the quarter",
    ("management", "budget", "reserve"): "reserve",
    ("spend", "floor"): "least spend",
    ("spend", "cap"): "most spend",
    ("expects",): "expected return",
    ("expects", "metric"): "figure that is expected",
    ("expects", "brings"): "how many are expected",
    ("expects", "spend"): "money that they are expected for",
    ("deliver", "on"): "day of delivery",
    ("deliver", "at"): "time of delivery",
    ("deliver", "zone"): "time zone of delivery",
    ("found_on",): "places where it is found",
    ("proposition", "for"): "for whom",
    ("serves",): "what it serves",
    ("after",): "tasks before it",
    ("needs",): "needs",
    ("effort_hours",): "hours of work",
    ("not_before",): "earliest day",
    ("management", "kpis"): "KPIs",
    ("review", "every_weeks"): "weeks between reviews",
    ("review", "check_in_days"): "days between check-ins",
}
_DATE_VERBS = {"starts_on": "starts on", "ends_on": "ends on", "due_on": "is due on"}

Whole = tuple[Strategy, Strategy]


def say_added(part: NamedPart, strategy: Strategy) -> str:
    """`Task 'Brief the film' added, due 12 January 2027.`"""
    details = ""
    if isinstance(part, Objective | Goal):
        details = f", target {say_amount(part.target, part.metric, strategy.company.currency)} by {say_day(part.due_on)}"
    elif isinstance(part, Campaign):
        details = f", from {say_day(part.starts_on)} to {say_day(part.ends_on)}"
    elif getattr(part, "due_on", None) is not None:
        details = f", due {say_day(part.due_on)}"  # type: ignore[attr-defined]  # tasks and questions have one
    return f"{_kind_and_name(part, strategy)} added{details}."


def say_removed(part: NamedPart, strategy: Strategy) -> str:
    """`Task 'Brief the film' taken out.`"""
    return f"{_kind_and_name(part, strategy)} taken out."


def say_changed(before: Any, after: Any, *, owner: Part | None, path: tuple[str, ...], whole: Whole) -> str:
    """The sentence of a changed field. `owner` is the nearest part with an id, `path` the words that lead from it to the field."""
    what = _PHRASES.get(path) or _PHRASES.get(path[-2:]) or _phrase(path)
    if path[-1] in _DATE_VERBS and owner is not None:
        return _say_moved(before, after, path[-1], label_of(owner, whole[1]))
    if isinstance(before, tuple) and isinstance(after, tuple):
        return f"{_subject(owner, what, whole)}: {_say_lists(before, after)}."
    if isinstance(before, Decimal | int) and isinstance(after, Decimal | int) and not isinstance(after, bool):
        verb = "raised" if after > before else "lowered"
        return f"{_of(owner, what, whole)} {verb} from {_say(before, owner, path, whole)} to {_say(after, owner, path, whole)}."
    if after is None:
        return f"{_of(owner, what, whole)} taken out (it was {_say(before, owner, path, whole)})."
    said = _say(after, owner, path, whole)
    if before is None:
        return f"{_of(owner, what, whole)} is now {said}; nothing was said before."
    return f"{_of(owner, what, whole)} is now {said} instead of {_say(before, owner, path, whole)}."


def _say_moved(before: date | None, after: date | None, field: str, label: str) -> str:
    verb = _DATE_VERBS[field]
    if after is None:
        return f"{capital(label)}: no longer {verb.removeprefix('is ')} {say_day(before) if before else 'a day'}."
    if before is None:
        return f"{capital(label)}: {verb} {say_day(after)}; it had no date."
    return f"{capital(label)}: {verb} {say_day(after)} instead of {say_day(before)}."


def _say_lists(before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    added = [_member(member) for member in after if member not in before]
    removed = [_member(member) for member in before if member not in after]
    changed = [name for name in added if name in removed]
    clauses = [
        f"{say_list(names)} {verb}"
        for verb, names in (
            ("changed", changed),
            ("added", [name for name in added if name not in changed]),
            ("taken out", [name for name in removed if name not in changed]),
        )
        if names
    ]
    if clauses:
        return "; ".join(clauses)
    return "in another order" if len(before) == len(after) else f"{len(before)} became {len(after)}"


def _member(member: Any) -> str:
    if isinstance(member, Part):
        return name_of(member)
    return quote(member) if isinstance(member, str) and " " in member else str(member)


def _say(value: Any, owner: Part | None, path: tuple[str, ...], whole: Whole) -> str:
    currency = whole[1].company.currency
    if isinstance(owner, Goal | Objective) and isinstance(value, Decimal):
        return say_amount(value, owner.metric, currency)
    is_money = path[-1] in _MONEY or path[-1] == "spend" or (owner is not None and (kind_of(owner), path[-1]) in _MONEY_OF)
    if isinstance(value, Decimal):
        return say_money(value, currency) if is_money else say_number(value)
    said = say_value(value, is_money=is_money, currency=currency)
    return said.replace("_", " ") if path[-1] in _CHOICES else said


def _of(owner: Part | None, what: str, whole: Whole) -> str:
    """`Target of New customers`, or the field alone at the top of the document."""
    return capital(what) if owner is None else f"{capital(what)} of {label_of(owner, whole[1])}"


def _subject(owner: Part | None, what: str, whole: Whole) -> str:
    return capital(what) if owner is None else f"{capital(label_of(owner, whole[1]))}: {what}"


def _phrase(path: tuple[str, ...]) -> str:
    words = [word.replace("_", " ").removesuffix(" on") for word in path if word != "management"]
    return " ".join(words) or "management"


def _kind_and_name(part: NamedPart, strategy: Strategy) -> str:
    return f"{capital(kind_of(part))} {name_of(part, strategy)}"
