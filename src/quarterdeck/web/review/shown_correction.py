"""A correction as a card: what was and what becomes, what stays, what is expected of it, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.look_at_review import CorrectionSeen
from quarterdeck.report.say_review import say_cause
from quarterdeck.report.words import Words
from quarterdeck.review.record import CorrectionDraft, Review
from quarterdeck.strategy.document import Strategy
from quarterdeck.web.review.places import is_new_part, name_place, say_place_value, say_target, with_days
from quarterdeck.web.review.shown_lesson import ShownLesson, show_lesson


@dataclass(frozen=True)
class Kind:
    """What a kind of correction is called, what its yes does, what it leaves alone, and what it rests on (1 to 3)."""

    chip: str
    icon: str
    accept: str
    stays: str
    strength: int


KINDS = {
    "money": Kind(
        "money",
        "arrow-left-right",
        "Accept and change the strategy",
        "Other limits, the budget as a whole and all dates stay as they are. Money moves within them when you plan again.",
        2,
    ),
    "target": Kind(
        "targets",
        "target",
        "Accept and carry the targets over",
        "Where a target changes, its starting figure is taken out: it belongs to the quarter that is over. Money and channels stay as they are.",
        2,
    ),
    "tracking": Kind("tracking", "radar", "Accept and add the task", "No money moves and no date changes.", 3),
    "work": Kind("work", "calendar-clock", "Accept and change the dates", "Money and targets stay as they are.", 3),
    "question": Kind("question", "circle-question-mark", "Accept and ask the question", "No money moves and no date changes.", 2),
}


@dataclass(frozen=True)
class DiffRow:
    """One place, before and after."""

    name: str
    was: str
    becomes: str


@dataclass(frozen=True)
class NewPart:
    """A whole part that the correction adds: what it is, its title and its fields."""

    what: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Typed:
    """What a person typed into a form that was not accepted, and why it was not."""

    reason: str
    error: str


@dataclass(frozen=True)
class ShownCorrection:
    """Everything that the card of a correction says."""

    id: int
    number: int
    count: int
    kind: Kind
    title: str
    because: str
    because_href: str
    diff: tuple[DiffRow, ...]
    moves: tuple[DiffRow, ...]
    parts: tuple[NewPart, ...]
    expected: str
    expected_range: str
    expected_text: str
    chance: float | None
    chance_text: str
    evidence: str
    tried: tuple[ShownLesson, ...]
    is_open: bool
    state: str
    look: str
    decided: str
    stale: str
    may_decide: bool
    typed: Typed | None
    back: str


def show_corrections(
    seen: tuple[CorrectionSeen, ...], review: Review, strategy: Strategy, desk: Desk, *, typed: Mapping[int, Typed], is_latest: bool, back: str = ""
) -> tuple[ShownCorrection, ...]:
    """Every correction, those that wait first."""
    ordered = sorted(seen, key=lambda each: each.state != "proposed")
    cards = (_show(each, review, strategy, desk, is_latest=is_latest) for each in ordered)
    return tuple(replace(card, number=number, count=len(ordered), typed=typed.get(card.id), back=back) for number, card in enumerate(cards, 1))


def _show(seen: CorrectionSeen, review: Review, strategy: Strategy, desk: Desk, *, is_latest: bool) -> ShownCorrection:
    draft, words = seen.draft, desk.words
    cause = next((each for each in review.causes if each.code == draft.because), None)
    state, look = {"proposed": ("waits for you", "info"), "accepted": ("accepted", "good"), "refused": ("refused", "bad")}[seen.state]
    outlook = next((each for each in review.outlook if each.metric == review.metric), None)
    changed = {place: value for place, value in draft.changes.items() if not is_new_part(place, value)}
    expected, spread = _expected(draft, review, words)
    return ShownCorrection(
        id=seen.id,
        number=1,
        count=1,
        kind=KINDS[draft.kind],
        title=draft.title.rstrip("."),
        because=say_cause(cause, review.metric, words) if cause else "",
        because_href=f"/w/{desk.slug}/review/causes/{draft.because}/" if cause else "",
        diff=_targets(draft, strategy, words) if draft.kind == "target" else tuple(_row(place, draft, strategy, words) for place in changed),
        moves=tuple(DiffRow(words.name(move.channel), words.money(move.was), words.money(move.becomes)) for move in draft.money),
        parts=tuple(_part(place, value, words) for place, value in draft.changes.items() if is_new_part(place, value)),
        expected=expected,
        expected_range=spread,
        expected_text=_expected_text(draft, words),
        chance=outlook.chance if outlook and draft.expected else None,
        chance_text=_chance_text(draft, outlook.chance if outlook else None, words),
        evidence=with_days(draft.evidence, words),
        tried=tuple(show_lesson(lesson, words) for lesson in seen.tried),
        is_open=seen.state == "proposed" and is_latest,
        state=state if is_latest or seen.state != "proposed" else "never decided",
        look=look,
        decided=_decided(seen),
        stale=_stale(seen, strategy, words),
        may_decide=desk.may("decide_correction"),
        typed=None,
        back="",
    )


def _row(place: str, draft: CorrectionDraft, strategy: Strategy, words: Words) -> DiffRow:
    was, becomes = (say_place_value(place, values.get(place), strategy, words) for values in (draft.before, draft.changes))
    return DiffRow(name_place(place, strategy, words), was, becomes)


def _targets(draft: CorrectionDraft, strategy: Strategy, words: Words) -> tuple[DiffRow, ...]:
    """One line an objective: target and day together, in the order of the strategy."""
    rows = []
    for objective in strategy.objectives:
        place = f"objectives[{objective.id}]"
        if any(change.startswith(f"{place}.") for change in draft.changes):
            kept = {} if f"{place}.target" in draft.changes else {f"{place}.target": str(objective.target)}
            was, becomes = (_aim(place, {**kept, **values}, strategy, words) for values in (draft.before, draft.changes))
            rows.append(DiffRow(name_place(place, strategy, words), was, becomes))
    return tuple(rows)


def _aim(place: str, values: Mapping[str, object], strategy: Strategy, words: Words) -> str:
    """`4,500 by 4 April 2027`, as far as the correction speaks of it."""
    target, day = (values.get(f"{place}.{field}") for field in ("target", "due_on"))
    said = say_target(place, target, strategy, words) if target is not None else ""
    return f"{said} by {say_place_value(f'{place}.due_on', day, strategy, words)}".strip() if day is not None else said


def _part(place: str, value: object, words: Words) -> NewPart:
    values = dict(value) if isinstance(value, Mapping) else {}
    what = {"management.tasks": "New task", "questions": "New question"}.get(place.partition("[")[0], "New part of the strategy")
    lines: list[tuple[str, str]] = []
    for key, label in (("serves", "For"), ("owner", "Who finds out"), ("due_on", "Due on"), ("effort_hours", "Work"), ("importance", "Importance")):
        if values.get(key) not in (None, ""):
            lines.append((label, _line(key, values[key], words)))
    return NewPart(what, str(values.get("title") or values.get("text") or ""), tuple(lines))


def _line(key: str, value: object, words: Words) -> str:
    if key == "effort_hours":
        return f"{value} hours"
    if key == "importance":
        return f"{value} of 5"
    return with_days(str(value), words) if key == "due_on" else _capital(words.name(str(value)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _expected(draft: CorrectionDraft, review: Review, words: Words) -> tuple[str, str]:
    """What it should bring and its range; nothing where it brings nothing by itself."""
    if draft.expected is None:
        return "", ""
    of_profit = " of profit " in draft.expected_text
    figure = f"{words.money(draft.expected.expected)} of profit" if of_profit else words.with_unit(draft.expected.expected, review.metric, about=True)
    low, high = (
        words.money(value) if of_profit else words.amount(value, review.metric, about=True) for value in (draft.expected.low, draft.expected.high)
    )
    return f"+{figure}" if draft.expected.expected > 0 else figure, f"{low} to {high} in 8 cases of 10"


def _expected_text(draft: CorrectionDraft, words: Words) -> str:
    """The sentence, but without the figures that stand above it."""
    if draft.expected is None:
        return with_days(draft.expected_text, words)
    return "More than leaving things as they are, within the weeks that are still open and their after-effect."


def _chance_text(draft: CorrectionDraft, chance: float | None, words: Words) -> str:
    if draft.expected is None or chance is None:
        return ""
    return f"{words.chance(chance)} now; what it becomes is known as soon as you plan again."


def _decided(seen: CorrectionSeen) -> str:
    if seen.state == "proposed":
        return ""
    because = f" “{seen.reason}”" if seen.reason else ""
    said = f"{seen.state.capitalize()} by {seen.decided_by}.{because}"
    if seen.state == "accepted" and not seen.stands:
        return f"{said} The strategy does not say it any more: it was taken back or changed since. The decision stays on record."
    return said


def _stale(seen: CorrectionSeen, strategy: Strategy, words: Words) -> str:
    if not seen.changed:
        return ""
    names = words.join([f"“{name_place(place, strategy, words)}”" for place in seen.changed])
    verb = "was" if len(seen.changed) == 1 else "were"
    return f"{names} {verb} changed after this was drafted, so it can be accepted no more: it was worked out from other figures than those that stand now."
