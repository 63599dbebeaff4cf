"""Why there is no review yet, and what to do."""

from __future__ import annotations

from quarterdeck.operations.review.look_at_review import NotYet
from quarterdeck.report.words import Words, how_many


def say_not_yet(not_yet: NotYet, words: Words) -> tuple[str, str]:
    """Why there is no review, as a headline and what to do."""
    if not_yet.why == "no_curves":
        return _without_curves(not_yet, words)
    return {
        "no_plan": ("There is nothing to review yet: no plan says what should happen.", "Make a plan, put it in force, and let a week pass."),
        "not_approved": (
            "There is nothing to review yet: the plan waits for a yes.",
            "A plan that is not in force promised nothing. Put it in force, and let a week pass.",
        ),
        "not_begun": (
            "The plan is in force. After its first whole week you can ask why it went otherwise.",
            "One week says little; after four, channels are judged by the rules that were fixed beforehand.",
        ),
        "ready": (
            "A week or more has passed. Ask why it went otherwise than planned.",
            "The review holds the plan against what was counted, splits the gap into its causes, and drafts what should change.",
        ),
    }[not_yet.why]


def _without_curves(not_yet: NotYet, words: Words) -> tuple[str, str]:
    """REVIEW-002, said with what can be said: counted against the target."""
    if not_yet.metric is None or not not_yet.weeks:
        return "The gap cannot be split into causes: this plan was made without curves that can be trusted.", "No week of it has been counted yet."
    said = f"In {how_many(not_yet.weeks, 'week')} {words.with_unit(not_yet.counted or 0, not_yet.metric)} were counted"
    wanted = (
        f"; the target is {words.amount(not_yet.target, not_yet.metric)} by {words.day(not_yet.due_on)}" if not_yet.target and not_yet.due_on else ""
    )
    why = (
        "Why it is so cannot be said: this plan was made without curves that can be trusted, so nobody promised what each week should bring. "
        "Learn from more facts, or overrule the check with a reason, before you plan the next time."
    )
    return f"{said}{wanted}.", why
