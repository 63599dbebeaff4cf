"""Any period against plan and last year: the figures are those of the lake, the plan and the review; what is not known is never 0."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from results_rows import desk_of, latest_review, outcomes

ROOT = "/w/harbour/results/"
QUARTER = date(2027, 1, 4)


def look(desk, **asked):
    from quarterdeck.operations.results.look_at_results import look_at_results

    found = look_at_results(desk, asked)
    assert found is not None
    return found


def sum_in_lake(desk, table, column, where, first, last):
    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of

    with open_snapshot(desk.context.lake_dir, snapshot_of(desk.context.workspace).loads) as lake:
        sql = f"SELECT sum({column}) AS total FROM {table} WHERE {where} AND day BETWEEN $first AND $last"
        return lake.query(sql, {"first": first, "last": last})["total"][0]


@pytest.mark.parametrize("period", ["quarter", "last_quarter", "weeks-4", "year"])
def test_totals_are_the_sums_of_the_lake(desk, period):
    for metric in ("new_customers", "revenue", "orders", "margin", "email_subscribers"):
        found = look(desk, period=period, metric=metric)
        known = sorted(found.chosen.counted.known)
        first, last = found.period.weeks[known[0]], found.period.weeks[known[-1]] + timedelta(days=6)
        in_lake = float(sum_in_lake(desk, "outcomes", "value", f"metric = '{metric}'", first, last))
        assert found.chosen.counted.total() == pytest.approx(in_lake), metric


def test_spend_is_the_sum_of_the_lake(desk):
    figures = {each.metric: each for each in look(desk, period="quarter").figures}

    assert figures["spend"].counted.total() == pytest.approx(float(sum_in_lake(desk, "spend", "cost", "true", QUARTER, date(2027, 1, 31))))
    assert figures["cost_per_customer"].counted.total() == pytest.approx(figures["spend"].counted.total() / figures["new_customers"].counted.total())


def test_counted_and_planned_are_those_of_the_review(desk):
    from quarterdeck.operations.plan.read_plan import review_of
    from quarterdeck.report.weekly import against

    review = review_of(desk.context.workspace.reviews.get())
    chosen = look(desk, period="quarter", metric="new_customers").chosen
    plan = against(chosen.counted, chosen.planned)

    assert plan.counted == pytest.approx(review.counted)
    assert plan.other == pytest.approx(review.planned)
    assert plan.weeks == len(review.weeks)


def test_the_year_before_week_1_are_the_same_weekdays_52_weeks_earlier(desk):
    first_week = look(desk, period="quarter", metric="orders").chosen.last_year.values[0]

    assert first_week == pytest.approx(float(sum_in_lake(desk, "outcomes", "value", "metric = 'orders'", date(2026, 1, 5), date(2026, 1, 11))))


def test_weeks_before_the_first_fact_are_not_known_and_never_nothing(desk):
    found = look(desk, **{"period": "own", "from": "2024-12-23", "to": "2025-01-12", "metric": "orders"})

    assert found.chosen.counted.values[:2] == (None, None)
    assert found.chosen.counted.values[2] > 0
    assert found.chosen.last_year.total() is None


def test_a_week_with_a_day_missing_is_not_counted(played, bring_in, browser_of):
    bring_in(desk_of(played), "outcomes", outcomes("leads", QUARTER, [5.0] * 10))  # a week and three days

    found = look(desk_of(played), period="quarter", metric="leads")

    assert found.chosen.counted.values[:2] == (35.0, None)
    assert found.chosen.counted.total() == 35.0
    assert "Three weeks that have begun are not known whole" in browser_of().get(f"{ROOT}?period=quarter&metric=leads").content.decode()


@pytest.mark.parametrize(
    ("asked", "first", "last", "weeks"),
    [
        pytest.param({"period": "quarter"}, date(2027, 1, 4), date(2027, 4, 4), 13, id="quarter"),
        pytest.param({"period": "last_quarter"}, date(2026, 10, 5), date(2027, 1, 3), 13, id="last_quarter"),
        pytest.param({"period": "weeks-4"}, date(2027, 1, 4), date(2027, 1, 31), 4, id="four_weeks"),
        pytest.param({"period": "year"}, date(2026, 2, 2), date(2027, 1, 31), 52, id="year"),
        pytest.param({"period": "own", "from": "2027-01-06", "to": "2027-01-11"}, date(2027, 1, 4), date(2027, 1, 17), 2, id="own_is_widened"),
        pytest.param({"period": "own", "from": "2027-01-06", "to": "2099-01-11"}, date(2027, 1, 4), date(2027, 2, 7), 5, id="own_ends_today"),
        pytest.param({}, date(2027, 1, 4), date(2027, 4, 4), 13, id="usual"),
    ],
)
def test_a_period_starts_on_a_monday_and_ends_on_a_sunday(desk, asked, first, last, weeks):
    period = look(desk, **asked).period

    assert (period.first_day, period.last_day, len(period.weeks)) == (first, last, weeks)


@pytest.mark.parametrize(
    "asked",
    [
        {"period": "weeks-0"},
        {"period": "weeks-999"},
        {"period": "weeks-²"},
        {"period": "own", "from": "2027-01-31", "to": "2027-01-04"},
        {"period": "own", "from": "0001-01-01", "to": "2027-01-04"},
        {"period": "own", "from": "x", "to": "9999-99-99"},
        {"period": "'; DROP TABLE outcomes; --"},
    ],
)
def test_a_period_that_is_not_understood_is_said_and_the_quarter_is_shown(desk, browser_of, asked):
    period = look(desk, **asked).period
    page = browser_of().get(ROOT, asked)

    assert (period.key, bool(period.wrong)) == ("quarter", True)
    assert page.status_code == 200
    assert "is no period that is known here" in page.content.decode()


def test_before_a_week_of_the_quarter_has_passed_the_last_quarter_is_shown(planned, browser_of):
    page = browser_of().get(ROOT).content.decode()

    assert "New customers were 5,562 in Q4 2026" in page
    assert "No approved plan speaks of these weeks." in page


def test_the_first_sentence_is_the_finding_and_lost_days_are_marked_in_words(played, browser_of):
    review = latest_review(played)

    page = browser_of().get(ROOT).content.decode()

    assert f"New customers are {review.counted:,.0f} in four weeks: {-round(review.gap):,} fewer than planned" in page
    assert "Between 18 and 25 January only 5" in page
    assert f'href="{ROOT}tracking/"' in page


def test_every_metric_can_be_chosen_without_javascript(played, browser_of):
    page = browser_of().get(f"{ROOT}?period=weeks-8&metric=revenue").content.decode()

    assert '<form class="period" method="get"' in page
    assert "Revenue is" in page
    assert '<option value="revenue" selected>' in page
    assert '<option value="weeks-8" selected>' in page


def test_htmx_gets_the_part_alone(played, browser_of):
    part = browser_of().get(ROOT, headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith('<div id="period"')
    assert "<html" not in part


def test_a_company_without_facts_is_told_how_to_bring_them_in(empty, browser_of):
    for path in ("", "channels/", "tracking/"):
        page = browser_of().get(f"/w/north-bakery/results/{path}").content.decode()
        assert "Nothing has been counted yet" in page
        assert 'href="/w/north-bakery/settings/imports/"' in page
    assert "Somebody has to bring in figures" in browser_of("Vera").get("/w/north-bakery/results/").content.decode()


def test_facts_without_a_strategy_are_shown(empty, bring_in, browser_of):
    bring_in(desk_of(empty, "north-bakery"), "outcomes", outcomes("orders", date(2026, 10, 5), [10.0] * 42))

    page = browser_of().get("/w/north-bakery/results/?period=weeks-8")

    assert page.status_code == 200
    assert "Orders are 420 in six weeks" in page.content.decode()


def test_the_file_holds_what_is_shown_week_by_week(played, browser_of):
    answer = browser_of("Vera").get(f"{ROOT}results.csv?period=quarter")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    customers = [row for row in rows if row["metric"] == "new_customers"]

    assert answer["Content-Disposition"] == 'attachment; filename="harbour-results.csv"'
    weeks = latest_review(played).weeks
    assert [row["counted"] for row in customers[:5]] == [*(f"{week.counted:.0f}" for week in weeks), ""]
    assert customers[0]["week_from"] == "2027-01-04"
