"""Findings: what a person should know about the data and the fit, in plain words."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.baseline.block import harmonics_for, waves
from quarterdeck.response.diagnostics import Finding
from quarterdeck.response.series import FloatArray, ResponseSeries

SHORT_WEEKS = 52
_FEW_WEEKS_ON = 6
_STEADY = 0.05
_ALIKE, _TRADED = 0.9, -0.6
_FOLLOWS = 0.6
_FAR_OUT = 4.5
_SLIP = 3.0
_NAMED = 5


def find_about_data(series: ResponseSeries) -> tuple[Finding, ...]:
    """What can be seen before anything is fitted: a short series, spend that never varies or hardly ever runs, slips, spend planned along demand."""
    found = []
    if len(series) < SHORT_WEEKS:
        found.append(
            Finding(
                "too_short",
                None,
                f"Only {len(series)} weeks: the season of a whole year cannot be seen, and much of the answer is what was believed beforehand.",
            )
        )
    for number, channel in enumerate(series.channels):
        found += _about_spend(channel, series.spend[:, number])
    return (*found, *_follows_demand(series))


def find_about_fit(series: ResponseSeries, returns: FloatArray, noise: FloatArray) -> tuple[Finding, ...]:
    """What the fit shows: channels that cannot be told apart, weeks that it cannot explain. returns [draw, channel], noise [draw, week]."""
    return (*_alike(series, returns), *_unexplained(series, noise.mean(axis=0)))


def _about_spend(channel: str, spend: FloatArray) -> list[Finding]:
    weeks_on = int((spend > 0).sum())
    if weeks_on == 0:
        return [Finding("never_spent", channel, f"No money went to {channel}: what it would bring is belief alone. Try it with a capped amount.")]
    if float(spend.std()) < _STEADY * float(spend.mean()):
        return [
            Finding(
                "never_varies",
                channel,
                f"Spend on {channel} hardly ever changes, so its effect cannot be told from the baseline. Vary it on purpose.",
            )
        ]
    found = []
    if weeks_on < _FEW_WEEKS_ON:
        found.append(Finding("few_weeks", channel, f"{channel} had money in {weeks_on} weeks only: its curve is mostly belief."))
    second, first = (float(amount) for amount in np.sort(spend)[-2:])
    if weeks_on >= _FEW_WEEKS_ON and first > _SLIP * second:
        found.append(
            Finding(
                "spend_outlier",
                channel,
                f"One week of {channel} has {first / second:.1f} times the spend of any other: a slip of the "
                "decimal point, or a real burst? A wrong amount bends the whole curve.",
            )
        )
    return found


def _unexplained(series: ResponseSeries, noise: FloatArray) -> list[Finding]:
    """One finding for all weeks whose outcome neither media nor baseline come near to."""
    spread = 1.4826 * float(np.median(np.abs(noise - np.median(noise))))
    far = [int(week) for week in np.argsort(-np.abs(noise), kind="stable") if abs(noise[week]) > _FAR_OUT * spread]
    if not far:
        return []
    named = ", ".join(series.starts[week].isoformat() for week in sorted(far[:_NAMED]))
    more = f" and {len(far) - _NAMED} more" if len(far) > _NAMED else ""
    return [
        Finding("outlier", None, f"The outcome cannot be explained in the week of {named}{more}: check the import, or add what happened as context.")
    ]


def _alike(series: ResponseSeries, returns: FloatArray) -> list[Finding]:
    active = [c for c in range(len(series.channels)) if np.ptp(series.spend[:, c]) > 0]
    found = []
    for place, one in enumerate(active):
        for other in active[place + 1 :]:
            together = float(np.corrcoef(series.spend[:, one], series.spend[:, other])[0, 1])
            traded = float(np.corrcoef(returns[:, one], returns[:, other])[0, 1])
            if together > _ALIKE or traded < _TRADED:
                names = f"{series.channels[one]} and {series.channels[other]}"
                found.append(
                    Finding(
                        "cannot_tell_apart",
                        series.channels[one],
                        f"{names} cannot be told apart (correlation of their "
                        f"spend {together:.2f}). Trust their sum; change one without the other for some weeks to learn more.",
                        series.channels[other],
                    )
                )
    return found


def _follows_demand(series: ResponseSeries) -> list[Finding]:
    """Channels whose spend moves with the demand that season and context foretell, or with the outcome of the week before beyond its own habit."""
    found = []
    demand = _foreseeable(series)
    for number, channel in enumerate(series.channels):
        spend = series.spend[:, number]
        if np.ptp(spend) == 0:
            continue
        strength = max(float(np.corrcoef(spend, demand)[0, 1]) if np.ptp(demand) > 0 else 0.0, _after(spend, series.outcome))
        if strength > _FOLLOWS:
            found.append(
                Finding(
                    "follows_demand",
                    channel,
                    f"Spend on {channel} rises when demand is high anyway (correlation {strength:.2f}), "
                    "as search does: what it seems to bring may be partly what would have come without it. A test that switches "
                    "it off somewhere would tell.",
                )
            )
    return found


def _foreseeable(series: ResponseSeries) -> FloatArray:
    """The part of the outcome that season and context alone foretell [week]; constant when the series is too short to say."""
    seen = np.concatenate([waves(series.starts, harmonics_for(len(series))), series.context], axis=1)
    if seen.shape[1] == 0 or len(series) < 3 * seen.shape[1]:
        return np.zeros(len(series))
    seen = seen - seen.mean(axis=0)
    demand: FloatArray = seen @ np.linalg.lstsq(seen, series.outcome - series.outcome.mean(), rcond=None)[0]
    return demand


def _after(spend: FloatArray, outcome: FloatArray) -> float:
    """Partial correlation of spend with the outcome of the week before, given the spend of the week before."""
    if len(spend) < 12:
        return 0.0
    habit = np.stack([np.ones(len(spend) - 1), spend[:-1]], axis=1)
    off_spend, off_outcome = (column - habit @ np.linalg.lstsq(habit, column, rcond=None)[0] for column in (spend[1:], outcome[:-1]))
    size = float(np.linalg.norm(off_spend) * np.linalg.norm(off_outcome))
    return float(off_spend @ off_outcome) / size if size > 0 else 0.0
