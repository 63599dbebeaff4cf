"""What a person says of something done, read from a form: each field with what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from quarterdeck.kernel.problems import Problem
from quarterdeck.web.do.asked import read_day

MOST_LINK, MOST_NOTE = 2000, 2000


@dataclass(frozen=True)
class DoneForm:
    """What was typed, as it was typed, and the sentence beside each field that is wrong."""

    on: str
    link: str = ""
    hours: str = ""
    note: str = ""
    wrong_on: str = ""
    wrong_link: str = ""
    wrong_hours: str = ""
    wrong_note: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong so far."""
        return not (self.wrong_on or self.wrong_link or self.wrong_hours or self.wrong_note)

    @property
    def day(self) -> date | None:
        """The day; None where it is none."""
        return read_day(self.on)

    @property
    def worked(self) -> Decimal | None:
        """Hours; None where nothing is said."""
        return _hours(self.hours)

    def with_problems(self, problems: Iterable[Problem]) -> DoneForm:
        """The same with what the operation found wrong, beside its field."""
        form = self
        for problem in problems:
            name = f"wrong_{problem.where}" if problem.where in ("on", "hours") else "wrong_note"
            form = replace(form, **{name: f"Expected {problem.expected}, found {problem.found}. {problem.fix}"})
        return form


def read_done_form(fields: QueryDict) -> DoneForm:
    """What was typed, with everything that can be seen to be wrong without asking further."""
    on, link, hours, note = (fields.get(name, "").replace("\x00", "").strip() for name in ("on", "link", "hours", "note"))
    return DoneForm(
        on=on[:40],
        link=link[: MOST_LINK + 1],
        hours=hours[:40],
        note=note[: MOST_NOTE + 1],
        wrong_on="" if read_day(on) else "This is no day. Write it as 2027-02-04.",
        wrong_link=_wrong_link(link),
        wrong_hours="" if not hours or _hours(hours) is not None else "This is no number of hours. Write it as 2.5.",
        wrong_note=f"Say it in {MOST_NOTE:,} signs at most." if len(note) > MOST_NOTE else "",
    )


def _wrong_link(link: str) -> str:
    if len(link) > MOST_LINK:
        return f"A link has {MOST_LINK:,} signs at most."
    if link and (not link.lower().startswith(("http://", "https://")) or any(sign.isspace() for sign in link)):
        return "A link begins with https:// and has no spaces."
    return ""


def _hours(text: str) -> Decimal | None:
    if not text.isascii():
        return None
    try:
        hours = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return hours if hours.is_finite() and -(10**9) < hours < 10**9 else None
