"""A lesson as a line: what it says and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.review.look_at_review import LessonSeen
from quarterdeck.report.words import Words
from quarterdeck.web.review.places import with_days


@dataclass(frozen=True)
class ShownLesson:
    """A lesson in words: where it comes from and what it says."""

    id: int
    text: str
    source: str
    look: str
    by: str
    on: str


def show_lesson(lesson: LessonSeen, words: Words) -> ShownLesson:
    """A lesson as a line."""
    if lesson.title is None:
        return ShownLesson(lesson.id, lesson.text, "Written by hand", "", lesson.by, words.day(lesson.made_at.date()))
    said = "accepted" if lesson.decision == "accepted" else "refused"
    of = f" of the review to {words.day(lesson.as_of)}" if lesson.as_of else ""
    return ShownLesson(
        lesson.id,
        with_days(lesson.text, words),
        f"A correction{of}, {said}",
        "good" if said == "accepted" else "bad",
        lesson.by,
        words.day(lesson.made_at.date()),
    )
