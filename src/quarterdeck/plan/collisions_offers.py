"""PLAN-102 and PLAN-103: campaigns that trip over each other: offers that exclude each other, and one keyword paid for twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import combinations

from quarterdeck.plan.collision_scene import Finding, Judge, Scene, day_of
from quarterdeck.plan.quarter_plan import Fix
from quarterdeck.plan.wording import join_names, name_audience, name_campaign, name_channel, quote, say_day, say_span, say_weekday
from quarterdeck.strategy.parts.means import Campaign

OFFERS, KEYWORD = "PLAN-102", "PLAN-103"
BIDS_ON_KEYWORDS = ("search_ads", "shopping_ads")
KEYWORD_HOURS = Decimal("0.25")
DATES_HOURS = Decimal(1)
"""Hours to change the dates of a campaign; each item that moves with it takes ITEM_HOURS more."""
ITEM_HOURS = Decimal("0.5")
RETHINK_HOURS = Decimal(4)
"""Hours to give a campaign another offer, or to make one campaign of two."""


def find_clashing_offers(scene: Scene, judge: Judge) -> Iterator[Finding]:
    """One finding for each two campaigns whose offers must never meet and that run at once for the same people; no audience means everybody."""
    offers = {offer.id: offer for offer in scene.strategy.offers}
    for first, second in _overlapping(scene):
        one, other = offers.get(first.offer or ""), offers.get(second.offer or "")
        if one is None or other is None or (other.id not in one.excludes and one.id not in other.excludes) or one.id == other.id:
            continue
        shared = [each for each in first.audiences if each in second.audiences] if first.audiences and second.audiences else None
        if shared == []:
            continue
        who = join_names([name_audience(scene.strategy, each) for each in shared or first.audiences or second.audiences]) or "everybody"
        start, end = _span(scene, first, second)
        sentence = (
            f"{name_campaign(first)} offers {quote(one.text)} and {name_campaign(second)} offers {quote(other.text)} to {who} "
            f"{say_span(start, end)}; these offers must not meet."
        )
        yield Finding(OFFERS, (first.id, second.id), start, end, sentence, partial(_ways_apart, scene, judge, first, second))


def find_shared_keywords(scene: Scene, judge: Judge) -> Iterator[Finding]:
    """One finding for each two campaigns that bid on the same words through the same channel at once; case and spaces make no difference."""
    for first, second in _overlapping(scene):
        words = _keywords(first)
        shared = [words[word] for word in words if word in _keywords(second)]
        if not shared:
            continue
        channels = [
            channel
            for channel in first.channels
            if channel in second.channels and _bids(scene, channel) and _is_funded(scene, channel, first, second)
        ]
        if not channels:
            continue
        start, end = _span(scene, first, second)
        where = join_names([name_channel(scene.strategy, channel) for channel in channels])
        sentence = (
            f"{name_campaign(first)} and {name_campaign(second)} both bid on {join_names([quote(word) for word in shared])} in {where} "
            f"{say_span(start, end)} and raise each other's price."
        )
        yield Finding(KEYWORD, (first.id, second.id), start, end, sentence, partial(_one_bids, scene, judge, first, second))


def _overlapping(scene: Scene) -> Iterator[tuple[Campaign, Campaign]]:
    """Pairs that are live on a common day of the quarter; the one that starts first comes first."""
    campaigns = sorted(scene.strategy.campaigns, key=lambda campaign: (campaign.starts_on, campaign.id))
    for first, second in combinations(campaigns, 2):
        start, end = _span(scene, first, second)
        if start <= end:
            yield first, second


def _span(scene: Scene, first: Campaign, second: Campaign) -> tuple[date, date]:
    return max(first.starts_on, second.starts_on, scene.quarter.first_day), min(first.ends_on, second.ends_on, scene.quarter.last_day)


def _keywords(campaign: Campaign) -> dict[str, str]:
    return {" ".join(word.split()).casefold(): word for word in reversed(campaign.keywords)}


def _bids(scene: Scene, channel_id: str) -> bool:
    channel = scene.channels.get(channel_id)
    return channel is not None and channel.kind in BIDS_ON_KEYWORDS


def _is_funded(scene: Scene, channel: str, first: Campaign, second: Campaign) -> bool:
    """False when the plan's money says that one of them spends nothing there while both run; without money lines, true."""
    start, end = _span(scene, first, second)
    for campaign in (first, second):
        lines = [line for line in scene.budget_lines if line.channel == channel and line.campaign == campaign.id]
        if lines and not any(line.amount > 0 and line.week <= end and line.week + timedelta(days=6) >= start for line in lines):
            return False
    return True


