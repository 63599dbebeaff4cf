"""The strategy as a spreadsheet and back: nothing is lost, nothing is a formula, the same strategy has the same bytes."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from generated_strategies import strategies
from harbour_strategy import harbour
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from spreadsheets import cell_of, harbour_book

from quarterdeck.kernel.problems import Refused
from quarterdeck.report.workbook.layout import LISTS, SINGLES, single_columns, tables
from quarterdeck.report.workbook.parse import parse_workbook
from quarterdeck.report.workbook.render import render_workbook
from quarterdeck.report.workbook.values_out import cell_value, lines_of
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import fields_of, to_plain
from quarterdeck.strategy.parts.values import Part

PROPERTY = settings(
    max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
THEMES = next(column for column in single_columns() if column.key == "content.themes")
SIGNS = st.text(st.sampled_from("ab \\↵\n_xX005F41"), max_size=14)


@PROPERTY
@given(strategies())
def test_what_is_written_is_read_back_equal(strategy: Strategy) -> None:
    body = render_workbook(strategy)

    assert parse_workbook(body, current=strategy).strategy == strategy


@PROPERTY
@given(strategies())
def test_without_a_strategy_to_stand_on_only_empty_texts_are_lost(strategy: Strategy) -> None:
    read = parse_workbook(render_workbook(strategy)).strategy

    assert _without_blanks(to_plain(read)) == _without_blanks(to_plain(strategy))


def _without_blanks(value: Any) -> Any:
    """An empty cell cannot tell an empty text from none."""
    if isinstance(value, dict):
        kept = {key: _without_blanks(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in ({}, []) and not (isinstance(each, str) and not each.strip())}
    return [_without_blanks(each) for each in value] if isinstance(value, list) else value


@given(st.lists(SIGNS.map(str.strip).filter(bool), max_size=4))
def test_line_breaks_within_one_of_several_values_survive(texts: list[str]) -> None:
    assert lines_of(str(cell_value(THEMES, tuple(texts)) or "")) == texts


def test_the_same_strategy_has_the_same_bytes() -> None:
    assert render_workbook(harbour()) == harbour_book()
    with zipfile.ZipFile(BytesIO(harbour_book())) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_every_field_of_the_document_has_a_column_or_a_row() -> None:
    written = {(table.place, column.key) for table in tables() for column in table.columns} | {("", column.key) for column in single_columns()}

    def walk(part: type[Part], place: str, path: str) -> None:
        for key, shape in fields_of(part).items():
            here = f"{path}.{key}".lstrip(".")
            if shape.part is None:
                assert (place, here) in written
            elif shape.is_list:
                walk(shape.part, f"{place}.{here}".lstrip("."), "")
            else:
                walk(shape.part, place, here)

    walk(Strategy, "", "")


def test_text_that_looks_like_a_formula_or_an_escape_of_the_format_stays_text() -> None:
    texts = ["=1+1", "+44 20 7946 0000", "-5 %", "@harbour", '=HYPERLINK("http://x")', "#REF!", "_x0041_", "x005F_", "_x005F_x", "'quoted"]
    tasks = [{"id": f"t{number}", "title": text, "serves": "spring", "effort_hours": 1} for number, text in enumerate(texts)]
    strategy = apply_changes(harbour(), {f"management.tasks[{task['id']}]": task for task in tasks})

    body = render_workbook(strategy)

    titles = [cell_of(load_workbook(BytesIO(body))["Tasks"], "title", row) for row in range(5, 5 + len(texts))]
    assert {cell.data_type for cell in titles} == {"s"}
    assert b"<f>" not in b"".join(_sheets(body))
    assert parse_workbook(body).strategy == strategy


def _sheets(body: bytes) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(body)) as package:
        return [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]


def test_figures_and_days_are_real_ones_with_formats() -> None:
    book = load_workbook(BytesIO(harbour_book()))
    due, target = cell_of(book["Objectives"], "due_on", 3), cell_of(book["Objectives"], "target", 3)

    assert (due.value, due.number_format) == (datetime(2027, 3, 28), "yyyy-mm-dd")  # noqa: DTZ001  # as the library reads it
    assert (target.value, target.number_format) == (5200, "#,##0")
    assert book["Tasks"].freeze_panes == "B3"
    assert book["Milestones"].freeze_panes == "C3"
    assert book[LISTS].sheet_state == "hidden"


def test_choices_and_ids_are_offered_in_lists_that_have_them() -> None:
    book = load_workbook(BytesIO(harbour_book()))
    offered = {str(each.sqref).split(":")[0].rstrip("0123456789"): each.formula1 for each in book["Campaigns"].data_validations.dataValidation}
    kinds = next(each.formula1 for each in book["Tools"].data_validations.dataValidation)
    first, last = (book[LISTS][corner.replace("$", "")] for corner in kinds.split("!")[1].split(":"))

    assert offered["C"].startswith("Objectives!$A$3:$A$")
    assert (first.value, last.value) == ("Analytics", "Something else")


def test_numbers_beyond_what_a_cell_holds_exactly_keep_every_digit() -> None:
    strategy = apply_changes(harbour(), {"management.budget.quarter": "12345678901234.567891"})

    assert parse_workbook(render_workbook(strategy)).strategy.management.budget.quarter == Decimal("12345678901234.567891")  # type: ignore[union-attr]


def test_days_before_march_1900_are_kept_although_spreadsheets_count_them_wrongly() -> None:
    strategy = apply_changes(harbour(), {"goals[grow].due_on": "1900-02-27"})

    assert parse_workbook(render_workbook(strategy)).strategy.goals[0].due_on == date(1900, 2, 27)


def test_examples_of_an_empty_spreadsheet_are_never_read() -> None:
    empty = Strategy.model_validate({"company": {"name": "North Bakery", "currency": "NOK"}})

    body = render_workbook(empty, examples=[harbour()])

    assert cell_of(load_workbook(BytesIO(body))["Tasks"], "id", 3).value == "EXAMPLE: mend-tracking"
    assert parse_workbook(body).strategy == empty
    assert any("Tasks, row 3" in remark for remark in parse_workbook(body).remarks)


def test_a_text_that_begins_as_the_mark_of_examples_is_read_all_the_same() -> None:
    strategy = apply_changes(harbour(), {"evaluation[0].question": "EXAMPLE: x", "proposition.claims[0].text": "EXAMPLE: a plan"})

    assert parse_workbook(render_workbook(strategy)).strategy == strategy


def test_more_than_a_cell_holds_is_refused_in_a_sentence() -> None:
    strategy = apply_changes(harbour(), {"content.themes": [f"{number}{'x' * 3900}" for number in range(9)]})

    with pytest.raises(Refused, match=r"Themes would hold 35,\d+ characters"):
        render_workbook(strategy)


def test_lines_are_read_without_empty_ones() -> None:
    assert lines_of(" a\r\n\n b \n") == ["a", "b"]


def test_the_sheet_of_single_fields_says_what_each_means() -> None:
    rows = list(load_workbook(BytesIO(harbour_book()))[SINGLES].iter_rows(values_only=True))

    assert any(
        row[0] == "Currency" and row[1] == "GBP" and row[2].startswith("Three capital letters.") and row[3] == "company.currency"
        for row in rows
        if row[2]
    )
