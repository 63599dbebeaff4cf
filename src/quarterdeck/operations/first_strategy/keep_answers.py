"""keep_answers, kept_answers, forget_answers: what somebody said in the interview, in a file of the site, so that it survives a restart.

One file a person and company, never in the ledger: a half-said answer is nobody's record. What is on record is the strategy that comes of it.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quarterdeck.kernel.identity import content_hash
from quarterdeck.operations.context import Context
from quarterdeck.strategy.interview.interview import Answer, Answers

_FORM = 1


@dataclass(frozen=True)
class Kept:
    """The answers so far, and the kind of business that the person said to be; empty where they did not."""

    answers: Answers
    business: str = ""


def kept_answers(context: Context) -> Kept:
    """What this person has said so far; nothing when the file is not there or cannot be read."""
    try:
        found = json.loads(_file(context).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Kept({})
    if not isinstance(found, dict) or found.get("form") != _FORM or not isinstance(found.get("answers"), dict):
        return Kept({})
    answers: dict[str, Answer] = {str(key): value for key, value in found["answers"].items() if _is_answer(value)}
    return Kept(answers, str(found.get("business", "")))


def keep_answers(context: Context, kept: Kept) -> None:
    """The file says what `kept` says; it is the old one or the new one, never half of either."""
    file = _file(context)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    body = json.dumps({"form": _FORM, "business": kept.business, "answers": dict(kept.answers)}, ensure_ascii=False, indent=1)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def forget_answers(context: Context) -> None:
    """The file is gone."""
    _file(context).unlink(missing_ok=True)


def _file(context: Context) -> Path:
    """A name of their own for each person, whatever signs their name has."""
    return Path(context.site.folder, "interviews", context.workspace.slug, f"{content_hash(context.member.person)[:32]}.json")


def _is_answer(value: Any) -> bool:
    """Whether the file holds what an answer can be; somebody may have edited it."""
    if isinstance(value, dict):
        return all(_is_typed(each) for each in value.values())
    return value is None or _is_typed(value)


def _is_typed(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))
