"""What act needs of a plan: its lines, assignments and entries, by the fields that it reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol


class PlannedLine(Protocol):
    """Money of a channel (and campaign) in one week."""

    @property
    def channel(self) -> str: ...
    @property
    def campaign(self) -> str | None: ...
    @property
    def week(self) -> date: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def is_spent(self) -> bool: ...
    @property
    def key(self) -> str: ...


class PlannedTask(Protocol):
    """A task on a person, between two days."""

    @property
    def task(self) -> str: ...
    @property
    def person(self) -> str | None: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def half_days(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def in_quarter(self) -> bool: ...


class PlannedEntry(Protocol):
    """A content item at an instant."""

    @property
    def item(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def local(self) -> str: ...


class PlannedMoney(Protocol):
    """The lines of a budget and its currency."""

    @property
    def currency(self) -> str: ...
    @property
    def lines(self) -> Sequence[PlannedLine]: ...


class PlannedWork(Protocol):
    """Who does what when."""

    @property
    def assignments(self) -> Sequence[PlannedTask]: ...


class PlannedQuarter(Protocol):
    """A quarter's plan, as far as it becomes actions."""

    @property
    def first_open_week(self) -> date: ...
    @property
    def budget(self) -> PlannedMoney: ...
    @property
    def work(self) -> PlannedWork: ...
    @property
    def calendar(self) -> Sequence[PlannedEntry]: ...
