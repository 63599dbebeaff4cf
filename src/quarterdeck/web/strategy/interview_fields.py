"""The fields of one page of the interview: how each is shown, and what a browser sent of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.interview.interview import Asked, Option, Row, Typed

MOST_ROWS = 60


@dataclass(frozen=True)
class Choice:
    """An option, and whether it is ticked."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """One input: its name, the key of its row, its label ("" where the question is the label), what stands in it, and what is wrong with it."""

    name: str
    key: str
    label: str
    kind: str
    text: str
    choices: tuple[Choice, ...]
    unit: str
    problems: tuple[str, ...]
    lines: int
    of: str = ""
    """What it belongs to, where it is the first of several fields of that."""
    is_last: bool = False
    """Whether it is the last of them."""


def fields_of(asked: Asked, typed: Any, problems: Sequence[Problem] = ()) -> list[Field]:
    """The inputs of a question with `typed` in them: as it was sent, or as it was kept."""
    if not asked.has_rows:
        return [_field(asked, None, "answer", typed, problems)]
    given = typed if isinstance(typed, dict) else {}
    fields = [_field(asked, row, f"row-{number}", given.get(row.key), problems) for number, row in enumerate(asked.rows)]
    names = ["", *(row.of for row in asked.rows), ""]
    return [
        replace(field, of=own if own != before else "", is_last=bool(own) and own != after)
        for field, before, own, after in zip(fields, names, names[1:], names[2:], strict=False)
    ]


def sent_answer(asked: Asked, sent: QueryDict) -> Any:
    """What the browser sent; each row carries its own key, so that a page that was open for long mistakes none for another."""
    if not asked.has_rows:
        return _sent(asked.kind_of(None), sent, "answer")
    names = [f"row-{number}" for number in range(MOST_ROWS) if f"key-{number}" in sent]
    by_key = {sent[name.replace("row", "key")]: name for name in names}
    return {row.key: _sent(asked.kind_of(row), sent, by_key[row.key]) if row.key in by_key else "" for row in asked.rows}


def say_problem(problem: Problem) -> str:
    """What is wrong, beside its field."""
    if problem.code == "STRATEGY-935":
        return f"There is no answer yet. {problem.fix}"
    return f"This says {problem.found}. Expected {problem.expected}. {problem.fix}"


def _sent(kind: str, sent: QueryDict, name: str) -> Typed:
    return [text for text in sent.getlist(name) if text] if kind == "choices" else sent.get(name, "")


def _field(asked: Asked, row: Row | None, name: str, typed: Any, problems: Sequence[Problem]) -> Field:
    where = asked.id if row is None else f"{asked.id}[{row.key}]"
    chosen = [typed] if isinstance(typed, str) else list(typed or ())
    text = typed if isinstance(typed, str) else "\n".join(chosen)
    options: tuple[Option, ...] = asked.options if row is None else asked.options_of(row)
    kind = asked.kind_of(row)
    return Field(
        name=name,
        key="" if row is None else row.key,
        label="" if row is None else row.label,
        kind="select" if row is not None and kind == "choice" else kind,
        text=text,
        choices=tuple(Choice(option.value, option.words, option.value in chosen) for option in options),
        unit="" if row is None else row.unit,
        problems=tuple(say_problem(problem) for problem in problems if problem.where == where),
        lines=max(3 if row is None else 2, text.count("\n") + 2) if kind == "list" else 3 if row is None else 2,
    )
