"""DailySpend: money by day and line (a channel, or one campaign of it), and the way from a weekly plan to days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.streams import FloatArray

Line = tuple[str, str | None]


@dataclass(frozen=True, eq=False)
class DailySpend:
    """What was, or would be, spent: `amount [day, line]` in money a day from `first_day` on, no day left out.

    A line is `(channel, campaign)`; campaign None is money that no campaign is named for. No days and no lines are allowed.
    Raises InvalidInput when the shape disagrees, a line stands twice, or an amount is negative or not a number.
    """

    first_day: date
    lines: tuple[Line, ...]
    amount: FloatArray

    def __post_init__(self) -> None:
        amount = np.array(self.amount, dtype=np.float64)
        amount.setflags(write=False)
        object.__setattr__(self, "amount", amount)
        problems = list(_shape_problems(self.lines, amount))
        if problems:
            raise InvalidInput(problems)

    @classmethod
    def from_mapping(cls, amounts: Mapping[tuple[date, str, str | None], float | Decimal], *, last_day: date | None = None) -> DailySpend:
        """From `{(day, channel, campaign): amount}`; days and lines without an entry hold 0, lines come in sorted order.

        Raises InvalidInput when there is no entry at all (there is no first day then) or an amount is refused.
        """
        if not amounts:
            raise InvalidInput([Problem("MARKET-001", "spend", "no entry", "at least one day with an amount", "Add a day, or write 0 for it.")])
        days = [day for day, _, _ in amounts]
        first, last = min(days), max([*days, last_day] if last_day else days)
        lines = tuple(
            sorted({(channel, campaign) for _, channel, campaign in amounts}, key=lambda line: (line[0], line[1] is not None, line[1] or ""))
        )
        column = {line: n for n, line in enumerate(lines)}
        amount = np.zeros(((last - first).days + 1, len(lines)))
        for (day, channel, campaign), value in amounts.items():
            amount[(day - first).days, column[channel, campaign]] = float(value)
        return cls(first, lines, amount)

    @property
    def days(self) -> int:
        """How many days it covers."""
        return int(self.amount.shape[0])

    @property
    def last_day(self) -> date:
        """The last day it covers; the day before `first_day` when it covers none."""
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def total(self) -> float:
        """All of the money."""
        return float(self.amount.sum())

    def then(self, other: DailySpend) -> DailySpend:
        """This, followed by `other`: the lines of both, days between them at 0. Raises InvalidInput when `other` starts before this has ended."""
        gap = (other.first_day - self.last_day).days - 1
        if gap < 0:
            raise InvalidInput(
                [
                    Problem(
                        "MARKET-002",
                        "spend.first_day",
                        other.first_day.isoformat(),
                        f"a day after {self.last_day.isoformat()}",
                        "Cut the earlier spend with `between`, or start the later one afterwards.",
                    )
                ]
            )
        lines = self.lines + tuple(line for line in other.lines if line not in self.lines)
        amount = np.zeros((self.days + gap + other.days, len(lines)))
        amount[: self.days, : len(self.lines)] = self.amount
        amount[self.days + gap :, [lines.index(line) for line in other.lines]] = other.amount
        return DailySpend(self.first_day, lines, amount)

    def then_nothing(self, days: int) -> DailySpend:
        """This, followed by `days` days without spend."""
        return DailySpend(self.first_day, self.lines, np.vstack([self.amount, np.zeros((days, len(self.lines)))]))

    def between(self, first: date, last: date) -> DailySpend:
        """The days from `first` to `last`, both included, as far as this covers them."""
        start = min(max((first - self.first_day).days, 0), self.days)
        stop = max((last - self.first_day).days + 1, start)
        return DailySpend(self.first_day + timedelta(days=start), self.lines, self.amount[start:stop])

    def scaled(self, factor: float, channel: str | None = None) -> DailySpend:
        """The same with every amount (of `channel`, if one is named) times `factor`."""
        factors = [factor if channel in (None, line[0]) else 1.0 for line in self.lines]
        return DailySpend(self.first_day, self.lines, self.amount * np.array(factors, dtype=np.float64).reshape(1, -1))

    def channel_totals(self, channels: Sequence[str]) -> FloatArray:
        """Money by day and channel, campaigns added up, in the order of `channels`; a channel without a line holds 0."""
        return add_up_lines(self.amount, self.lines, channels)


def spread_weeks(week_amounts: FloatArray, first_monday: date, channels: Sequence[str], campaign_of: Mapping[str, str] | None = None) -> DailySpend:
    """A weekly plan as days: each week's money in seven even parts. `week_amounts [week, channel]` in money a week.

    `campaign_of` names the campaign that a channel's money is booked on. Raises InvalidInput when `first_monday` is not a Monday or the
    shape disagrees.
    """
    amounts = np.asarray(week_amounts, dtype=np.float64)
    problems = []
    if first_monday.weekday() != 0:
        problems.append(Problem("MARKET-003", "first_monday", first_monday.isoformat(), "a Monday", "Use the Monday of that week."))
    if amounts.ndim != 2 or amounts.shape[1] != len(channels):
        problems.append(
            Problem("MARKET-004", "week_amounts", f"shape {amounts.shape}", f"[week, {len(channels)} channels]", "Give a column per channel.")
        )
    if problems:
        raise InvalidInput(problems)
    lines = tuple((channel, (campaign_of or {}).get(channel)) for channel in channels)
    return DailySpend(first_monday, lines, np.repeat(amounts / DAYS_PER_WEEK, DAYS_PER_WEEK, axis=0))


def add_up_lines(values: FloatArray, lines: tuple[Line, ...], channels: Sequence[str]) -> FloatArray:
    """`values [day, line]` added up to `[day, channel]`, line by line so that a longer run keeps its earlier days bit for bit."""
    totals = np.zeros((values.shape[0], len(channels)))
    column = {channel: n for n, channel in enumerate(channels)}
    for n, (channel, _) in enumerate(lines):
        if channel in column:
            totals[:, column[channel]] += values[:, n]
    return totals


def _shape_problems(lines: tuple[Line, ...], amount: FloatArray) -> list[Problem]:
    problems = []
    if amount.ndim != 2 or amount.shape[1] != len(lines):
        problems.append(Problem("MARKET-004", "spend.amount", f"shape {amount.shape}", f"[day, {len(lines)} lines]", "Give a column per line."))
    if len(set(lines)) != len(lines):
        twice = sorted({str(line) for line in lines if lines.count(line) > 1})
        problems.append(Problem("MARKET-005", "spend.lines", ", ".join(twice), "every line once", "Add the amounts of equal lines up."))
    if not np.isfinite(amount).all():
        problems.append(Problem("MARKET-006", "spend.amount", "a value that is not a number", "money a day", "Write 0 where nothing was spent."))
    elif (amount < 0).any():
        problems.append(Problem("MARKET-007", "spend.amount", f"{amount.min():.2f}", "0 or more", "Take refunds off the day that they refund."))
    return problems
