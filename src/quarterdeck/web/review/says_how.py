"""How each kind of cause is computed, in a few sentences that need no statistics."""

from __future__ import annotations

from quarterdeck.kernel.metrics import METRICS

HOW = {
    "spend": "The forecast was asked twice: once with the money that was planned, once with the money that was spent, and everything else the same. "
    "The difference is this cause.",
    "late": "Planned money of campaigns whose tasks were not finished in time, as far as the channel spent less than planned. The forecast without that "
    "money, less the forecast with it, is this cause.",
    "context": "The plan took these figures for granted, mostly from a year before and from where they were heading. The forecast was asked again with the figures that really came; "
    "the difference is this cause. The figures were counted, their weight was learned from your own history.",
    "exposure": "The plan took for granted how much goes out without costing anything. The forecast was asked again with what really went out; the "
    "difference is this cause.",
    "effect": "First it was worked out what the money really spent should have brought by the channel's curve. Then there is what was counted beyond or "
    "below that, for all channels, demand and noise together. It was shared out to what can best explain it, and no further than the weeks can tell them apart. So it is an "
    "estimate, with a range.",
    "demand": "What people bought beyond or below what season, context and channels explain. It is an estimate, with a range.",
    "tracking": "Some days were counted far below what their weekday and season say, and then it came back. These are days that were not measured. "
    "The share that was recorded says how much is missing.",
    "chance": "What is left when every input has been swapped from plan to fact. No figure here explains it; in a forecast of this kind so much is normal.",
}
PLANNED = {
    "spend": "Planned",
    "late": "Planned",
    "context": "Assumed",
    "exposure": "Assumed",
    "effect": "Should have brought",
    "demand": "Usual",
    "tracking": "Would have been counted",
    "chance": "Explained",
}
ACTUAL = {
    "spend": "Spent",
    "late": "Without late work’s money",
    "context": "Came",
    "exposure": "Went out",
    "effect": "Brought",
    "demand": "Estimated",
    "tracking": "Counted",
    "chance": "Counted",
}
STRENGTH = {"spend": 3, "late": 3, "context": 3, "exposure": 3, "effect": 2, "demand": 2, "tracking": 2, "chance": 1}

WITHOUT_RANGE = {
    "tracking": "Estimated from the days before and after; they happened, and no figure shows them.",
    "chance": "What no figure here explains. It has no range: it is what is left.",
}


def metric_words(metric: str) -> str:
    """The metric within a sentence."""
    return METRICS[metric].name.lower() if metric in METRICS else metric.replace("_", " ")
