"""A spreadsheet file as a zip of parts: looked over before anything is read out of it, and written so that the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.report.workbook.file_kind import SAVE_AS, kind_of_file, kind_of_parts

MOST_PACKED, MOST_UNPACKED, MOST_PARTS = 5_000_000, 100_000_000, 2_000
STATE = "The spreadsheet was not read."
_BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
_CELL = rb"[A-Z]{1,3}[0-9]{1,7}"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="(' + _CELL + rb":" + _CELL + rb')"')
_NEVER_COUNTED = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=\"("
    + _CELL
    + rb")\"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(frozen=True)
class Marks:
    """What a sheet holds that its values do not show: merged ranges, and formulas that were never counted."""

    merged: tuple[str, ...] = ()
    uncounted: frozenset[str] = frozenset()


def open_package(body: bytes, name: str) -> zipfile.ZipFile:
    """The parts of the file. Raises InvalidInput for what is no spreadsheet, is locked, or is larger than a strategy can be."""
    if len(body) > MOST_PACKED:
        raise _refused("STRATEGY-951", name, "more than 5 megabytes", "at most 5 megabytes", "Take pictures and other sheets out.")
    kind = kind_of_file(body)
    if kind is not None:
        raise _refused("STRATEGY-950", name, kind.found, "a spreadsheet (.xlsx)", kind.fix)
    try:
        package = zipfile.ZipFile(BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise unreadable(name) from None
    parts = package.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise _refused("STRATEGY-951", name, "far more than a strategy, once unpacked", "at most 100 megabytes", "Copy the sheets into a new file.")
    if any(part.flag_bits & 1 for part in parts):
        raise _refused("STRATEGY-950", name, "a locked file", "a spreadsheet without a password", "Save it without a password.")
    if "xl/workbook.xml" not in package.namelist():
        raise _refused("STRATEGY-950", name, kind_of_parts(package.namelist()), "a spreadsheet (.xlsx)", SAVE_AS)
    _refuse_entities(package, name)
    return package


def unreadable(name: str) -> InvalidInput:
    """The complaint about a file that is no spreadsheet."""
    return _refused("STRATEGY-950", name, "a file that is no spreadsheet, or a damaged one", "a spreadsheet (.xlsx)", SAVE_AS)


def marks_of(package: zipfile.ZipFile, part: str) -> Marks:
    """What one sheet hides."""
    text = package.read(part)
    merged = tuple(found.decode() for found in _MERGED.findall(text))
    return Marks(merged, frozenset(found.decode() for found in _NEVER_COUNTED.findall(text)))


def pack_alike(body: bytes) -> bytes:
    """The same parts without the moment of writing."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for part in old.infolist():
            made = zipfile.ZipInfo(part.filename, _BEGINNING_OF_TIME)
            made.compress_type, made.external_attr, made.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            text = old.read(part)
            if part.filename == "docProps/core.xml":
                text = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", text)
            new.writestr(made, text)
    return out.getvalue()


def _refuse_entities(package: zipfile.ZipFile, name: str) -> None:
    """Parts that define words of their own can grow without end while they are read; no spreadsheet program writes any."""
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            try:
                if any(mark in piece for piece in _pieces(package, part) for mark in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
                    raise unreadable(name)
            except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
                raise unreadable(name) from None
            except Exception as error:
                if type(error).__module__ in ("zlib", "lzma"):
                    raise unreadable(name) from None
                raise


def _pieces(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, piece by piece; each begins with the end of the one before, so that no mark is cut in two."""
    tail = b""
    with package.open(part) as source:
        while piece := source.read(1 << 20):
            yield tail + piece
            tail = piece[-16:]


def _refused(code: str, where: str, found: str, expected: str, fix: str) -> InvalidInput:
    return InvalidInput([Problem(code, where, found, expected, fix)], state=STATE)
