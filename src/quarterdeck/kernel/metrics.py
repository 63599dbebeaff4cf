"""The metrics that objectives, KPIs and outcomes are named by, each with its unit and the direction that is good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "money", "rate", "hours", "seconds", "score", "money_per_count"]
Direction = Literal["increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted. `adds_up` is true when weeks may be summed into a quarter (a rate may not)."""

    id: str
    name: str
    unit: Unit
    direction: Direction
    meaning: str
    adds_up: bool = True
    needs: tuple[str, ...] = ("outcomes",)


METRICS: dict[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric("revenue", "Revenue", "money", "increase", "Money from orders, before costs and after refunds."),
        Metric("margin", "Margin", "money", "increase", "Revenue less the cost of the goods or the work sold."),
        Metric("new_customers", "New customers", "count", "increase", "People or firms who buy for the first time."),
        Metric("returning_customers", "Returning customers", "count", "increase", "People or firms who buy again."),
        Metric("orders", "Orders", "count", "increase", "Purchases, first and repeated."),
        Metric("repeat_orders", "Repeat orders", "count", "increase", "Purchases by people who bought before."),
        Metric(
            "average_order_value",
            "Average order value",
            "money_per_count",
            "increase",
            "Revenue divided by orders.",
            adds_up=False,
            needs=("outcomes:revenue", "outcomes:orders"),
        ),
        Metric("leads", "Leads", "count", "increase", "People who asked to be contacted."),
        Metric("qualified_leads", "Qualified leads", "count", "increase", "Leads that sales accepted as worth a talk."),
        Metric("signups", "Sign-ups", "count", "increase", "New accounts or free trials."),
        Metric("paying_accounts", "New paying accounts", "count", "increase", "Accounts that started to pay."),
        Metric("bookings", "Bookings", "count", "increase", "Appointments or visits booked."),
        Metric("donations", "Donations", "money", "increase", "Money given."),
        Metric("new_donors", "New donors", "count", "increase", "People who gave for the first time."),
        Metric("cancellations", "Cancellations", "count", "decrease", "Accounts, memberships or bookings that were ended."),
        Metric("calls", "Calls", "count", "increase", "Telephone calls from people who may buy."),
        Metric("shop_visits", "Shop visits", "count", "increase", "People who came through the door."),
        Metric("reviews", "Reviews", "count", "increase", "Reviews that customers wrote."),
        Metric(
            "cost_per_customer",
            "Cost per new customer",
            "money_per_count",
            "decrease",
            "Spend divided by new customers.",
            adds_up=False,
            needs=("spend", "outcomes:new_customers"),
        ),
        Metric("email_subscribers", "New e-mail subscribers", "count", "increase", "People who agreed to get e-mail."),
        Metric("unsubscribes", "Unsubscribes", "count", "decrease", "People who no longer want e-mail."),
        Metric("brand_searches", "Brand searches", "count", "increase", "Searches for the company's own name."),
        Metric("direct_visits", "Direct visits", "count", "increase", "Visits that came from no other page."),
        Metric("visits", "Visits", "count", "increase", "Visits to the site, machines left out."),
        Metric(
            "nps",
            "Net promoter score",
            "score",
            "increase",
            "Share who would recommend less share who would not, -100 to 100.",
            adds_up=False,
            needs=("answers",),
        ),
        Metric("response_time", "Response time", "hours", "decrease", "Hours until a message gets its first answer.", adds_up=False),
        Metric("site_speed", "Site speed", "seconds", "decrease", "Seconds until the main part of a page is shown.", adds_up=False),
        Metric("spend", "Spend", "money", "decrease", "Money gone to a channel.", needs=("spend",)),
        Metric(
            "hours_per_result",
            "Hours per result",
            "hours",
            "decrease",
            "Hours of work divided by results.",
            adds_up=False,
            needs=("outcomes", "work_log"),
        ),
    )
}


def find_metric(metric_id: str) -> Metric | None:
    """The metric of that id, or None when there is no such metric."""
    return METRICS.get(metric_id)
