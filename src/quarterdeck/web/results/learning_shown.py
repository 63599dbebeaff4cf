"""What would teach most, as a card: the one test, or the trial of a channel that never had money."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.experiments.learn_more import TrialFound, next_test_of, trial_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.learned import Learned, effects_of
from quarterdeck.operations.results.look_at_channel import ChannelLook
from quarterdeck.report.charts.channel_curve import channel_curve
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.curve_chart import curve_chart
from quarterdeck.report.charts.labels import is_money
from quarterdeck.report.say_beliefs import amount, price, say_belief
from quarterdeck.report.say_channels import THIN, in_sentence
from quarterdeck.report.say_next_test import say_what_it_costs, say_what_it_teaches, say_what_to_do
from quarterdeck.report.say_try_channel import say_stop_rule, say_trial, say_why_trial
from quarterdeck.strategy.parts.aim import value_of_unit
from quarterdeck.web.results.channels_said import name_within

SHORT_WEEKS = 30
"""A company that knows fewer weeks is shown the one test on its overview."""


@dataclass(frozen=True)
class Learning:
    """A card: what to do, why, and where it leads."""

    title: str
    do: str
    sentences: tuple[str, ...]
    link: str | None = None
    link_text: str = ""


def test_on_overview(desk: Desk, learned: Learned | None) -> Learning | None:
    """The one test, where the figures alone say too little: few weeks, or answers that are mostly belief."""
    if learned is None or learned.fitted is None:
        return None
    fit = learned.fitted.fit
    spent = fit.spend.sum(axis=0)
    belief = sum(effect.prior_share * spent[i] for i, effect in enumerate(effects_of(learned.fitted).values())) / max(float(spent.sum()), 1e-9)
    weeks = len(fit.series) * fit.series.step_days // 7
    if weeks >= SHORT_WEEKS and belief < THIN:
        return None
    why = (
        f"Your {weeks} weeks are few: what channels bring is said with wide ranges, and much of it is belief."
        if weeks < SHORT_WEEKS
        else "Most of what is said about your channels is belief: their money has hardly varied on its own."
    )
    return _test_card(desk, learned, why)


def test_of_channel(desk: Desk, look: ChannelLook) -> Learning | None:
    """The one test, where it is about this channel."""
    learned = look.all.learned
    return _test_card(desk, learned, "", only=look.figures.id) if learned and learned.fitted else None


def trial_found(desk: Desk, look: ChannelLook) -> TrialFound | None:
    """The trial of a paid channel of the strategy that has no curve; None for any other."""
    channel, learned, aim = look.figures.channel, look.all.learned, look.all.aim
    fitted = learned.fitted if learned else None
    is_tried = fitted is not None and look.figures.id in fitted.fit.channels
    if desk.strategy is None or channel is None or channel.ownership != "paid" or is_tried or aim is None or look.figures.spent.total():
        return None
    return trial_of(desk.strategy, channel, aim, fitted)


def believed_chart(desk: Desk, look: ChannelLook, found: TrialFound) -> Chart:
    """The curve that is believed, with the trial on it."""
    curve = channel_curve(
        found.curves,
        look.figures.id,
        here=0.0,
        plan=None,
        proposal=found.trial.a_week,
        up_to=found.a_week,
        evidence="Belief alone",
        strength=1,
        here_is="now",
    )
    return curve_chart(curve, desk.words)


def trial_card(desk: Desk, look: ChannelLook, found: TrialFound) -> Learning:
    """The trial in words."""
    name, trial, words, aim = name_within(desk, look.figures), found.trial, desk.words, look.all.aim or ""
    low, high = (max(found.prior.mean + side * found.prior.sd, 0.0) for side in ((1, -1) if not is_money(aim) else (-1, 1)))
    believed = (
        f"Believed so far: {price(found.prior.mean, aim, words)}; {amount(low, aim, words)} would be no surprise, nor {amount(high, aim, words)}."
    )
    sentences = (say_stop_rule(trial, aim, words), say_why_trial(trial, words), believed, say_belief(name, found.prior))
    title = "Try it with little money first" if trial.is_worth_it or trial.pays_before >= 0.5 else "It is hardly worth a trial"
    return Learning(title, f"{say_trial(trial, name, words)}.", tuple(text for text in sentences if text))


def _test_card(desk: Desk, learned: Learned, why: str, *, only: str | None = None) -> Learning | None:
    fitted = learned.fitted
    test = next_test_of(desk.strategy, fitted) if fitted else None
    if fitted is None or test is None or (only is not None and only not in (test.design.channel, test.design.other)):
        return None
    value = value_of_unit(desk.strategy, fitted.fit.metric) if desk.strategy else None
    name, other = (_name(desk, each) for each in (test.design.channel, test.design.other or ""))
    do = say_what_to_do(test, name, other, desk.words, today=desk.day)
    costs = say_what_it_costs(test, fitted.fit.metric, None if value is None else float(value), desk.words)
    sentences = tuple(text for text in (why, say_what_it_teaches(test, name), costs) if text)
    link = None if only else f"/w/{desk.slug}/results/channels/{test.design.channel}/"
    return Learning("The one test that would teach most", f"{do}.", sentences, link, f"What is known of {name}" if link else "")


def _name(desk: Desk, channel: str) -> str:
    kinds = {each.id: each.kind for each in desk.strategy.channels} if desk.strategy else {}
    return in_sentence(desk.words.name(channel), kinds.get(channel, "other"))
