"""The figures of one channel in a period, each with its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_channel import ChannelFigures, ChannelLook
from quarterdeck.report.charts.labels import is_money, name_of, one_of
from quarterdeck.report.say_channels import price_of_one, return_of_hundred
from quarterdeck.report.weekly import against
from quarterdeck.web.results.channels_said import over_weeks
from quarterdeck.web.results.tabs import rows_link

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Fact:
    """A figure with its name; `link` opens the rows that it is counted from."""

    name: str
    value: str
    more: str = ""
    link: str | None = None


def facts_of(desk: Desk, look: ChannelLook) -> tuple[Fact, ...]:
    """Spent, planned, a year before, what it brought; or, for a channel without money, how often it was shown."""
    figures, words = look.figures, desk.words
    if not figures.has_money:
        return _unpaid_facts(desk, figures)
    spent, plan, year = figures.spent.total(), against(figures.spent, figures.planned), against(figures.spent, figures.last_year)
    found = [Fact("Spent", NOT_KNOWN if spent is None else words.money(spent), link=_rows(desk, look))]
    found.append(Fact("Planned for the same weeks", words.money(plan.other) if plan else "no plan"))
    found.append(Fact("A year before", words.money(year.other) if year else NOT_KNOWN))
    found += _brought_facts(desk, look)
    if look.money is not None:
        state = "plan in force" if look.plan_is_in_force else "plan that waits for approval"
        found.append(Fact(f"Whole quarter, {state}", words.money(look.money.planned), look.money.why))
    if look.money is not None and look.money.cap is not None:
        found.append(Fact("Your limit for the quarter", words.money(look.money.cap)))
    return tuple(found)


def _brought_facts(desk: Desk, look: ChannelLook) -> list[Fact]:
    figures, aim, words = look.figures, look.all.aim or "", desk.words
    found = []
    if figures.brought is not None:
        about = words.amount(figures.brought.brought.expected, aim, about=True)
        found.append(
            Fact(
                f"Brought {name_of(aim).lower()}",
                f"about {about}",
                f"{words.span(figures.brought.brought, aim)} in 8 cases of 10; {over_weeks(desk, look.all, figures.brought)}",
            )
        )
        cost = None if is_money(aim) else price_of_one(figures.brought.spent, figures.brought.brought, words)
        if cost:
            found.append(Fact(f"Each {one_of(aim)} cost", f"about {cost[0]}", cost[1]))
    if figures.returned is not None and (back := return_of_hundred(figures.returned.spent, figures.returned.brought, words)):
        metric = name_of(look.all.money_metric or "revenue").lower()
        found.append(Fact(f"{words.money(100)} brought back", f"about {back[0]} of {metric}", back[1]))
    return found


def _unpaid_facts(desk: Desk, figures: ChannelFigures) -> tuple[Fact, ...]:
    words, shown, before = desk.words, figures.shown.total(), figures.shown_last_year.total()
    return (
        Fact("Times shown, or messages sent", NOT_KNOWN if shown is None else words.count(shown)),
        Fact("A year before", NOT_KNOWN if before is None else words.count(before)),
        Fact("Content that went out", str(figures.gone_out)),
    )


def _rows(desk: Desk, look: ChannelLook) -> str | None:
    known = sorted(look.figures.spent.known)
    if not known or not look.figures.rows:
        return None
    weeks = look.all.period.weeks
    return rows_link(desk, "spend", channel=look.figures.id, first=weeks[known[0]], last=weeks[known[-1]] + timedelta(days=6))
