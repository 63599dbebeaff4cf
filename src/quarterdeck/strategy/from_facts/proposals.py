"""Proposal: one statement that the facts make, with where it comes from; what a person takes, leaves out and corrects; what is said of days and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, TypeVar

from quarterdeck.kernel.periods import week_start
from quarterdeck.strategy.from_facts.counted import Whence
from quarterdeck.strategy.parts.means import ChannelKind
from quarterdeck.strategy.wording.wording import say_day, say_list, say_money

T = TypeVar("T")
MOST_SOURCES = 3
_LONGEST_SOURCE = 60
_WEEKEND, _WHOLE_FROM = 5, 100
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """`part` for the document under `key`; `why_off` says why it is not taken unless somebody asks for it (None: it is taken)."""

    key: str
    part: T
    origin: str
    why_off: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of the proposals. `taken` is None where nobody chose: then everything that has no reason against it is taken."""

    taken: frozenset[str] | None = None
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, ChannelKind] = field(default_factory=lambda: MappingProxyType({}))
    targets: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """By metric: the total (or the level) that the coming quarter should bring."""
    budget: Decimal | None = None
    figures: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """What was counted and is not so, by the key of the figure."""

    def takes(self, proposal: Proposal[T]) -> bool:
        """Whether it goes into the draft."""
        return proposal.why_off is None if self.taken is None else proposal.key in self.taken


def say_days(first: date, last: date) -> str:
    """`5 October 2026 to 3 January 2027`."""
    return f"{say_day(first)} to {say_day(last)}"


def say_whence(whence: Whence, *, first: date | None = None, last: date | None = None) -> str:
    """`Counted from spend, 5 October 2026 to 3 January 2027 (google_ads.csv).`; the days of the rows unless others are given. What is told of people has no day."""
    named = [_shortly(source) for source in whence.sources[:MOST_SOURCES]]
    if len(whence.sources) > MOST_SOURCES:
        named.append(f"{len(whence.sources) - MOST_SOURCES} more")
    days = say_days(first or whence.first_day, last or whence.last_day)
    return f"Counted from {whence.table}" + ("" if whence.table == "people" else f", {days}") + (f" ({say_list(named)})." if named else ".")


def due_after(today: date) -> date:
    """A week from `today`; a weekend waits for its Monday."""
    day = today + _WEEK
    return day if day.weekday() < _WEEKEND else week_start(day) + _WEEK


def money_said(amount: Decimal, currency: str) -> str:
    """Money in a sentence: whole units from 100 up."""
    return say_money(amount.quantize(Decimal(1)) if abs(amount) >= _WHOLE_FROM else cents(amount), currency)


def cents(amount: Decimal) -> Decimal:
    """Money to the hundredth."""
    return amount.quantize(Decimal("0.01"))


def _shortly(source: str) -> str:
    line = " ".join(source.split())
    return line if len(line) <= _LONGEST_SOURCE else f"{line[: _LONGEST_SOURCE - 3].rstrip()}..."
