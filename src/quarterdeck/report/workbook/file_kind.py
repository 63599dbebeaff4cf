"""What a file is that is called a spreadsheet and is none: an ending can be changed by hand, and what is in it cannot."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_CSV = "A text holds one sheet and no kinds of cells. Take a spreadsheet out of the strategy, paste the rows into it, and bring that one."


@dataclass(frozen=True)
class FileKind:
    """What was found, and the way out."""

    found: str
    fix: str = SAVE_AS


def kind_of_file(body: bytes) -> FileKind | None:
    """What the file is, where it is surely no packed file of parts; None where it may be a spreadsheet."""
    head = body[:_HEAD]
    if head.startswith(_OLD_OFFICE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in body
        return (
            FileKind("a file that is locked with a password", "Save it without a password.")
            if is_locked
            else FileKind("a spreadsheet of the old kind (.xls)")
        )
    if head.startswith(b"%PDF"):
        return FileKind("a PDF", "Bring the spreadsheet that it was made of.")
    if not head.strip():
        return FileKind("an empty file", "Save it again in your spreadsheet program.")
    text = None if head.startswith(b"PK") else _text_in(head)
    return None if text is None else _kind_of_text(text)


def kind_of_parts(names: Collection[str]) -> str:
    """What a packed file is that holds no sheets of ours."""
    if "xl/workbook.bin" in names:
        return "a binary spreadsheet (.xlsb)"
    if "mimetype" in names and "content.xml" in names:
        return "a spreadsheet of the kind .ods"
    if any(name.startswith("word/") for name in names):
        return "a text document (.docx)"
    return "a spreadsheet of Numbers" if any(name.endswith(".iwa") for name in names) else "a packed file that is no spreadsheet, or a damaged one"


def _kind_of_text(text: str) -> FileKind:
    if text.lstrip().lower().startswith(("<html", "<!doctype html", "<table")):
        return FileKind("a web page under the name of a spreadsheet")
    if re.search(r"^company\s*:", text, re.MULTILINE):
        return FileKind("a strategy as YAML", "Give the file the ending .yaml and choose it again.")
    lines = [line for line in text.splitlines()[:5] if line.strip()]
    is_table = any(all(sign in line for line in lines) for sign in ",;\t")
    return FileKind("a table as text (CSV)", _CSV) if is_table else FileKind("plain text")


def _text_in(head: bytes) -> str | None:
    """The first lines, where they are text."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head[: len(head) // 2 * 2].decode("utf-16", "replace") if wide else head.decode("utf-8-sig", "replace")
    return None if any(ord(sign) < 32 and sign not in "\r\n\t" for sign in text) else text
