"""Tables of events and people: orders, touches, conversions, and what is known of pseudonyms."""

from __future__ import annotations

from quarterdeck.facts.columns import ColumnSchema as Column
from quarterdeck.facts.columns import TableSchema, WideForm
from quarterdeck.facts.shared_columns import AT, CURRENCY, GEO, PERSON, PERSON_HEADERS, campaign_column, channel_column

ORDERS = TableSchema(
    "orders",
    "Purchases, one row each.",
    (
        Column(
            "order",
            "text",
            "The order's number where it comes from.",
            "1007",
            required=True,
            also=("order id", "order number", "order #", "order no", "id", "name"),
        ),
        AT,
        PERSON,
        GEO,
        CURRENCY,
        Column(
            "value",
            "money",
            "What was paid, after refunds.",
            "59.90",
            unit="money",
            required=True,
            also=("total", "total price", "net revenue", "n. revenue", "revenue", "amount"),
        ),
        Column("margin", "money", "What is left of it after the cost of the goods.", "21.40", unit="money", also=("profit", "gross margin")),
        Column("is_first", "flag", "Whether this person bought for the first time.", "yes", also=("new customer", "first order", "is new")),
    ),
    key=("order",),
    when="at",
)

TOUCHES = TableSchema(
    "touches",
    "Every meeting of a person with the company: a visit, a click, a letter read.",
    (
        AT,
        PERSON,
        channel_column(),
        Column("source", "text", "utm_source: who sent them.", "google", default="", also=("utm_source", "session source"), spelled_as="name"),
        Column("medium", "text", "utm_medium: by which way.", "cpc", default="", also=("utm_medium", "session medium"), spelled_as="name"),
        campaign_column(),
        Column("content", "text", "utm_content: which creative.", "blue_banner", default="", also=("utm_content", "ad content"), spelled_as="name"),
        Column("machine", "flag", "Whether a machine did it, not a person.", "no", also=("is bot", "bot", "is machine")),
    ),
    key=("at", "person", "channel", "source", "medium", "campaign", "content"),
    when="at",
)

CONVERSIONS = TableSchema(
    "conversions",
    "Every time that somebody did what the strategy hopes for.",
    (
        AT,
        PERSON,
        Column(
            "conversion",
            "text",
            "The conversion's id in the strategy.",
            "first_order",
            required=True,
            also=("event", "event name", "goal", "conversion name"),
            spelled_as="name",
        ),
        Column("order", "text", "The order that it belongs to.", "1007", default="", also=("order id", "order number", "transaction id")),
        Column("currency", "text", CURRENCY.meaning, CURRENCY.example, also=CURRENCY.also, spelled_as="code"),
        Column("value", "money", "What it brought.", "59.90", unit="money", also=("revenue", "conversion value", "amount")),
        Column("margin", "money", "What is left of it after the cost of the goods.", "21.40", unit="money", also=("profit",)),
    ),
    key=("at", "person", "conversion", "order"),
    when="at",
)

PEOPLE = TableSchema(
    "people",
    "What is known of a pseudonym: one attribute a row.",
    (
        Column("person", "text", PERSON.meaning, PERSON.example, required=True, also=PERSON_HEADERS, holds_person=True),
        Column("attribute", "text", "What is known.", "country", required=True, spelled_as="name"),
        Column("value", "text", "Its value.", "GB", required=True),
    ),
    key=("person", "attribute"),
    when=None,
    wide=WideForm("attribute", "value"),
)
