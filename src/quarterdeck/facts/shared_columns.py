"""Columns that several tables of facts share, and the headers they are found under."""

from __future__ import annotations

from quarterdeck.facts.columns import ColumnSchema as Column

DAY_HEADERS = ("date", "date_day", "ds", "reporting starts", "report date", "datum", "fecha", "jour", "дата")
WEEK_HEADERS = ("week", "week start", "week starting", "week commencing", "week beginning", "week of", "wk_strt_dt", "woche", "semaine")
WEEK_END_HEADERS = ("week end", "week ending")
_CHANNEL_HEADERS = ("platform", "media", "source / medium", "kanal", "canal")
_CAMPAIGN_HEADERS = ("campaign name", "campaign_name", "utm_campaign", "session campaign", "kampagne", "campagne")
_GEO_HEADERS = ("country", "region", "market", "territory", "land", "pays")
_AT_HEADERS = ("created at", "timestamp", "time", "datetime", "created date (utc)", "created date", "date and time", "date", "event time")
PERSON_HEADERS = ("customer", "customer id", "user id", "user", "client id", "contact", "visitor")

DAY = Column("day", "day", "The day it happened, in the company's own time zone.", "2027-02-01", required=True, also=DAY_HEADERS)
GEO = Column("geo", "text", "Where: a country or region code; empty is everywhere.", "GB", default="", also=_GEO_HEADERS, spelled_as="code")
AT = Column("at", "instant", "The moment it happened, in UTC.", "2027-02-01T09:30:00Z", required=True, also=_AT_HEADERS)
PERSON = Column("person", "text", "A pseudonym, never a name or an address.", "p-7f3a", default="", also=PERSON_HEADERS, holds_person=True)
CURRENCY = Column(
    "currency",
    "text",
    "The currency of the amounts (ISO 4217).",
    "GBP",
    also=("currency code", "account currency", "währung", "devise"),
    spelled_as="code",
    required=True,
)


def channel_column() -> Column:
    """The channel, required."""
    return Column(
        "channel",
        "text",
        "The channel's id in the strategy, or its name where it comes from.",
        "search_ads",
        required=True,
        also=_CHANNEL_HEADERS,
        spelled_as="name",
    )


def campaign_column() -> Column:
    """The campaign, empty when it is not told."""
    return Column(
        "campaign", "text", "The campaign; empty when it is not told.", "spring_sale", default="", also=_CAMPAIGN_HEADERS, spelled_as="name"
    )
