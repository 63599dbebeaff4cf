"""The files of a week, ready to be shown: each as a table or as text, with what to do with it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from quarterdeck.act.hand_offs import HandOff
from quarterdeck.operations.act.hand_over import WeekFiles
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.do.saying import Part, number, short_day, things

MOST_ROWS = 60
"""Of a preview; the file has all of them."""
NAMES = {
    "google-ads-editor.csv": ("Google Ads Editor", "search"),
    "bookings.csv": ("Bookings", "calendar-check"),
    "mail-merge.csv": ("Mail merge", "mail"),
    "posts.txt": ("Posts", "share-2"),
}
_BY_HAND = "Book or set each amount for its week, never more; then say here that it is done."


@dataclass(frozen=True)
class FileShown:
    """A file: preview as rows below a header, or as text."""

    name: str
    heading: str
    icon: str
    what_to_do: str
    carries: str
    taken: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: str
    more: str


@dataclass(frozen=True)
class FilesShown:
    """Everything of the page. `weeks` are value, name, whether it is looked at; `refused` says why no file can be had."""

    finding: tuple[Part, ...]
    week: str
    weeks: tuple[tuple[str, str, bool], ...]
    files: tuple[FileShown, ...]
    may_take: bool
    refused: str = ""
    refused_fix: str = ""
    may_plan: bool = False


def show_files(found: WeekFiles, desk: Desk) -> FilesShown:
    """The page of a week whose files can be had, be there any or not."""
    words = desk.words
    span = f"the week from {short_day(found.monday, words)}"
    carried = len({key for file in found.files for key in file.keys})
    said: tuple[Part, ...]
    if found.files:
        count = len(found.files)
        files = f"{number(count, words).capitalize()} {'file carries' if count == 1 else 'files carry'}"
        left = carried - len(found.handed)
        said = (Part(f"{files} {things(carried, words)} of {span}; "), Part(_taken(left, carried, desk), "" if left else "good"), Part("."))
    else:
        said = (Part(f"Nothing of {span} can be handed over as a file: nothing of it is approved and open."),)
    return FilesShown(
        finding=said,
        week=found.monday.isoformat(),
        weeks=weeks_to_choose(found.weeks, found.monday, desk),
        files=tuple(_file(file, found, desk) for file in found.files),
        may_take=desk.may("hand_over"),
    )


def weeks_to_choose(weeks: tuple[date, ...], here: date | None, desk: Desk) -> tuple[tuple[str, str, bool], ...]:
    """Each week of the plan with its number."""
    words = desk.words
    return tuple(
        (monday.isoformat(), f"Week {n}: {short_day(monday, words)} to {short_day(monday + timedelta(days=6), words)}", monday == here)
        for n, monday in enumerate(weeks, start=1)
    )


def _taken(left: int, carried: int, desk: Desk) -> str:
    if left == carried:
        return "nobody has taken one yet"
    return "all of it was handed over" if left == 0 else f"{things(left, desk.words)} not handed over yet"


def _file(file: HandOff, found: WeekFiles, desk: Desk) -> FileShown:
    heading, icon = NAMES.get(file.file_name, (file.file_name, "file"))
    text = file.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text))) if file.file_name.endswith(".csv") else []
    who = sorted({found.handed[key] for key in file.keys if key in found.handed})
    taken = sum(1 for key in file.keys if key in found.handed)
    left = len(rows) - 1 - MOST_ROWS
    return FileShown(
        name=file.file_name,
        heading=heading,
        icon=icon,
        what_to_do=_BY_HAND if file.file_name == "bookings.csv" else file.what_to_do,
        carries=things(len(file.keys), desk.words),
        taken="" if not taken else f"{'handed over' if taken == len(file.keys) else f'{taken} handed over'} to {desk.words.join(who)}",
        header=tuple(rows[0]) if rows else (),
        rows=tuple(tuple(row) for row in rows[1 : MOST_ROWS + 1]),
        text="" if rows else text,
        more=f"and {things(left, desk.words, 'row')} more in the file" if rows and left > 0 else "",
    )
