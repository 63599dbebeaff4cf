"""What people do to a spreadsheet before they bring it back, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from harbour_strategy import harbour
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from spreadsheets import Edit, cell_of, column_of, edited, put, read_back

from quarterdeck.report.workbook.layout import SINGLES, single_columns, table_at
from quarterdeck.report.workbook.parse import parse_workbook
from quarterdeck.report.workbook.unclear import Unclear
from quarterdeck.report.workbook.values_in import read_value
from quarterdeck.strategy.changes.diff import diff_strategies


def changes_of(edit: Edit) -> list[str]:
    """What the edit changes, in sentences."""
    return [change.sentence for change in diff_strategies(harbour(), read_back(edit).strategy)]


def test_a_changed_cell_is_the_only_change() -> None:
    assert changes_of(put("Objectives", "target", 5400)) == ["Target of New customers raised from 5,200 to 5,400."]


def test_a_deleted_row_is_a_deleted_member_and_its_own_rows_go_with_it() -> None:
    def edit(book: Any) -> None:
        book["Audiences"].delete_rows(4)
        cell_of(book["Campaigns"], "audiences", 3).value = cell_of(book["Content"], "audience", 3).value = "new-gardeners"

    found = read_back(edit)

    assert [audience.id for audience in found.strategy.audiences] == ["new-gardeners"]
    assert found.remarks == ("Insights, A4 went with “regulars”, which is no longer there.",)


def test_a_new_row_gets_an_id_of_its_name_and_is_known_by_its_name_elsewhere() -> None:
    def edit(book: Any) -> None:
        tasks = book["Tasks"]
        for field, value in (
            ("title", "Print the leaflet: café"),
            ("serves", "Spring sale"),
            ("effort_hours", 3),
            ("after", "Write the spring letter"),
        ):
            cell_of(tasks, field, 5).value = value
        cell_of(tasks, "title", 6).value, cell_of(tasks, "serves", 6).value, cell_of(tasks, "effort_hours", 6).value = "Hand it out", "search", 2
        cell_of(tasks, "after", 6).value = "Print the leaflet: café\nmend-tracking"

    new, last = read_back(edit).strategy.management.tasks[2:]

    assert (new.id, new.serves, new.after) == ("print_the_leaflet_cafe", "spring", ("write-letter",))
    assert last.after == ("print_the_leaflet_cafe", "mend-tracking")


def test_what_the_spreadsheet_does_not_have_stays_as_it_is() -> None:
    def edit(book: Any) -> None:
        for title in ("Rules", "Milestones", "People", SINGLES, "Lists"):
            del book[title]
        book["Tasks"].delete_cols(column_of(book["Tasks"], "skills"))
        book["Claims"].delete_cols(column_of(book["Claims"], "proof"))

    found = read_back(edit)

    assert found.strategy == harbour()
    assert found.remarks == (
        "The sheet Claims has no column “Why may it be believed?”: what stood there stays as it was.",
        "The sheet Tasks has no column “What must one person be able to do?”: what stood there stays as it was.",
        "These sheets are not there: Milestones, People, Rules. What stood in them stays as it was.",
    )


def test_notes_that_have_no_column_stay_with_their_member() -> None:
    def edit(book: Any) -> None:
        for title in ("Tasks", "Channels", "Content"):
            book[title].delete_cols(column_of(book[title], "note"))

    noted = harbour().model_copy(update={"channels": tuple(c.model_copy(update={"note": "kept"}) for c in harbour().channels)})

    assert parse_workbook(edited(edit), current=noted).strategy.channels == noted.channels


def test_columns_may_move_sheets_may_move_and_labels_may_be_written_anew() -> None:
    def edit(book: Any) -> None:
        tasks = book["Tasks"]
        tasks.move_range(f"A1:A{tasks.max_row}", cols=14)
        tasks["B1"].value = "Aufgabe"
        book.move_sheet("Tasks", -9)
        book["Goals"].sheet_state = "hidden"

    assert read_back(edit).strategy == harbour()


def test_without_row_two_the_labels_of_row_one_serve() -> None:
    assert read_back(lambda book: book["Tools"].delete_rows(2)).strategy == harbour()


def test_empty_rows_between_and_after_are_passed_over() -> None:
    def edit(book: Any) -> None:
        book["Tools"].insert_rows(4, 3)
        book["Tools"]["B40"].value = "  "

    assert read_back(edit).strategy == harbour()


def test_hidden_formatted_and_sorted_rows_say_what_they_said() -> None:
    def edit(book: Any) -> None:
        tasks = book["Tasks"]
        rows = [[cell.value for cell in row] for row in tasks.iter_rows(min_row=3, max_row=4)]
        for at, values in zip((4, 3), rows, strict=True):
            for column, value in enumerate(values, 1):
                tasks.cell(at, column).value = value
        tasks.row_dimensions[3].hidden = True
        for at in range(5, 500):
            tasks.cell(at, 1).number_format = "0.00"

    assert changes_of(edit) == []
    assert [task.id for task in read_back(edit).strategy.management.tasks] == ["write-letter", "mend-tracking"]


def test_sheets_and_columns_of_ones_own_are_left_out_and_said() -> None:
    def edit(book: Any) -> None:
        book.create_sheet("Sums")["A1"].value = 4
        book["Tools"]["L4"].value = "ask Ann"

    found = read_back(edit)

    assert found.strategy == harbour()
    assert found.remarks == (
        "The column from Tools, L2 down has no field name and was left out.",
        "The sheet “Sums” is not part of the strategy and was left out.",
    )


def test_emptied_limits_are_no_limits() -> None:
    def edit(book: Any) -> None:
        cell_of(book["Channels"], "spend.floor", 3).value = cell_of(book["Channels"], "spend.cap", 3).value = None

    assert read_back(edit).strategy.channels[0].spend is None


def test_a_person_moves_to_another_team_with_the_days_away() -> None:
    def edit(book: Any) -> None:
        book["Teams"]["A4"].value = "studio"
        cell_of(book["People"], "team", 4).value = "studio"

    teams = read_back(edit).strategy.management.teams

    assert [(team.id, [person.id for person in team.people]) for team in teams] == [("shop", ["olena"]), ("studio", ["sam"])]
    assert teams[1].people[0].away == harbour().management.people[1].away


def test_a_workbook_that_counts_its_days_from_1904_has_the_same_days() -> None:
    def edit(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    assert read_back(edit).strategy == harbour()


def test_a_name_is_found_in_whatever_letters_it_was_typed() -> None:
    assert changes_of(put("Content", "campaign", "  spring SALE ")) == []


BUDGET = next(column for column in single_columns() if column.key == "management.budget.quarter")
SHARE = next(column for column in single_columns() if column.key == "ads.guardrails.max_change_share")
DUE = next(column for column in table_at("goals").columns if column.key == "due_on")
AT = next(column for column in table_at("content.items").columns if column.key == "deliver.at")
OUTSIDE = next(column for column in table_at("management.teams").columns if column.key == "external")
WEIGHT = next(column for column in table_at("management.tasks").columns if column.key == "importance")
NAME = next(column for column in table_at("tools").columns if column.key == "name")
UNCLEAR = object()


@pytest.mark.parametrize(
    ("column", "cell", "locale", "expected"),
    [
        (BUDGET, 5200.0, "en_GB", Decimal(5200)),
        (BUDGET, 0.1 + 0.2, "en_GB", Decimal("0.3")),
        (BUDGET, "1,200", "en_GB", Decimal(1200)),
        (BUDGET, "£1,200.50", "en_GB", Decimal("1200.50")),
        (BUDGET, "1 200", "en_GB", Decimal(1200)),
        (BUDGET, "1,200 GBP", "en_GB", Decimal(1200)),
        (BUDGET, "€ 1,200", "en_GB", UNCLEAR),
        (BUDGET, "EUR 1200", "en_GB", UNCLEAR),
        (BUDGET, "n/a", "en_GB", UNCLEAR),
        (BUDGET, "1.200,50", "de_DE", Decimal("1200.50")),
        (BUDGET, "1,2", "en_GB", UNCLEAR),
        (BUDGET, "1.2.3", "en_GB", UNCLEAR),
        (BUDGET, "about 12", "en_GB", UNCLEAR),
        (BUDGET, True, "en_GB", UNCLEAR),
        (BUDGET, datetime(2027, 1, 1), "en_GB", UNCLEAR),  # noqa: DTZ001
        (SHARE, 0.2, "en_GB", Decimal("0.2")),
        (SHARE, "20 %", "en_GB", Decimal("0.2")),
        (SHARE, "20", "en_GB", UNCLEAR),
        (DUE, datetime(2027, 3, 28), "en_GB", date(2027, 3, 28)),  # noqa: DTZ001
        (DUE, "2027-03-28", "en_GB", date(2027, 3, 28)),
        (DUE, "28.3.2027", "de_DE", date(2027, 3, 28)),
        (DUE, "28/03/2027", "en_GB", date(2027, 3, 28)),
        (DUE, "03/28/2027", "en_US", date(2027, 3, 28)),
        (DUE, "28 March 2027", "en_GB", date(2027, 3, 28)),
        (DUE, "28. März 2027", "de_DE", date(2027, 3, 28)),
        (DUE, "March 28, 2027", "en_GB", date(2027, 3, 28)),
        (DUE, "28-Mar-2027", "en_GB", date(2027, 3, 28)),
        (DUE, "Sun 28th March 2027", "en_GB", date(2027, 3, 28)),
        (DUE, "28 mars 2027", "en_GB", date(2027, 3, 28)),
        (DUE, "28 de marzo de 2027", "en_GB", date(2027, 3, 28)),
        (DUE, "2027/03/28", "en_GB", date(2027, 3, 28)),
        (DUE, "28 Foo 2027", "en_GB", UNCLEAR),
        (DUE, "28/03/27", "en_GB", UNCLEAR),
        (DUE, "03/04/2027", "en_GB", UNCLEAR),
        (DUE, "31.2.2027", "de_DE", UNCLEAR),
        (DUE, 46109, "en_GB", UNCLEAR),
        (DUE, datetime(2027, 3, 28, 9), "en_GB", UNCLEAR),  # noqa: DTZ001
        (AT, time(9, 0), "en_GB", "09:00"),
        (AT, "9:00", "en_GB", "09:00"),
        (AT, datetime(1899, 12, 30, 18, 30), "en_GB", "18:30"),  # noqa: DTZ001
        (AT, 0.375, "en_GB", UNCLEAR),
        (AT, "25:00", "en_GB", UNCLEAR),
        (OUTSIDE, True, "en_GB", True),
        (OUTSIDE, "No", "en_GB", False),
        (OUTSIDE, "maybe", "en_GB", UNCLEAR),
        (WEIGHT, 4.0, "en_GB", 4),
        (WEIGHT, "4: Matters much", "en_GB", 4),
        (WEIGHT, 9, "en_GB", UNCLEAR),
        (NAME, 1884, "en_GB", "1884"),
        (NAME, 5200.0, "en_GB", "5200"),
        (NAME, date(2027, 1, 5), "en_GB", UNCLEAR),
    ],
)
def test_a_cell_is_read_as_it_was_meant_or_not_at_all(column: Any, cell: Any, locale: str, expected: Any) -> None:
    found = read_value(column, cell, locale, "GBP" if locale == "en_GB" else "")

    assert isinstance(found, Unclear) if expected is UNCLEAR else (found == expected and not isinstance(found, Unclear))
