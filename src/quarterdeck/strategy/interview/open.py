"""What the interview leaves open: each thing that nobody knew yet as a question with an owner, a day and the place that its answer fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview import rows
from quarterdeck.strategy.interview.about import place_of_answer
from quarterdeck.strategy.interview.choices import PLACES
from quarterdeck.strategy.interview.interview import Asked, Row, Told
from quarterdeck.strategy.interview.questions import LAST, LATER, hold_interview
from quarterdeck.strategy.interview.said import SAID, short_name, working_day
from quarterdeck.strategy.parts.management import Question


@dataclass(frozen=True, slots=True)
class _Open:
    """A question before it has an id, an owner and a day: `days` are working days until it is due, `name` is what its id is made from."""

    step: int
    text: str
    blocks: str
    days: int
    name: str
    about: str | None = None


def open_questions(told: Told, draft: Strategy, *, owner: str, day: date) -> tuple[Question, ...]:
    """What was skipped, what a trial must show, where people are met and nobody is, and what the owner wants to know. `draft` has no questions yet."""
    made: list[Question] = []
    for each in _all_open(told, draft):
        question_id = short_name(f"ask {each.name}", {question.id for question in made}, otherwise="ask")
        due_on = working_day(day, each.days)
        made.append(
            Question(id=question_id, step=each.step, text=each.text, blocks=each.blocks or None, about=each.about, owner=owner, due_on=due_on)
        )
    return tuple(made)


def _all_open(told: Told, draft: Strategy) -> Iterator[_Open]:
    interview = hold_interview(told)
    to_come = {each.id for each in interview if not told.has(each.id)}
    for asked in interview:
        if asked.id != "unsure" and to_come.isdisjoint(asked.question.after):
            yield from _left_out(asked, told, draft)
    yield from _year(told)
    yield from _hours(told)
    for row in rows.ways_wanted(told):
        blocks = SAID["ask_trial_blocks"].format(row.label)
        yield _Open(4, SAID["ask_trial"].format(row.label), blocks, LAST, row.key, f"channels[{row.key}]")
    yield from _not_met(told, draft)
    if draft.content.items:
        yield _Open(5, SAID["ask_hour"], SAID["ask_hour_blocks"], LATER, "hour")
    yield from (_Open(8, text, SAID["ask_own_blocks"], LAST, text) for text in told.lines("unsure"))


def _left_out(asked: Asked, told: Told, draft: Strategy) -> Iterator[_Open]:
    """The question itself when it was skipped, each field that was left empty, or nothing."""
    question, answer = asked.question, told.answers.get(asked.id)
    if asked.id == "money" and not rows.paid_ways(told) and draft.management.budget is not None:
        return
    if isinstance(answer, dict):
        yield from _fields_left_out(asked, [row for row in asked.rows if not answer.get(row.key)], told, draft)
    elif answer is None and any(place_of_answer(draft, told, asked.id, row.key) for row in asked.rows):
        yield from _fields_left_out(asked, list(asked.rows), told, draft)
    elif answer is None or (not answer and not question.none_is_said):
        text = " ".join(asked.text.split())
        yield _Open(question.step, text, question.blocks, question.days, asked.id, place_of_answer(draft, told, asked.id))


def _fields_left_out(asked: Asked, empty: list[Row], told: Told, draft: Strategy) -> Iterator[_Open]:
    """One question a field that has words or a place of its own; one for all the others together."""
    question, text, others = asked.question, " ".join(asked.text.split()), list[str]()
    for row in empty:
        place = place_of_answer(draft, told, asked.id, row.key)
        if row.is_extra or (asked.id, row.key) == ("numbers", "year") or _says_nothing(asked, row, told):
            continue
        if row.asks or place:
            asks = row.asks or SAID["ask_rows"].format(text, row.label)
            yield _Open(row.step or question.step, asks, question.blocks, question.days, f"{asked.id} {row.key}", place)
        elif not question.none_is_said:
            others.append(f"{row.of}: {row.label}" if row.of else row.label)
    if others:
        yield _Open(question.step, SAID["ask_rows"].format(text, "; ".join(others)), question.blocks, question.days, asked.id)


def _says_nothing(asked: Asked, row: Row, told: Told) -> bool:
    """Whether another field of the same thing makes this one needless: how a need is known that was not told, proof of no promise, a year
    before one without a target, or the same weeks of it where the last months are known."""
    if asked.id == "needs" and row.key.endswith(f" {rows.KNOWN}"):
        return not told.lines("needs", row.key.removesuffix(f" {rows.KNOWN}"))
    if asked.id == "promises" and row.key.endswith(f" {rows.PROOF}"):
        return not told.text("promises", row.key.removesuffix(f" {rows.PROOF}"))
    other = {"before": "recent", "year_before": "year"}.get(row.key, "") if asked.id == "numbers" else ""
    return bool(other) and (told.number("numbers", other) is None) == (other == "year")


def _year(told: Told) -> Iterator[_Open]:
    """The year's number has a question of its own, because the goal stands on the quarter's until then."""
    if isinstance(told.answers.get("numbers"), dict) and told.number("numbers", "year") is None:
        yield _Open(1, SAID["ask_year"].format(told.year), SAID["ask_year_blocks"], LATER, "year")


def _hours(told: Told) -> Iterator[_Open]:
    """Who was named without hours does no work in the plan until somebody says how many."""
    for person in rows.people(told):
        if person.hours is None:
            yield _Open(6, SAID["ask_hours"].format(person.name), SAID["ask_hours_blocks"], LATER, f"hours {person.name}")


def _not_met(told: Told, draft: Strategy) -> Iterator[_Open]:
    """Where people are met, and nothing of ours is or shall be."""
    ours = {row.key for row in rows.ways_used_or_wanted(told)}
    for group in rows.groups(told):
        missing = [PLACES[place][0] for place in told.lines("found", group.key) if place in PLACES and ours.isdisjoint(PLACES[place][1])]
        if missing:
            text = SAID["ask_found"].format(group.label, "; ".join(missing))
            yield _Open(4, text, SAID["ask_found_blocks"], LAST, f"meet {group.label}", place_of_answer(draft, told, "found", group.key))
