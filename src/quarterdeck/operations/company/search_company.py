"""search_company: everything of a company that holds the words somebody looks for: strategy, actions, corrections, lessons, words of the trade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from quarterdeck.kernel.glossary import GLOSSARY
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Action, Correction, Lesson
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.remember import remembered
from quarterdeck.strategy.checks.maturity import step_of
from quarterdeck.strategy.document import Strategy

MOST_FOUND = 60
_KINDS = {
    "goals": "goal",
    "objectives": "objective",
    "audiences": "audience",
    "conversions": "conversion group",
    "tools": "tool",
    "channels": "channel",
    "campaigns": "campaign",
    "offers": "offer",
    "content.items": "content item",
    "management.teams": "team",
    "management.people": "person",
    "management.tasks": "task",
    "opportunities": "opportunity",
    "questions": "question",
}


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is, its name, a line about it, and its path below the company's own address."""

    kind: str
    title: str
    text: str
    path: str


def search_company(desk: Desk, asked: str) -> tuple[Hit, ...]:
    """What holds every word of `asked`, in names before texts, at most 60; nothing when nothing was asked. Letters' case does not matter."""
    desk.context.require("see")
    words = asked.casefold().split()
    if not words:
        return ()
    kept = [hit for hit in (*_strategy(desk), *_words()) if _holds(f"{hit.kind} {hit.title} {hit.text}", words)]
    found = [*kept, *_ledger(desk, words)]
    found.sort(key=lambda hit: (not hit.title.casefold().startswith(words[0]), not _holds(hit.title, words), hit.kind, hit.title))
    return tuple(found[:MOST_FOUND])


def _holds(text: str, words: list[str]) -> bool:
    text = text.casefold()
    return all(word in text for word in words)


def _strategy(desk: Desk) -> tuple[Hit, ...]:
    revision = latest_revision(desk.context.workspace)
    if revision is None or desk.strategy is None:
        return ()
    strategy = desk.strategy
    return remembered("search", revision.hash, lambda: tuple(_parts(strategy)))


def _parts(strategy: Strategy) -> Iterator[Hit]:
    for place, members in strategy.named_lists():
        sheet = place.rpartition(".")[2]
        for part in members:
            fields = part.model_dump(mode="json")
            texts = [str(fields[name]) for name in ("name", "title", "statement", "who", "group", "text") if fields.get(name)]
            rest = [str(fields[name]) for name in ("role", "note", "answer", "due_on", "event") if fields.get(name)]
            yield Hit(
                _KINDS[place],
                texts[0] if texts else part.id,
                " · ".join([*texts[1:], *rest, part.id]),
                f"strategy/step/{step_of(place)}/{sheet}/{part.id}/",
            )


def _words() -> Iterable[Hit]:
    return (Hit("word", word, meaning, f"help/#word-{word.replace(' ', '-')}") for word, meaning in GLOSSARY.items())


def _ledger(desk: Desk, words: list[str]) -> list[Hit]:
    workspace = desk.context.workspace
    matches = Q()
    for word in words:
        matches &= Q(title__icontains=word) | Q(key__icontains=word)
    actions = Action.objects.filter(matches, workspace=workspace).exclude(kind="budget_line").order_by("due_on")[:30]
    corrections = Correction.objects.filter(matches, review__workspace=workspace).order_by("-pk")[:20]
    told = Q()
    for word in words:
        told &= Q(text__icontains=word)
    lessons = Lesson.objects.filter(told, workspace=workspace).order_by("-made_at")[:20]
    return [
        *(
            Hit(
                "action",
                action.title,
                f"{action.state.replace('_', ' ')}, due {desk.words.day(action.due_on)}",
                "do/gone/" if action.state == "done" else "do/",
            )
            for action in actions
        ),
        *(Hit("correction", correction.title, correction.state, "review/") for correction in corrections),
        *(Hit("lesson", lesson.text, f"by {lesson.by}", "review/lessons/") for lesson in lessons),
    ]
