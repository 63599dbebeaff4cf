"""A rehearsal's market as facts: what its records show becomes rows of the same tables that real facts come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from quarterdeck.kernel.problems import Refused

if TYPE_CHECKING:
    from quarterdeck.lake.snapshot import Lake
    from quarterdeck.ledger.models import Workspace
    from quarterdeck.market.market import Market, MarketDays
    from quarterdeck.market.shocks import Shock
    from quarterdeck.market.spend import DailySpend

Columns = dict[str, list[Any]]


def market_of(workspace: Workspace) -> Market:
    """The market that this workspace rehearses on. Raises Refused when it has none: then weeks pass by themselves."""
    from quarterdeck.market.market import build_market

    settings = workspace.rehearsal or {}
    if "preset" not in settings:
        raise Refused(
            f"{workspace.name} does not rehearse: its weeks pass in the world.",
            fix="Import what happened with `quarterdeck import`, or try a sample company.",
            code="REHEARSE-001",
        )
    return build_market(settings["preset"], seed=int(settings["seed"]), first_day=date.fromisoformat(settings["first_day"]))


def shocks_of(workspace: Workspace) -> tuple[Shock, ...]:
    """What will hit this rehearsal's market, fixed when it was made."""
    from quarterdeck.market.shocks import Shock

    return tuple(
        Shock(
            kind=shock["kind"],
            first_day=date.fromisoformat(shock["first_day"]),
            last_day=date.fromisoformat(shock["last_day"]),
            size=float(shock["size"]),
            channel=shock.get("channel"),
            hidden=bool(shock.get("hidden")),
        )
        for shock in (workspace.rehearsal or {}).get("shocks", [])
    )


def spend_so_far(lake: Lake, *, until: date) -> dict[tuple[date, str, str | None], Decimal]:
    """Every amount on record up to `until`, by day, channel and campaign."""
    rows = lake.query("SELECT day, channel, campaign, sum(cost) AS cost FROM spend WHERE day <= $until GROUP BY ALL", {"until": until})
    return {
        (day, channel, campaign or None): cost
        for day, channel, campaign, cost in zip(rows["day"], rows["channel"], rows["campaign"], rows["cost"], strict=True)
        if cost is not None
    }


def run_market(workspace: Workspace, amounts: Mapping[tuple[date, str, str | None], Decimal], last_day: date) -> MarketDays:
    """The records of every day up to `last_day`, for the money that was spent."""
    from quarterdeck.market.spend import DailySpend

    market = market_of(workspace)
    spend = DailySpend.from_mapping({**{(market.first_day, channel, None): Decimal(0) for channel in market.channels}, **amounts}, last_day=last_day)
    return market.run(spend, shocks=shocks_of(workspace))


def to_cents(spend: DailySpend) -> DailySpend:
    """The same money in whole cents: what is on record is what the market was paid."""
    from quarterdeck.market.spend import DailySpend as Spend

    return Spend(spend.first_day, spend.lines, np.round(spend.amount, 2))


def facts_of(days: MarketDays, *, first_day: date, currency: str) -> dict[str, Columns]:
    """Rows of `spend`, `outcomes` and `context` from `first_day` on, as columns; rows of no money and no impressions are left out."""
    start = next((n for n, day in enumerate(days.days) if day >= first_day), len(days.days))
    kept = days.days[start:]
    return {
        "spend": _spend_rows(days, start, currency),
        "outcomes": _named_rows("metric", days.outcomes, kept, start),
        "context": _named_rows("name", days.context, kept, start),
    }


def _spend_rows(days: MarketDays, start: int, currency: str) -> Columns:
    rows: Columns = {name: [] for name in ("day", "channel", "campaign", "geo", "currency", "cost", "impressions", "clicks")}
    last = len(days.days) - 1
    is_shown = (days.spend > 0) | (days.impressions > 0)
    if start <= last and not is_shown[last].any():
        is_shown[last, 0] = True  # a row of nothing says that the records reach this far
    for n in range(start, len(days.days)):
        for i, (channel, campaign) in enumerate(days.lines):
            if not is_shown[n, i]:
                continue
            values = (
                days.days[n],
                channel,
                campaign or "",
                "",
                currency,
                Decimal(f"{days.spend[n, i]:.2f}"),
                int(days.impressions[n, i]),
                None if np.isnan(days.clicks[n, i]) else int(days.clicks[n, i]),
            )
            for column, value in zip(rows.values(), values, strict=True):
                column.append(value)
    return rows


def _named_rows(key: str, series: Mapping[str, Sequence[float] | Any], kept: Sequence[date], start: int) -> Columns:
    rows: Columns = {"day": [], key: [], "geo": [], "value": []}
    for name in sorted(series):
        rows["day"] += kept
        rows[key] += [name] * len(kept)
        rows["geo"] += [""] * len(kept)
        rows["value"] += [Decimal(repr(round(float(value), 6))) for value in series[name][start:]]
    return rows
