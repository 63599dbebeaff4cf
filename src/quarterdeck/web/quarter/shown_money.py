"""The pace of the money, channel by channel, as ready strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck.operations.quarter.quarter_money import ChannelPace, QuarterMoney
from quarterdeck.report.say_quarter import Pace, say_kept, say_money, tight
from quarterdeck.report.words import Words

TOO_SLOW, TOO_FAST = 0.8, 1.2
"""Paces beyond which a channel asks for a look."""


@dataclass(frozen=True)
class ShownChannel:
    """A row of the table. Shares are of the budget, 0 to 1."""

    name: str
    kind: str
    spent: str
    booked: str
    budget: str
    pace: str
    is_odd: bool
    pace_says: str
    spent_share: float
    booked_share: float
    even_share: float | None
    has_bar: bool


@dataclass(frozen=True)
class ShownMoney:
    """The table with its finding."""

    finding: str
    kept: str
    rows: tuple[ShownChannel, ...]
    total: ShownChannel
    evidence: str
    strength: int
    href: str


def shown_money(money: QuarterMoney, words: Words, *, day: date, first_day: date, is_over: bool, slug: str) -> ShownMoney:
    """The money of the quarter on `day`."""
    unknown = "not yet" if day <= first_day else "not known"
    total = money.total
    until = f"Spend on record up to {words.day(money.until)}" if money.until is not None else "No spend of this quarter is on record yet"
    return ShownMoney(
        finding=say_money(
            Pace(
                spent=total.spent,
                budget=total.budget or Decimal(0),
                to_date=total.planned_to_date,
                channels=sum(row.budget is not None for row in money.rows),
                is_approved=money.is_approved,
                is_over=is_over,
                has_begun=day > first_day,
            ),
            words,
        ),
        kept=say_kept(money.reserve, money.for_tasks, money.held_back, money.whole, words),
        rows=tuple(_row(row, words.name(row.channel), words, unknown) for row in money.rows),
        total=_row(total, "All channels", words, unknown),
        evidence=tight(until),
        strength=3 if money.until is not None else 1,
        href=f"/w/{slug}/plan/",
    )


def _row(row: ChannelPace, name: str, words: Words, unknown: str) -> ShownChannel:
    pace, budget = row.pace, float(row.budget or 0)
    is_odd = pace is not None and not TOO_SLOW <= pace <= TOO_FAST
    return ShownChannel(
        name=name,
        kind=row.kind,
        spent=unknown if row.spent is None else words.money(row.spent) if row.spent else "none",
        booked=words.money(row.booked) if row.booked else "none",
        budget=words.money(row.budget) if row.budget is not None else "not planned",
        pace="" if pace is None else words.count(pace, digits=2),
        is_odd=is_odd,
        pace_says="" if pace is None else f"{'slower' if pace < 1 else 'faster'} than planned",
        spent_share=float(row.spent or 0) / budget if budget else 0.0,
        booked_share=float(row.booked) / budget if budget else 0.0,
        even_share=float(row.planned_to_date) / budget if budget and row.spent is not None else None,
        has_bar=budget > 0,
    )
