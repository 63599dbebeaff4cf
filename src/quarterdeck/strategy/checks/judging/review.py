"""Checks of steps 7 and 8: how success will be judged, what is not known yet, and how often plan and fact meet."""

from __future__ import annotations

from collections.abc import Iterator

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import quote, say_day, say_list

_QUARTER_WEEKS = 13
_CHECK_IN_DAYS = 14


@rule("STRATEGY-701", 7, "error", "No overall rule of success")
def no_overall(situation: Situation) -> Iterator[Finding]:
    """What success is must be decided before the result is known; the rule is fixed when the plan is approved."""
    if all(evaluation.step != "overall" for evaluation in situation.strategy.evaluation):
        yield Finding(
            "evaluation",
            "no overall rule",
            "one rule with `step: overall`, decided before the result is known",
            "Write the question that the whole will be judged by, with metric, threshold and day.",
        )


@rule("STRATEGY-702", 7, "warning", "A rule without a threshold")
def no_threshold(situation: Situation) -> Iterator[Finding]:
    """Without a metric and a threshold every result can be called a success."""
    for number, evaluation in enumerate(situation.strategy.evaluation):
        missing = [word for word, value in (("metric", evaluation.metric), ("threshold", evaluation.threshold)) if value is None]
        if missing:
            yield Finding(
                f"evaluation[{number}]",
                f"{quote(evaluation.question)} without {say_list(missing)}",
                "a metric and a threshold, or every result is a success",
                f"Add {say_list(missing)}.",
            )


@rule("STRATEGY-703", 7, "hint", "Steps that nobody will judge")
def unjudged_steps(situation: Situation) -> Iterator[Finding]:
    """The result of each step is checked, not the overall one alone, so that a miss can be traced."""
    judged = {evaluation.step for evaluation in situation.strategy.evaluation}
    missing = [str(step) for step in range(1, 9) if step not in judged]
    if missing and situation.strategy.evaluation:
        yield Finding(
            "evaluation",
            f"nothing for step{'s' if len(missing) > 1 else ''} {say_list(missing)}",
            "a question for each of the eight steps",
            "Ask of each step what would show that it was done well.",
        )


@rule("STRATEGY-704", 7, "warning", "A rule without a day")
def no_day(situation: Situation) -> Iterator[Finding]:
    """A judgement without a day is put off."""
    for number, evaluation in enumerate(situation.strategy.evaluation):
        if evaluation.on is None:
            yield Finding(
                f"evaluation[{number}].on", f"{quote(evaluation.question)} without a day", "the day of judgement", "Set a day soon after the quarter."
            )


@rule("STRATEGY-801", 8, "warning", "A question that is overdue")
def overdue_question(situation: Situation) -> Iterator[Finding]:
    """An open question past its day holds up what it blocks."""
    for question in situation.strategy.questions:
        if not question.answer and question.due_on is not None and situation.as_of is not None and question.due_on <= situation.as_of:
            blocks = f"; it blocks {quote(question.blocks)}" if question.blocks else ""
            yield Finding(
                f"questions[{question.id}]",
                f"{quote(question.text)}, due on {say_day(question.due_on)} and not answered{blocks}",
                "an answer",
                "Answer it, set another day, or say in a note why it does not matter any more.",
            )


@rule("STRATEGY-802", 8, "hint", "A question that nobody will answer")
def loose_question(situation: Situation) -> Iterator[Finding]:
    """A question needs somebody who finds out, and a day."""
    for question in situation.strategy.questions:
        missing = [word for word, there in (("owner", question.owner), ("day", question.due_on)) if not there]
        if missing and not question.answer:
            yield Finding(
                f"questions[{question.id}]",
                f"{quote(question.text)} without {say_list(missing)}",
                "who finds out, and by when",
                f"Add {say_list(missing)}.",
            )


@rule("STRATEGY-803", 8, "warning", "Reviews too far apart")
def rare_review(situation: Situation) -> Iterator[Finding]:
    """Plan and fact meet every 90 days and in between. Hold a review at least every 13 weeks, and a check-in at least every 14 days."""
    review = situation.strategy.review
    if review.every_weeks > _QUARTER_WEEKS:
        yield Finding(
            "review.every_weeks", f"{review.every_weeks} weeks", "at most 13, because detail is planned for 90 days", "Review every 13 weeks."
        )
    if review.check_in_days > _CHECK_IN_DAYS:
        yield Finding(
            "review.check_in_days",
            f"{review.check_in_days} days",
            "at most 14, or half a quarter is lost before a fault is seen",
            "Check in every 7 days; it takes a quarter of an hour.",
        )


@rule("STRATEGY-804", 8, "hint", "An opportunity that cannot be ranked")
def unranked(situation: Situation) -> Iterator[Finding]:
    """Ideas are ranked by what they should bring and what they take."""
    for opportunity in situation.strategy.opportunities:
        missing = [word for word, there in (("expected", opportunity.expected), ("effort", opportunity.effort)) if not there]
        if missing:
            yield Finding(
                f"opportunities[{opportunity.id}]",
                f"{quote(opportunity.text)} without {say_list(missing)}",
                "what it should bring and what it takes",
                f"Add {say_list(missing)}, roughly.",
            )


REVIEW_CHECKS: tuple[Check, ...] = (no_overall, no_threshold, unjudged_steps, no_day, overdue_question, loose_question, rare_review, unranked)
