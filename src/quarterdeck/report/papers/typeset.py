"""A paper as typst source: what the PDF is set from. Every word goes in as a string, so that no text can become a command."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from quarterdeck.report.papers.paper import Bars, Block, Line, Paper, Points, Section, Table

_INK, _QUIET, _LINE, _ACCENT, _TINT = "#1d2733", "#5b6875", "#d5dbe1", "#0b5cad", "#e8f1fb"
_FONTS = '("Inter", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")'
_SIGNS_OF_HALF = 62
_SHORT = 16
"""Signs that a column holds without breaking a line."""
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CO", "CL"})
"""Countries that print on US Letter; all others on A4 (ISO 216)."""


_SIZES = (8.6, 8.0, 7.4, 6.8)
TIGHTEST = len(_SIZES) - 1


def to_typst(paper: Paper, *, tightness: int = 0) -> str:
    """The source of the whole paper. It has no date, so that the same paper gives the same bytes. A one-page paper that runs over its sheet
    fits with a higher `tightness` (0 to TIGHTEST: smaller letters)."""
    return "\n".join([*_preamble(paper, tightness), *_head(paper), *_body(paper), ""])


def _preamble(paper: Paper, tightness: int) -> Iterator[str]:
    sheet = "us-letter" if paper.region in _LETTER_COUNTRIES else "a4"
    one = paper.is_one_page
    margin = "(x: 15mm, top: 13mm, bottom: 15mm)" if one else "(x: 22mm, top: 20mm, bottom: 22mm)"
    yield f"#set document(title: {_string(paper.title)}, date: none)"
    yield f'#set page(paper: "{sheet}", margin: {margin}, footer: context [{_foot(paper)}])'
    language = f"lang: {_string(paper.language)}, region: {_string(paper.region)}"
    yield f'#set text(font: {_FONTS}, size: {f"{_SIZES[tightness]}pt" if one else "10pt"}, fill: rgb("{_INK}"), {language})'
    yield f"#set par(leading: {'0.5em' if one else '0.62em'}, spacing: {'0.7em' if one else '0.9em'})"
    yield "#set list(marker: [•], indent: 0pt, body-indent: 0.5em, spacing: 0.55em)"
    yield f'#show heading: set text(fill: rgb("{_ACCENT}"))'
    yield "#show heading.where(level: 1): set text(size: 1.7em)"
    yield f"#show heading.where(level: 2): it => block(above: {'0.95em' if one else '1.6em'}, below: 0.55em, sticky: true, text(size: {'1.15em' if one else '1.3em'}, it.body))"
    yield "#show table.cell.where(y: 0): set text(weight: 600)"
    yield f'#set table(stroke: (x, y) => (bottom: 0.4pt + rgb("{_LINE}")), inset: (x: 3pt, y: {"2.4pt" if one else "3.6pt"}))'


def _head(paper: Paper) -> Iterator[str]:
    yield f"#heading(level: 1, {_content(paper.title)})"
    yield f'#text(fill: rgb("{_QUIET}"), {_content(paper.subtitle)})'
    if paper.lead:
        yield f'#block(fill: rgb("{_TINT}"), inset: 7pt, radius: 3pt, width: 100%, text(size: 1.12em, {_content(paper.lead)}))'


def _body(paper: Paper) -> Iterator[str]:
    if not paper.is_one_page:
        for section in paper.sections:
            yield from _section(section)
        return
    for section in paper.sections:
        if section.width == "wide":
            yield from _section(section)
    left, right = (", ".join(f"[{_block_of(section)}]" for section in column) for column in _columns(paper.sections))
    yield f"#grid(columns: (1fr, 1fr), column-gutter: 7mm, stack(spacing: 3mm, {left}), stack(spacing: 3mm, {right}))"


def _block_of(section: Section) -> str:
    return "\n".join(_section(section))


def _columns(sections: tuple[Section, ...]) -> tuple[list[Section], list[Section]]:
    """The half-wide sections in two columns of about the same height, in their order; of equal choices the one with the first sections left."""
    halves = [section for section in sections if section.width == "half"]
    heights = [sum(_lines(block) for block in section.blocks) + 2 for section in halves]
    choices = product((0, 1), repeat=len(halves))
    best = min(choices, key=lambda choice: max(sum(h for h, side in zip(heights, choice, strict=True) if side == want) for want in (0, 1)))
    sides: tuple[list[Section], list[Section]] = ([], [])
    for section, side in zip(halves, best, strict=True):
        sides[side].append(section)
    return sides


def _lines(block: Block) -> float:
    """About how many lines of half a sheet it takes."""
    match block:
        case Line():
            return _wrapped(f"{block.strong} {block.text}")
        case Points():
            return sum(_wrapped(f"{point.strong} {point.text}") for point in block.points)
        case Table():
            return 1.4 * (1 + sum(max(_wrapped(cell) * len(row) * 0.8 for cell in row) for row in block.rows))
        case Bars():
            return 1 + 1.1 * len(block.bars)


def _wrapped(text: str) -> int:
    return 1 + len(text) // _SIGNS_OF_HALF


def _section(section: Section) -> Iterator[str]:
    number = f"{section.number}  " if section.number else ""
    yield f"#heading(level: 2, {_content(number + section.title)})"
    for block in section.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Line():
            return f"#par({_line(block)})"
        case Points():
            return f"#list({', '.join(_line(point) for point in block.points)})" if block.points else ""
        case Table():
            return _table(block)
        case Bars():
            return _bars(block)


def _line(line: Line) -> str:
    size = {"plain": "", "lead": "size: 1.1em, ", "quiet": f'fill: rgb("{_QUIET}"), '}[line.look]
    strong = f"strong({_content(line.strong)}) + [ ] + " if line.strong else ""
    return f"{strong}text({size}{_content(line.text)})"


def _table(table: Table) -> str:
    widths = [_width([head, *(row[i] for row in table.rows)]) for i, head in enumerate(table.header)]
    align = ["right" if i in table.numeric else "left" for i in range(len(table.header))]
    head = f"table.header({', '.join(_content(cell) for cell in table.header)})"
    cells = ", ".join(_content(cell) for row in table.rows for cell in row)
    caption = f"#block(below: 0.4em, sticky: true, strong({_content(table.caption)}))\n" if table.caption else ""
    return f"{caption}#table(columns: ({', '.join(widths)},), align: ({', '.join(align)},), {head}, {cells})"


def _width(cells: list[str]) -> str:
    """A column of short texts takes what it needs; longer ones share the rest by how much they hold."""
    if max(map(len, cells)) <= _SHORT:
        return "auto"
    return f"{(sum(map(len, cells)) / len(cells)) ** 0.6 + max(map(len, cells)) ** 0.4:.1f}fr"


def _bars(bars: Bars) -> str:
    rows = ", ".join(
        f'{_content(bar.label)}, box(width: {max(0.5, min(1.0, bar.share) * 100):.1f}%, height: 0.75em, radius: 1pt, fill: rgb("{_ACCENT}")), {_content(bar.figure)}'
        for bar in bars.bars
    )
    grid = f"#grid(columns: (auto, 1fr, auto), column-gutter: 6pt, row-gutter: 4pt, align: (left, left, right), {rows})"
    return f'#block(below: 0.5em, text(fill: rgb("{_QUIET}"), {_content(bars.caption)}))\n{grid}'


def _foot(paper: Paper) -> str:
    pages = "" if paper.is_one_page else '#h(1fr) #counter(page).display("1 / 1", both: true)'
    return f'#set text(size: 7pt, fill: rgb("{_QUIET}")); #{_content(paper.foot)} {pages}'.replace("; #", "\n#")


def _content(text: str) -> str:
    """The words as a value that typst prints as they are."""
    return f"text({_string(' '.join(text.split()))})"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
