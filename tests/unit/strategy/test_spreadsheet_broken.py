"""Broken spreadsheets: each is refused in sentences, all at once, at its cell; never a trace, never a guess."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from spreadsheets import Edit, cell_of, column_of, edited, harbour_book, problems_of, put, saved

from quarterdeck.report.workbook import grids, package
from quarterdeck.report.workbook.layout import SINGLES


def _rezipped(change: Any) -> bytes:
    """Harbour's spreadsheet with one of its parts replaced; `change` takes name and bytes and gives bytes, or None to leave the part out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(harbour_book())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = change(name, old.read(name))
            if text is not None:
                new.writestr(name, text)
    return out.getvalue()


def _bomb() -> bytes:
    """Very little that unpacks to very much."""
    return _rezipped(lambda name, text: b"0" * 2_000_000 if name == "xl/theme/theme1.xml" else text)


def _entities(name: str, text: bytes) -> bytes:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return laughs + text if name == "xl/workbook.xml" else text


def _locked(part: str) -> bytes:
    """An old container: one that holds a locked spreadsheet, or one of the old kind, by the name of its part."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + part.encode("utf-16-le")


def _packed(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


def _another_workbook() -> bytes:
    book = Workbook()
    book.active.title = "Sales"
    book.active.append(["Month", "Revenue"])
    return saved(book)


def _deep() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tasks")
    sheet.append(["Short name", "What"])
    sheet.append(["id", "title"])
    for number in range(100):
        sheet.append([f"t{number}", "x"])
    return saved(book)


def _wide() -> bytes:
    book = Workbook()
    book.active.title = "Tasks"
    book.active.append(["id", "title", *[f"c{number}" for number in range(200)]])
    return saved(book)


@pytest.mark.parametrize(
    ("body", "code", "found"),
    [
        (b"", "STRATEGY-950", "an empty file"),
        (_locked("EncryptedPackage"), "STRATEGY-950", "locked with a password"),
        (b"id,title\nmend,Mend it\n", "STRATEGY-950", "a table as text (CSV)"),
        ("id;title\nmend;Mend it\n".encode("utf-16"), "STRATEGY-950", "a table as text (CSV)"),
        (b"<html><table><tr><td>id</td></tr></table></html>", "STRATEGY-950", "a web page"),
        (b"%PDF-1.7 and so on", "STRATEGY-950", "a PDF"),
        (_packed("mimetype", "content.xml"), "STRATEGY-950", "of the kind .ods"),
        (_packed("word/document.xml"), "STRATEGY-950", "a text document (.docx)"),
        (_packed("xl/workbook.bin"), "STRATEGY-950", "a binary spreadsheet"),
        (b"PK\x03\x04 and then nothing", "STRATEGY-950", "no spreadsheet"),
        (b"# Our year\ncompany: {name: Harbour}", "STRATEGY-950", "a strategy as YAML"),
        (_locked("Workbook"), "STRATEGY-950", "of the old kind (.xls)"),
        (b"PK\x03\x04" + b"0" * 5_000_001, "STRATEGY-951", "megabytes"),
        (_rezipped(_entities), "STRATEGY-950", "no spreadsheet"),
        (_rezipped(lambda name, text: None if name == "xl/workbook.xml" else text), "STRATEGY-950", "no spreadsheet"),
        (_rezipped(lambda name, text: None if name == "[Content_Types].xml" else text), "STRATEGY-950", "no spreadsheet"),
        (_rezipped(lambda name, text: text[:300] if name == "xl/worksheets/sheet3.xml" else text), "STRATEGY-950", "no spreadsheet"),
        (harbour_book()[:40_000], "STRATEGY-950", "no spreadsheet"),
        (_another_workbook(), "STRATEGY-952", "Sales"),
        (_wide(), "STRATEGY-951", "more than that"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_a_file_that_is_no_spreadsheet_of_a_strategy_is_refused(body: bytes, code: str, found: str) -> None:
    (problem,) = problems_of(body)

    assert problem.code == code
    assert found in problem.found


def test_a_file_that_unpacks_to_very_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_500_000)

    (problem,) = problems_of(_bomb())

    assert (problem.code, problem.expected) == ("STRATEGY-951", "at most 100 megabytes")


def test_more_rows_than_a_strategy_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "MOST_ROWS", 90)

    (problem,) = problems_of(_deep())

    assert (problem.code, problem.where) == ("STRATEGY-951", "Tasks")


def _twice(book: Any) -> None:
    tools = book["Tools"]
    tools.append([cell.value for cell in tools[2]])


def _formula(value: str) -> Edit:
    def edit(book: Any) -> None:
        cell = cell_of(book["Tasks"], "effort_hours", 3)
        cell.value, cell.data_type = value, "e" if value.startswith("#") else "f"

    return edit


def _number_for_a_day(book: Any) -> None:
    cell = cell_of(book["Tasks"], "due_on", 3)
    cell.value, cell.number_format = 46109, "General"


def _merged(book: Any) -> None:
    book["Tasks"].merge_cells("C3:C4")


def _renamed(book: Any) -> None:
    book["Tasks"].title = "Aufgaben"


def _without_head(book: Any) -> None:
    book["Tasks"].delete_rows(1, 2)


def _twin_column(book: Any) -> None:
    book["Tasks"].cell(2, column_of(book["Tasks"], "note")).value = "title"


def _head(field: str, text: str) -> Edit:
    def edit(book: Any) -> None:
        book["Tasks"].cell(2, column_of(book["Tasks"], field)).value = text

    return edit


def _two_alike(book: Any) -> None:
    cell_of(book["Tasks"], "title", 4).value = "Count every order once"
    cell_of(book["Content"], "needs", 3).value = "Count every order once"


def _single(field: str, value: Any) -> Edit:
    def edit(book: Any) -> None:
        row = next(row for row in book[SINGLES].iter_rows() if row[3].value == field)
        row[1].value = value

    return edit


def _without(field: str, new: str = "") -> Edit:
    def edit(book: Any) -> None:
        tasks = book["Tasks"]
        if new:
            cell_of(tasks, "title", 5).value, cell_of(tasks, "serves", 5).value = new, "spring"
        tasks.delete_cols(column_of(tasks, field))

    return edit


def _lost_person(book: Any) -> None:
    cell_of(book["People"], "team", 3).value = "studio"


def _copied_sheet(book: Any) -> None:
    book["Tasks"].title = "tasks "
    book.copy_worksheet(book["tasks "]).title = "TASKS"


@pytest.mark.parametrize(
    ("edit", "code", "where", "fix"),
    [
        (put("Tasks", "due_on", "03/04/2027"), "STRATEGY-954", "Tasks, I3 (Due on)", "Type year-month-day"),
        (_number_for_a_day, "STRATEGY-954", "Tasks, I3 (Due on)", "Type year-month-day"),
        (put("Tasks", "effort_hours", "six"), "STRATEGY-954", "Tasks, E3 (Hours of work)", "Type the number alone"),
        (put("Tasks", "effort_hours", "1,5"), "STRATEGY-954", "Tasks, E3 (Hours of work)", "Type the number alone"),
        (put("Tasks", "effort_hours", -2), "STRATEGY-013", "Tasks, E3 (Hours of work)", "Change it to more than 0."),
        (put("Tasks", "effort_hours", None), "STRATEGY-011", "Tasks, E3 (Hours of work)", "Fill in this cell."),
        (put("Tasks", "importance", "urgent"), "STRATEGY-954", "Tasks, D3 (How much does it matter?)", "Choose one from the list"),
        (put("Tasks", "serves", "more-custmers"), "STRATEGY-021", "Tasks, C3 (What is it done for?)", 'Did you mean "more-customers"?'),
        (put("Tasks", "serves", "zzz"), "STRATEGY-021", "Tasks, C3", "Add it to Objectives, Campaigns, Channels or Content, or take it out"),
        (put("Tasks", "id", "mend-tracking", row=4), "STRATEGY-020", "Tasks, A4 (Short name)", "Is it a copied row?"),
        (put("Tasks", "id", "Mend Tracking!"), "STRATEGY-015", "Tasks, A3 (Short name)", "spring-sale"),
        (put("Campaigns", "ends_on", "2027-02-01"), "STRATEGY-016", "Campaigns, row 3", "Swap the dates."),
        (put("Channels", "spend.cap", 10), "STRATEGY-016", "Channels, J3", "Raise the cap"),
        (put("Content", "deliver.on", None), "STRATEGY-011", "Content, H3", "Fill in this cell."),
        (put("Goals", "metric", "Revenu"), "STRATEGY-954", "Goals, C3", 'Did you mean "Revenue"?'),
        (put("Goals", "due_on", "1899-01-01"), "STRATEGY-016", "Goals, F3", "Look at the year."),
        (put("Milestones", "objective", None), "STRATEGY-958", "Milestones, A3", "Write an id from the sheet Objectives."),
        (_lost_person, "STRATEGY-958", "People, A3", "Write an id from the sheet Teams."),
        (_formula("=1+1"), "STRATEGY-955", "Tasks, E3 (Hours of work)", "save it again"),
        (_formula("#REF!"), "STRATEGY-955", "Tasks, E3 (Hours of work)", "save it again"),
        (_without("id"), "STRATEGY-953", "Tasks, row 2", "Put the column back"),
        (_without("effort_hours", new="Print it"), "STRATEGY-011", "Tasks, row 5", "Its column is missing"),
        (put("Tasks", "due_on", "04/03/2027"), "STRATEGY-954", "Tasks, I3", "2027-03-04 or 2027-04-03"),
        (put("Tasks", "due_on", "15.01.27"), "STRATEGY-954", "Tasks, I3", "2027-03-28"),
        (put("Channels", "spend.cap", "20000 €"), "STRATEGY-954", "Channels, K3", "Type it in GBP"),
        (_merged, "STRATEGY-957", "Tasks, C3:C4", "Undo the merging"),
        (_renamed, "STRATEGY-952", "Aufgaben", "Give it its name back: Tasks."),
        (_copied_sheet, "STRATEGY-952", "TASKS", "Delete or rename one of them."),
        (_without_head, "STRATEGY-952", "Tasks, A2", "Row 2 holds the names of the fields"),
        (_twice, "STRATEGY-952", "Tools, A6", "Delete this row"),
        (_twin_column, "STRATEGY-953", "Tasks, K2", "Delete one of the two columns."),
        (_head("due_on", "due_onn"), "STRATEGY-953", "Tasks, I2", 'Did you mean "due_on"?'),
        (_two_alike, "STRATEGY-956", "Content, K3 (Tasks that must be done first)", "mend-tracking, write-letter"),
        (_single("company.currency", "pounds"), "STRATEGY-015", "Company and rules, B7 (Currency)", "GBP, EUR, USD"),
        (_single("company.name", None), "STRATEGY-011", "Company and rules, B4 (Name of the company)", "Fill in this cell."),
        (_single("management.budget.quarter", "a lot"), "STRATEGY-954", "Company and rules, B", "Type the number alone"),
        (_single("ads.guardrails.max_change_share", "20"), "STRATEGY-954", "Company and rules, B", "20%"),
    ],
)
def test_each_fault_is_told_at_its_cell_with_a_way_out(edit: Edit, code: str, where: str, fix: str) -> None:
    problems = problems_of(edited(edit))

    found = [problem for problem in problems if problem.code == code]
    assert found, problems
    assert found[0].where.startswith(where)
    assert fix in found[0].fix


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_sheets() -> None:
    def edit(book: Any) -> None:
        put("Tasks", "effort_hours", "six")(book)
        put("Tasks", "due_on", "soon", row=4)(book)
        put("Goals", "target", "more")(book)

    assert [problem.where for problem in problems_of(edited(edit))] == ["Goals, E3 (To)", "Tasks, E3 (Hours of work)", "Tasks, I4 (Due on)"]


def test_what_says_nothing_certain_is_told_once() -> None:
    assert len(problems_of(edited(put("Tasks", "effort_hours", "six")))) == 1
