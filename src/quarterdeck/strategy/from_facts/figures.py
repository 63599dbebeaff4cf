"""Baselines, what a conversion is worth, and what a customer costs now: figures that were counted, each with its weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.strategy.from_facts.channels import FoundChannel
from quarterdeck.strategy.from_facts.counted import Counted, CountedConversion, CountedMetric, Unchanged
from quarterdeck.strategy.from_facts.proposals import Proposal, cents, say_days, say_whence
from quarterdeck.strategy.from_facts.spelled import folded, id_for, title_of
from quarterdeck.strategy.parts.aims import Conversion
from quarterdeck.strategy.parts.management import Kpi
from quarterdeck.strategy.wording.wording import say_number, say_share

YEAR = timedelta(weeks=52)
LEAST_CUSTOMERS = 10
"""A cost for fewer customers is chance."""
LEAST_KNOWN = 0.5
"""A median of fewer than half of the events is not said to be that of all."""
_FIRST = ("new_customers", "leads", "orders", "revenue", "margin")
EVENT_METRICS: Mapping[str, str] = {
    "firstorder": "new_customers", "newcustomer": "new_customers", "firstpurchase": "new_customers",
    "order": "orders", "purchase": "orders", "sale": "orders", "checkout": "orders",
    "lead": "leads", "generatelead": "leads", "contact": "leads", "contactform": "leads", "enquiry": "leads", "inquiry": "leads", "quoterequest": "leads",
    "qualifiedlead": "qualified_leads", "signup": "signups", "registration": "signups", "trial": "signups", "freetrial": "signups",
    "subscription": "paying_accounts", "booking": "bookings", "appointment": "bookings", "donation": "donations",
    "newsletter": "email_subscribers", "newslettersignup": "email_subscribers", "subscribe": "email_subscribers", "emailsignup": "email_subscribers",
}  # fmt: skip
"""Names of events (letters and digits alone, plural or not) that say which metric counts them."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was counted in 13 weeks: the total, or the mean of a metric whose weeks do not add up."""

    value: Decimal
    first_day: date
    last_day: date
    how: Literal["year_before", "latest"]


@dataclass(frozen=True, slots=True)
class FoundMetric:
    """A metric with its baseline for the coming quarter (None: fewer than 13 whole weeks are known), and what is expected when nothing changes."""

    key: str
    metric: str
    baseline: Baseline | None
    unchanged: Unchanged | None
    origin: str
    weeks: int
    machines: float | None


def find_metrics(counted: Counted) -> tuple[FoundMetric, ...]:
    """Every metric that was counted, new customers and revenue first."""
    order = tuple(dict.fromkeys((*_FIRST, *METRICS)))
    known = [each for each in counted.metrics if each.weeks and each.metric != "spend"]
    return tuple(_found(counted, each) for each in sorted(known, key=lambda each: order.index(each.metric)))


def baseline_of(counted: Counted, found: CountedMetric) -> Baseline | None:
    """The weeks of the coming quarter a year before where all 13 were counted, else the last 13 in a row; None when neither is whole."""
    by_week = dict(found.weeks)
    before = tuple(week - YEAR for week in counted.quarter.weeks)
    last = max(by_week)
    latest = tuple(last - timedelta(weeks=back) for back in reversed(range(WEEKS_PER_QUARTER)))
    for weeks, how in ((before, "year_before"), (latest, "latest")):
        if all(week in by_week for week in weeks):
            values = [by_week[week] for week in weeks]
            total = sum(values, Decimal(0))
            value = total if METRICS[found.metric].adds_up else total / len(values)
            return Baseline(
                _settled(value, found.metric), weeks[0], weeks[-1] + timedelta(days=6), "year_before" if how == "year_before" else "latest"
            )
    return None


def find_conversions(counted: Counted) -> tuple[Proposal[Conversion], ...]:
    """Events by name or, where none is on record, orders and first orders."""
    events = counted.conversions or tuple(each for each in (counted.orders, counted.first_orders) if each is not None)
    found: list[Proposal[Conversion]] = []
    for event in events:
        found.append(_conversion(event, {each.part.id for each in found}))
    return tuple(found)


def find_kpis(counted: Counted, channels: Sequence[FoundChannel]) -> tuple[Proposal[Kpi], ...]:
    """Cost per new customer of the last 13 weeks of spend, of all money and by channel; costs for fewer than ten customers are left out."""
    weeks = counted.spend_weeks[-WEEKS_PER_QUARTER:]
    paid = [(each, each.latest.amount) for each in channels if each.latest is not None and each.latest.amount > 0]
    by_channel = {spelling: each.proposal.part.id for each in channels for spelling in each.spellings}
    customers: dict[str, int] = {}
    for spelling, number in counted.customers_by_channel:
        if spelling in by_channel:
            customers[by_channel[spelling]] = customers.get(by_channel[spelling], 0) + number
    found: list[tuple[str | None, Decimal, Decimal]] = [(None, sum((cost for _, cost in paid), Decimal(0)), _new_customers(counted, weeks))]
    found += [(each.proposal.part.id, cost, Decimal(customers.get(each.proposal.part.id, 0))) for each, cost in paid]
    return tuple(_kpi(channel, cost, number, weeks) for channel, cost, number in found if cost > 0 and number >= LEAST_CUSTOMERS)


