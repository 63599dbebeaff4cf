"""Every way in which a CSV file is known to be dirty, one story a test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.facts.parsed_table import CsvOptions, ParsedTable
from quarterdeck.facts.read_csv import parse_table
from quarterdeck.facts.schemas import OUTCOMES, SPEND
from quarterdeck.kernel.problems import InvalidInput

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


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(PLAIN.encode(), id="utf8"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode(), id="utf8_with_bom"),
        pytest.param(PLAIN.encode("utf-16"), id="utf16_with_bom"),
        pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), id="utf16_big_endian"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), id="windows_lines"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), id="old_mac_lines"),
        pytest.param(PLAIN.rstrip("\n").encode(), id="last_row_without_newline"),
        pytest.param(PLAIN.replace(",", ";").encode(), id="semicolon"),
        pytest.param(PLAIN.replace(",", "\t").encode(), id="tab"),
        pytest.param(PLAIN.replace(",", "|").encode(), id="bar"),
        pytest.param(("sep=;\n" + PLAIN.replace(",", ";")).encode(), id="excel_separator_line"),
        pytest.param(PLAIN.replace(",", " , ").encode(), id="spaces"),
        pytest.param(PLAIN.replace("\n", "\n\n,,\n").encode(), id="empty_rows"),
        pytest.param(PLAIN.replace("\n", ",\n").encode(), id="spare_separator_at_the_end"),
        pytest.param(PLAIN.replace("search", '"search"').encode(), id="quoted"),
        pytest.param(PLAIN.replace("search", "Search").replace("day,", "Date_Day,").encode(), id="other_case_and_header"),
        pytest.param(PLAIN.replace("2027-02-01", "1 Feb 2027").replace("2027-02-02", '"Feb 2, 2027"').encode(), id="dates_in_words"),
        pytest.param(PLAIN.replace("2027-02-01", "01.02.2027").replace("2027-02-02", "02.02.2027").encode(), id="dates_with_dots"),
        pytest.param(PLAIN.replace("2027-02-01", "20270201").replace("2027-02-02", "2027/2/2").encode(), id="compact_dates"),
        pytest.param(PLAIN.replace("12.50", "£12.50").replace(",7\n", ",GBP 7\n").encode(), id="currency_signs"),
        pytest.param(PLAIN.replace("12.50", '"12,50"').replace(",7\n", ',"7,00"\n').encode(), id="decimal_comma"),
        pytest.param(PLAIN.replace("search", "\u200bsearch\u00a0").encode(), id="invisible_marks"),
    ],
)
def test_the_same_facts_are_read_from_every_dress_a_file_comes_in(raw):
    table = spend(raw)

    assert table.problems == ()
    assert list(table.facts.rows()) == [
        (date(2027, 2, 1), "search", "", "", "GBP", Decimal("12.5"), None, None, None),
        (date(2027, 2, 2), "search", "", "", "GBP", Decimal(7), None, None, None),
    ]


def test_a_file_in_windows_1252_is_read_and_said():
    table = spend("day,channel,cost\n2027-02-01,Café,12.50\n".encode("cp1252"))

    assert table.facts.column("channel") == ("café",)
    assert "FACTS-040" in warning_codes(table)
    assert table.warnings[0].where == "spend.csv line 2"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param(b"", "FACTS-001", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n\r\n", "FACTS-001", id="only_blanks"),
        pytest.param(b",\n,\n", "FACTS-001", id="only_separators"),
        pytest.param(b"day,channel,cost\n", "FACTS-002", id="header_only"),
        pytest.param(b"day,channel,cost\nTotal,,12\n", "FACTS-002", id="only_a_total"),
        pytest.param(b"PK\x03\x04rest", "FACTS-005", id="spreadsheet"),
        pytest.param(PLAIN.encode("utf-16-le"), "FACTS-005", id="utf16_without_mark"),
        pytest.param(b"day,channel,cost\n2027-02-01,sea\x00rch,12.50\n" + b"2027-02-02,search,12.50\n" * 9, "FACTS-006", id="nul_byte"),
        pytest.param(b'day,channel,cost\n2027-02-01,"search,12.50\n2027-02-02,search,7\n', "FACTS-007", id="open_quote"),
        pytest.param(b"day,channel\n2027-02-01,search\n", "FACTS-008", id="no_cost"),
    ],
)
def test_an_import_of_nothing_is_never_silent(raw, code):
    table = spend(raw)

    assert codes(table) == [code]
    assert len(table.facts) == 0
    with pytest.raises(InvalidInput, match="No row was imported"):
        table.require()


def test_size_and_row_limits_are_kept():
    assert codes(spend(PLAIN, max_bytes=10)) == ["FACTS-003"]
    assert codes(spend(PLAIN, max_rows=1)) == ["FACTS-004"]
    assert spend(PLAIN, max_rows=2).is_usable


def test_line_breaks_within_quotes_belong_to_the_cell_and_lines_are_counted_as_in_an_editor():
    table = spend('day,channel,campaign,cost\n2027-02-01,search,"two\nlines",1\n2027-02-02,search,b,minus\n')

    assert table.problems[0].where == 'spend.csv line 4, column "cost"'


def test_all_problems_come_at_once_in_the_order_of_lines_and_nothing_is_half_done():
    table = spend(
        "Day,Platform,Amount spent,Clicks\n2027-02-30,search,5,1\n2027-02-02,,5,1\n"
        "2027-02-03,search,minus,1.5\n2027-02-04,search,-4,x\n2027-02-05,search,=A1,1\n"
    )

    assert [(problem.where.removeprefix("spend.csv "), problem.code) for problem in table.problems] == [
        ('line 2, column "Day"', "FACTS-011"),
        ('line 3, column "Platform"', "FACTS-010"),
        ('line 4, column "Amount spent"', "FACTS-014"),
        ('line 4, column "Clicks"', "FACTS-022"),
        ('line 5, column "Amount spent"', "FACTS-017"),
        ('line 5, column "Clicks"', "FACTS-014"),
        ('line 6, column "Amount spent"', "FACTS-020"),
    ]
    assert len(table.facts) == 0
    assert table.summary.rows == 0


def test_of_very_many_problems_the_first_are_shown_and_all_are_counted():
    table = spend("day,channel,cost\n" + "2027-02-01,search,x\n" * 500)

    assert len(table.problems) == 200
    assert table.problem_count == 500
    assert table.problems[-1].where == 'spend.csv line 201, column "cost"'
    with pytest.raises(InvalidInput, match="300 more problems"):
        table.require()


def test_rows_with_faults_do_not_hide_that_others_repeat_a_fact():
    table = spend("day,channel,cost\n2027-02-01,search,x\n2027-02-02,search,1\n2027-02-02,SEARCH,2\n")

    assert codes(table) == ["FACTS-014", "FACTS-019"]
    assert "as on line 3" in table.problems[1].found


REPEATED = "day,channel,campaign,cost,clicks,reach\n2027-02-01,Google Ads,Sale,10.10,5,9\n2027-02-01,google  ads,sale,5.05,2,4\n"


def test_case_different_duplicates_are_refused_by_default_and_added_up_when_told():
    assert codes(spend(REPEATED)) == ["FACTS-019"]

    table = spend(REPEATED, repeated="add_up")

    assert list(table.facts.values()) == [("GBP", Decimal("15.15"), None, 7, None)]
    assert "FACTS-050" in warning_codes(table)


def test_plain_copies_may_be_left_out_but_not_rows_that_differ():
    copies = "day,channel,cost\n2027-02-01,search,5\n2027-02-01,search,5.00\n"

    assert len(spend(copies, repeated="drop_identical").facts) == 1
    assert codes(spend(REPEATED, repeated="drop_identical")) == ["FACTS-019"]


def test_a_sum_of_a_known_and_an_unknown_figure_is_not_known():
    table = spend("day,channel,cost,clicks\n2027-02-01,search,5,3\n2027-02-01,search,5,\n", repeated="add_up")

    assert table.facts.column("clicks") == (None,)


def test_rates_of_the_same_day_cannot_be_added_up():
    table = outcomes("day,metric,value\n2027-02-01,nps,40\n2027-02-01,nps,50\n", repeated="add_up")

    assert codes(table) == ["FACTS-019"]
