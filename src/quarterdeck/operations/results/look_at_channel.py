"""look_at_channels, look_at_channel: what each channel cost and brought, how sure that is, and everything about one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.ledger.models import Action
from quarterdeck.operations.facts.days_known import DaysKnown, days_known
from quarterdeck.operations.facts.weeks_known import WeeksKnown, weeks_known
from quarterdeck.operations.plan.read_plan import plan_of, review_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.fit_response import metrics_to_fit
from quarterdeck.operations.response.learned import Brought, Learned, brought_in, chance_it_pays, effects_of, what_was_learned
from quarterdeck.operations.results.choose_period import YEAR, Period, choose_period
from quarterdeck.operations.results.look_at_results import spent_weeks
from quarterdeck.operations.results.promised import Promise, promised_for
from quarterdeck.plan.quarter_plan import ChannelMoney, QuarterPlan
from quarterdeck.report.weekly import Weekly
from quarterdeck.review.record import ChannelVerdict, Review
from quarterdeck.strategy.parts.aim import value_of_unit
from quarterdeck.strategy.parts.means import Channel, ContentItem

SURE_ENOUGH = 0.9


@dataclass(frozen=True, eq=False)
class ChannelFigures:
    """One channel in a period. `channel` is None for one that the facts name and the strategy does not."""

    id: str
    channel: Channel | None
    has_money: bool
    """Whether it ever cost anything, or is meant to."""
    spent: Weekly
    planned: Weekly
    last_year: Weekly
    shown: Weekly
    """Times shown or messages sent."""
    shown_last_year: Weekly
    rows: int
    brought: Brought | None
    """Units of the aim; None without a curve."""
    returned: Brought | None
    """Money that came back (revenue); None without trusted curves of it."""
    prior_share: float | None
    """How much of the answer is what was believed beforehand, 0 to 1."""
    is_tested: bool
    chance_pays: float | None
    gone_out: int
    """Content that went out by it in the period."""

    @property
    def ownership(self) -> str:
        """paid, owned, earned; a channel outside the strategy is paid when it costs."""
        return self.channel.ownership if self.channel else ("paid" if self.has_money else "owned")


@dataclass(frozen=True, eq=False)
class Channels:
    """Every channel, those with money first, by spend. `aim` is what the money is placed for, None without an objective."""

    period: Period
    aim: str | None
    money_metric: str | None
    """The metric that `returned` counts."""
    learned: Learned | None
    channels: tuple[ChannelFigures, ...]
    total: Brought | None
    has_promise: bool
    last_fact: date | None


@dataclass(frozen=True, eq=False)
class ChannelLook:
    """Everything about one channel."""

    all: Channels
    figures: ChannelFigures
    usual_week: float | None
    """Money a week over the last (up to four) whole weeks of spend; None where nothing is known."""
    plan: QuarterPlan | None
    plan_is_in_force: bool
    money: ChannelMoney | None
    verdict: ChannelVerdict | None
    review: Review | None
    items: tuple[tuple[ContentItem, str], ...]
    """Its content with the state of each: done, approved, proposed ...; "" where no action was drafted yet."""


def look_at_channels(desk: Desk, asked: Mapping[str, str]) -> Channels | None:
    """The channels in the period that `asked` names; None when there is neither a strategy with channels nor spend."""
    desk.context.require("see")
    weeks, days = weeks_known(desk.context), days_known(desk.context)
    names = _names(desk, weeks)
    if not names:
        return None
    period = choose_period(asked, desk.day, desk.quarter, last_fact=days.last_day)
    aim, money_metric, learned, returns = _learned(desk)
    promise = promised_for(desk.context, period.weeks)
    found = _Found(desk, period, weeks, days, promise, aim, learned, returns, _gone_out(desk, period))
    channels = sorted((_figures(found, name) for name in names), key=lambda each: (not each.has_money, -(each.spent.total() or 0.0)))
    fitted = learned.fitted if learned else None
    total = brought_in(fitted, period.weeks).get("") if fitted else None
    return Channels(period, aim, money_metric, learned, tuple(channels), total, any(week in promise.weeks for week in period.weeks), days.last_day)


def look_at_channel(desk: Desk, channel: str, asked: Mapping[str, str]) -> ChannelLook | None:
    """One channel; None when neither the strategy nor the facts know it."""
    found = look_at_channels(desk, asked)
    figures = next((each for each in found.channels if each.id == channel), None) if found else None
    if found is None or figures is None:
        return None
    plan, is_in_force = _plan(desk)
    review = _review(desk)
    return ChannelLook(
        all=found,
        figures=figures,
        usual_week=_usual_week(weeks_known(desk.context), channel),
        plan=plan,
        plan_is_in_force=is_in_force,
        money=next((each for each in plan.budget.channels if each.channel == channel), None) if plan else None,
        verdict=next((each for each in review.channels if each.channel == channel), None) if review else None,
        review=review,
        items=_items(desk, channel),
    )


@dataclass(frozen=True, eq=False)
class _Found:
    """What the figures of every channel are read from."""

    desk: Desk
    period: Period
    weeks: WeeksKnown
    days: DaysKnown
    promise: Promise
    aim: str | None
    learned: Learned | None
    returns: Learned | None
    gone_out: Mapping[str, int]


def _names(desk: Desk, weeks: WeeksKnown) -> tuple[str, ...]:
    own = [channel.id for channel in desk.strategy.channels] if desk.strategy else []
    return tuple(dict.fromkeys([*own, *sorted({channel for channel, _ in weeks.spend})]))


def _learned(desk: Desk) -> tuple[str | None, str | None, Learned | None, Learned | None]:
    """The aim, the metric of money that comes back, and what was learned of each."""
    metrics = metrics_to_fit(desk.strategy) if desk.strategy else []
    aim = metrics[0] if metrics else None
    learned = what_was_learned(desk.context, aim) if aim else None
    money = next((metric for metric in ("revenue", "margin", "donations") if metric in metrics), None)
    returns = learned if money == aim else what_was_learned(desk.context, money) if money else None
    return aim, money, learned, returns


def _figures(found: _Found, name: str) -> ChannelFigures:
    strategy, period, weeks = found.desk.strategy, found.period, found.weeks
    channel = next((each for each in strategy.channels if each.id == name), None) if strategy else None
    cost = {week: amount for (of, week), amount in weeks.spend.items() if of == name}
    has_money = any(amount > 0 for amount in cost.values()) or (channel is not None and channel.ownership == "paid")
    spent = Weekly(spent_weeks(cost, period.weeks, weeks))
    rows, _ = found.days.evidence("spend", name, frozenset(period.weeks))
    fitted = found.learned.fitted if found.learned else None
    effect = effects_of(fitted).get(name) if fitted else None
    return ChannelFigures(
        id=name,
        channel=channel,
        has_money=has_money,
        spent=spent,
        planned=Weekly(tuple(_float(found.promise.spend_of(name, week)) for week in period.weeks)),
        last_year=Weekly(spent_weeks(cost, [week - YEAR for week in period.weeks], weeks)),
        shown=_shown(found, name, timedelta(0)),
        shown_last_year=_shown(found, name, YEAR),
        rows=rows,
        brought=brought_in(fitted, period.weeks).get(name) if fitted else None,
        returned=brought_in(found.returns.fitted, period.weeks).get(name) if found.returns and found.returns.fitted else None,
        prior_share=effect.prior_share if effect else None,
        is_tested=(name, found.aim) in found.days.tested or (effect is not None and effect.prior.source == "experiment"),
        chance_pays=_chance_pays(found, name),
        gone_out=found.gone_out.get(name, 0),
    )


def _shown(found: _Found, name: str, back: timedelta) -> Weekly:
    """Times shown in each whole week; None where it was never told, which a week without any row is, too."""
    until = found.weeks.spend_until
    values: list[float | None] = []
    for week in found.period.weeks:
        bought = found.days.bought.get((name, week - back))
        is_whole = until is not None and week - back + timedelta(days=6) <= until
        values.append(float(bought.impressions) if bought and bought.impressions is not None and is_whole else None)
    return Weekly(tuple(values))


def _chance_pays(found: _Found, name: str) -> float | None:
    strategy, fitted = found.desk.strategy, found.learned.fitted if found.learned else None
    value = value_of_unit(strategy, found.aim) if strategy and found.aim else None
    return chance_it_pays(fitted, name, float(value)) if fitted is not None and value is not None else None


def _gone_out(desk: Desk, period: Period) -> dict[str, int]:
    """By channel: content that was carried out and was due in the period."""
    done = Action.objects.filter(
        workspace=desk.context.workspace, kind=Action.Kind.ITEM, state="done", due_on__range=(period.first_day, period.last_day)
    ).values_list("ref", flat=True)
    channel_of = {item.id: item.channel for item in desk.strategy.content.items} if desk.strategy else {}
    found: dict[str, int] = {}
    for ref in done:
        if ref in channel_of:
            found[channel_of[ref]] = found.get(channel_of[ref], 0) + 1
    return found


def _items(desk: Desk, channel: str) -> tuple[tuple[ContentItem, str], ...]:
    own = [item for item in desk.strategy.content.items if item.channel == channel] if desk.strategy else []
    keys = {f"item/{item.id}": item for item in own}
    states = dict(Action.objects.filter(workspace=desk.context.workspace, key__in=list(keys)).values_list("key", "state"))
    return tuple((item, states.get(key, "")) for key, item in sorted(keys.items(), key=lambda pair: (pair[1].deliver.on, pair[0])))


def _usual_week(weeks: WeeksKnown, channel: str) -> float | None:
    if weeks.spend_until is None:
        return None
    last = weeks.spend_until - timedelta(days=6 + (weeks.spend_until.weekday() + 1) % 7)
    cost = {week: amount for (of, week), amount in weeks.spend.items() if of == channel}
    known = [amount for amount in spent_weeks(cost, [last - timedelta(weeks=back) for back in range(4)], weeks) if amount is not None]
    return sum(known) / len(known) if known else None


def _plan(desk: Desk) -> tuple[QuarterPlan | None, bool]:
    """The plan of the quarter that runs: in force, or else the newest."""
    plans = desk.context.workspace.plans.filter(quarter=desk.quarter.first_day).order_by("-number")
    in_force = plans.filter(approved_at__isnull=False, superseded_at__isnull=True).first()
    record = in_force or plans.first()
    return (plan_of(record) if record else None), in_force is not None


def _review(desk: Desk) -> Review | None:
    record = desk.context.workspace.reviews.order_by("-as_of", "-pk").first()
    return review_of(record) if record else None


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