def metric_of_event(name: str) -> str | None:
    """The metric that counts events of that name, by the table; None where the name says nothing."""
    return EVENT_METRICS.get(folded(name)) or EVENT_METRICS.get(folded(name).removesuffix("s"))


def _found(counted: Counted, found: CountedMetric) -> FoundMetric:
    baseline = baseline_of(counted, found)
    first, last = (baseline.first_day, baseline.last_day) if baseline else (None, None)
    which = (
        ""
        if baseline is None
        else " These are the same weeks a year before."
        if baseline.how == "year_before"
        else " These are the last 13 whole weeks."
    )
    share = _machines(found, baseline)
    machines = "" if share is None else f" Visits made by machines were left out: {_portion(share)} of those that it is known of."
    return FoundMetric(
        key=f"metric-{found.metric}",
        metric=found.metric,
        baseline=baseline,
        unchanged=found.unchanged,
        origin=say_whence(found.whence, first=first, last=last) + which + machines,
        weeks=len(found.weeks),
        machines=share,
    )


def _machines(found: CountedMetric, baseline: Baseline | None) -> float | None:
    """Share of visits by machines in the weeks of the baseline; None where nobody told."""
    weeks = [each for each in found.machines if baseline is not None and baseline.first_day <= each[0] <= baseline.last_day]
    told = sum(each[2] for each in weeks)
    return sum(each[1] for each in weeks) / told if told else None


def _conversion(event: CountedConversion, taken: set[str]) -> Proposal[Conversion]:
    value = event.value if event.value_known >= LEAST_KNOWN else None
    margin = event.margin if event.margin_known >= LEAST_KNOWN else None
    origin = (
        say_whence(event.whence)
        + f" It happened {say_number(event.count)} {'time' if event.count == 1 else 'times'}."
        + _say_worth(event, value, margin)
    )
    part = Conversion(
        id=id_for(event.name, taken, otherwise="conversion"),
        group=f"People whose next step is: {title_of(event.name).lower()}",
        event=event.name,
        metric=metric_of_event(event.name),
        value=None if value is None else cents(value),
        margin=None if margin is None else cents(margin),
        note=origin,
    )
    return Proposal(f"conversion-{part.id}", part, origin)


def _say_worth(event: CountedConversion, value: Decimal | None, margin: Decimal | None) -> str:
    said = ""
    for name, amount, known in (("value", value, event.value_known), ("margin", margin, event.margin_known)):
        if amount is not None:
            said += f" The {name} is the middle one (median) of those that say it: {_portion(known)} of them."
        elif known > 0:
            said += f" Only {_portion(known)} of them say a {name}: too few."
    if event.refunds:
        said += f" {say_number(event.refunds)} of zero or less (refunds) {'is' if event.refunds == 1 else 'are'} not in it."
    if event.other_money:
        said += f" {say_number(event.other_money)} in another currency {'is' if event.other_money == 1 else 'are'} not in it."
    return said


def _new_customers(counted: Counted, weeks: Sequence[date]) -> Decimal:
    """Of these weeks; 0 where one of them was not counted."""
    by_week = next((dict(each.weeks) for each in counted.metrics if each.metric == "new_customers"), {})
    return sum((by_week[week] for week in weeks), Decimal(0)) if weeks and all(week in by_week for week in weeks) else Decimal(0)


def _kpi(channel: str | None, cost: Decimal, customers: Decimal, weeks: Sequence[date]) -> Proposal[Kpi]:
    by = "all spend and all new customers" if channel is None else "its spend and the customers whose last visit before came from it"
    days = say_days(weeks[0], weeks[-1] + timedelta(days=6))
    origin = f"Counted from {by}, {days}: {say_number(_whole(customers))} customers. Tools and hours are not in it."
    part = Kpi(metric="cost_per_customer", channel=channel, baseline=cents(cost / customers), cadence="week", note=origin)
    return Proposal(f"kpi-{channel or 'all'}", part, origin)


def _settled(value: Decimal, metric: str) -> Decimal:
    """Counts whole, all else to the hundredth."""
    return _whole(value) if METRICS[metric].unit == "count" and value == value.to_integral_value() else cents(value)


def _portion(share: float) -> str:
    return "none" if share == 0 else "all" if share == 1 else say_share(share)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1))
