"""Counted: everything that a draft from facts is made of, counted by whoever holds the facts. Values only; nothing here is a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from quarterdeck.kernel.periods import Quarter

Table = Literal["spend", "outcomes", "orders", "touches", "conversions", "people"]


@dataclass(frozen=True, slots=True)
class Whence:
    """Which rows a figure was counted from. `sources` are those of their loads, in the words of whoever brought them."""

    table: Table
    rows: int
    first_day: date
    last_day: date
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedChannel:
    """One spelling of a channel in the facts. `weeks`: its money by Monday in the company's currency, whole weeks alone."""

    name: str
    whence: Whence
    days: int
    """Different days with a row."""
    weeks: tuple[tuple[date, Decimal], ...] = ()
    cost_ever: Decimal = Decimal(0)
    other_money: tuple[tuple[str, Decimal], ...] = ()
    """Money in other currencies, all time: it is never added to the rest."""
    exposures: int | None = None
    """Times shown or messages sent, all time. None was never told."""
    visits: int = 0
    """Visits of people, all time; machines are left out."""
    media: tuple[tuple[str, str], ...] = ()
    """Source and medium of those visits, the most frequent first."""


@dataclass(frozen=True, slots=True)
class CountedCampaign:
    """A campaign that the facts name. `cost` of the last 13 whole weeks, in the company's currency."""

    channel: str
    name: str
    cost: Decimal
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What the coming quarter will most likely bring when nothing changes; in 8 of 10 cases it lies between `low` and `high`."""

    low: float
    middle: float
    high: float
    weeks: int
    """Weeks that the forecast learned from."""


@dataclass(frozen=True, slots=True)
class CountedMetric:
    """A metric by Monday, whole weeks alone. `machines`: by Monday, visits that machines made (they are left out) and visits of which it is told."""

    metric: str
    whence: Whence
    weeks: tuple[tuple[date, Decimal], ...]
    machines: tuple[tuple[date, int, int], ...] = ()
    unchanged: Unchanged | None = None


@dataclass(frozen=True, slots=True)
class CountedConversion:
    """An event by name. The medians are of what is known and above zero; `refunds` are rows of zero or less, which are not in them."""

    name: str
    whence: Whence
    count: int
    value: Decimal | None = None
    value_known: float = 0.0
    """Share of the events that say it."""
    margin: Decimal | None = None
    margin_known: float = 0.0
    refunds: int = 0
    other_money: int = 0
    """Events in another currency, which are left out of both medians."""


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """People told apart by their orders. `spent` in the last 26 weeks, in the company's currency."""

    kind: Literal["first", "back", "lapsed"]
    people: int
    spent: Decimal


@dataclass(frozen=True, slots=True)
class CountedPlace:
    """A country or a language and how often it is told; `share` of all that tell one. `code` is None for what is no country or language."""

    said: str
    code: str | None
    count: int
    share: float
    whence: Whence


@dataclass(frozen=True, slots=True)
class CountedLoad:
    """A file of facts that counts."""

    source: str
    table: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A company's facts as far as a draft needs them, and the company as its owner named it."""

    company: str
    currency: str
    timezone: str
    person: str
    """Who is asked what the facts do not say."""
    today: date
    quarter: Quarter
    """The quarter that the draft is for."""
    channels: tuple[CountedChannel, ...] = ()
    campaigns: tuple[CountedCampaign, ...] = ()
    metrics: tuple[CountedMetric, ...] = ()
    unknown_metrics: tuple[str, ...] = ()
    """Figures in the facts that no metric has the name of."""
    conversions: tuple[CountedConversion, ...] = ()
    orders: CountedConversion | None = None
    first_orders: CountedConversion | None = None
    buyers: Whence | None = None
    """The orders that `groups` were counted from."""
    groups: tuple[CountedGroup, ...] = ()
    countries: tuple[CountedPlace, ...] = ()
    languages: tuple[CountedPlace, ...] = ()
    customers_by_channel: tuple[tuple[str, int], ...] = ()
    """New customers of the last 13 weeks of `spend_weeks` by the channel that their last visit before came from."""
    loads: tuple[CountedLoad, ...] = ()
    spend_weeks: tuple[date, ...] = ()
    """Mondays of every whole week that spend reaches, first to last, without a gap."""
    machines_unknown: bool = False
    """Visits are there and nobody told which of them machines made."""
