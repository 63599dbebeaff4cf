"""asked_once: while somebody only looks, each question to the ledger is asked once; nothing is remembered from one look to the next."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers of the ledger", default=None)


@contextmanager
def only_looking() -> Iterator[None]:
    """Within it a question that is `asked_once` is answered as it was the first time. Only for what changes nothing: a page that is shown."""
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def asked_once(question: Callable[P, T]) -> Callable[P, T]:
    """The question, which within `only_looking` goes to the ledger once for the same arguments; anywhere else each time."""

    @functools.wraps(question)
    def ask(*args: P.args, **named: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return question(*args, **named)
        key = (question, args, *sorted(named.items()))
        if key not in answers:
            answers[key] = question(*args, **named)
        found: T = answers[key]
        return found

    return ask
