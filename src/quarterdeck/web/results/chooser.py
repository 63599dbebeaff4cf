"""The chooser of a period: what there is to choose, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.choose_period import CHOICES, Period
from quarterdeck.report.say_results import days_in_words, spelled


@dataclass(frozen=True)
class Choice:
    """One entry of a select."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Chooser:
    """Everything that the form shows; `first` and `last` are what the date fields hold, `dates` the period in words."""

    periods: tuple[Choice, ...]
    is_own: bool
    first: str
    last: str
    latest: str
    dates: str
    wrong: str | None
    query: str
    """What asks for the same period again."""


def chooser_of(desk: Desk, period: Period) -> Chooser:
    """The chooser with `period` in it."""
    keys = [*CHOICES, *([period.key] if period.key not in (*CHOICES, "own") else []), "own"]
    dates = days_in_words(period.first_day, period.last_day, desk.words, today=desk.day)
    asked = {"period": period.key} | ({"from": period.first_day.isoformat(), "to": period.last_day.isoformat()} if period.kind == "own" else {})
    return Chooser(
        periods=tuple(Choice(key, _name(desk, key), key == period.key) for key in keys),
        is_own=period.kind == "own",
        first=period.first_day.isoformat(),
        last=min(period.last_day, desk.day).isoformat(),
        latest=desk.day.isoformat(),
        dates=f"Whole weeks, {dates}{', as far as they are counted' if period.last_day >= desk.day else ''}",
        wrong=f"“{period.wrong}” is no period that is known here; {period_name(desk, period, desk.day)} is shown." if period.wrong else None,
        query=urlencode(asked),
    )


def period_name(desk: Desk, period: Period, today: date) -> str:
    """`Q1 2027`, `the last 8 weeks`, `2 November to 3 January`."""
    if period.quarter is not None:
        return period.quarter.label
    if period.kind == "own":
        return days_in_words(period.first_day, period.last_day, desk.words, today=today)
    return "the last week" if len(period.weeks) == 1 else f"the last {spelled(len(period.weeks))} weeks"


def _name(desk: Desk, key: str) -> str:
    if key == "quarter":
        return f"{desk.quarter.label}, this quarter"
    if key == "last_quarter":
        return f"{desk.quarter.previous().label}, last quarter"
    if key == "own":
        return "Your own dates"
    if key == "year":
        return "Last 52 weeks"
    return f"Last {key.removeprefix('weeks-')} weeks" if key != "weeks-1" else "Last week"
