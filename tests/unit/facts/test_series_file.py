"""A file with a row a week or a day is read as it was meant, or every reason is given why it cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.facts.context_file import parse_context_ahead
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.series_file import SeriesFile, SeriesOptions, SeriesRoles, parse_series
from quarterdeck.kernel.problems import InvalidInput

ROLES = SeriesRoles("week", "sales", ("tv", "search"), context=("price",))


def lines(count: int = 10, *, step: int = 7, first: date = date(2024, 1, 3)) -> list[str]:
    """A header and rows of a sound file; weeks begin on a Wednesday."""
    rows = [f"{first + timedelta(days=step * n)},{100 + n}.5,{n},{2 * n}.25,9.9" for n in range(count)]
    return ["week,sales,tv,search,price", *rows]


def read(text: str | list[str], roles: SeriesRoles = ROLES, **options: object) -> SeriesFile:
    body = text if isinstance(text, str) else "\n".join(text) + "\n"
    return parse_series(body.encode(), roles, file_name="shop.csv", options=SeriesOptions(**options))  # type: ignore[arg-type]


def refused(text: str | list[str], roles: SeriesRoles = ROLES, **options: object) -> list[str]:
    with pytest.raises(InvalidInput) as error:
        read(text, roles, **options)
    return [str(problem) for problem in error.value.problems]


def column(found: SeriesFile, name: str) -> list[float]:
    return [row[0] for row in found.numbers[name]]


def test_weeks_may_begin_on_any_weekday():
    found = read(lines())
    assert found.step_days == 7
    assert found.days[0].strftime("%A") == "Wednesday"
    assert column(found, "search")[:3] == [0.25, 2.25, 4.25]
    assert found.geos == ("",)


def test_days_are_told_from_weeks_by_the_dates():
    assert read(lines(60, step=1)).step_days == 1


@settings(max_examples=30, deadline=None)
@given(st.permutations(list(range(10))))
def test_the_order_of_rows_says_nothing(order):
    header, *rows = lines()
    assert read([header, *(rows[n] for n in order)]) == read(lines())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: "\ufeff" + text, id="bom"),
        pytest.param(lambda text: text.replace(",", ";"), id="semicolons"),
        pytest.param(lambda text: text.replace(",", "\t"), id="tabs"),
        pytest.param(lambda text: text.replace(",", ";").replace(".", ","), id="decimal_commas"),
        pytest.param(lambda text: text.replace("week,sales", ' WEEK ," Sales "'), id="case_and_spaces_in_headers"),
        pytest.param(lambda text: text.replace("\n", "\r\n") + "\r\n\r\n", id="windows_and_empty_lines"),
        pytest.param(lambda text: "Report of sales\n\n" + text, id="lines_before_the_header"),
        pytest.param(lambda text: text + "Total,1000,45,90,\n", id="a_line_of_totals"),
        pytest.param(lambda text: text.replace("week,", "week,").replace("100.5", '"£100.50"'), id="signs_of_currency"),
    ],
)
def test_files_of_other_tools_say_the_same(change):
    found, clean = read(change("\n".join(lines()) + "\n")), read(lines())
    assert (found.days, found.numbers) == (clean.days, clean.numbers)


def test_numbers_keep_every_digit():
    text = "\n".join(lines()).replace("100.5", "3984.662237343649").replace(",0,", ",1e-7,")
    found = read(text + "\n")
    assert column(found, "sales")[0] == 3984.662237343649
    assert column(found, "tv")[0] == 1e-7


def test_dates_are_read_in_the_order_that_the_file_decides():
    days = [date(2024, 1, 3) + timedelta(weeks=n) for n in range(10)]
    header, *rows = lines()
    told = [f"{day.day}/{day.month}/{day.year},{row.split(',', 1)[1]}" for day, row in zip(days, rows, strict=True)]
    assert read([header, *told]).days == tuple(days)


def test_dates_that_can_be_read_in_two_ways_are_asked_for_and_not_guessed():
    header, *rows = lines()
    told = [f"{n + 1:02d}/02/2024,{row.split(',', 1)[1]}" for n, row in enumerate(rows)]
    assert any("--date-format" in problem for problem in refused([header, *told]))
    assert read([header, *told], csv=CsvOptions(date_format="DD/MM/YYYY")).step_days == 1


def test_thousands_that_can_be_read_in_two_ways_are_asked_for_and_not_guessed():
    header, *rows = lines()
    told = [f"{row.split(',', 1)[0]};1,{n + 100};2;3;4" for n, row in enumerate(rows)]
    assert any("--decimal-comma" in problem for problem in refused([header.replace(",", ";"), *told]))


def test_an_empty_cell_of_spend_is_a_problem_unless_it_means_none():
    text = "\n".join(lines()).replace(",3,6.25", ",,6.25")
    assert refused(text + "\n") == [
        'shop.csv line 5, column "tv": expected a number, found an empty cell. Fill it in: 0 where nothing was spent. '
        "If empty always means nothing, say --missing-spend-is-zero. [FACTS-010]"
    ]
    assert column(read(text + "\n", missing_spend_is_zero=True), "tv")[3] == 0.0


def test_an_empty_column_is_one_problem_and_not_one_a_row():
    header, *rows = lines()
    problems = refused([f"{header},event", *(f"{row}," for row in rows)], SeriesRoles("week", "sales", ("tv",), context=("event",)))
    assert len(problems) == 1
    assert "nothing in this row or any other" in problems[0]


def test_an_empty_outcome_is_never_zero():
    text = "\n".join(lines()).replace("103.5", "") + "\n"
    assert "--from and --to" in refused(text, missing_spend_is_zero=True)[0]
    assert len(read(text, first=date(2024, 1, 31)).days) == 6


def test_a_missing_week_is_named_with_the_way_out():
    told = lines()
    del told[4]
    assert refused(told) == [
        'shop.csv, column "week": expected a row for every week, found no row for the week of 2024-01-24. '
        "Add it (0 where nothing was spent), or fit the rows after the gap: --from 2024-01-31. [FACTS-043]"
    ]


def test_a_week_twice_is_named_with_both_lines():
    told = lines()
    problems = refused([*told, told[2]])
    assert problems[0].startswith('shop.csv line 12, column "week": expected each day once, found 2024-01-10 again, as on line 3.')
    assert "--geo" in problems[0]


@pytest.mark.parametrize(("step", "word"), [(30, "months"), (14, "14 days"), (5, "5 days")])
def test_rows_that_are_neither_days_nor_weeks_are_refused(step, word):
    assert word in refused(lines(step=step))[0]


def test_columns_that_are_not_there_or_have_two_roles_are_all_named():
    problems = refused(lines(), SeriesRoles("week", "revenue", ("tv", "radio"), context=("tv",)))
    assert len(problems) == 3
    assert 'no column "revenue" among week, sales, tv, search, price' in problems[1] + problems[0]


def test_words_of_context_become_columns_of_their_own_and_a_text_among_numbers_is_a_problem():
    header, *rows = lines()
    roles = SeriesRoles("week", "sales", ("tv",), context=("event",))
    told = [f"{row},{'Sale' if n == 3 else 'na' if n % 2 else ''}" for n, row in enumerate(rows)]
    found = read([f"{header},event", *told], roles)
    assert found.context_names(("event",)) == ("event=Sale",)
    assert column(found, "event=Sale") == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    mixed = [f"{row},{'Sale' if n == 3 else n}" for n, row in enumerate(rows)]
    assert 'line 5, column "event"' in refused([f"{header},event", *mixed], roles)[0]


def test_a_word_in_other_capitals_is_the_same_word():
    header, *rows = lines()
    told = [f"{row},{('Sale', 'sale', 'SALE')[n] if n < 3 else ''}" for n, row in enumerate(rows)]
    found = read([f"{header},event", *told], SeriesRoles("week", "sales", ("tv",), context=("event",)))
    assert found.context_names(("event",)) == ("event=Sale",)
    assert column(found, "event=Sale")[:4] == [1, 1, 1, 0]


def test_a_word_ahead_that_the_fit_has_never_seen_is_told():
    text = b"week,event\n2024-03-13,SALE\n2024-03-20,fair\n2024-03-27,\n"
    roles = SeriesRoles("week", context=("event",))
    found, notes = parse_context_ahead(text, roles, words={"event": ("Sale",)}, file_name="ahead.csv", csv=CsvOptions())
    assert list(found.values()) == [1.0, 0.0, 0.0]
    assert notes == ('Column "event" says "fair", which the fit has never seen: the forecast knows no effect of it.',)


def test_yes_and_no_are_one_and_zero():
    header, *rows = lines()
    told = [f"{row},{'TRUE' if n == 3 else 'False'}" for n, row in enumerate(rows)]
    assert column(read([f"{header},promo", *told], SeriesRoles("week", "sales", ("tv",), context=("promo",))), "promo")[3:5] == [1.0, 0.0]


def test_every_geo_needs_every_row():
    header, *rows = lines()
    roles = SeriesRoles("week", "sales", ("tv",), geo="place")
    told = [f"{row},{place}" for place in ("north", "south") for row in rows]
    found = read([f"{header},place", *told], roles)
    assert found.geos == ("north", "south")
    assert found.numbers["tv"][4] == [4.0, 4.0]
    assert "no row for south for the week of 2024-02-07" in refused([f"{header},place", *told[:15], *told[16:]], roles)[0]


def test_rows_that_are_missing_at_the_end_of_a_geo_are_left_out_with_to_and_not_with_from():
    header, *rows = lines()
    roles = SeriesRoles("week", "sales", ("tv",), geo="place")
    told = [f"{row},{place}" for place in ("north", "south") for row in rows]
    said = refused([f"{header},place", *told[:18]], roles)[0]
    assert "no row for south for 2024-02-28, 2024-03-06" in said
    assert "--to 2024-02-21" in said
    assert "--from" not in said


def test_a_column_without_any_date_is_one_problem():
    header, *rows = lines()
    said = refused([header, *(f"{1704240000 + n},{row.split(',', 1)[1]}" for n, row in enumerate(rows))])
    assert len(said) == 1
    assert 'column "week"' in said[0]
    assert 'no date in any row, but "1704240000", "1704240001" and 8 more' in said[0]


def test_no_row_between_the_days_asked_for_says_which_days_these_were():
    assert "no row from 2030-01-01. " in refused(lines(), first=date(2030, 1, 1))[0]
    assert "no row to 2020-01-01. " in refused(lines(), last=date(2020, 1, 1))[0]


def test_an_amount_whose_square_is_no_number_is_refused():
    header, *rows = lines()
    for name, place in (("sales", 1), ("tv", 2), ("price", 4)):
        cells = rows[3].split(",")
        cells[place] = "1e31"
        assert f'column "{name}"' in refused([header, *rows[:3], ",".join(cells), *rows[4:]])[0]


def test_context_ahead_may_leave_out_columns_cells_and_weeks():
    text = b"Week,Price,other\n2024-03-13,8.5,1\n2024-03-20,,2\n2024-04-03,7,3\n"
    roles = SeriesRoles("week", context=("price", "weather"), geo="place")
    found, notes = parse_context_ahead(text, roles, words={}, file_name="ahead.csv", csv=CsvOptions())
    assert found == {("price", "", date(2024, 3, 13)): 8.5, ("price", "", date(2024, 4, 3)): 7.0}
    assert notes == ()
    with pytest.raises(InvalidInput) as error:
        parse_context_ahead(b"week,other\n2024-03-13,1\n", roles, words={}, file_name="ahead.csv", csv=CsvOptions())
    assert "price" in str(error.value)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_can_break_the_reader(raw):
    with pytest.raises(InvalidInput):
        parse_series(raw, ROLES, file_name="shop.csv")
