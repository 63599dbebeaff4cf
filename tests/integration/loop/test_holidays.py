"""Public holidays of a company's first market: learned from where they count, known ahead, the same in every step, and told when they move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from loop_steps import the_company

FIRST, LAST = date(2024, 4, 1), date(2026, 8, 16)
"""Whole weeks before the facts that the sample comes with."""


def bring_in_years(company, *, holidays_count: bool) -> None:
    """Two years and more before the sample's own facts, of about a hundred orders a day; half as many on holidays, when `holidays_count`."""
    from quarterdeck.operations.facts.import_facts import import_facts
    from quarterdeck.operations.holidays.count_holidays import holidays_in

    quiet = holidays_in("GB", range(FIRST.year, 2028)) if holidays_count else {}
    days = [FIRST + timedelta(days=n) for n in range((date(2027, 1, 3) - FIRST).days + 1)]
    rng = np.random.default_rng(3)
    counts = [int(rng.poisson(50 if day in quiet else 100)) for day in days]
    outcomes = {"day": days, "metric": ["orders"] * len(days), "geo": [""] * len(days), "value": [Decimal(each) for each in counts]}
    earlier = [day for day in days if day <= LAST]
    spend = {
        "day": earlier,
        "channel": ["search"] * len(earlier),
        "campaign": [""] * len(earlier),
        "geo": [""] * len(earlier),
        "currency": ["GBP"] * len(earlier),
        "cost": [Decimal(int(rng.integers(2, 9))) for _ in earlier],
        "impressions": [None] * len(earlier),
        "clicks": [None] * len(earlier),
    }
    for table, rows in (("outcomes", outcomes), ("spend", spend)):
        who = company.member.person
        import_facts(company.site, company.workspace, table, rows, source="test", file_name=f"{table}.csv", by=who, now=company.now, replace=True)


def series_known(company):
    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of
    from quarterdeck.operations.response.read_series import last_fact_day, read_series
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    with open_snapshot(company.lake_dir, snapshot_of(company.workspace).loads) as lake:
        return read_series(lake, current_strategy(company).strategy, "orders", as_of=last_fact_day(lake))


@pytest.fixture
def half_on_holidays(site_at):
    company = the_company(site_at("started"))
    bring_in_years(company, holidays_count=True)
    return company


def test_a_company_that_sells_half_on_holidays_has_them_as_context_and_plans_with_those_to_come(half_on_holidays):
    from quarterdeck.kernel.periods import Quarter
    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of
    from quarterdeck.operations.holidays.moved_holidays import say_moved_holidays
    from quarterdeck.operations.plan.gather_inputs import ahead_of
    from quarterdeck.operations.response.read_series import read_context
    from quarterdeck.response.fitting.fit import fit_response

    # given
    company, series = half_on_holidays, series_known(half_on_holidays)
    assert "holidays GB" in series.context_names
    fit = fit_response(series, seed=1, draws=200, is_brief=True)
    period = Quarter(date(2027, 1, 4))
    # when
    with open_snapshot(company.lake_dir, snapshot_of(company.workspace).loads) as lake:
        ahead = ahead_of(fit, period, lake)
        as_came = read_context(lake, series.context_names, period.weeks)
    # then: Good Friday is 26 March 2027 and Easter Monday the 29th, a week earlier than the year before; both are known, and the review sees no other
    number = series.context_names.index("holidays GB")
    assert ahead.context[:, number].tolist() == [0.0] * 11 + [1.0, 1.0]
    assert not ahead.assumed[:, number].any()
    assert [each.origin for each in ahead.assumptions if each.name == "holidays GB"] == ["given"]
    assert np.array_equal(as_came[:, number], ahead.context[:, number])
    # and: the reader hears of it
    assert ahead.said is not None
    assert ahead.said.startswith("Good Friday falls a week earlier than a year before: about \N{MINUS SIGN}6 % of orders in the week of 22 March")
    # and: of a holiday more in the quarter, where that changes the quarter; of nothing, where days count for little
    assert say_moved_holidays(counting(fit, 3.0), period.weeks) == (
        "Easter Monday falls into these weeks, unlike a year before: about \N{MINUS SIGN}1 % of orders in these weeks."
    )
    assert say_moved_holidays(counting(fit, 0.1), period.weeks) is None


def counting(fit, times: float):
    """The same fit, context counting so many times as much."""
    return replace(fit, baseline=replace(fit.baseline, context=times * fit.baseline.context))


def test_a_company_that_is_open_on_holidays_has_none_as_context(site_at):
    company = the_company(site_at("started"))
    bring_in_years(company, holidays_count=False)
    assert "holidays GB" not in series_known(company).context_names


def test_weeks_added_to_a_fit_have_the_holidays_that_it_learned_from_and_no_others(half_on_holidays):
    from quarterdeck.operations.holidays.market_holidays import with_holidays_of

    series = series_known(half_on_holidays)
    without = with_holidays_of(series, ())
    assert set(series.context_names) - set(without.context_names) == {"holidays GB"}
    again = with_holidays_of(without, series.context_names)
    assert again.context_names == series.context_names
    assert np.array_equal(again.context, series.context)


def test_a_forecast_from_the_exported_curves_knows_the_holidays_to_come(half_on_holidays, tmp_path):
    from quarterdeck.operations.forecasts.forecast_from_file import ForecastFileRequest, forecast_from_file
    from quarterdeck.operations.response.keep_curves import write_curves
    from quarterdeck.response.fitting.fit import fit_response

    # given: curves whose holidays count, and the same where they count for nothing
    fit = fit_response(series_known(half_on_holidays), seed=1, draws=200, is_brief=True)
    expected = []
    for name, each in (("counting", fit), ("not", counting(fit, 0.0))):
        write_curves(tmp_path / f"{name}.qdc", each)
        facts = forecast_from_file(ForecastFileRequest(tmp_path / f"{name}.qdc", weeks=13)).facts
        expected.append([week["mean"] for week in facts["plans"][0]["weekly"]])
    # then: the two weeks of Easter 2027 are lower, and every other one alike
    lower = np.array(expected[1]) - np.array(expected[0])
    assert lower[11:].min() > lower[:11].max() + 20.0
    assert np.ptp(lower[:11]) < 5.0


def test_other_countries_and_the_company_s_own_counts_are_left_alone():
    from quarterdeck.operations.holidays.market_holidays import column_of, put_holidays

    weeks = [date(2027, 3, 22), date(2027, 3, 29)]
    assert [column_of(each) for each in ((), ("XX",), ("gb", "GB"), ("GB", "IE", "FR", "DE"))] == [None, None, "holidays GB", "holidays GB+IE+FR"]
    unknown = np.full((2, 3), np.nan)
    unknown[0, 2] = 5.0
    filled = put_holidays(("holidays GB+IE", "price", "holidays GB"), weeks, unknown)
    assert filled[:, 0].tolist() == [0.5, 1.0]
    assert np.isnan(filled[:, 1]).all()
    assert filled[0, 2] == 5.0
    assert np.isnan(filled[1, 2])
