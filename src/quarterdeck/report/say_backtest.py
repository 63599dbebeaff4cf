"""What a chance rests on: how forecasts like this one turned out on the company's own past, in a sentence and as a table."""

from __future__ import annotations

from datetime import timedelta

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.words import Words, how_many
from quarterdeck.response.forecasts.backtest import Backtest, Origin
from quarterdeck.response.forecasts.calibration import spread_of

HEADER = ("Weeks", "Forecast", "In 8 cases of 10", "Came", "Inside")
_NOTICEABLE = 0.05


def say_backtest(record: Backtest | None, words: Words) -> str:
    """ "Of 10 forecasts like this one on your own past, 8 fell inside the range of 8 cases in 10; they were 6 % off on average." and what follows."""
    if record is None or not record.origins:
        return "Nothing like this forecast could be tried on your own past yet: its range is as wide as those of other companies' figures had to be."
    count, inside = len(record.origins), record.inside()
    off = "" if record.error is None else f"; they were {words.share(record.error)} off on average"
    tried = f"Of {how_many(count, 'forecast')} like this one on your own past, {inside} fell inside the range of 8 cases in 10{off}."
    return f"{tried} {_say_spread(spread_of(record).mean)}"


def backtest_rows(record: Backtest, words: Words) -> list[tuple[str, ...]]:
    """One row a forecast of the past, the newest first: which weeks, what was forecast, its range, what came, inside or not."""
    return [_row(origin, record.metric, words) for origin in record.origins]


def _row(origin: Origin, metric: str, words: Words) -> tuple[str, ...]:
    last = origin.first_day + timedelta(days=DAYS_PER_WEEK * origin.rows - 1)
    span = Range(low=origin.quantiles[1], expected=origin.mean, high=origin.quantiles[-2])
    return (
        f"{words.day(origin.first_day)} to {words.day(last)}",
        words.amount(origin.mean, metric, about=True),
        words.span(span, metric),
        words.amount(origin.outcome, metric),
        "yes" if origin.is_inside(80) else "no",
    )


def _say_spread(size: float) -> str:
    if size > 1.0 + _NOTICEABLE:
        return f"By that, and by how other companies' forecasts turned out, ranges are drawn {size:.1f} times as wide as the model alone would."
    if size < 1.0 - _NOTICEABLE:
        return f"By that, and by how other companies' forecasts turned out, ranges are drawn in to {size:.1f} times what the model alone would say."
    return "Its ranges may stay as wide as the model draws them."
