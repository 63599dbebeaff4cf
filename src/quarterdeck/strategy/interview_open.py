"""What the interview leaves open: each thing that nobody knew yet as a question with an owner and a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quarterdeck.strategy import interview_rows as rows
from quarterdeck.strategy.interview import Asked, Told
from quarterdeck.strategy.interview_choices import PLACES
from quarterdeck.strategy.interview_questions import LAST, LATER, hold_interview
from quarterdeck.strategy.interview_said import SAID, short_name, working_day
from quarterdeck.strategy.management import Question


def open_questions(told: Told, *, owner: str, day: date, has_items: bool) -> tuple[Question, ...]:
    """What was skipped, what a trial must show, where people are met and nobody is, and what the owner wants to know."""
    made: list[Question] = []
    for step, text, blocks, days, name in _all_open(told, has_items=has_items):
        question_id = short_name(f"ask {name}", {each.id for each in made}, otherwise="ask")
        made.append(Question(id=question_id, step=step, text=text, blocks=blocks or None, owner=owner, due_on=working_day(day, days)))
    return tuple(made)


_Open = tuple[int, str, str, int, str]
"""Step, text, what it blocks, working days until it is due, and what its id is made from."""


def _all_open(told: Told, *, has_items: bool) -> Iterator[_Open]:
    interview = hold_interview(told)
    to_come = {each.id for each in interview if not told.has(each.id)}
    for asked in interview:
        if asked.id != "unsure" and to_come.isdisjoint(asked.question.after):
            yield from _left_out(asked, told)
    yield from _year(told)
    yield from ((4, SAID["ask_trial"].format(row.label), SAID["ask_trial_blocks"].format(row.label), LAST, row.key) for row in rows.ways_wanted(told))
    yield from _not_met(told)
    if has_items:
        yield 5, SAID["ask_hour"], SAID["ask_hour_blocks"], LATER, "hour"
    yield from ((8, text, SAID["ask_own_blocks"], LAST, text) for text in told.lines("unsure"))


def _left_out(asked: Asked, told: Told) -> Iterator[_Open]:
    """The question itself, when it was skipped; with the fields that were left empty, when only some were."""
    question, text = asked.question, " ".join(asked.text.split())
    answer = told.answers.get(asked.id)
    if answer is None:
        yield question.step, text, question.blocks, question.days, asked.id
    elif isinstance(answer, dict) and not question.none_is_said:
        empty = [row.label for row in asked.rows if not answer.get(row.key) and not (asked.id == "numbers" and row.key == "year")]
        if empty:
            yield question.step, SAID["ask_rows"].format(text, "; ".join(empty)), question.blocks, question.days, asked.id
    elif not answer and not question.none_is_said:
        yield question.step, text, question.blocks, question.days, asked.id


def _year(told: Told) -> Iterator[_Open]:
    """The year's number has a question of its own, because the goal stands on the quarter's until then."""
    if isinstance(told.answers.get("numbers"), dict) and told.number("numbers", "year") is None:
        yield 1, SAID["ask_year"].format(told.quarter.last_day.year), SAID["ask_year_blocks"], LATER, "year"


def _not_met(told: Told) -> Iterator[_Open]:
    """Where people are met, and nothing of ours is or shall be."""
    ours = {row.key for row in rows.ways_used_or_wanted(told)}
    for group in rows.groups(told):
        missing = [PLACES[place][0] for place in told.lines("found", group.key) if place in PLACES and ours.isdisjoint(PLACES[place][1])]
        if missing:
            yield 4, SAID["ask_found"].format(group.label, "; ".join(missing)), SAID["ask_found_blocks"], LAST, f"meet {group.label}"
