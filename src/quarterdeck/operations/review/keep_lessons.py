"""keep_lesson, look_at_lessons: what was learned, kept for the day on which the same idea comes back."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.reviews import add_lesson
from quarterdeck.ledger.models import Lesson
from quarterdeck.operations.context import Context
from quarterdeck.operations.review.look_at_review import LessonSeen, seen_lesson

LONGEST = 2000


@dataclass(frozen=True)
class Lessons:
    """The lessons that were looked for, newest first, and how many there are in all."""

    found: tuple[LessonSeen, ...]
    total: int


def look_at_lessons(context: Context, *, search: str = "") -> Lessons:
    """Lessons that hold every word of `search`, in their text, their correction's title or the name of who wrote them."""
    context.require("see")
    rows = Lesson.objects.filter(workspace=context.workspace).select_related("correction__review").order_by("-made_at", "-pk")
    lessons = tuple(seen_lesson(row) for row in rows)
    wanted = search.casefold().split()
    found = tuple(lesson for lesson in lessons if all(word in f"{lesson.text} {lesson.title or ''} {lesson.by}".casefold() for word in wanted))
    return Lessons(found, len(lessons))


def keep_lesson(context: Context, text: str) -> LessonSeen:
    """The lesson as it is kept. Raises Refused when it says nothing, or more than anybody would read."""
    context.require("add_lesson")
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise Refused("A lesson needs words.", fix="Write what you would want to know next time, in a sentence or two.", code="LESSON-001")
    if len(text) > LONGEST:
        raise Refused(f"A lesson has at most {LONGEST:,} letters; this one has {len(text):,}.", fix="Say it in a few sentences.", code="LESSON-002")
    known = Lesson.objects.filter(workspace=context.workspace, text=text).order_by("-pk").first()
    if known is not None:
        return seen_lesson(known)
    lesson = add_lesson(context.workspace, text, by=context.member.person, now=context.now)
    context.audit("add_lesson", text[:200])
    return seen_lesson(lesson)
