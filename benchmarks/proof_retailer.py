"""The retailer's last 13 real weeks, kept back: the as-spent forecast against doing without a model."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from quarterdeck.operations.play.replay import replay_rows
from quarterdeck.response.forecasts.backtest import backtest
from quarterdeck.response.forecasts.calibration import spread_of
from quarterdeck.response.forecasts.holdout import check_fit
from quarterdeck.response.series.series import ResponseSeries

LAST_DAY = date(2026, 8, 2)


def retailer_series() -> ResponseSeries:
    """All 209 weeks, as the lake's weekly queries would give them."""
    rows = replay_rows(first_day=date.min, last_day=LAST_DAY, known_ahead=timedelta(0), currency="USD")
    weeks = tuple(sorted({day - timedelta(days=day.weekday()) for day in rows["outcomes"]["day"]}))
    paid = tuple(dict.fromkeys(channel for channel, cost in zip(rows["spend"]["channel"], rows["spend"]["cost"], strict=True) if cost > 0))
    unpaid = tuple(sorted(set(rows["spend"]["channel"]) - set(paid)))
    spend = _table(rows["spend"]["day"], rows["spend"]["channel"], rows["spend"]["cost"], weeks, paid)
    shown = _table(rows["spend"]["day"], rows["spend"]["channel"], rows["spend"]["impressions"], weeks, unpaid)
    names = tuple(sorted(set(rows["context"]["name"])))
    context = _table(rows["context"]["day"], rows["context"]["name"], rows["context"]["value"], weeks, names) / 7.0
    moving = np.ptp(context, axis=0) > 0
    revenue = _table(rows["outcomes"]["day"], rows["outcomes"]["metric"], rows["outcomes"]["value"], weeks, ("revenue",))[:, 0]
    return ResponseSeries(
        "revenue", weeks, paid, spend, revenue, unpaid, shown, tuple(n for n, m in zip(names, moving, strict=True) if m), context[:, moving]
    )


def retailer_table(_: int) -> str:
    """One row a kept-back window: the last 13 weeks, and earlier ones for comparison."""
    series = retailer_series()
    rows = [
        "| 13 weeks from | as-spent forecast, MAPE | as a year before | a year before x recent growth | 80 % interval covers | trusted |",
        "|---|---|---|---|---|---|",
    ]
    for back in (0, 13, 26, 39, 52):
        check = check_fit(series.rows(0, len(series) - back), holdout=13, seed=1)
        first = series.starts[len(series) - back - 13]
        mark = " (the demo's quarter)" if back == 0 else ""
        rows.append(
            f"| {first.isoformat()}{mark} | {_percent(check.mape)} | {_percent(check.mape_seasonal_naive)} | {_percent(check.mape_last_year_scaled)} | "
            f"{check.coverage80:.2f} | {'yes' if check.is_trusted else 'no: ' + '; '.join(check.reasons)} |"
        )
    return "\n".join(
        [
            "# The retailer: 13 real weeks kept back",
            "",
            "Real anonymised weekly revenue; spend, unpaid exposures and context as they were, the outcome hidden. "
            "The forecast never sees the 13 weeks' revenue.",
            "",
            *rows,
            "",
            "## Thirteen weeks together, as a plan would have foretold them",
            "",
            "Spend as it was; context and exposures assumed as they would have been on that day; each forecast from a brief fit of the weeks before it alone.",
            "",
            *_totals(series),
            "",
        ]
    )


def _totals(series: ResponseSeries) -> list[str]:
    record = backtest(series, origins=12, seed=1)
    rows = ["| 13 weeks from | expected | 8 cases of 10 | came | a year before | off, in its own sd |", "|---|---|---|---|---|---|"]
    for each in record.origins:
        before = "not known" if each.year_before is None else _money(each.year_before)
        span = f"{_money(each.quantiles[1])} to {_money(each.quantiles[-2])}"
        rows.append(f"| {each.first_day.isoformat()} | {_money(each.mean)} | {span} | {_money(each.outcome)} | {before} | {each.surprise:+.1f} |")
    off = np.array([each.surprise for each in record.origins])
    return [
        *rows,
        "",
        f"{record.inside(80)} of {len(off)} fell into the range of 8 cases in 10; off by {record.error:.1%} on average; the misses are {np.sqrt((off**2).mean()):.2f} "
        f"of what their own spread says, {off.mean():+.2f} on average (above 0: more came). By this record ranges are drawn {spread_of(record).mean:.2f} times as wide.",
    ]


def _money(amount: float) -> str:
    return f"${amount / 1e6:,.0f}M"


def _percent(share: float | None) -> str:
    return "not known" if share is None else f"{share:.1%}"


def _table(days: list[date], names: list[str], values: list[object], weeks: tuple[date, ...], columns: tuple[str, ...]) -> np.ndarray:
    row, column = {week: n for n, week in enumerate(weeks)}, {name: n for n, name in enumerate(columns)}
    table = np.zeros((len(weeks), len(columns)))
    for day, name, value in zip(days, names, values, strict=True):
        if name in column:
            table[row[day - timedelta(days=day.weekday())], column[name]] += float(value)  # type: ignore[arg-type]
    return table


if __name__ == "__main__":
    print(retailer_table(1))
