"""open_interview, answer, write_draft, make_it_the_strategy: the interview from its first question to the strategy that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.open_draft import begin_draft
from quarterdeck.operations.first_strategy.choose_business import OF_INTERVIEW, begin_as
from quarterdeck.operations.first_strategy.keep_answers import Kept, forget_answers, keep_answers, kept_answers
from quarterdeck.operations.first_strategy.read_answers import decimal_of
from quarterdeck.operations.first_strategy.read_examples import WRITTEN_FOR
from quarterdeck.operations.strategy.save_strategy import save_strategy, strategy_of
from quarterdeck.strategy.changes.move_dates import quarter_to_begin
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview.interview import BUSINESSES, Asked, Business, Known, Progress, Told, next_to_ask, progress_of
from quarterdeck.strategy.interview.questions import hold_interview
from quarterdeck.strategy.interview.read import read_answer
from quarterdeck.strategy.interview.write import write_strategy
from quarterdeck.strategy.yaml.text import render_strategy

NOTE = "From the interview"


@dataclass(frozen=True)
class Interview:
    """How the interview of one person stands."""

    asked: tuple[Asked, ...]
    told: Told
    chosen: Business | None
    """The kind of business that the person, or before them the company, said to be."""

    @property
    def business(self) -> Business:
        """Whose examples are shown: a shop's, until somebody says what they are."""
        return self.chosen or "shop"

    @property
    def progress(self) -> Progress:
        """How many questions are done, of how many, and about how long the others take."""
        return progress_of(self.asked)

    @property
    def is_begun(self) -> bool:
        """Whether anything has been said."""
        return bool(self.told.answers)

    def question(self, question_id: str) -> Asked | None:
        """The question as it is put now; None for one that is not asked after these answers."""
        return next((each for each in self.asked if each.id == question_id), None)

    def next_id(self, after: str | None = None) -> str | None:
        """What to ask next; None when all is said."""
        return next_to_ask(self.asked, after)

    def before(self, question_id: str) -> str | None:
        """The question before that one."""
        ids = [each.id for each in self.asked]
        return ids[ids.index(question_id) - 1] if question_id in ids[1:] else None


@dataclass(frozen=True)
class Draft:
    """The strategy that the answers make, and what the checks say of it. Nothing is saved."""

    strategy: Strategy
    problems: tuple[Problem, ...]


def open_interview(context: Context) -> Interview:
    """The interview with what this person has said so far."""
    context.require("save_strategy")
    return _interview(context, kept_answers(context))


def answer(context: Context, question_id: str, typed: Any) -> Interview:
    """The interview with one more answer, kept; None is "I don't know". Raises InvalidInput for an answer of the wrong form, with all that is wrong."""
    interview, kept = open_interview(context), kept_answers(context)
    asked = interview.question(question_id)
    if asked is None:
        raise no_such_question()
    read = read_answer(asked, typed, interview.told)
    if read.problems:
        raise InvalidInput(read.problems, state="Your other answers are kept.")
    if not interview.is_begun:
        context.audit("begin_interview", "the interview")
    changed = replace(kept, answers={**kept.answers, question_id: read.answer})
    keep_answers(context, changed)
    return _interview(context, changed)


def show_examples_of(context: Context, business: str) -> None:
    """From now on the examples are those of this kind of business, here and beside the forms; an unknown kind changes nothing."""
    context.require("save_strategy")
    if business in BUSINESSES:
        keep_answers(context, replace(kept_answers(context), business=business))
        begin_as(context, OF_INTERVIEW[business])  # type: ignore[index]  # one of the five


def start_over(context: Context) -> None:
    """Every answer is gone."""
    context.require("save_strategy")
    forget_answers(context)
    context.audit("forget_interview", "the interview")


def write_draft(context: Context) -> Draft:
    """What the answers make, as it would be saved now, and what the checks say."""
    told = open_interview(context).told
    strategy = write_strategy(told.answers, company=told.company, quarter=told.quarter, started_by=context.member.person, day=context.today)
    return Draft(strategy, check_strategy(strategy, as_of=context.today, quarter=told.quarter))


def has_strategy(context: Context) -> bool:
    """Whether what comes of the interview can only be a draft beside what there is."""
    context.require("see")
    return latest_revision(context.workspace) is not None


def make_it_the_strategy(context: Context) -> int:
    """The number of the first revision. Raises Refused when there is a strategy already, or nothing was said."""
    context.require("save_strategy")
    _require_something_said(context)
    if has_strategy(context):
        raise Refused(
            f"{context.workspace.name} has a strategy already.",
            fix="Keep this one as a draft beside it: you can compare the two and choose.",
            code="STRATEGY-937",
            state="Nothing was changed, and your answers are kept.",
        )
    with transaction.atomic():
        revision = save_strategy(context, write_draft(context).strategy, note=NOTE)
        context.audit("finish_interview", f"revision {revision.number}")
    forget_answers(context)
    return int(revision.number)


def keep_as_draft(context: Context, name: str) -> str:
    """The short name of a draft beside the strategy that holds what the answers make. Raises InvalidInput or Refused for a name that will not do."""
    context.require("save_strategy")
    _require_something_said(context)
    with transaction.atomic():
        draft = begin_draft(context, name, why=NOTE)
        strategy = write_draft(context).strategy
        save_strategy(replace(context, draft=draft), strategy, text=render_strategy(strategy), note=NOTE)
        context.audit("finish_interview", str(draft))
    forget_answers(context)
    return str(draft.slug)


def no_such_question() -> Refused:
    """What to say of a question that is not asked, or not any more after the other answers."""
    return Refused(
        "This question is not asked after your other answers.",
        fix="Go on with the next one.",
        code="STRATEGY-938",
        state="Your answers are kept.",
    )


def _require_something_said(context: Context) -> None:
    if not open_interview(context).is_begun:
        raise Refused("Nothing has been said in the interview yet.", fix="Answer its questions first.", code="STRATEGY-938")


def _interview(context: Context, kept: Kept) -> Interview:
    company = context.workspace
    latest = latest_revision(company)
    written = None if latest is None else strategy_of(latest).company
    known = Known(company.name, company.currency, company.timezone, *(() if written is None else (written.markets, written.languages)))
    known = replace(known, decimal=decimal_of(known, kept.answers))
    told = Told(kept.answers, known, quarter_to_begin(context.today, anchor=WRITTEN_FOR.first_day))
    return Interview(hold_interview(told), told, _chosen(kept.business, company.business))


def _chosen(said: str, kind_of_company: str) -> Business | None:
    """What the person said goes before what the company is known as."""
    kinds: dict[str, Business] = {kind: business for business, kind in OF_INTERVIEW.items()} | {business: business for business in BUSINESSES}
    return kinds.get(said) or kinds.get(kind_of_company)
