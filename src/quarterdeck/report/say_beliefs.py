"""What was believed of a channel before its figures were looked at, in sentences: which sources spoke, what each counted, and how judgements fared."""

from __future__ import annotations

from quarterdeck.report.charts.labels import is_money, one_of, whole_money, whole_percent
from quarterdeck.report.words import Words
from quarterdeck.response.priors.judged import Score
from quarterdeck.response.priors.priors import ReturnPrior, Source

SOURCES: dict[Source, str] = {
    "experiment": "your own tests",
    "history": "your earlier weeks",
    "judgement": "your judgement",
    "published": "published figures",
    "default": "what your channels have in common",
}
_AT_ODDS = 1.3
"""Sources that widen each other by less are not said to contradict each other."""


def say_belief(name: str, prior: ReturnPrior) -> str:
    """What the answer about `name` (as within a sentence) started from; empty where it is only what the channels have in common."""
    if prior.source == "default" and not prior.weighed:
        return ""
    parts = prior.weighed or ((prior.source, 1.0),)
    if len(parts) == 1:
        return f"What was believed of {name} beforehand comes from {SOURCES[parts[0][0]]}."
    counted = [f"{SOURCES[source]} ({whole_percent(share)})" for source, share in parts if share >= 0.005]
    told = f"What was believed of {name} beforehand comes from {', '.join(counted[:-1])} and {counted[-1]}."
    return f"{told} These contradict each other, so less is taken for known." if prior.widened >= _AT_ODDS else told


def say_belief_shortly(prior: ReturnPrior) -> str:
    """`your judgement 64 %, common level 36 %`: for a table."""
    short: dict[Source, str] = {
        "experiment": "tests",
        "history": "earlier weeks",
        "judgement": "judgement",
        "published": "published",
        "default": "common level",
    }
    parts = prior.weighed or ((prior.source, 1.0),)
    return ", ".join(f"{short[source]} {whole_percent(share)}" if len(parts) > 1 else short[source] for source, share in parts if share >= 0.005)


def say_score(score: Score, metric: str, words: Words) -> str:
    """Where a judgement lay in the answer: a person's own, so it is said without praise or blame."""
    judged, found = price(score.judged, metric, words), price(score.found.p50, metric, words)
    if score.is_early:
        return f"You judged {judged}. It is too early to hold that against the figures."
    low, high = (score.found.p10, score.found.p90) if is_money(metric) else (score.found.p90, score.found.p10)
    verdict = {"near": "so your judgement holds", "high": "so you expected too much of it", "low": "so it does better than you expected"}[
        score.verdict
    ]
    return (
        f"You judged {judged}; the figures say {found} (in 8 cases of 10 {amount(low, metric, words)} to {amount(high, metric, words)}), {verdict}."
    )


def price(returns: float, metric: str, words: Words) -> str:
    """A return as people say it: `£20 for one lead`, `£310 for £100`."""
    return f"{amount(returns, metric, words)} for {words.money(100) if is_money(metric) else 'one ' + one_of(metric)}"


def amount(returns: float, metric: str, words: Words) -> str:
    """The first half of a price: `£20`, `£310`; `more than £10,000` where a return is next to nothing."""
    if is_money(metric):
        return whole_money(returns * 100, words)
    return f"more than {words.money(10_000)}" if returns <= 1e-4 else whole_money(1.0 / returns, words)
