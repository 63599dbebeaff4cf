"""One channel as ready strings: its curve, what it brought, how sure that is, its money week by week, and what the strategy says of it."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_channel import ChannelLook
from quarterdeck.report.charts.channel_curve import channel_curve
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.curve_chart import curve_chart
from quarterdeck.report.charts.labels import is_money, whole_money
from quarterdeck.report.charts.weeks_chart import WeekByWeek, weeks_chart
from quarterdeck.report.say_channels import how_sure, say_brought
from quarterdeck.report.say_results import spelled
from quarterdeck.web.results.channel_doubts import Doubts, doubts_of
from quarterdeck.web.results.channel_facts import Fact, facts_of
from quarterdeck.web.results.channel_strategy import FromStrategy, from_strategy
from quarterdeck.web.results.channels_said import name_within, over_weeks, say_unlearned
from quarterdeck.web.results.chooser import Chooser, chooser_of, period_name
from quarterdeck.web.results.learning_shown import Learning, believed_chart, test_of_channel, trial_card, trial_found
from quarterdeck.web.results.tabs import rows_link

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class ChannelPage:
    """The whole page."""

    name: str
    kind: str
    ownership: str
    say: str
    more: str
    chooser: Chooser
    action: str
    curve: Chart | None
    no_curve: str
    weeks: Chart | None
    facts: tuple[Fact, ...]
    facts_title: str
    doubts: Doubts | None
    trial: Learning | None
    test: Learning | None
    strategy: FromStrategy | None
    budget_link: str | None
    rows_link: str | None
    evidence: str
    strength: int


def channel_shown(desk: Desk, look: ChannelLook) -> ChannelPage:
    """The page of `look`."""
    figures = look.figures
    _, strength, sure = how_sure(figures.prior_share, is_tested=figures.is_tested)
    is_paid = figures.has_money
    trial = trial_found(desk, look) if is_paid else None
    return ChannelPage(
        name=desk.words.name(figures.id),
        kind=figures.channel.kind if figures.channel else "other",
        ownership=figures.ownership,
        say=_say(desk, look),
        more=_more(desk, look),
        chooser=chooser_of(desk, look.all.period),
        action=f"/w/{desk.slug}/results/channels/{figures.id}/",
        curve=_curve(desk, look) or (believed_chart(desk, look, trial) if trial else None),
        no_curve=_no_curve(desk, look),
        weeks=_weeks(desk, look),
        facts=facts_of(desk, look),
        facts_title=f"{desk.words.name(figures.id)} in {period_name(desk, look.all.period, desk.day)}",
        doubts=doubts_of(desk, look) if is_paid else None,
        trial=trial_card(desk, look, trial) if trial else None,
        test=test_of_channel(desk, look) if is_paid else None,
        strategy=from_strategy(desk, look),
        budget_link=f"/w/{desk.slug}/plan/?channel={figures.id}" if is_paid and figures.channel else None,
        rows_link=rows_link(desk, "spend", channel=figures.id) if figures.rows else None,
        evidence="Belief alone" if trial else sure.capitalize(),
        strength=strength,
    )


def _say(desk: Desk, look: ChannelLook) -> str:
    figures, aim, name = look.figures, look.all.aim, name_within(desk, look.figures)
    if not figures.has_money:
        return _say_unpaid(desk, look)
    if figures.channel is None:
        return f"Money goes to {name}, and the strategy does not know it: no curve and no plan counts it."
    if figures.brought is not None and aim and figures.brought.spent > 0:
        when = over_weeks(desk, look.all, figures.brought).removeprefix("for ").split(", the newest")[0]
        price = _next_price(desk, look)
        return f"{say_brought(name, figures.brought.brought, aim, f'in {when}', desk.words)}{f'; {price}' if price else ''}."
    if figures.spent.total() == 0:
        return f"No money went to {name} in {period_name(desk, look.all.period, desk.day)}."
    return say_unlearned(look.all.learned, look.all)


def _next_price(desk: Desk, look: ChannelLook) -> str:
    """ "the next one there costs £172", where the curve stands: at the plan's money, or at what is spent now."""
    added = _next_unit(look)
    if added is None or added <= 0:
        return ""
    if is_money(look.all.aim or ""):
        return f"the next {desk.words.money(100)} there bring about {whole_money(added * 100, desk.words)}"
    return f"the next one there costs about {whole_money(1 / added, desk.words)}"