def _one_bids(scene: Scene, judge: Judge, first: Campaign, second: Campaign) -> Iterator[Fix]:
    """The later campaign leaves the words to the earlier one, unless it would have none left and the earlier one would."""
    loser = second
    if set(_keywords(second)) <= set(_keywords(first)) and not set(_keywords(first)) <= set(_keywords(second)):
        loser = first
    winner = first if loser is second else second
    shared = [word for word in loser.keywords if " ".join(word.split()).casefold() in _keywords(winner)]
    rest = [word for word in loser.keywords if word not in shared]
    yield Fix(
        text=f"Leave {join_names([quote(word) for word in shared])} to {name_campaign(winner)} and take it out of {name_campaign(loser)}.",
        change={f"campaigns[{loser.id}].keywords": json.dumps(rest, ensure_ascii=False)},
        cost_hours=KEYWORD_HOURS,
    )
    yield from _other_dates(scene, judge, first, second)
    yield Fix(text=f"Make one campaign of {name_campaign(first)} and {name_campaign(second)}.", change={}, cost_hours=RETHINK_HOURS)


def _ways_apart(scene: Scene, judge: Judge, first: Campaign, second: Campaign) -> Iterator[Fix]:
    yield from _other_dates(scene, judge, first, second)
    shared = [audience for audience in second.audiences if audience in first.audiences]
    rest = [audience for audience in second.audiences if audience not in first.audiences]
    if first.audiences and rest and not any(entry.campaign == second.id and entry.audience in shared for entry in scene.entries):
        people = join_names([name_audience(scene.strategy, audience) for audience in shared])
        yield Fix(
            text=f"Leave {people} out of {name_campaign(second)}.",
            change={f"campaigns[{second.id}].audiences": json.dumps(rest)},
            cost_hours=DATES_HOURS * 2,
        )
    yield Fix(text=f"Give {name_campaign(first)} or {name_campaign(second)} another offer.", change={}, cost_hours=RETHINK_HOURS)
    yield Fix(text=f"Keep {name_campaign(second)} for another quarter.", change={}, cost_hours=RETHINK_HOURS)


def _other_dates(scene: Scene, judge: Judge, first: Campaign, second: Campaign) -> Iterator[Fix]:
    """At most one fix: end the first sooner, start the second later, or move the second whole with its items."""
    for fix, after in (*_cut(scene, first, second), *_moved(scene, first, second)):
        if judge.is_no_worse(scene, after) and not any({a.id, b.id} == {first.id, second.id} for a, b in _overlapping(after)):
            yield fix
            return


def _cut(scene: Scene, first: Campaign, second: Campaign) -> Iterator[tuple[Fix, Scene]]:
    eve, morrow = second.starts_on - timedelta(days=1), first.ends_on + timedelta(days=1)
    if eve >= first.starts_on and eve >= scene.settled:
        yield (
            Fix(
                text=f"End {name_campaign(first)} on {say_weekday(eve)}, the day before {name_campaign(second)} starts.",
                change={f"campaigns[{first.id}].ends_on": eve.isoformat()},
                cost_hours=DATES_HOURS,
            ),
            scene.with_campaign(first.id, ends_on=eve),
        )
    if morrow <= second.ends_on and scene.is_open(second.starts_on):
        yield (
            Fix(
                text=f"Start {name_campaign(second)} on {say_weekday(morrow)}, the day after {name_campaign(first)} ends.",
                change={f"campaigns[{second.id}].starts_on": morrow.isoformat()},
                cost_hours=DATES_HOURS,
            ),
            scene.with_campaign(second.id, starts_on=morrow),
        )


def _moved(scene: Scene, first: Campaign, second: Campaign) -> Iterator[tuple[Fix, Scene]]:
    """The second campaign and its items by whole weeks, so that weekdays stay; only while all of it stays in the quarter."""
    if not scene.is_open(second.starts_on):
        return
    weeks = -(-((first.ends_on - second.starts_on).days + 1) // 7)
    entries = [entry for entry in scene.entries if entry.campaign == second.id]
    while second.ends_on + timedelta(weeks=weeks) <= scene.quarter.last_day:
        by = timedelta(weeks=weeks)
        after = scene.with_campaign(second.id, starts_on=second.starts_on + by, ends_on=second.ends_on + by)
        change = {
            f"campaigns[{second.id}].ends_on": (second.ends_on + by).isoformat(),
            f"campaigns[{second.id}].starts_on": (second.starts_on + by).isoformat(),
        }
        for entry in entries:
            after = after.with_item(entry.item, on=day_of(entry) + by)
            change[f"content.items[{entry.item}].deliver.on"] = (day_of(entry) + by).isoformat()
        with_items = " with its items" if entries else ""
        yield (
            Fix(
                text=f"Move {name_campaign(second)}{with_items} to {say_day(second.starts_on + by)}, after {name_campaign(first)}.",
                change=change,
                cost_hours=DATES_HOURS + ITEM_HOURS * len(entries),
            ),
            after,
        )
        weeks += 1
