"""The desk of a person, and rows of facts to bring in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quarterdeck.operations.site import Site

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def latest_review(site: Site) -> Any:
    """The newest review of Harbour."""
    from quarterdeck.operations.plan.read_plan import review_of

    return review_of(desk_of(site).context.workspace.reviews.order_by("-as_of", "-pk").first())


def desk_of(site: Site, slug: str = "harbour", person: str = "Olena") -> Any:
    """The desk of a person as it is now."""
    from quarterdeck.operations.quarter.open_desk import open_desk

    found = open_desk(site, slug, person, now=NOW)
    assert found is not None
    return found


def outcomes(metric: str, first: date, values: list[float]) -> dict[str, list[Any]]:
    """Rows of one metric, a day each."""
    days = [first + timedelta(days=n) for n in range(len(values))]
    return {"day": days, "metric": [metric] * len(values), "geo": [""] * len(values), "value": [Decimal(str(value)) for value in values]}


def spend(channel: str, first: date, costs: list[float]) -> dict[str, list[Any]]:
    """Rows of one channel, a day each."""
    days = [first + timedelta(days=n) for n in range(len(costs))]
    count = len(costs)
    return {
        "day": days,
        "channel": [channel] * count,
        "campaign": [""] * count,
        "geo": [""] * count,
        "currency": ["GBP"] * count,
        "cost": [Decimal(str(cost)) for cost in costs],
        "impressions": [None] * count,
        "clicks": [None] * count,
        "reach": [None] * count,
    }
