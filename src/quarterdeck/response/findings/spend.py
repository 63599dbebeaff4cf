"""Findings about amounts: units that changed, slips of the decimal point, loads that are missing or were counted twice, channels out of scale."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.series.series import FloatArray, ResponseSeries

_FEW_ROWS_ON = 6
_STEADY = 0.05
SLIP = 2.5
"""A single row that is more than this many times the next largest one is asked about: in flights of simulated companies it stays below 1.6."""
_GAP, _MUCH, _TEN_WITHIN = 4.0, 30.0, 0.25
_APART = 500.0
_FEW_ZEROS, _ZERO_SHARE, _ALWAYS_ON = 2, 0.03, 0.3
_QUIET, _DOUBLE, _FAR = 0.12, (1.8, 2.2), 6.0
_NEAR = 4
_FACTORS = (10, 100, 1_000, 10_000, 100_000, 1_000_000)


def find_about_spend(series: ResponseSeries) -> list[Finding]:
    """What the amounts of each channel alone, and of channels held against each other, show before anything is fitted."""
    found = [finding for number, channel in enumerate(series.channels) for finding in _about_channel(series, channel, series.spend[:, number])]
    return found + _out_of_scale(series) + _copies(series)


def without_slips(spend: FloatArray) -> FloatArray:
    """`spend` [row, channel] with a single amount far above all others cut to the next largest, so that a slip does not decide a correlation."""
    if len(spend) < _FEW_ROWS_ON:
        return spend
    second, first = np.sort(spend, axis=0)[-2:]
    return np.where(first > SLIP * second, np.minimum(spend, second), spend)


def _about_channel(series: ResponseSeries, channel: str, spend: FloatArray) -> list[Finding]:
    word, rows_on = series.row_word, int((spend > 0).sum())
    if rows_on == 0:
        return [Finding("never_spent", channel, f"No money went to {channel}: what it would bring is belief alone. Try it with a capped amount.")]
    if float(spend.std()) < _STEADY * float(spend.mean()):
        text = f"Spend on {channel} hardly ever changes, so its effect cannot be told from the baseline. Vary it on purpose."
        return [Finding("never_varies", channel, text)]
    if rows_on < _FEW_ROWS_ON:
        return [Finding("few_weeks", channel, f"{channel} had money in {rows_on} {word}s only: its curve is mostly belief.")]
    found = _slipped(series, channel, spend) or _unit_changed(series, channel, spend)
    return [*found, *_missing(series, channel, spend), *_doubled(series, channel, spend)]


def _slipped(series: ResponseSeries, channel: str, spend: FloatArray) -> list[Finding]:
    second, first = (float(amount) for amount in np.sort(spend)[-2:])
    if first <= SLIP * second:
        return []
    day = series.starts[int(np.argmax(spend))].isoformat()
    text = (
        f"One {series.row_word} of {channel} ({day}) has {first / second:.1f} times the spend of any other: a slip of the "
        "decimal point, or a real burst? A wrong amount bends the whole curve: compare it with the invoice and import it again if it is wrong."
    )
    return [Finding("spend_outlier", channel, text)]


def _unit_changed(series: ResponseSeries, channel: str, spend: FloatArray) -> list[Finding]:
    """A stretch of rows in another unit: far above (or below) all rows outside it, with nothing in between."""
    on = np.flatnonzero(spend > 0)
    logs = np.sort(np.log(spend[on]))
    gap = int(np.argmax(np.diff(logs)))
    if np.diff(logs)[gap] < np.log(_GAP):
        return []
    is_high = np.log(spend[on]) > logs[gap] + 0.5 * (logs[gap + 1] - logs[gap])
    odd = is_high if is_high.sum() <= (~is_high).sum() else ~is_high
    places = np.flatnonzero(odd)
    if len(places) < 2 or places[-1] - places[0] + 1 != len(places):
        return []
    ratio = float(np.median(spend[on][is_high]) / np.median(spend[on][~is_high]))
    if not (ratio > _MUCH or abs(ratio - 10.0) < 10.0 * _TEN_WITHIN):
        return []
    factor = min(_FACTORS, key=lambda each: abs(np.log(ratio / each)))
    first, last = (series.starts[int(on[place])].isoformat() for place in (places[0], places[-1]))
    way = "above" if odd is is_high else "below"
    text = (
        f"From {first} to {last} spend on {channel} lies about {factor:,} times {way} all other {series.row_word}s: did the unit change "
        "(pence, thousands, micros)? If so its curve means nothing: import that stretch again in one unit."
    )
    return [Finding("unit_change", channel, text)]


def _missing(series: ResponseSeries, channel: str, spend: FloatArray) -> list[Finding]:
    """Rows without money in a channel that otherwise always runs."""
    on = np.flatnonzero(spend > 0)
    empty = np.flatnonzero(spend == 0)
    empty = empty[empty > on[0]]
    usual = spend[on]
    if not 0 < len(empty) <= max(_FEW_ZEROS, _ZERO_SHARE * len(spend)) or float(np.quantile(usual, 0.05)) < _ALWAYS_ON * float(np.median(usual)):
        return []
    named = ", ".join(series.starts[int(row)].isoformat() for row in empty[:5])
    text = (
        f"{channel} always runs, yet has no spend in the {series.row_word} of {named}: is a load missing? "
        "A gap makes it look as if sales came without money. Import it again, or say that the channel was paused."
    )
    return [Finding("missing_load", channel, text)]


def _doubled(series: ResponseSeries, channel: str, spend: FloatArray) -> list[Finding]:
    """A row of twice the usual in a channel that is otherwise so steady that this cannot be chance."""
    if len(spend) < 3 * _NEAR or float((spend > 0).mean()) < 1.0 - _ZERO_SHARE:
        return []
    logs = np.log(np.maximum(spend, 1e-9 * spend.max()))
    rows = np.arange(len(spend))
    near = [logs[(abs(rows - row) <= _NEAR) & (rows != row)] for row in rows]
    off = logs - np.array([np.median(each) for each in near])
    spread = 1.4826 * float(np.median(np.abs(off)))
    if spread > _QUIET:
        return []
    twice = np.flatnonzero((off > np.log(_DOUBLE[0])) & (off < np.log(_DOUBLE[1])) & (off > _FAR * spread))
    if not 0 < len(twice) <= 3:
        return []
    named = ", ".join(series.starts[int(row)].isoformat() for row in twice)
    text = (
        f"Spend on {channel} in the {series.row_word} of {named} is twice what it is around it: counted twice? Compare it with the invoice; "
        "if one file was loaded two times, take one back."
    )
    return [Finding("double_count", channel, text)]


def _out_of_scale(series: ResponseSeries) -> list[Finding]:
    """Channels hundreds of times larger or smaller than all others."""
    total = series.spend.sum(axis=0)
    order = np.argsort(total)
    order = order[total[order] > 0]
    if len(order) < 2:
        return []
    steps = np.log(total[order][1:] / total[order][:-1])
    cut = int(np.argmax(steps))
    if steps[cut] < np.log(_APART):
        return []
    small, large = order[: cut + 1], order[cut + 1 :]
    odd, way = (large, "more") if len(large) <= len(small) else (small, "less")
    times = float(np.exp(steps[cut]))
    return [
        Finding(
            "scale_apart",
            series.channels[number],
            f"{series.channels[number]} has over {_round_down(times):,} times {way} spend than any channel on the other side: is it in another unit "
            "(micros, pence, thousands), or are these views and not money? Import it in the company's currency.",
        )
        for number in odd
    ]


def _copies(series: ResponseSeries) -> list[Finding]:
    """Pairs of channels whose amounts are the same but for a constant factor."""
    found = []
    spend, total = series.spend, series.spend.sum(axis=0)
    for one in range(len(series.channels)):
        for other in range(one + 1, len(series.channels)):
            if min(total[one], total[other]) <= 0 or np.ptp(spend[:, one]) == 0:
                continue
            shares = spend[:, one] / total[one] - spend[:, other] / total[other]
            if np.abs(shares).max() < 1e-6 * (spend[:, one] / total[one]).max():
                same = "the same amounts" if np.isclose(total[one], total[other]) else "the same amounts but for a constant factor"
                text = (
                    f"{series.channels[one]} and {series.channels[other]} have {same} in every {series.row_word}: one payment counted twice, or one "
                    "budget split by a rule? Only their sum can be learned; import one of them, or the real split."
                )
                found.append(Finding("duplicate", series.channels[one], text, series.channels[other]))
    return found


def _round_down(times: float) -> int:
    size = 10 ** int(np.floor(np.log10(times)))
    return int(times // size * size)
