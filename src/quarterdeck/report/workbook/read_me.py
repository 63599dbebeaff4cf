"""The first sheet: what each sheet is, and how to bring the file back."""

from __future__ import annotations

from typing import Any

from quarterdeck.report.strategy.outline import SHEETS
from quarterdeck.report.workbook.grids import quoted
from quarterdeck.report.workbook.layout import READ_ME, SINGLES, Table, tables
from quarterdeck.report.workbook.look import Look, grow, set_up

_HOW = (
    "Change what you like, save the file, and bring it back under Strategy, Import and export. You are shown what it would change, sentence by sentence, "
    "before anything is saved; what others save meanwhile stays. A row that you delete is deleted; a column or sheet that you delete stays as it was. New rows go below the last one: "
    "leave the short name empty and it is made for you. To name something in another sheet, write its short name or its full name. Several values stand "
    "in one cell, one a line (Alt and Enter). You may change row 1, widths and colours, move columns and sort rows; leave row 2 and the names of the "
    "sheets as they are. Columns of your own are left out. Hidden rows count as all others do, and formulas by the value that they show."
)
_EXAMPLES = "Grey rows that begin with “EXAMPLE:” only show what may stand there. They are never read; write over them or delete them."
_SAID = {
    SINGLES: "Everything that there is one of: the company, the year, the budget, rules for advertising and contact, voice, review dates.",
    "Milestones": "What should have been reached on the way to an objective.",
    "Insights": "What you know about an audience, and how you know it.",
    "Challenges": "What stands in the way of a channel, and the task that deals with it.",
    "Days away": "When people do no work here.",
    "Contact limits": "How often a person may hear from you through some channels together.",
    "Blackouts": "Days on which nothing goes out.",
    "Audiences": "Who your customers are, what they need, and where they are found.",
    "Channels": "The ways to reach people that you have or want, what each is for, and limits of its money.",
    "Tools": "What you use, what you pay for and do not use, and what you want.",
    "Content": "What is said, to whom, in which language, by which channel, and when.",
    "Tasks": "Work: what it is done for, how long it takes, what comes before it, and by when.",
    "Teams": "Teams, yours and outside ones.",
    "Rules": "How you will judge each step and the whole.",
    "Claims": "What you say, the need that it answers, and why it may be believed.",
}


def fill_read_me(sheet: Any, look: Look, *, title: str, is_empty: bool) -> None:
    """Title, one paragraph, and a line for each sheet that leads there."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet.title = READ_ME
    look.put(sheet.cell(1, 1), title, font=look.title)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A2:B2")
    look.put(sheet.cell(2, 1), f"{_EXAMPLES} {_HOW}" if is_empty else _HOW)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 28, 150 if is_empty else 130
    for at, word in enumerate(("Sheet", "What stands in it"), 1):
        look.put(sheet.cell(4, at), word, font=look.label)
        sheet.cell(4, at).fill = look.tint
    said = [(SINGLES, _SAID[SINGLES]), *((table.title, _about(table)) for table in tables())]
    for row, (name, about) in enumerate(said, 5):
        look.put(sheet.cell(row, 1), name, font=look.link)
        sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"{quoted(name)}!A1", display=name)
        look.put(sheet.cell(row, 2), about)
        grow(sheet, row, [(about, 96)])
    set_up(sheet, (24, 96), frozen="A1")
    sheet.sheet_view.showGridLines = False


def _about(table: Table) -> str:
    if table.title in _SAID:
        return _SAID[table.title]
    found = next((sheet for _, sheet in SHEETS.values() if sheet.place.replace("[]", "") == table.place), None)
    return "" if found is None else f"{found.many}. {found.hint}".strip()
