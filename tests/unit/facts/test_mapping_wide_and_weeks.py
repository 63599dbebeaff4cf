"""How a file's columns find their place, how wide files become long, and how weeks become days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.read_csv import parse_table
from quarterdeck.facts.reading.weeks import spread_weeks
from quarterdeck.facts.schemas import CONTEXT, ORDERS, OUTCOMES, SPEND

ONE_FILE = b"week,spend_TV,spend_Search,ctrl_Price,New customers\n2027-02-01,70,14.03,12.5,9\n2027-02-08,70,,12.9,8\n"


def by_day(facts, name, label, value):
    return {day: amount for day, found, amount in zip(facts.column("day"), facts.column(name), facts.column(value), strict=True) if found == label}


def test_the_headers_of_ad_platforms_find_their_columns():
    table = parse_table(
        b"Date,Campaign name,Amount spent (GBP),Impr.,Link clicks\n2027-02-01,Spring,5.10,1000,7\n",
        SPEND,
        file_name="meta.csv",
        options=CsvOptions(fixed={"channel": "facebook"}),
    )

    assert dict(table.mapping) == {
        "Date": "day",
        "Campaign name": "campaign",
        "Amount spent (GBP)": "cost",
        "Impr.": "impressions",
        "Link clicks": "clicks",
    }
    assert next(table.facts.rows()) == (date(2027, 2, 1), "facebook", "spring", "", "GBP", Decimal("5.1"), 1000, 7, None)
    assert table.spellings == {"campaign": {"spring": "Spring"}}


def test_the_users_mapping_goes_before_every_synonym():
    table = parse_table(
        b"Date,Kanal,Cost,Netto\n2027-02-01,tv,9,5\n",
        SPEND,
        file_name="a.csv",
        options=CsvOptions(currency="EUR", mapping={"Netto": "cost", "Cost": None}),
    )

    assert table.facts.column("cost") == (Decimal(5),)
    assert table.ignored == ()


def test_a_mapping_of_what_is_not_there_is_a_problem():
    table = parse_table(
        b"day,channel,cost\n2027-02-01,tv,9\n",
        SPEND,
        file_name="a.csv",
        options=CsvOptions(currency="EUR", mapping={"Netto": "cost", "cost": "price"}),
    )

    assert [problem.code for problem in table.problems] == ["FACTS-009", "FACTS-009"]


def test_saved_names_turn_the_platforms_words_into_ids_of_the_strategy():
    table = parse_table(
        b"day,channel,cost\n2027-02-01,GOOGLE  ads,9\n",
        SPEND,
        file_name="a.csv",
        options=CsvOptions(currency="EUR", names={"channel": {"Google Ads": "search-ads"}}),
    )

    assert table.facts.column("channel") == ("search-ads",)


def test_one_wide_weekly_file_gives_spend_outcomes_and_context_each_its_own():
    money = parse_table(ONE_FILE, SPEND, file_name="all.csv", options=CsvOptions(currency="GBP"))
    results = parse_table(ONE_FILE, OUTCOMES, file_name="all.csv")
    around = parse_table(ONE_FILE, CONTEXT, file_name="all.csv")

    assert money.summary.totals == (("search", Decimal("14.03")), ("tv", Decimal(140)))
    assert len(by_day(money.facts, "channel", "search", "cost")) == 7, "an empty cell is not known and makes no row"
    assert results.summary.totals == (("new_customers", Decimal(17)),)
    assert set(by_day(around.facts, "name", "price", "value").values()) == {Decimal("12.5"), Decimal("12.9")}
    assert all(table.read_as.weekly and table.read_as.wide for table in (money, results, around))


def test_wide_columns_named_by_the_user_alone_count():
    table = parse_table(
        b"day,FB,Google,Notes\n2027-02-01,5,7,x\n",
        SPEND,
        file_name="a.csv",
        options=CsvOptions(currency="GBP", wide={"FB": "facebook", "Google": "search_ads"}),
    )

    assert table.summary.totals == (("facebook", Decimal(5)), ("search_ads", Decimal(7)))
    assert table.ignored == ("Notes",)


def test_a_cost_per_click_is_no_channel():
    table = parse_table(b"day,Cost per click,cost_per_conversion\n2027-02-01,0.50,7\n", SPEND, file_name="a.csv", options=CsvOptions(currency="GBP"))

    assert [problem.code for problem in table.problems] == ["FACTS-008", "FACTS-008"]


def test_a_fault_in_a_wide_cell_names_its_own_header():
    table = parse_table(b"day,spend_tv,spend_radio\n2027-02-01,5,x\n", SPEND, file_name="a.csv", options=CsvOptions(currency="GBP"))

    assert table.problems[0].where == 'a.csv line 2, column "spend_radio"'


def test_a_week_is_shared_out_in_whole_pence_and_whole_people():
    table = parse_table(b"week,channel,cost,clicks,reach\n2027-02-01,tv,100,10,50\n", SPEND, file_name="a.csv", options=CsvOptions(currency="GBP"))

    assert table.facts.column("cost") == (Decimal("14.29"),) * 4 + (Decimal("14.28"),) * 3
    assert table.facts.column("clicks") == (2, 2, 2, 1, 1, 1, 1)
    assert table.facts.column("reach") == (None,) * 7
    assert table.facts.column("day") == tuple(date(2027, 2, 1) + timedelta(days=n) for n in range(7))
    assert table.lines == (2,) * 7


def test_a_score_of_a_week_is_repeated_and_a_week_told_by_its_last_day_ends_there():
    table = parse_table(b"week ending,metric,value\n2027-02-07,nps,40\n2027-02-07,orders,8\n", OUTCOMES, file_name="a.csv")

    assert by_day(table.facts, "metric", "nps", "value") == {date(2027, 2, 1) + timedelta(days=n): Decimal(40) for n in range(7)}
    assert sum(by_day(table.facts, "metric", "orders", "value").values()) == 8


def test_a_week_that_is_not_over_and_weeks_that_overlap_are_refused():
    text = b"week,channel,cost\n2027-02-01,tv,7\n2027-02-08,tv,7\n2027-02-17,tv,7\n"

    early = parse_table(text, SPEND, file_name="a.csv", options=CsvOptions(currency="GBP", as_of=date(2027, 2, 13)))
    overlap = parse_table(text, SPEND, file_name="a.csv", options=CsvOptions(currency="GBP"))

    assert [(p.code, p.where) for p in early.problems if p.code == "FACTS-018"] == [
        ("FACTS-018", 'a.csv line 3, column "day"'),
        ("FACTS-018", 'a.csv line 4, column "day"'),
    ]
    assert [(p.code, p.where) for p in overlap.problems] == [("FACTS-027", 'a.csv line 4, column "day"')]


def test_a_column_of_days_is_weekly_when_the_user_says_so():
    table = parse_table(b"date,channel,cost\n2027-02-01,tv,7\n", SPEND, file_name="a.csv", options=CsvOptions(currency="GBP", weekly=True))

    assert table.facts.column("cost") == (Decimal(1),) * 7


def test_single_events_cannot_be_weekly():
    table = parse_table(b"order,at,value\n1,2027-02-01,5\n", ORDERS, file_name="a.csv", options=CsvOptions(currency="GBP", weekly=True))

    assert [problem.code for problem in table.problems] == ["FACTS-031"]


@settings(deadline=None)
@given(cost=st.decimals(min_value=0, max_value=10**9, places=6), clicks=st.integers(0, 10**9))
def test_whatever_a_week_holds_its_seven_days_add_up_to_it(cost, clicks):
    columns = {
        "day": [date(2027, 2, 1)],
        "channel": ["tv"],
        "campaign": [""],
        "geo": [""],
        "currency": ["GBP"],
        "cost": [cost],
        "impressions": [None],
        "clicks": [clicks],
        "reach": [3],
    }

    spread = spread_weeks(SPEND, columns, currency="GBP")

    assert sum(spread["cost"]) == cost
    assert sum(spread["clicks"]) == clicks
    assert spread["impressions"] == [None] * 7
    assert max(spread["clicks"]) - min(spread["clicks"]) <= 1
