"""Findings: what a person should know about the data and the fit, in plain words. Each code is kept from version to version."""

from __future__ import annotations

from quarterdeck.response.findings.channels import cannot_tell_apart, may_harm, own_name
from quarterdeck.response.findings.demand import find_about_demand
from quarterdeck.response.findings.outcome import SHORT_WEEKS, broken_level, find_about_outcome, unexplained
from quarterdeck.response.findings.spend import find_about_spend
from quarterdeck.response.fitting.diagnostics import ESS_LIMIT, RHAT_LIMIT, Finding
from quarterdeck.response.series.series import FloatArray, ResponseSeries

__all__ = ["FINDING_CODES", "MISLEADING", "SHORT_WEEKS", "find_about_chains", "find_about_data", "find_about_fit"]

FINDING_CODES = {
    "too_short": "Fewer than 52 weeks are known.",
    "never_spent": "A channel had no money at all.",
    "never_varies": "Spend on a channel hardly ever changes.",
    "few_weeks": "A channel had money in fewer than six rows.",
    "spend_outlier": "One amount is more than 2.5 times every other of its channel.",
    "unit_apart": "A channel is counted in another unit than the others: the outcome shows more of it than so little money could bring.",
    "spend_replaced": "An amount that is plainly wrong was read as another one.",
    "unit_change": "A stretch of amounts lies about 10, 100, 1,000 or more times above or below all others.",
    "scale_apart": "A channel is hundreds of times larger or smaller than all others.",
    "spend_above_sales": "All spend together is several times revenue.",
    "missing_load": "A channel that always runs has rows without money.",
    "double_count": "An amount is twice the usual in a channel that is otherwise steady.",
    "duplicate": "Two channels have the same amounts.",
    "outcome_gap": "The outcome is 0 in a few rows and never near 0 otherwise.",
    "outcome_flat": "The outcome is exactly the same in four rows or more.",
    "level_break": "The outcome steps up or down for good, and media do not explain it.",
    "outlier": "Rows that neither media nor baseline explain.",
    "follows_demand": "Spend rises when demand is high anyway.",
    "follows_outcome": "Spend rises after good weeks.",
    "follows_context": "Spend moves with something that is measured and taken account of.",
    "promo_with_spend": "A promotion runs when a channel has money.",
    "promo_follows_demand": "A promotion or price is changed after weak or good weeks.",
    "context_copies_spend": "A column of context is nearly a copy of a channel's spend.",
    "context_follows_media": "A column of context goes where advertising goes: it may be an effect of it.",
    "context_duplicate": "Two columns of context say the same.",
    "cannot_tell_apart": "Channels whose effects cannot be told apart.",
    "may_harm": "The outcome is lower than expected in weeks with money on a channel.",
    "brand_terms": "A channel that meets people who look for the company already seems to bring far more than others.",
    "forms_disagree": "Forms of a channel's curve that are both likely say different things about its next money.",
    "effect_changed": "What a channel brings for its money changed while it was watched.",
    "not_settled": "The chains of the fit did not agree.",
    "does_not_predict": "Weeks that were hidden from it were missed: a plan refuses it until a person answers for it with a reason.",
}
"""Every code with what it says, in the order of reading."""

MISLEADING = (
    "follows_demand",
    "follows_outcome",
    "cannot_tell_apart",
    "duplicate",
    "brand_terms",
    "promo_with_spend",
    "context_copies_spend",
    "spend_outlier",
    "unit_change",
    "scale_apart",
    "may_harm",
)
"""Findings after which the curve of the channels they name may be sure of itself and wrong."""


def find_about_data(series: ResponseSeries) -> tuple[Finding, ...]:
    """What can be seen before anything is fitted, in the amounts, in the outcome, and in what moves with what."""
    return (*find_about_outcome(series), *find_about_spend(series), *find_about_demand(series))


def find_about_fit(series: ResponseSeries, returns: FloatArray, noise: FloatArray, without_media: FloatArray | None = None) -> tuple[Finding, ...]:
    """What the fit shows. returns [draw, channel], noise [draw, row], without_media [draw, row]: the outcome less what media brought."""
    breaks = [] if without_media is None else broken_level(series, without_media.mean(axis=0))
    return (
        *cannot_tell_apart(series, returns),
        *may_harm(series, returns),
        *own_name(series, returns),
        *breaks,
        *unexplained(series, noise.mean(axis=0)),
    )


def find_about_chains(rhat_max: float, ess_min: float) -> tuple[Finding, ...]:
    """Whether the chains agree well enough; empty when they do."""
    if rhat_max <= RHAT_LIMIT and ess_min >= ESS_LIMIT:
        return ()
    text = (
        f"The fit did not settle (R-hat {rhat_max:.2f}, {ess_min:,.0f} independent draws): its figures may change when it is made again. "
        "Channels that move together, or too many columns for too few weeks, are the usual cause: leave out what says little, or wait for more weeks."
    )
    return (Finding("not_settled", None, text),)
