"""Cells that could mean two things, or nothing: what is asked, what is refused, what is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.facts.parsed_table import CsvOptions, ParsedTable
from quarterdeck.facts.read_csv import parse_table
from quarterdeck.facts.schemas import CONTEXT, OUTCOMES, PEOPLE, SPEND

GBP = CsvOptions(currency="GBP")


def spend(text: str | bytes, **options: object) -> ParsedTable:
    raw = text if isinstance(text, bytes) else text.encode()
    return parse_table(raw, SPEND, file_name="spend.csv", options=CsvOptions(**({"currency": "GBP"} | options)))  # type: ignore[arg-type]  # test options


def outcomes(text: str, **options: object) -> ParsedTable:
    return parse_table(text.encode(), OUTCOMES, file_name="outcomes.csv", options=CsvOptions(**options))  # type: ignore[arg-type]  # test options


def codes(table: ParsedTable) -> list[str]:
    return [problem.code for problem in table.problems]


def warning_codes(table: ParsedTable) -> list[str]:
    return [problem.code for problem in table.warnings]


PLAIN = "day,channel,cost\n2027-02-01,search,12.50\n2027-02-02,search,7\n"


def test_day_and_month_are_never_guessed():
    open_file = "day,channel,cost\n01/02/2027,search,1\n02/02/2027,search,1\n"

    refused = spend(open_file)
    british = spend(open_file, date_format="DD/MM/YYYY")
    american = spend(open_file, date_format="MM/DD/YYYY")

    assert codes(refused) == ["FACTS-013"]
    assert "--date-format" in refused.problems[0].fix
    assert british.facts.column("day") == (date(2027, 2, 1), date(2027, 2, 2))
    assert american.facts.column("day") == (date(2027, 1, 2), date(2027, 2, 2))


@pytest.mark.parametrize(
    ("second", "expected"),
    [pytest.param("13/02/2027", date(2027, 2, 1), id="day_first"), pytest.param("02/13/2027", date(2027, 1, 2), id="month_first")],
)
def test_one_date_that_can_only_be_read_in_one_way_decides_for_the_file(second, expected):
    table = spend(f"day,channel,cost\n01/02/2027,search,1\n{second},search,1\n")

    assert table.facts.column("day")[0] == expected


def test_dates_in_both_orders_contradict_each_other():
    assert "FACTS-013" in codes(spend("day,channel,cost\n13/02/2027,search,1\n02/13/2027,search,1\n"))


def test_weeks_that_all_start_on_monday_decide_the_order_of_dates():
    table = spend("week,channel,cost\n01/02/2027,search,7\n08/02/2027,search,7\n")

    assert table.facts.column("day")[0] == date(2027, 2, 1)
    assert table.read_as.date_format == "DD/MM/YYYY"


def test_a_decimal_mark_that_could_be_either_is_asked_for():
    text = 'day,channel,cost\n2027-02-01,search,"1,234"\n'

    refused = spend(text)

    assert codes(refused) == ["FACTS-012"]
    assert "--decimal-comma" in refused.problems[0].fix
    assert spend(text, decimal="point").facts.column("cost") == (Decimal(1234),)
    assert spend(text, decimal="comma").facts.column("cost") == (Decimal("1.234"),)


def test_another_amount_or_a_count_decides_the_decimal_mark_for_the_file():
    by_amount = spend("day;channel;cost\n2027-02-01;search;1.234\n2027-02-02;search;1.234,50\n")
    by_count = spend("day;channel;cost;clicks\n2027-02-01;search;12;1.234\n")

    assert by_amount.facts.column("cost") == (Decimal(1234), Decimal("1234.5"))
    assert "FACTS-045" in warning_codes(by_amount)
    assert by_count.facts.column("clicks") == (1234,)


def test_an_amount_in_the_other_style_than_the_file_is_named_with_the_way_out():
    table = spend("day;channel;cost\n2027-02-01;search;12.50\n2027-02-02;search;13.50\n2027-02-03;search;1.234,56\n")

    assert str(table.problems[0]) == (
        'spend.csv line 4, column "cost": expected an amount such as 1234.56, found "1.234,56". '
        "Use a decimal point in the whole file, or import with --decimal-comma. [FACTS-012]"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("day,channel,cost\n2027-02-01,search,€5\n", "FACTS-015", id="sign"),
        pytest.param("day,channel,cost\n2027-02-01,search,5 USD\n", "FACTS-015", id="code"),
        pytest.param("day,channel,Cost (EUR)\n2027-02-01,search,5\n", "FACTS-015", id="header"),
        pytest.param("day,channel,cost,currency\n2027-02-01,search,5,USD\n", "FACTS-015", id="column"),
        pytest.param("day,channel,cost\n2027-02-01,search,5%\n", "FACTS-014", id="percent"),
        pytest.param("day,channel,cost\n2027-02-01,search,1.2k\n", "FACTS-014", id="thousand_letter"),
        pytest.param("day,channel,cost\n2027-02-01,search,1.2E+05\n", "FACTS-014", id="shortened_by_a_spreadsheet"),
        pytest.param("day,channel,cost\n2027-02-01,search,#REF!\n", "FACTS-020", id="spreadsheet_error"),
        pytest.param("day,channel,cost\n2027-02-01,=HYPERLINK(1),5\n", "FACTS-020", id="formula_in_text"),
        pytest.param("day,channel,cost\n46054,search,5\n", "FACTS-011", id="spreadsheet_day_number"),
        pytest.param("day,channel,cost\n2027-02-01,search,5,6\n", "FACTS-021", id="too_many_cells"),
        pytest.param("day,channel,cost\n2027-02-01,search,1234567890123\n", "FACTS-026", id="too_large"),
    ],
)
def test_amounts_that_cannot_be_meant_are_refused(text, code):
    assert codes(spend(text)) == [code]


def test_amounts_without_any_currency_are_refused_and_a_header_or_sign_is_enough():
    bare = CsvOptions()
    plain = parse_table(b"day,channel,cost\n2027-02-01,search,5\n", SPEND, file_name="a.csv", options=bare)
    header = parse_table(b"day,channel,Amount spent (GBP)\n2027-02-01,search,5\n", SPEND, file_name="a.csv", options=bare)
    sign = parse_table("day,channel,cost\n2027-02-01,search,£5\n".encode(), SPEND, file_name="a.csv", options=bare)

    assert codes(plain) == ["FACTS-016"]
    assert header.facts.column("currency") == sign.facts.column("currency") == ("GBP",)


def test_days_after_the_last_complete_one_are_refused_except_in_context():
    as_of = date(2027, 2, 1)

    assert codes(spend(PLAIN, as_of=as_of)) == ["FACTS-018"]
    assert parse_table(b"day,name,value\n2027-12-25,holiday,1\n", CONTEXT, file_name="c.csv", options=CsvOptions(as_of=as_of)).is_usable


def test_unknown_columns_are_left_out_and_listed():
    table = spend("day,channel,cost,Ad strength,Optimisation score\n2027-02-01,search,5,good,0.5\n")

    assert table.ignored == ("Ad strength", "Optimisation score")
    assert "FACTS-041" in warning_codes(table)


def test_lines_before_the_header_and_totals_after_the_rows_are_left_out_and_said():
    table = spend("Campaign report\n1 Feb 2027 - 2 Feb 2027\nDay,Campaign,Cost\n2027-02-01,a,5\nTotal: account, --,5\n", fixed={"channel": "search"})

    assert len(table.facts) == 1
    assert warning_codes(table).count("FACTS-042") == 2


def test_a_campaign_named_total_is_no_total():
    table = spend("campaign,day,channel,cost\nTotal wellness,2027-02-01,search,5\n")

    assert table.facts.column("campaign") == ("total_wellness",)


def test_short_rows_are_said_and_still_need_what_is_required():
    optional = spend("day,channel,cost,clicks\n2027-02-01,search,5\n")
    cut_off = spend("day,channel,cost,clicks\n2027-02-01,search,5,1\n2027-02-02,sea")

    assert "FACTS-049" in warning_codes(optional)
    assert codes(cut_off) == ["FACTS-010"]


def test_not_known_is_never_zero():
    table = spend("day,channel,cost,clicks,impressions\n2027-02-01,search,5,--,0\n")

    assert table.facts.column("clicks") == (None,)
    assert table.facts.column("impressions") == (0,)


def test_na_is_a_text_where_texts_are_expected():
    table = parse_table(b"person,attribute,value\np1,country,NA\n", PEOPLE, file_name="people.csv")

    assert table.facts.column("value") == ("NA",)


def test_a_persons_address_is_refused_until_pseudonyms_are_handed_in():
    text = b"person,attribute,value\nann@example.org,country,GB\n"

    assert codes(parse_table(text, PEOPLE, file_name="p.csv")) == ["FACTS-024"]
    named = parse_table(text, PEOPLE, file_name="p.csv", options=CsvOptions(pseudonyms={"ann@example.org": "p-1"}))
    assert named.facts.column("person") == ("p-1",)


def test_missing_days_are_said_and_returned():
    table = spend("day,channel,cost\n2027-02-01,search,5\n2027-02-04,search,5\n")

    assert table.days_missing == (date(2027, 2, 2), date(2027, 2, 3))
    assert "2 to 3 February 2027" in next(problem for problem in table.warnings if problem.code == "FACTS-043").found


def test_an_unknown_metric_is_kept_with_a_suggestion():
    table = outcomes("day,metric,value\n2027-02-01,new customer,5\n")

    assert table.facts.column("metric") == ("new_customer",)
    assert "Did you mean new_customers?" in table.warnings[0].fix


def test_a_percentage_of_an_outcome_is_a_fraction():
    assert outcomes("day,metric,value\n2027-02-01,open_rate,12.5%\n").facts.column("value") == (Decimal("0.125"),)


def test_figures_finer_than_facts_hold_are_rounded_and_said():
    table = spend("day,channel,cost\n2027-02-01,search,22358.34666667\n")

    assert table.facts.column("cost") == (Decimal("22358.346667"),)
    assert "FACTS-046" in warning_codes(table)


def test_two_columns_with_the_same_header_are_not_chosen_between():
    assert codes(spend("day,channel,cost,Cost\n2027-02-01,search,5,6\n")) == ["FACTS-009"]
