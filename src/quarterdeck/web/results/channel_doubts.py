"""How sure a channel's curve is, and why: belief and data, tests, what the fit found, the hidden weeks, the rule and its last verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from quarterdeck.operations.experiments.learn_more import scores_of
from quarterdeck.operations.facts.audit_tracking import audit_tracking
from quarterdeck.operations.facts.days_known import days_known
from quarterdeck.operations.facts.weeks_known import weeks_known
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.learned import effects_of
from quarterdeck.operations.results.look_at_channel import ChannelLook
from quarterdeck.report.charts.labels import is_money, whole_percent
from quarterdeck.report.say_beliefs import say_belief, say_score
from quarterdeck.report.say_channels import NEARLY_ALL, how_sure, say_how_sure, say_pays
from quarterdeck.report.say_findings import MOST_NOTES, say_findings
from quarterdeck.report.say_fit import say_check, say_filled
from quarterdeck.report.say_quarter import tight
from quarterdeck.report.say_results import days_in_words
from quarterdeck.strategy.parts.aim import value_of_unit
from quarterdeck.web.results.channels_said import name_within

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit


@dataclass(frozen=True)
class Doubts:
    """`belief` is the share that rests on what was believed beforehand, 0 to 1; None without a curve."""

    title: str
    belief: float | None
    belief_words: str
    sentences: tuple[str, ...]
    more: tuple[str, ...]
    """What was found beyond the few things that matter most."""
    verdict: str | None
    verdict_look: str
    verdict_sentence: str
    rule: str | None
    reviewed: str

    @property
    def own_width(self) -> str:
        """How much of a bar the company's own weeks fill, percent."""
        return f"{100 * (1 - (self.belief or 0.0)):.0f}"


_LOOKS = {"keep": "good", "change": "warn", "stop": "bad", "too_early": ""}


def doubts_of(desk: Desk, look: ChannelLook) -> Doubts:
    """What stands for and against the channel's figures."""
    verdict, review = look.verdict, look.review
    return Doubts(
        title=_title(look),
        belief=look.figures.prior_share,
        belief_words=_belief_words(look.figures.prior_share),
        sentences=tuple(_sentences(desk, look)),
        more=tuple(_found(desk, look)[MOST_NOTES:]),
        verdict=verdict.verdict.replace("_", " ") if verdict else None,
        verdict_look=_LOOKS[verdict.verdict] if verdict else "",
        verdict_sentence=verdict.sentence if verdict else "",
        rule=verdict.rule if verdict else None,
        reviewed=f"Review of {desk.words.day(review.as_of)}, by the curves that the plan was made with" if review else "",
    )


def _belief_words(share: float | None) -> str:
    if share is None:
        return ""
    return "Almost all of it is belief" if share >= NEARLY_ALL else f"{whole_percent(1 - share)} from your own weeks, the rest is belief"


def _title(look: ChannelLook) -> str:
    kind, _, _ = how_sure(look.figures.prior_share, is_tested=look.figures.is_tested)
    return {
        "tested": "This was tested",
        "history": "Your own weeks say most of this",
        "belief": "Most of this is belief, not yet knowledge",
        "none": "Nothing is known yet",
    }[kind]


def _sentences(desk: Desk, look: ChannelLook) -> list[str]:
    figures, learned, words = look.figures, look.all.learned, desk.words
    fitted = learned.fitted if learned else None
    found = [_test(desk, look)] if figures.is_tested else []
    if fitted is None or learned is None:
        return [text for text in found if text]
    fit = fitted.fit
    found.append(say_how_sure(name_within(desk, figures), figures.prior_share, len(fit.weeks), is_tested=figures.is_tested))
    effect = effects_of(fitted).get(figures.id)
    found.append(say_belief(name_within(desk, figures), effect.prior) if effect else "")
    score = scores_of(desk.strategy, fitted).get(figures.id)
    found.append(say_score(score, fit.metric, words) if score else "")
    value = value_of_unit(desk.strategy, fit.metric) if desk.strategy else None
    found.append(say_pays(figures.id, figures.chance_pays, None if value is None else _worth(desk, look, float(value)), fit.metric))
    found += _found(desk, look)[:MOST_NOTES]
    found.append(tight(say_check(fitted.holdout, words)))
    found.append(_lost_while_learning(desk, look))
    return [text for text in found if text]


def _found(desk: Desk, look: ChannelLook) -> list[str]:
    """What the fit found about the channel, what misleads most first."""
    fitted = look.all.learned.fitted if look.all.learned else None
    if fitted is None:
        return []
    return say_findings([finding for finding in fitted.fit.diagnostics.findings if look.figures.id in finding.channels], desk.words)


def _worth(desk: Desk, look: ChannelLook, value: float) -> str:
    return desk.words.money(value, exact=value != int(value)) if not is_money(look.all.aim or "") else desk.words.money(value, exact=True)


def _test(desk: Desk, look: ChannelLook) -> str | None:
    """The newest test of the channel."""
    tests = [test for test in days_known(desk.context).tests if test.channel == look.figures.id and test.metric == look.all.aim]
    if not tests:
        return None
    test, words, aim = tests[-1], desk.words, look.all.aim or ""
    when = days_in_words(test.first_day, test.last_day, words, today=desk.day)
    span = f" ({words.amount(test.low, aim)} to {words.amount(test.high, aim)})" if test.low is not None and test.high is not None else ""
    return f"Tested {when}: {words.money(test.cost)} brought {words.with_unit(test.effect, aim)}{span}."


def _lost_while_learning(desk: Desk, look: ChannelLook) -> str | None:
    """What became of days that tracking lost in the weeks that the curves learned from; None when there are none."""
    learned = look.all.learned
    if learned is None or learned.fitted is None:
        return None
    fit = learned.fitted.fit
    audit = audit_tracking(desk.context).get(fit.metric)
    faults = audit.faults_between(fit.weeks[0], fit.weeks[-1] + timedelta(days=6)) if audit else ()
    if not faults:
        return None
    over = [fault for fault in faults if fault.kind != "not_over"]
    if over and _is_filled(desk, fit):
        return say_filled(over, fit.metric, desk.words)
    when = days_in_words(faults[-1].first_day, faults[-1].last_day, desk.words, today=desk.day)
    return f"Tracking may have lost days in the weeks that this was learned from ({when}); they were taken as they are, and the curves are less sure for it."


def _is_filled(desk: Desk, fit: ResponseFit) -> bool:
    """Whether the fit learned from more than was counted."""
    known = weeks_known(desk.context).outcomes
    pairs = [(value, known.get((fit.metric, week))) for week, value in zip(fit.weeks, fit.series.outcome, strict=True)]
    return any(counted is not None and value > counted + max(0.5, counted * 1e-6) for value, counted in pairs)
