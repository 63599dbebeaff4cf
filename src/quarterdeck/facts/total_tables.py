"""Tables of totals: spend, outcomes and context by day, experiments and answers."""

from __future__ import annotations

from quarterdeck.facts.columns import ColumnSchema as Column
from quarterdeck.facts.columns import TableSchema, WideForm
from quarterdeck.facts.shared_columns import CURRENCY, DAY, DAY_HEADERS, GEO, PERSON, campaign_column, channel_column

_COST_HEADERS = ("spend", "amount spent", "amount", "cost total", "total cost", "media spend", "kosten", "ausgaben", "dépenses")

SPEND = TableSchema(
    "spend",
    "Money gone to a channel in a day, and what it bought. Unpaid exposures (e-mails sent, posts seen) are rows of cost 0 "
    "with their number in impressions.",
    (
        DAY,
        channel_column(),
        campaign_column(),
        GEO,
        CURRENCY,
        Column(
            "cost",
            "money",
            "Money spent that day.",
            "105.00",
            unit="money",
            required=True,
            also=_COST_HEADERS,
            minimum=0,
            in_week="split",
        ),
        Column(
            "impressions",
            "count",
            "Times shown, or messages sent.",
            "5000",
            unit="count",
            also=("impr.", "impr", "views", "sent", "deliveries", "impressionen"),
            minimum=0,
            in_week="split",
        ),
        Column("clicks", "count", "Clicks.", "140", unit="count", also=("link clicks", "klicks", "clics"), minimum=0, in_week="split"),
        Column(
            "reach",
            "count",
            "Different people reached that day.",
            "3100",
            unit="people",
            also=("unique reach", "people reached", "reichweite"),
            minimum=0,
            in_week="not_known",
        ),
    ),
    key=("day", "channel", "campaign", "geo"),
    when="day",
    wide=WideForm("channel", "cost"),
)

OUTCOMES = TableSchema(
    "outcomes",
    "What the company wants, counted by day; for companies that know totals only.",
    (
        DAY,
        Column(
            "metric",
            "text",
            "What is counted: a metric id such as new_customers.",
            "new_customers",
            required=True,
            also=("kpi", "measure"),
            spelled_as="name",
        ),
        GEO,
        Column(
            "value",
            "number",
            "How many, how much, or how high that day.",
            "12",
            unit="of the metric",
            required=True,
            also=("amount", "number", "result"),
            in_week="by_metric",
        ),
    ),
    key=("day", "metric", "geo"),
    when="day",
    wide=WideForm("metric", "value"),
)

CONTEXT = TableSchema(
    "context",
    "What else moved: price, weather, holidays, promotions, economy. A name that only holds 0 and 1 is a flag.",
    (
        Column("day", "day", DAY.meaning, DAY.example, required=True, also=DAY_HEADERS, may_lie_ahead=True),
        GEO,
        Column("name", "text", "What it is.", "price_index", required=True, also=("variable", "driver", "factor"), spelled_as="name"),
        Column("value", "number", "Its level that day, or 1 and 0 for yes and no.", "1.05", required=True),
    ),
    key=("day", "geo", "name"),
    when="day",
    wide=WideForm("name", "value"),
)

EXPERIMENTS = TableSchema(
    "experiments",
    "Tests that the company ran: what extra spend in a channel brought, with its range.",
    (
        Column("experiment", "text", "Its name.", "search_pause_leeds", required=True, also=("test", "id", "name"), spelled_as="name"),
        channel_column(),
        Column("metric", "text", "What was counted.", "new_customers", required=True, also=("kpi",), spelled_as="name"),
        Column("first_day", "day", "First day of the test.", "2027-02-01", required=True, also=("start", "starts on", "start date")),
        Column("last_day", "day", "Last day of the test.", "2027-02-28", required=True, also=("end", "ends on", "end date")),
        GEO,
        CURRENCY,
        Column(
            "cost", "money", "Spend that the test added (or saved, below zero).", "4000", unit="money", required=True, also=("spend", "extra spend")
        ),
        Column("effect", "number", "Outcome that it added.", "31", unit="of the metric", required=True, also=("lift", "incremental", "extra")),
        Column("effect_low", "number", "Lower end of the range.", "12", unit="of the metric", also=("low", "lower")),
        Column("effect_high", "number", "Upper end of the range.", "50", unit="of the metric", also=("high", "upper")),
        Column("interval", "number", "How sure the range is, as a share.", "0.9", unit="share", also=("confidence", "confidence level"), minimum=0),
        Column("method", "text", "How it was done.", "geo holdout", default=""),
    ),
    key=("experiment", "metric"),
    when="first_day",
)

ANSWERS = TableSchema(
    "answers",
    'What people said when asked: surveys, and "how did you hear of us?".',
    (
        DAY,
        Column("question", "text", "What was asked.", "heard_of_us", required=True, spelled_as="name"),
        Column("answer", "text", "What was said; a choice or a score.", "a friend", required=True, also=("choice", "response", "reply")),
        PERSON,
        Column("score", "number", "The answer as a number, where it is one.", "9", also=("rating", "nps score")),
        Column(
            "people",
            "count",
            "How many said so; 1 when it is not told.",
            "1",
            unit="people",
            default=1,
            also=("count", "answers", "n", "responses"),
            minimum=0,
            in_week="split",
        ),
    ),
    key=("day", "question", "answer", "person"),
    when="day",
)
