"""ask_question, close_question: what is not known becomes a question with owner and day; what was written since becomes its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.strategy.save_part import Conflict, Edit, Saved, save_part
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Told
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.questions.of_checks import (
    Answered,
    Draft,
    answered_questions,
    draft_question,
    name_of_owner,
    new_question_id,
    next_friday,
    open_question_about,
)
from quarterdeck.strategy.wording.wording import say_day

_LONGEST_NAME = 80
_STEP = 8
"""Questions stand on the page of the last step."""
_UNASKED = "Nobody was asked."


@dataclass(frozen=True)
class Wanted:
    """What a finding would ask: the question, who might find out (id and name), and the day that is proposed."""

    draft: Draft
    people: tuple[tuple[str, str], ...]
    owner: str
    due_on: date


def want_question(context: Context, code: str, place: str) -> Wanted:
    """The question that a finding makes. Raises Refused when the check asks for nothing there, or somebody was asked already."""
    context.require("save_strategy")
    strategy = current_strategy(context).strategy
    draft = _draft(strategy, code, place)
    people = tuple((person.id, person.name.strip() or person.id) for person in strategy.management.people)
    names = {name.casefold(): own_id for own_id, name in people} | {name.split()[0].casefold(): own_id for own_id, name in people}
    person = context.member.person
    return Wanted(draft, people, names.get(person.casefold(), people[0][0] if people else person), next_friday(day_of_company(context)))


def ask_question(context: Context, code: str, place: str, *, owner: str, due_on: date | None) -> Saved:
    """The question about what a check finds missing at `place`, as one change of the strategy.

    Raises InvalidInput when nobody is named or the day is not to come, Refused as `want_question` does.
    """
    context.require("save_strategy")
    _require_sound(context, owner, due_on)

    def with_question(strategy: Strategy) -> Strategy:
        draft = _draft(strategy, code, place)
        question = {"step": draft.step, "text": draft.text, "blocks": draft.blocks, "about": draft.about, "owner": owner.strip(), "due_on": due_on}
        return apply_changes(strategy, {f"questions[{new_question_id(strategy, draft.about)}]": question})

    return _saved(context, with_question, note="Asked about something that is not known")


def close_question(context: Context, question_id: str) -> Saved:
    """The question answered by what stands at its place now. Raises Refused when nothing does, or it is closed."""
    context.require("save_strategy")

    def with_answer(strategy: Strategy) -> Strategy:
        found = next((each for each in questions_to_close(strategy) if each.question.id == question_id), None)
        if found is None:
            raise Refused(
                "This question cannot be closed by itself.",
                fix="Write its answer, or fill in first what it asks for.",
                code="STRATEGY-974",
                state="Nothing was changed.",
            )
        return apply_changes(strategy, {f"questions[{question_id}].answer": found.answer})

    return _saved(context, with_answer, note="Answered by what was filled in")


def questions_to_close(strategy: Strategy) -> tuple[Answered, ...]:
    """Open questions whose answer was filled in meanwhile."""
    if not any(question.about and not question.answer for question in strategy.questions):
        return ()
    return answered_questions(strategy, check_strategy(strategy))


def tell_asked(context: Context, code: str, place: str, *, owner: str | None, due_on: date | None) -> Told:
    """The same in sentences; without an owner or a day, those that are proposed."""
    wanted = want_question(context, code, place)
    owner, due_on = owner or wanted.owner, due_on or wanted.due_on
    saved = ask_question(context, code, place, owner=owner, due_on=due_on)
    strategy = current_strategy(context).strategy
    question = open_question_about(strategy, code, place)
    said = f"Asked: {wanted.draft.text} {name_of_owner(strategy, owner)} finds out by {say_day(due_on)}."
    facts = {"revision": saved.changed.revision, "question": question.id if question else None, "about": wanted.draft.about}
    return Told([said], {**facts, "owner": owner, "due_on": due_on.isoformat()})


def _draft(strategy: Strategy, code: str, place: str) -> Draft:
    draft = draft_question(strategy, code, place)
    finds = draft is not None and any((each.code, each.where) == (code, place) for each in check_strategy(strategy))
    if draft is None or not finds:
        raise Refused("The checks ask for nothing there.", fix="Choose one of the findings of the checks.", code="STRATEGY-973", state=_UNASKED)
    asked = open_question_about(strategy, code, place)
    if asked is not None:
        whom = f"{name_of_owner(strategy, asked.owner)} was" if asked.owner else "This was"
        raise Refused(f"{whom} asked already.", fix="Open the question to change who finds out, or the day.", code="STRATEGY-972", state=_UNASKED)
    return draft


def _require_sound(context: Context, owner: str, due_on: date | None) -> None:
    problems = []
    if not owner.strip() or len(owner) > _LONGEST_NAME:
        found = "nobody" if not owner.strip() else f"{len(owner)} letters"
        problems.append(Problem("STRATEGY-975", "owner", found, f"a name of 1 to {_LONGEST_NAME} letters", "Say who finds out."))
    if due_on is None or due_on <= day_of_company(context):
        found = "no day" if due_on is None else say_day(due_on)
        problems.append(Problem("STRATEGY-976", "due_on", found, "a day to come", "Choose a later day."))
    if problems:
        raise InvalidInput(problems, state=_UNASKED)


def _saved(context: Context, edit: Edit, *, note: str) -> Saved:
    outcome = save_part(context, edit, parent=current_strategy(context).revision.hash, step=_STEP, note=note)
    if isinstance(outcome, Conflict):  # somebody saved the same page between the reading and the writing
        raise Refused("Others are saving this strategy at this very moment.", fix="Wait a moment and save again.", code="STRATEGY-903")
    return outcome
