"""What a company sees of a market: reproducible, prefix-stable, plausible, and free of the truth."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import fields
from datetime import date, timedelta

import numpy as np
import pytest
from market_makers import FIRST_DAY, a_market, steady, usual

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.market.market import CONTEXT_NAMES, Market, MarketDays, build_market
from quarterdeck.market.presets import PRESETS
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend

ALL = tuple(PRESETS)

FINGERPRINT = """
import hashlib, datetime
from quarterdeck.market.market import build_market
market = build_market("shop", seed=11, first_day=datetime.date(2024, 1, 1))
days = market.run(market.usual_spend(datetime.date(2024, 12, 29)))
digest = hashlib.sha256(days.spend.tobytes() + days.impressions.tobytes() + days.clicks.tobytes())
for name in sorted({**days.outcomes, **days.context}):
    digest.update({**days.outcomes, **days.context}[name].tobytes())
print(digest.hexdigest())
"""


def everything(days: MarketDays) -> dict[str, np.ndarray]:
    return {"spend": days.spend, "impressions": days.impressions, "clicks": days.clicks, **days.outcomes, **days.context}


def weekly(values: np.ndarray) -> np.ndarray:
    return values[: len(values) // 7 * 7].reshape(-1, 7, *values.shape[1:]).sum(axis=1)


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    prints = {
        subprocess.run([sys.executable, "-c", FINGERPRINT], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout.strip()
        for seed in ("1", "2")
    }

    assert len(prints) == 1
    assert len(prints.pop()) == len(hashlib.sha256().hexdigest())


def test_another_seed_gives_another_market() -> None:
    first, second = (a_market("shop", seed) for seed in (1, 2))

    assert not np.array_equal(first.run(steady(first)).outcomes["new_customers"], second.run(steady(first)).outcomes["new_customers"])


@pytest.mark.parametrize("preset", ALL)
@pytest.mark.parametrize("days", [1, 10, 100, 199])
def test_a_longer_spend_leaves_the_earlier_days_bit_for_bit_as_they_are(preset: str, days: int) -> None:
    market = a_market(preset)
    long = usual(market, weeks=40)
    shocks = (Shock("demand", FIRST_DAY + timedelta(days=50), FIRST_DAY + timedelta(days=80), -0.3),)

    short = market.run(long.between(FIRST_DAY, FIRST_DAY + timedelta(days=days - 1)), shocks=shocks)

    for name, values in everything(market.run(long, shocks=shocks)).items():
        assert np.array_equal(values[:days], everything(short)[name], equal_nan=True), name


@pytest.mark.parametrize("preset", ALL)
def test_the_habits_of_a_shorter_time_are_those_of_a_longer_one(preset: str) -> None:
    market = a_market(preset)
    assert np.array_equal(usual(market, weeks=30).amount, usual(market, weeks=70).amount[:210])


@pytest.mark.parametrize("preset", ALL)
def test_every_preset_runs_with_whole_counts_and_money_in_cents(preset: str) -> None:
    market = a_market(preset)
    spend = usual(market)

    days = market.run(spend)

    assert set(market.metrics) <= set(METRICS)
    assert market.aim in market.metrics
    assert 4 <= len(market.channels) <= 8
    assert tuple(days.outcomes) == market.metrics
    assert tuple(days.context) == market.context_names == CONTEXT_NAMES
    assert len(days.days) == spend.days
    assert days.days[0] == FIRST_DAY
    for metric, values in days.outcomes.items():
        assert np.isfinite(values).all(), metric
        step = 0.01 if METRICS[metric].unit == "money" else 1.0
        assert np.allclose(values / step, np.round(values / step), atol=1e-6), metric
    assert (days.outcomes[market.aim] >= 0).all()
    assert (days.impressions >= 0).all()
    assert (days.impressions[days.spend == 0] == 0).all()
    assert days.impressions.sum() > 0


def test_the_middle_sized_shop_has_the_channels_metrics_and_size_of_the_sample_company() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=156)
    last_year = slice(-364, None)
    days = market.run(spend)

    assert market.channels == ("search", "shopping", "social", "display", "video", "radio", "print", "direct_mail")
    assert set(market.metrics) == {"new_customers", "revenue", "margin", "orders", "email_subscribers"}
    customers, money = days.outcomes["new_customers"][last_year].sum() / 4, spend.amount[last_year].sum() / 4
    assert 4200 < customers < 5900
    assert 165_000 < money < 210_000
    assert 25 < money / customers < 60


def test_orders_are_never_fewer_than_new_customers() -> None:
    market = a_market("shop")
    days = market.run(usual(market))
    assert (days.outcomes["orders"] >= days.outcomes["new_customers"]).all()


def test_clicks_are_not_known_where_nothing_can_be_clicked() -> None:
    market = a_market("shop")
    days = market.run(usual(market))
    for n, (channel, _) in enumerate(days.lines):
        known = np.isfinite(days.clicks[:, n])
        assert known.all() == (channel not in {"radio", "print", "direct_mail"})
        assert (days.clicks[known, n] <= days.impressions[known, n]).all()


def test_usual_spend_follows_the_season_and_is_no_experiment() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=156)
    search = weekly(spend.channel_totals(("search",)))[:, 0]
    demand = weekly(market.run(spend).context["demand_index"])

    assert np.corrcoef(search, demand)[0, 1] > 0.6
    bursts = weekly(spend.channel_totals(("video",)))[:, 0]
    assert 0.3 < (bursts == 0).mean() < 0.6


def test_usual_spend_can_be_booked_on_lines_of_ones_own() -> None:
    market = a_market("shop")
    last = FIRST_DAY + timedelta(days=20)
    lines = (("search", "a"), ("search", "b"), ("radio", None))

    mine, usual_lines = market.usual_spend(last, lines), market.usual_spend(last)

    assert mine.lines == lines
    assert np.allclose(mine.channel_totals(("search", "radio")), usual_lines.channel_totals(("search", "radio")), atol=0.02)


def test_ad_prices_rise_with_demand_and_with_own_intensity() -> None:
    market = a_market("shop")
    usual_money, more = steady(market), steady(market, factor=3.0)
    column = market.channels.index("search")

    cheap, dear = market.run(usual_money), market.run(more)
    price = weekly(usual_money.amount[:, [column]])[:, 0] / weekly(cheap.impressions[:, [column]])[:, 0]

    usual_price, high_price = (
        money.amount[:, column].sum() / run.impressions[:, column].sum() for money, run in ((usual_money, cheap), (more, dear))
    )
    assert high_price > 1.1 * usual_price
    assert np.corrcoef(price, weekly(cheap.context["demand_index"]))[0, 1] > 0.4


def test_weekly_noise_of_the_shop_beyond_what_is_expected_is_five_to_eight_percent() -> None:
    from quarterdeck.market.truth import expected_outcome

    spreads = []
    for seed in range(4):
        market = a_market("shop", seed)
        spend = usual(market, weeks=104)
        spreads.append(np.std(weekly(market.run(spend).outcomes["new_customers"]) / weekly(expected_outcome(market, spend)) - 1.0))
    assert 0.05 < np.mean(spreads) < 0.08


def test_counted_outcomes_are_as_expected_on_average() -> None:
    from quarterdeck.market.truth import expected_outcome

    for preset in ALL:
        market = a_market(preset)
        spend = usual(market, weeks=150)
        days = market.run(spend)
        for metric in market.metrics:
            expected = expected_outcome(market, spend, metric).sum()
            tolerance = 0.08 if preset == "b2b" and metric in {"revenue", "margin"} else 0.05 if metric == "margin" else 0.025
            assert days.outcomes[metric].sum() == pytest.approx(expected, rel=tolerance), (preset, metric)


def test_nothing_that_a_run_gives_back_holds_the_truth() -> None:
    market = a_market("shop")
    days = market.run(usual(market, weeks=20))

    assert {field.name for field in fields(days)} == {"days", "lines", "spend", "impressions", "clicks", "outcomes", "context"}
    assert set(vars(days)) == {field.name for field in fields(days)}
    from quarterdeck.market.truth import channel_drift, competitor_pressure, expected_outcome

    spend = usual(market, weeks=20)
    secrets = [expected_outcome(market, spend, metric) for metric in market.metrics]
    secrets += [competitor_pressure(market, spend), *channel_drift(market, spend).T]
    for name, shown in everything(days).items():
        for column in shown.reshape(len(days.days), -1).T:
            assert not any(np.allclose(column, secret, rtol=1e-6, equal_nan=True) for secret in secrets), name


def test_the_competitors_price_alone_does_not_give_its_pressure_away() -> None:
    from quarterdeck.market.truth import competitor_pressure

    market = a_market("shop")
    spend = usual(market, weeks=104)
    seen = market.run(spend).context["competitor_price_index"]
    assert -0.95 < np.corrcoef(seen, competitor_pressure(market, spend))[0, 1] < 0.2


def test_no_days_and_no_lines_are_a_run_without_rows() -> None:
    market = a_market("shop")
    nothing = market.run(DailySpend(FIRST_DAY, (), np.zeros((0, 0))))
    quiet = market.run(DailySpend(FIRST_DAY, (), np.zeros((30, 0))))

    assert nothing.days == ()
    assert all(len(values) == 0 for values in nothing.outcomes.values())
    assert quiet.outcomes["new_customers"].sum() > 0


def test_a_run_that_starts_later_meets_the_same_weather_and_prices() -> None:
    market = a_market("shop")
    spend = usual(market, weeks=20)
    late = market.run(spend.between(FIRST_DAY + timedelta(days=33), spend.last_day))
    for name in ("temperature", "own_price_index", "promotion", "demand_index"):
        assert np.array_equal(late.context[name], market.run(spend).context[name][33:]), name


@pytest.mark.parametrize(
    ("first_day", "channel", "code"),
    [(FIRST_DAY - timedelta(days=1), "search", "MARKET-021"), (FIRST_DAY, "skywriting", "MARKET-022")],
)
def test_spend_before_the_market_or_on_a_channel_that_it_does_not_have_is_refused(first_day: date, channel: str, code: str) -> None:
    with pytest.raises(InvalidInput, match=code):
        a_market("shop").run(DailySpend(first_day, ((channel, None),), np.ones((3, 1))))


def test_an_unknown_preset_is_refused_with_the_ones_that_there_are() -> None:
    with pytest.raises(InvalidInput, match="small_shop, shop, saas, b2b, local_trade"):
        build_market("circus", seed=1, first_day=FIRST_DAY)


def test_a_preset_of_ones_own_is_taken_as_it_is() -> None:
    market = build_market(PRESETS["b2b"], seed=1, first_day=FIRST_DAY)
    assert market == Market(PRESETS["b2b"], 1, FIRST_DAY)
