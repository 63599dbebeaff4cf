"""The table of channels as ready strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.read_series import say_unknown_channels
from quarterdeck.operations.results.look_at_channel import ChannelFigures, Channels
from quarterdeck.report.charts.labels import is_money, name_of, one_of
from quarterdeck.report.say_channels import how_sure, price_of_one, return_of_hundred
from quarterdeck.report.say_fit import say_check
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.say_results import SAME, gap_words, weeks_in_words
from quarterdeck.report.weekly import against
from quarterdeck.report.words import Words, how_many
from quarterdeck.web.results.channels_said import more_of, say_of
from quarterdeck.web.results.chooser import Chooser, chooser_of, period_name
from quarterdeck.web.results.tabs import channel_link, rows_link

NOT_KNOWN, NO_PLAN = "not known", "no plan"


@dataclass(frozen=True)
class ChannelRow:
    """One line. Ranges stand below their figure."""

    name: str
    kind: str
    link: str
    is_unknown: bool
    spent: str
    rows_link: str | None
    planned: str
    bar: tuple[float, float] | None
    """Spent and planned as shares of the largest."""
    brought: str
    brought_range: str
    each: str
    each_range: str
    returned: str
    returned_range: str
    sure: str
    strength: int


@dataclass(frozen=True)
class UnpaidRow:
    """A channel that costs nothing by itself."""

    name: str
    kind: str
    link: str
    ownership: str
    shown: str
    rows_link: str | None
    year: str
    gone_out: str
    role: str


@dataclass(frozen=True)
class ChannelsPage:
    """The whole page."""

    say: str
    more: str
    chooser: Chooser
    rows: tuple[ChannelRow, ...]
    total: ChannelRow | None
    rows_title: str
    rows_line: str
    brought_name: str
    each_name: str
    returned_name: str
    has_each: bool
    has_returned: bool
    has_plan: bool
    check: str
    strength: int
    unpaid: tuple[UnpaidRow, ...]
    unpaid_title: str
    unknown: str
    may_fit: bool
    needs_fit: bool
    """Whether there are facts that nothing was learned from yet."""
    is_refused: bool


def channels_shown(desk: Desk, found: Channels) -> ChannelsPage:
    """The page of `found`."""
    paid = [each for each in found.channels if each.has_money]
    unpaid = [each for each in found.channels if not each.has_money]
    top = max([each.spent.total() or 0.0 for each in paid] + [each.planned.total(each.spent.known) or 0.0 for each in paid], default=0.0)
    rows = tuple(_row(desk, found, each, top) for each in paid)
    aim = found.aim or ""
    fitted = found.learned.fitted if found.learned else None
    return ChannelsPage(
        say=say_of(desk, found),
        more=more_of(desk, found),
        chooser=chooser_of(desk, found.period),
        rows=rows,
        total=_total(desk, found, paid) if len(paid) > 1 else None,
        rows_title=_title(desk, paid),
        rows_line=_line(desk, found),
        brought_name=_brought_name(found),
        each_name=f"Each {one_of(aim)} cost" if aim and not is_money(aim) else "",
        returned_name=f"{desk.words.money(100)} brought back" if found.money_metric else "",
        has_each=bool(aim) and not is_money(aim),
        has_plan=found.has_promise,
        has_returned=any(each.returned for each in paid),
        check=tight(say_check(fitted.holdout, desk.words)) if fitted else "",
        strength=2 if any(row.strength > 1 for row in rows) else 1,
        unpaid=tuple(_unpaid(desk, found, each) for each in unpaid),
        unpaid_title=_unpaid_title(unpaid),
        unknown=" ".join(say_unknown_channels([each.id for each in paid if each.channel is None])).removeprefix("Warning: "),
        may_fit=desk.may("fit_response"),
        needs_fit=found.learned is not None and not found.learned.is_current,
        is_refused=found.learned is not None and fitted is None and found.learned.is_current,
    )


def _row(desk: Desk, found: Channels, each: ChannelFigures, top: float) -> ChannelRow:
    words, spent = desk.words, each.spent.total()
    planned = each.planned.total(each.spent.known)
    _, strength, sure = how_sure(each.prior_share, is_tested=each.is_tested)
    return ChannelRow(
        name=words.name(each.id),
        kind=each.channel.kind if each.channel else "other",
        link=channel_link(desk, each.id),
        is_unknown=each.channel is None,
        spent=NOT_KNOWN if spent is None else words.money(spent),
        rows_link=_rows_of(desk, found, each),
        planned=NO_PLAN if planned is None else words.money(planned),
        bar=None if spent is None or top <= 0 else (spent / top, 0.0 if planned is None else planned / top),
        **_brought(found, each, words),
        sure=sure,
        strength=strength,
    )


def _brought_name(found: Channels) -> str:
    """With the number of weeks where they are not those of the period."""
    name = f"Brought {name_of(found.aim).lower()}" if found.aim else "Brought"
    if found.total is None or set(found.total.weeks) & set(found.period.weeks):
        return name
    return f"{name}, {how_many(len(found.total.weeks), 'week')}"


def _brought(found: Channels, each: ChannelFigures, words: Words) -> dict[str, str]:
    aim, brought, returned = found.aim or "", each.brought, each.returned
    cost = price_of_one(brought.spent, brought.brought, words) if brought and not is_money(aim) else None
    back = return_of_hundred(returned.spent, returned.brought, words) if returned else None
    return {
        "brought": words.amount(brought.brought.expected, aim, about=True) if brought else NOT_KNOWN,
        "brought_range": words.span(brought.brought, aim) if brought else "",
        "each": cost[0] if cost else "",
        "each_range": cost[1] if cost else "",
        "returned": back[0] if back else "",
        "returned_range": back[1] if back else "",
    }


def _rows_of(desk: Desk, found: Channels, each: ChannelFigures) -> str | None:
    """The rows of the whole weeks that the amount is counted from."""
    if not each.rows or not each.spent.known:
        return None
    places = sorted(each.spent.known)
    first, last = found.period.weeks[places[0]], found.period.weeks[places[-1]] + timedelta(days=6)
    return rows_link(desk, "spend", channel=each.id, first=first, last=last)


def _total(desk: Desk, found: Channels, paid: list[ChannelFigures]) -> ChannelRow:
    words, aim = desk.words, found.aim or ""
    spent = [amount for each in paid if (amount := each.spent.total()) is not None]
    planned = [amount for each in paid if (amount := each.planned.total(each.spent.known)) is not None]
    total = found.total
    cost = price_of_one(total.spent, total.brought, words) if total and not is_money(aim) else None
    return ChannelRow(
        name="All of them",
        kind="",
        link="",
        is_unknown=False,
        spent=words.money(sum(spent)) if spent else NOT_KNOWN,
        rows_link=None,
        planned=words.money(sum(planned)) if planned else NO_PLAN,
        bar=None,
        brought=words.amount(total.brought.expected, aim, about=True) if total else NOT_KNOWN,
        brought_range=words.span(total.brought, aim) if total else "",
        each=cost[0] if cost else "",
        each_range=cost[1] if cost else "",
        returned="",
        returned_range="",
        sure="",
        strength=0,
    )


def _title(desk: Desk, paid: list[ChannelFigures]) -> str:
    """ "You spent £53,221 on 8 channels, £714 less than planned"."""
    spent = sum(each.spent.total() or 0.0 for each in paid)
    if not paid:
        return "No channel costs money"
    if not any(each.spent.known for each in paid):
        return "What was spent is not known yet"
    head = f"You spent {desk.words.money(spent)} on {how_many(sum((each.spent.total() or 0.0) > 0 for each in paid), 'channel')}"
    found = [pair for each in paid if (pair := against(each.spent, each.planned))]
    if not found:
        return head
    gap, planned = sum(pair.gap for pair in found), sum(pair.other for pair in found)
    return f"{head}, as planned" if abs(gap) < SAME * planned else f"{head}, {gap_words(gap, 'spend', desk.words)} than planned"


def _line(desk: Desk, found: Channels) -> str:
    known = max((len(each.spent.known) for each in found.channels), default=0)
    return f"{weeks_in_words(known).capitalize()} of {period_name(desk, found.period, desk.day)} that are known whole. Ranges hold in 8 cases of 10."


def _unpaid(desk: Desk, found: Channels, each: ChannelFigures) -> UnpaidRow:
    words, shown, before = desk.words, each.shown.total(), each.shown_last_year.total()
    return UnpaidRow(
        name=words.name(each.id),
        kind=each.channel.kind if each.channel else "other",
        link=channel_link(desk, each.id),
        ownership=each.ownership,
        shown=NOT_KNOWN if shown is None else words.count(shown),
        rows_link=_rows_of(desk, found, each) if shown is not None else None,
        year=NOT_KNOWN if before is None else words.count(before),
        gone_out=how_many(each.gone_out, "item") if each.gone_out else "nothing",
        role=(each.channel.role or "") if each.channel else "It is in the facts, and not in the strategy.",
    )


def _unpaid_title(unpaid: list[ChannelFigures]) -> str:
    gone = sum(each.gone_out for each in unpaid)
    if not unpaid:
        return ""
    return f"{how_many(gone, 'item')} went out by your own and earned channels" if gone else "Nothing went out by your own and earned channels"
