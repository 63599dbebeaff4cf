"""published_belief: what others have published about a kind of channel, as a return in the units of one company, honestly wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from quarterdeck.response.priors.published_returns import PUBLISHED, PublishedReturn

BETWEEN_COMPANIES = 0.86
"""Sd of the logarithm of a return from company to company: 8 of 10 within a factor of 3 of a published figure.

Between what 225 geo tests show (half of them between 1.36 and 3.24, sd 0.64, their own noise included) and Meridian's default prior (0.9)."""
ATTRIBUTED_COUNTS = 0.6
"""What a platform credits to itself times this is what it brought: tests find 30 to 70 % less, and sometimes more (`published_returns.FINDINGS`)."""
DISCOUNT_SD = 0.5
"""Sd of the logarithm of that discount: 8 of 10 between half and twice of it."""
NEAR_THE_DOLLAR = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD")
"""Currencies of which a unit is worth a dollar within a factor that the width swallows; costs per lead are not carried over to others."""
LEADS = ("leads", "signups", "bookings")
"""Metrics of which one is about what platforms count as a lead."""


@dataclass(frozen=True)
class Asking:
    """For whom a return is looked up.

    `kind` of the channel, `metric` that is counted, `currency` of the company; `value`: profit before marketing of one unit of the metric;
    `margin`: share of revenue that is profit before marketing. None is not known. `industry`: as in `published_returns`, None for any.
    """

    kind: str
    metric: str
    currency: str
    value: float | None = None
    margin: float | None = None
    industry: str | None = None


@dataclass(frozen=True)
class PublishedBelief:
    """Return of one company, in units of its metric per unit of its money: median, sd of the logarithm, and the rows that it rests on."""

    median: float
    log_sd: float
    rows: tuple[PublishedReturn, ...]


def published_belief(asking: Asking) -> PublishedBelief | None:
    """What is published about a channel of that kind; None where no figure can be carried over.

    Rows of the same industry are taken where there are any, else those of all industries, and what others assume only where nothing was measured.
    A new company is one more draw from where companies lie: the width is that of companies, of the discount and of the differences between rows, and
    more rows do not make it narrower. Source: predictive distribution of a random-effects meta-analysis, Higgins, Thompson & Spiegelhalter 2009, "A re-evaluation of random-effects meta-analysis".
    """
    carried = [(row, figure) for row in _rows(asking) if (figure := _carried_over(row, asking)) is not None]
    rows = [(row, figure) for row, figure in carried if row.basis != "assumed"] or carried
    if not rows:
        return None
    logs = np.array([log(figure * discount(row)) for row, figure in rows])
    within = np.array([log_sd(row) for row, _ in rows])
    spread = sqrt(float((within**2).mean()) + float(logs.var()))
    return PublishedBelief(exp(float(logs.mean())), spread, tuple(row for row, _ in rows))


def discount(row: PublishedReturn) -> float:
    """The share of the figure that is taken to be incremental."""
    return ATTRIBUTED_COUNTS if row.basis == "attributed" else 1.0


def log_sd(row: PublishedReturn) -> float:
    """Sd of the logarithm of one company's return around the discounted figure."""
    return sqrt(BETWEEN_COMPANIES**2 + DISCOUNT_SD**2) if row.basis == "attributed" else BETWEEN_COMPANIES


def _rows(asking: Asking) -> Sequence[PublishedReturn]:
    """Rows of the kind: of the industry when one of them is, else those that speak of all."""
    of_kind = [row for row in PUBLISHED if asking.kind in row.kinds and row.measure in _measures(asking)]
    same = [row for row in of_kind if row.industry is not None and row.industry == asking.industry]
    return same or [row for row in of_kind if row.industry is None]


def _measures(asking: Asking) -> tuple[str, ...]:
    if asking.metric in LEADS and any(asking.kind in row.kinds and row.measure == "cost_per_lead" for row in PUBLISHED):
        return ("cost_per_lead",) if asking.currency in NEAR_THE_DOLLAR else ()
    return ("revenue_per_money", "profit_per_money")


def _carried_over(row: PublishedReturn, asking: Asking) -> float | None:
    """The figure in units of the company's metric per unit of its money; None when that cannot be said.

    Money is carried over by the margin, and into results by what one of them is worth.
    """
    if row.measure == "cost_per_lead":
        return 1.0 / row.figure
    is_profit = row.measure == "profit_per_money"
    if asking.metric in ("revenue", "donations"):
        return row.figure if not is_profit else row.figure / asking.margin if asking.margin else None
    profit = row.figure if is_profit else row.figure * asking.margin if asking.margin else None
    if asking.metric == "margin":
        return profit
    return profit / asking.value if profit is not None and asking.value else None
