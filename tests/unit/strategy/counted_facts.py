"""What the facts of small companies come to, for tests of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.from_facts.counted import (
    Counted,
    CountedCampaign,
    CountedChannel,
    CountedConversion,
    CountedGroup,
    CountedLoad,
    CountedMetric,
    CountedPlace,
    Table,
    Unchanged,
    Whence,
)

TODAY = date(2027, 1, 4)
QUARTER = Quarter(TODAY)
LAST = date(2027, 1, 3)
WEEKS = tuple(QUARTER.first_day - timedelta(weeks=back) for back in range(60, 0, -1))
"""Sixty whole weeks up to the day before the quarter."""


def whence(table: Table = "spend", *, rows: int = 420, first: date = WEEKS[0], last: date = LAST, sources: Sequence[str] = ()) -> Whence:
    return Whence(table, rows, first, last, tuple(sources))


def channel(name: str, weekly: Sequence[int] = (), *, days: int = 420, last: date = LAST, **more: object) -> CountedChannel:
    """A channel whose last weeks cost `weekly`."""
    weeks = tuple((week, Decimal(cost)) for week, cost in zip(WEEKS[-len(weekly) :], weekly, strict=True)) if weekly else ()
    given = {"cost_ever": Decimal(sum(weekly)), "whence": whence(last=last, sources=more.pop("sources", ()))} | more  # type: ignore[arg-type]
    return CountedChannel(name=name, days=days, weeks=weeks, **given)  # type: ignore[arg-type]


def metric(name: str, weekly: Sequence[int], *, table: Table = "outcomes", **more: object) -> CountedMetric:
    """A metric whose last weeks were `weekly`."""
    weeks = tuple((week, Decimal(value)) for week, value in zip(WEEKS[-len(weekly) :], weekly, strict=True))
    return CountedMetric(name, whence(table, first=weeks[0][0]), weeks, **more)  # type: ignore[arg-type]


def company(**facts: object) -> Counted:
    """A company without facts, but for those given."""
    given: dict[str, object] = {"spend_weeks": WEEKS} | facts
    return Counted("North Bakery", "GBP", "Europe/London", "Ann", TODAY, QUARTER, **given)  # type: ignore[arg-type]


def rich() -> Counted:
    """A shop with every kind of fact, clean and dirty."""
    return company(
        channels=(
            channel("google_ads", [100] * 40 + [137] * 20, sources=("google_ads.csv",)),
            channel("google-ads", [7] * 5, sources=("google_ads.csv",)),
            channel("radio_/_drive_time", [53] * 60, other_money=(("EUR", Decimal("811.50")),)),
            channel("stand", [19] * 3, days=3),
            channel("flugblatt", [23] * 60),
            channel("old_tv", [31] * 20, last=date(2026, 3, 1)),
            CountedChannel("email", whence("touches"), days=300, visits=4_321, media=(("newsletter", "email"),)),
        ),
        campaigns=(
            CountedCampaign("google_ads", "spring_sale", Decimal("417.25"), date(2026, 11, 2), LAST),
            CountedCampaign("google_ads", "last_year", Decimal(0), date(2026, 1, 5), date(2026, 2, 1)),
        ),
        metrics=(
            metric("new_customers", [61] * 60, unchanged=Unchanged(741.2, 802.9, 861.4, 60)),
            metric("visits", [1_009] * 20, table="touches", machines=tuple((week, 90, 1_000) for week in WEEKS)),
            metric("revenue", [3_407] * 60),
        ),
        unknown_metrics=("warm_feelings",),
        conversions=(
            CountedConversion("first_order", whence("conversions"), 914, Decimal("47.30"), 0.92, Decimal("17.60"), 0.91, refunds=13),
            CountedConversion("call", whence("conversions"), 77, Decimal("9.90"), 0.2),
        ),
        buyers=whence("orders", rows=2_020, sources=("shopify.csv",)),
        groups=(
            CountedGroup("first", 602, Decimal("28110.40")),
            CountedGroup("back", 318, Decimal("39004.10")),
            CountedGroup("lapsed", 455, Decimal(0)),
        ),
        countries=(
            CountedPlace("GB", "GB", 970, 0.97, whence("people")),
            CountedPlace("IE", "IE", 3, 0.003, whence("people")),
            CountedPlace("Mars", None, 27, 0.027, whence("people")),
        ),
        languages=(CountedPlace("en", "en", 1_000, 1.0, whence("people")),),
        customers_by_channel=(("google_ads", 322), ("google-ads", 8), ("email", 41), ("flugblatt", 4)),
        loads=(
            CountedLoad("google_ads.csv", "spend", LAST),
            CountedLoad("shopify.csv", "orders", LAST),
            CountedLoad("mailchimp.csv", "spend", date(2025, 6, 1)),
        ),
    )