def _next_unit(look: ChannelLook) -> float | None:
    """Units of the aim that one more unit of money a week adds, at `_stands_at`."""
    from quarterdeck.response.curves.steady import steady_marginal

    fitted, at = look.all.learned.fitted if look.all.learned else None, _stands_at(look)
    if fitted is None or not at or look.figures.id not in fitted.fit.channels:
        return None
    return float(steady_marginal(fitted.fit.curves, look.figures.id, [at]).mean())


def _stands_at(look: ChannelLook) -> float | None:
    """Money a week that the curve is read at: the plan's, or what is spent now."""
    return _planned_week(look) or look.usual_week


def _say_unpaid(desk: Desk, look: ChannelLook) -> str:
    figures, name = look.figures, name_within(desk, look.figures)
    span = period_name(desk, look.all.period, desk.day)
    shown, gone = figures.shown.total(), figures.gone_out
    if shown is not None:
        return f"{name[:1].upper()}{name[1:]} reached people {desk.words.count(shown)} times in {span}."
    if gone:
        return f"{spelled(gone).capitalize()} {'item' if gone == 1 else 'items'} went out by {name} in {span}; whom they reached is not known."
    return f"Nothing went out by {name} in {span}, and whom it reaches is not known."


def _more(desk: Desk, look: ChannelLook) -> str:
    figures = look.figures
    if not figures.has_money:
        return "It costs nothing by itself, so it has no curve; what it brings is part of what comes anyway."
    if figures.brought is None or figures.brought.spent <= 0 or not look.all.aim:
        return (
            " ".join(look.all.learned.refused)
            if look.all.learned and look.all.learned.refused
            else (figures.channel.role or "" if figures.channel else "")
        )
    span = desk.words.span(figures.brought.brought, look.all.aim)
    at = _stands_at(look)
    which = "as planned" if _planned_week(look) else "as now"
    now = "" if not at or not _next_price(desk, look) else f" The price of the next one holds at {desk.words.money(at)} a week, {which}."
    return f"In 8 cases of 10 it was between {span.replace(' to ', ' and ')}.{now}"


def _curve(desk: Desk, look: ChannelLook) -> Chart | None:
    fitted = look.all.learned.fitted if look.all.learned else None
    figures = look.figures
    if fitted is None or figures.id not in fitted.fit.channels:
        return None
    cap = figures.channel.spend.cap if figures.channel and figures.channel.spend else None
    _, strength, sure = how_sure(figures.prior_share, is_tested=figures.is_tested)
    curve = channel_curve(
        fitted.fit.curves,
        figures.id,
        here=look.usual_week,
        plan=_planned_week(look),
        limit=None if cap is None else float(cap) / WEEKS_PER_QUARTER,
        evidence=f"{sure.capitalize()}, {len(fitted.fit.weeks)} weeks",
        strength=strength,
        here_is="now",
    )
    return curve_chart(curve, desk.words)


def _planned_week(look: ChannelLook) -> float | None:
    """Money a week of the plan's weeks that can still be decided."""
    if look.plan is None or not look.plan_is_in_force:
        return None
    lines = [line for line in look.plan.budget.lines if line.channel == look.figures.id and not line.is_spent]
    weeks = [week for week in look.plan.period.weeks if week >= look.plan.first_open_week]
    return float(sum(line.amount for line in lines)) / len(weeks) if weeks and lines else None


def _no_curve(desk: Desk, look: ChannelLook) -> str:
    learned = look.all.learned
    if learned is None:
        return "No objective says what to count, so nothing can be learned."
    if learned.fitted is None:
        return " ".join(learned.refused) or "No curves have been learned yet: a plan learns them, or you can ask for it on the page of all channels."
    return f"The curves know no week in which money went to {name_within(desk, look.figures)}."


def _weeks(desk: Desk, look: ChannelLook) -> Chart | None:
    figures, period = look.figures, look.all.period
    metric, counted, last_year = (
        ("spend", figures.spent, figures.last_year) if figures.has_money else ("exposures", figures.shown, figures.shown_last_year)
    )
    if not counted.known:
        return None
    shown = WeekByWeek(
        metric=metric,
        weeks=period.weeks,
        counted=counted.values,
        planned=figures.planned.values if figures.has_money and figures.planned.known else (),
        last_year=last_year.values if any(last_year.values) else (),
        subject=desk.words.name(figures.id),
        name=f"weeks-{metric}",
        evidence="Counted in whole weeks",
    )
    return weeks_chart(shown, desk.words)
