"""The channels that facts name, each once however it is spelled: kind, who pays, what it costs, and how far its money may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.strategy.from_facts.channel_kinds import Guess, guess_kind, ownership_of
from quarterdeck.strategy.from_facts.counted import Counted, CountedChannel
from quarterdeck.strategy.from_facts.proposals import Proposal, cents, money_said, say_days, say_whence
from quarterdeck.strategy.from_facts.spelled import folded, id_for, title_of
from quarterdeck.strategy.parts.means import Channel, SpendLimits
from quarterdeck.strategy.wording.wording import say_day

LEAST_DAYS = 14
"""A channel seen on fewer days is a try, not a channel."""
QUIET = timedelta(weeks=WEEKS_PER_QUARTER)
LEAST_SHARE_OF_VISITS = 0.01
_WEEK_END = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Spent:
    """Money of whole weeks, both days included."""

    amount: Decimal
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class FoundChannel:
    """A channel as a proposal, with the figures that it rests on. `spellings`: its names in the facts, the one it is kept by first."""

    proposal: Proposal[Channel]
    spellings: tuple[str, ...]
    guess: Guess
    sources: tuple[str, ...]
    latest: Spent | None
    """Of the last 13 whole weeks of spend, or of all there are."""
    most: Spent | None
    """The most that any 13 whole weeks in a row saw; None when fewer are known."""
    other_money: tuple[tuple[str, Decimal], ...]

    @property
    def key(self) -> str:
        """What a person takes or leaves it by."""
        return self.proposal.key

    @property
    def is_found_by_curves(self) -> bool:
        """Whether its id is its name in the facts, so that curves and plans see its money."""
        return self.proposal.part.id in self.spellings


def find_channels(counted: Counted) -> tuple[FoundChannel, ...]:
    """One a channel, the most money first, then the most visits."""
    groups: dict[str, list[CountedChannel]] = {}
    for each in counted.channels:
        groups.setdefault(folded(each.name), []).append(each)
    ordered = sorted(groups.values(), key=lambda same: (-_cost(same), -sum(each.visits for each in same), same[0].name))
    found: list[FoundChannel] = []
    for same in ordered:
        found.append(_channel(counted, same, taken={each.proposal.part.id for each in found}))
    return tuple(found)


def _channel(counted: Counted, same: Sequence[CountedChannel], *, taken: set[str]) -> FoundChannel:
    by_weight = sorted(same, key=lambda each: (-each.cost_ever, -each.visits, -each.whence.rows, each.name))
    main, other_money = by_weight[0], _other_money(same)
    is_paid = _cost(same) > 0 or bool(other_money)
    media = tuple(pair for each in by_weight for pair in each.media)
    guess = guess_kind(main.name, media, is_paid=is_paid)
    ownership = ownership_of(guess.kind, is_paid=is_paid, is_sent=any(each.exposures for each in same))
    latest, most = latest_money(counted.spend_weeks, same), most_money(counted.spend_weeks, same)
    latest = latest if latest is not None and (latest.amount > 0 or not other_money) else None
    is_limited = most is not None and most.amount > 0
    part = Channel(
        id=id_for(main.name, taken, otherwise="channel"),
        name=title_of(main.name),
        kind=guess.kind,
        ownership=ownership,
        spend=SpendLimits(floor=Decimal(0), cap=cents(most.amount)) if is_limited and most is not None else None,
    )
    origin = _origin(counted, by_weight, latest if is_paid else None, most if is_limited else None)
    return FoundChannel(
        proposal=Proposal(f"channel-{part.id}", part.model_copy(update={"note": origin}), origin, _why_off(counted, same)),
        spellings=tuple(dict.fromkeys(each.name for each in by_weight)),
        guess=guess,
        sources=tuple(dict.fromkeys(source for each in by_weight for source in each.whence.sources)),
        latest=latest if is_paid else None,
        most=most if is_limited else None,
        other_money=other_money,
    )


def latest_money(weeks: Sequence[date], same: Sequence[CountedChannel]) -> Spent | None:
    """Money of the last 13 of `weeks` (of all, where they are fewer); None without a whole week."""
    seen = tuple(weeks[-WEEKS_PER_QUARTER:])
    return _spent(seen, _by_week(same)) if seen else None


def most_money(weeks: Sequence[date], same: Sequence[CountedChannel]) -> Spent | None:
    """The most that 13 of `weeks` in a row saw, the latest of equals; None when there are fewer than 13. A week without a row is one without money."""
    by_week = _by_week(same)
    runs = [_spent(tuple(weeks[start : start + WEEKS_PER_QUARTER]), by_week) for start in range(len(weeks) - WEEKS_PER_QUARTER + 1)]
    return max(runs, key=lambda run: (run.amount, run.first_day), default=None)


def _spent(weeks: tuple[date, ...], by_week: dict[date, Decimal]) -> Spent:
    return Spent(sum((by_week.get(week, Decimal(0)) for week in weeks), Decimal(0)), weeks[0], weeks[-1] + _WEEK_END)


def _by_week(same: Sequence[CountedChannel]) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for each in same:
        for week, cost in each.weeks:
            found[week] = found.get(week, Decimal(0)) + cost
    return found


def _cost(same: Sequence[CountedChannel]) -> Decimal:
    return sum((each.cost_ever for each in same), Decimal(0))


def _other_money(same: Sequence[CountedChannel]) -> tuple[tuple[str, Decimal], ...]:
    found: dict[str, Decimal] = {}
    for each in same:
        for currency, amount in each.other_money:
            found[currency] = found.get(currency, Decimal(0)) + amount
    return tuple(sorted((currency, amount) for currency, amount in found.items() if amount > 0))


def _why_off(counted: Counted, same: Sequence[CountedChannel]) -> str | None:
    """Why it may be no channel of this company now."""
    last, until = max(each.whence.last_day for each in same), max(each.whence.last_day for each in counted.channels)
    days, visits = max(each.days for each in same), sum(each.visits for each in same)
    everybody = sum(each.visits for each in counted.channels)
    if days < LEAST_DAYS:
        return f"It was seen on {days} {'day' if days == 1 else 'days'} only."
    if last < until - QUIET:
        return f"It was last seen on {say_day(last)}."
    if not any(each.whence.table == "spend" for each in same) and visits < LEAST_SHARE_OF_VISITS * everybody:
        return "Fewer than 1 in 100 visits came from it."
    return None


def _origin(counted: Counted, same: Sequence[CountedChannel], latest: Spent | None, most: Spent | None) -> str:
    said = [say_whence(each.whence) for each in same[:2]]
    if latest is not None and latest.amount > 0:
        said.append(f"{money_said(latest.amount, counted.currency)} in the whole weeks from {say_days(latest.first_day, latest.last_day)}.")
    if most is not None:
        said.append(f"The cap is the most that 13 weeks in a row ever cost ({say_days(most.first_day, most.last_day)}); the floor is nothing.")
    return " ".join(said)
