"""A job in words: what is being done, how long it has taken, what came of it and where to go next."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quarterdeck.operations.jobs.jobs import JobView
from quarterdeck.report.say_budget import without_command
from quarterdeck.web.plain_words import for_browser

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
_COMMAND = "`quarterdeck"
_KEY = re.compile(r"^\[[a-z-]+\] ")
"""What a correction is called in the terminal."""
_BELOW_COMPANY = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*/")


@dataclass(frozen=True)
class _Words:
    """What a kind of job is called while it runs, once it is done, and where one reads on."""

    running: str
    done: str
    next_label: str
    next_path: str


_KINDS = {
    "plan": _Words("Your plan is being made", "Your plan is ready", "Read the plan", "plan/"),
    "draft_plan": _Words("The draft is being planned", "The draft is planned", "Compare it with the strategy", "strategy/drafts/"),
    "fit": _Words(
        "We are learning what your channels bring", "What your channels bring is worked out anew", "See what each channel brings", "results/"
    ),
    "review": _Words("The plan is being held against what happened", "The review is ready", "Read the review", "review/"),
    "next_week": _Words("A week is passing", "The week has passed", "See what it brought", "play/"),
    "sample": _Words("The sample company is being loaded", "The sample company is ready", "Open it", ""),
}
_UNKNOWN = _Words("Something is being done", "It is done", "To this quarter", "")


@dataclass(frozen=True)
class ShownJob:
    """Everything that the page of a job says."""

    address: str
    title: str
    is_under_way: bool
    look: str
    """good, bad, warn or info."""
    doing: str
    mark: str
    """Changes with `doing`, so that a screen reader hears it once."""
    elapsed: str
    sentences: Sequence[str]
    can_start_again: bool
    again: str
    next_href: str
    next_label: str
    home: str


@dataclass(frozen=True)
class JobSign:
    """The line in the frame of every page while something is being done."""

    address: str
    text: str


def address_of(job: JobView) -> str:
    """The page of a job: below its company, or on its own for one that makes a company."""
    return f"/w/{job.company}/jobs/{job.id}/" if job.company else f"/jobs/{job.id}/"


def show_job(job: JobView, *, now: datetime) -> ShownJob:
    """The job as its page shows it at `now`."""
    words = _KINDS.get(job.kind, _UNKNOWN)
    home = f"/w/{job.company}/" if job.company else "/companies/"
    doing = _doing(job)
    is_done = job.state == "done"
    return ShownJob(
        address=address_of(job),
        title=_title(job, words),
        is_under_way=job.is_under_way,
        look={"done": "good", "refused": "bad", "interrupted": "warn"}.get(job.state, "info"),
        doing=doing,
        mark=f"{zlib.crc32(doing.encode()):08x}",
        elapsed=say_elapsed(job, now=now),
        sentences=_without_commands(job.told if is_done else [job.problem] if job.problem else []),
        can_start_again=not job.is_under_way and not is_done,
        again=f"{address_of(job)}again/" if job.company else address_of(job),
        next_href=_next(job, words, home) if is_done else home,
        next_label=_next_label(job, words) if is_done else "To this quarter" if job.company else "Your companies",
        home=home,
    )


def sign_of(job: JobView | None) -> JobSign | None:
    """The line for the frame; None when nothing is being done."""
    if job is None or not job.is_under_way:
        return None
    return JobSign(address_of(job), f"{_KINDS.get(job.kind, _UNKNOWN).running} …")


def say_elapsed(job: JobView, *, now: datetime) -> str:
    """`12 seconds`, `1 minute 5 seconds`, `less than a second`; empty before it began."""
    if job.started_at is None:
        return ""
    minutes, seconds = divmod(max(0, int(((job.ended_at or now) - job.started_at).total_seconds())), 60)
    if job.ended_at is not None and not minutes and not seconds:
        return "less than a second"
    parts = [_count(minutes, "minute")] if minutes else []
    return " ".join([*parts, *([_count(seconds, "second")] if seconds or not minutes else [])])


def _title(job: JobView, words: _Words) -> str:
    if job.is_under_way:
        return f"{words.running}."
    return {"done": f"{words.done}.", "refused": "That could not be done."}.get(job.state, "This was interrupted.")


def _next(job: JobView, words: _Words, home: str) -> str:
    """Where one reads on: the page below the company that the asker named (`leads_to`), else the one that fits the kind."""
    if job.kind == "sample":
        return f"/w/{str(job.asks.get('name', '')).replace('_', '-')}/"
    return home + (_named(job) or words.next_path)


def _next_label(job: JobView, words: _Words) -> str:
    return "Go on" if _named(job) else words.next_label


def _named(job: JobView) -> str | None:
    named = str(job.asks.get("leads_to", ""))
    return named if _BELOW_COMPANY.fullmatch(named) else None


def _doing(job: JobView) -> str:
    if job.state == "queued":
        return "It begins in a moment."
    return f"{job.doing}." if job.doing else "It has begun."


def _without_commands(sentences: Sequence[str]) -> list[str]:
    """The sentences without those that name a command of the terminal: a page has buttons."""
    kept = [" ".join(part for part in _SENTENCE_END.split(sentence) if _COMMAND not in part) for sentence in sentences]
    return [re.sub(r"\s*\bNext:$", "", _KEY.sub("", for_browser(without_command(sentence)))) for sentence in kept if sentence]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
