"""split_by_campaign: a channel's money of a week over the campaigns that are live on it, the rest always on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.money import split_money
from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.plan.quarter_plan import BudgetLine
from quarterdeck.strategy.parts.means import Campaign

ALWAYS_ON_SHARE = 0.3
"""What stays with the channel itself while campaigns fill a whole week: people also look for the company between campaigns."""


def split_by_campaign(
    amounts: Mapping[str, Sequence[Decimal]],
    weeks: Sequence[date],
    campaigns: Sequence[Campaign],
    *,
    step: Decimal = Decimal(1),
    always_on_share: float = ALWAYS_ON_SHARE,
) -> tuple[BudgetLine, ...]:
    """Budget lines that add up to `amounts` {channel: money of each week} exactly, in whole steps where the amount is; none for no money.

    A campaign's weight is the share of the week's days on which it is live; campaigns that overlap share what is not always on.
    Lines come channel by channel, week by week, always-on first, then campaigns in the order given.
    """
    lines: list[BudgetLine] = []
    for channel, by_week in amounts.items():
        of_channel = [campaign for campaign in campaigns if channel in campaign.channels]
        for week, amount in zip(weeks, by_week, strict=True):
            weights = _weights(of_channel, week, always_on_share)
            shares = split_money(amount, list(weights.values()), step=step)
            lines += [
                BudgetLine(channel=channel, campaign=campaign, week=week, amount=share)
                for campaign, share in zip(weights, shares, strict=True)
                if share
            ]
    return tuple(lines)


def live_days(campaign: Campaign, week: date) -> int:
    """Days of the week from Monday `week` on which the campaign is live: 0 to 7."""
    first, last = max(campaign.starts_on, week), min(campaign.ends_on, week + timedelta(days=DAYS_PER_WEEK - 1))
    return max(0, (last - first).days + 1)


def _weights(campaigns: Sequence[Campaign], week: date, always_on_share: float) -> dict[str | None, float]:
    """Shares of the week's money, always-on (None) first; they add up to 1."""
    live: dict[str | None, float] = {campaign.id: live_days(campaign, week) / DAYS_PER_WEEK for campaign in campaigns}
    crowd = max(1.0, sum(live.values()))
    shares = {name: (1.0 - always_on_share) * days / crowd for name, days in live.items() if days > 0}
    return {None: 1.0 - sum(shares.values()), **shares}
