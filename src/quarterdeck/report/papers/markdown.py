"""A paper as Markdown (CommonMark with pipe tables): for a wiki, a mail or a repository."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.report.papers.paper import Bars, Block, Line, Paper, Pictures, Points, Section, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_AT_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")
_BAR_SIGNS = 20


def to_markdown(paper: Paper) -> str:
    """The whole paper. Signs that Markdown would read as its own are escaped, so that the words come out as they were written."""
    lines = [f"# {_plain(paper.title)}", "", f"*{_plain(paper.subtitle)}*", ""]
    if paper.lead:
        lines += [f"> {_plain(paper.lead)}", ""]
    for section in paper.sections:
        lines += _section(section)
    return "\n".join([*lines, "---", "", _plain(paper.foot), ""])


def _section(section: Section) -> Iterator[str]:
    number = f"{section.number}. " if section.number else ""
    yield f"## {number}{_plain(section.title)}"
    yield ""
    for block in section.blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> list[str]:
    match block:
        case Line():
            return [_line(block)]
        case Points():
            return [f"- {_line(point)}" for point in block.points]
        case Table():
            return _table(block)
        case Bars():
            rows = tuple((bar.label, bar.figure, "█" * max(1, round(bar.share * _BAR_SIGNS)) if bar.share > 0 else "") for bar in block.bars)
            return _table(Table((block.caption, "", ""), rows, numeric=frozenset({1})))
        case Pictures():
            return [f"- **{_plain(each.finding)}.** {_plain(each.alt)}" for each in block.pictures]


def _line(line: Line) -> str:
    text = _plain(line.text)
    said = f"*{text}*" if line.look == "quiet" and text else text
    return f"**{_plain(line.strong)}** {said}".rstrip() if line.strong else said


def _table(table: Table) -> list[str]:
    marks = ["---:" if i in table.numeric else "---" for i in range(len(table.header))]
    rows = [_row(table.header), f"| {' | '.join(marks)} |", *(_row(row) for row in table.rows)]
    return [f"**{_plain(table.caption)}**", "", *rows] if table.caption else rows


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_plain(cell) or ' ' for cell in cells)} |"


def _plain(text: str) -> str:
    """The words on one line, with every sign of Markdown escaped."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] in "-+" else f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", line)
