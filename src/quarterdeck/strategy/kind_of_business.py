"""Which kind of business a strategy seems to be of: by what it counts, how it reaches people, and the words that it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True, slots=True)
class _Signs:
    """What speaks for a kind: metrics (3 each), kinds of channels (2 each), words in what is said of company, customers and conversions (1 each)."""

    metrics: frozenset[str]
    channels: frozenset[str]
    words: re.Pattern[str]


def _signs(metrics: str, channels: str, words: str) -> _Signs:
    return _Signs(frozenset(metrics.split()), frozenset(channels.split()), re.compile(rf"\b(?:{words})", re.IGNORECASE))


_KINDS: Mapping[str, _Signs] = {
    "shop": _signs(
        "orders repeat_orders average_order_value revenue shop_visits", "shopping_ads", "shops?|stores?|baskets?|orders?|parcels?|delivery"
    ),
    "b2b_service": _signs("qualified_leads leads", "partners", "firms?|factor|tender|contracts?|procurement|consult|agenc|clients?|b2b"),
    "saas": _signs(
        "paying_accounts signups cancellations", "affiliate mobile_app", "software|apps?\\b|trials?|subscri|accounts?|onboard|roster|log in"
    ),
    "local_trade": _signs(
        "bookings calls reviews", "sms", "repair|plumb|heat|vans?\\b|salon|garage|craft|workshop|appointment|visits? booked|clinic|dentist"
    ),
    "non_profit": _signs(
        "donations new_donors", "", "gifts?|donat|donors?|volunteer|helpers?|charit|members? of the board|refugee|association|meals"
    ),
}


def guess_kind(strategy: Strategy) -> str:
    """The name of the example that is most alike; "shop" where nothing speaks for another."""
    scores = {kind: _score(strategy, signs) for kind, signs in _KINDS.items()}
    return max(scores, key=lambda kind: scores[kind])


def _score(strategy: Strategy, signs: _Signs) -> int:
    aims = [*strategy.goals, *strategy.objectives]
    counted = [aim.metric for aim in aims] + [conversion.metric or "" for conversion in strategy.conversions]
    used = {channel.kind for channel in strategy.channels}
    said = [strategy.company.name, strategy.vision or "", *(aim.statement for aim in aims), *(audience.who for audience in strategy.audiences)]
    said += [f"{conversion.group} {conversion.event}" for conversion in strategy.conversions]
    found = {word.casefold() for text in said for word in signs.words.findall(text)}
    return 3 * sum(metric in signs.metrics for metric in counted) + 2 * len(used & signs.channels) + len(found)
