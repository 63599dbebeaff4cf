"""From bytes to rows of cells: encoding, separator, quotes, and the line on which every row starts."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, quoted

SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_BINARY_STARTS = {b"PK\x03\x04": "an Excel or ZIP file", b"\xd0\xcf\x11\xe0": "an old Excel file", b"%PDF": "a PDF file", b"\x1f\x8b": "a gzip file"}
_SAMPLE_LINES = 50
_SEP_LINE = re.compile(r"\A\s*\"?sep=(.)\"?\s*(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextRows:
    """Rows of cells that hold anything, each with the line (1 is the first) on which it starts."""

    rows: tuple[list[str], ...]
    lines: tuple[int, ...]
    encoding: str
    separator: str


def split_text(raw: bytes, options: CsvOptions, log: ProblemLog) -> TextRows | None:
    """The file as rows of cells, or None when it cannot be read at all (the log says why). Empty rows are left out."""
    decoded = _decode(raw, options, log)
    if decoded is None:
        return None
    text, encoding = decoded
    told = _SEP_LINE.match(text)
    separator = options.separator or (told.group(1) if told else _sniff_separator(text))
    if len(separator) != 1 or separator in '"\r\n':
        log.add(Fault(codes.BAD_OPTION, f"separator {separator!r}", "one character such as , or ;", "Leave the option out to have it found."))
        return None
    first_line = 2 if told else 1
    body = text[told.end() :] if told else text
    found = _read_rows(body, separator, first_line, options.max_rows, log)
    if found is None:
        return None
    if not found:
        log.add(Fault(codes.EMPTY_FILE, "nothing", "a header and rows", "Export the file again."))
        return None
    return TextRows(tuple(row for _, row in found), tuple(line for line, _ in found), encoding, separator)


def separator_name(separator: str) -> str:
    """ "comma", "semicolon", "tab", "bar", or the character itself."""
    return _SEPARATOR_NAMES.get(separator, repr(separator))


def _decode(raw: bytes, options: CsvOptions, log: ProblemLog) -> tuple[str, str] | None:
    if len(raw) > options.max_bytes:
        log.add(Fault(codes.TOO_LARGE, f"{len(raw):,} bytes", f"at most {options.max_bytes:,} bytes", "Split the file, for example by year."))
        return None
    for start, kind in _BINARY_STARTS.items():
        if raw.startswith(start):
            log.add(Fault(codes.NOT_TEXT, kind, "a CSV text file", "Open it and save it as CSV (UTF-8)."))
            return None
    encoding = options.encoding or _bom_encoding(raw)
    try:
        text, used = (raw.decode(encoding), encoding) if encoding else (raw.decode("utf-8"), "utf-8")
    except (UnicodeDecodeError, LookupError) as error:
        if encoding or isinstance(error, LookupError):
            log.add(
                Fault(
                    codes.NOT_TEXT,
                    f"bytes that are not {encoding} ({error})",
                    "text",
                    "Save the file as CSV (UTF-8), or name its encoding with --encoding.",
                )
            )
            return None
        return _decode_windows(raw, error.start, log)
    if "\0" in text:
        _report_nul(text, log)
        return None
    return text.removeprefix("\ufeff"), used


def _bom_encoding(raw: bytes) -> str | None:
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def _decode_windows(raw: bytes, first_odd_byte: int, log: ProblemLog) -> tuple[str, str] | None:
    line = raw.count(b"\n", 0, first_odd_byte) + 1
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        log.add(
            Fault(
                codes.NOT_TEXT,
                "bytes that are neither UTF-8 nor Windows-1252",
                "text",
                "Save the file as CSV (UTF-8), or name its encoding with --encoding.",
            ),
            line=line,
        )
        return None
    if "\0" in text:
        _report_nul(text, log)
        return None
    odd = text[first_odd_byte : first_odd_byte + 1]
    log.warn(
        codes.ENCODING_ASSUMED,
        f"a byte that is not UTF-8, read as {quoted(odd)}",
        "UTF-8",
        "It was read as Windows-1252 (Western European). If letters look wrong, name the encoding with --encoding.",
        line=line,
    )
    return text, "cp1252"


def _report_nul(text: str, log: ProblemLog) -> None:
    if text.count("\0") > len(text) // 10:
        log.add(
            Fault(
                codes.NOT_TEXT,
                "a NUL byte in every few: perhaps UTF-16 without its mark",
                "UTF-8 text",
                "Save the file as CSV (UTF-8), or import with --encoding utf-16-le.",
            )
        )
        return
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if "\0" in line:
            log.add(Fault(codes.NUL_BYTE, "a NUL byte", "text", "The file is damaged here: export it again."), line=number)


def _sniff_separator(text: str) -> str:
    """The separator that splits the first lines into the most cells, alike in every line; a comma when nothing does."""
    sample = text[:65_536].splitlines()[:_SAMPLE_LINES]
    scores = {separator: _separator_score(sample, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: (scores[separator], -SEPARATORS.index(separator)))


def _separator_score(sample: list[str], separator: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in csv.reader(sample, delimiter=separator) if any(cell.strip() for cell in row)]
    except csv.Error:
        return (0.0, 0)
    usual = max(set(widths), key=lambda width: (widths.count(width) if width > 1 else 0, width), default=1)
    return (0.0, 0) if usual < 2 else (round(widths.count(usual) / len(widths), 2), usual)


def _read_rows(text: str, separator: str, first_line: int, max_rows: int, log: ProblemLog) -> list[tuple[int, list[str]]] | None:
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = first_line
    try:
        for row in reader:
            if any(row) and any(cell.strip() for cell in row):
                found.append((line, row))
            line = first_line + reader.line_num
    except csv.Error as error:
        log.add(
            Fault(
                codes.BROKEN_QUOTES,
                f"a quotation mark that breaks the row ({error})",
                'cells such as plain, "with, comma" or "with ""quotes"""',
                "Close the quotation mark or double it.",
            ),
            line=line,
        )
        return None
    if len(found) > max_rows + 1:
        log.add(Fault(codes.TOO_MANY_ROWS, f"{len(found) - 1:,} rows", f"at most {max_rows:,} rows", "Split the file, for example by year."))
        return None
    return found
