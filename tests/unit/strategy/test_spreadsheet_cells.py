"""A place of the strategy is found in the cell of its spreadsheet that a person has to go to."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from harbour_strategy import AS_OF, harbour
from openpyxl import load_workbook
from spreadsheets import cell_of, harbour_book, put, read_back

from quarterdeck.kernel.problems import Problem
from quarterdeck.report.workbook.cells import Spot, spot_in
from quarterdeck.report.workbook.parse import parse_workbook


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("management.tasks[write-letter].due_on", "Tasks, I4"),
        ("management.tasks[write-letter]", "Tasks, row 4"),
        ("management.tasks", "Tasks"),
        ("channels[search].spend.cap", "Channels, K3"),
        ("channels[search].spend", "Channels, J3"),
        ("channels[search].challenges[0].task", "Challenges, C3"),
        ("evaluation[1].threshold", "Rules, E4"),
        ("management.people[sam].skills", "People, D4"),
        ("management.teams[shop].people[sam].away[0]", "Days away, row 3"),
        ("management.budget.reserve", "Company and rules, B28"),
        ("content.items", "Content"),
        ("audiences[gone].needs", "Audiences"),
        ("company", "Company and rules"),
        ("no.such.place", "Company and rules"),
    ],
)
def test_a_place_is_found_at_its_cell_or_the_nearest_one_around_it(place: str, said: str) -> None:
    assert str(parse_workbook(harbour_book(), current=harbour()).cells.of(place)) == said


def test_a_cell_is_that_of_the_persons_own_sheet() -> None:
    def edit(book: Any) -> None:
        book["Tasks"].insert_rows(1, 2)
        book["Tasks"].insert_cols(1)

    found = read_back(edit)

    assert str(found.cells.of("management.tasks[write-letter].due_on")) == "Tasks, J6"


def test_every_finding_of_the_checks_leads_to_a_cell_or_a_sheet() -> None:
    parsed = read_back(put("Objectives", "owner", None))
    problems = parsed.strategy.check(as_of=AS_OF)
    owner = next(problem for problem in problems if problem.where.endswith(".owner"))
    column = cell_of(load_workbook(BytesIO(harbour_book()))["Objectives"], "owner", 3).column_letter

    assert problems
    assert all(parsed.cells.of(problem.where) for problem in problems)
    assert parsed.cells.named(owner).where == f"Objectives, {column}3"


def test_what_a_deleted_sheet_held_has_no_cell() -> None:
    def edit(book: Any) -> None:
        del book["Tasks"]

    cells = read_back(edit).cells
    problem = Problem("STRATEGY-603", "management.tasks[write-letter].due_on", "nothing", "a day", "Say it.")

    assert cells.of(problem.where) is None
    assert cells.named(problem) == problem


def test_cells_are_read_out_of_complaints() -> None:
    assert spot_in("Company and rules, B7 (Currency)") == Spot("Company and rules", "B7")
    assert spot_in("Tasks, C3:C4") == Spot("Tasks", "C3")
    assert spot_in("Tasks, row 14") == Spot("Tasks", "A14", is_row=True)
    assert spot_in("strategy.xlsx") is None
