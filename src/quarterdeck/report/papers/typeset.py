"""A paper as typst source: what the PDF is set from. Every word goes in as a string, so that no text can become a command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quarterdeck.report.papers.paper import Bars, Block, Line, Paper, Picture, Pictures, Points, Section, Table

_INK, _QUIET, _LINE, _ACCENT, _TINT = "#1d2733", "#5b6875", "#d5dbe1", "#0b5cad", "#e8f1fb"
_FONTS = '("Inter", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")'
_SIGNS_OF_HALF = 62
_SHORT = 20
"""Signs that a column holds without breaking a line."""
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CO", "CL"})
"""Countries that print on US Letter; all others on A4 (ISO 216)."""


_SIZES = (10.4, 9.8, 9.2, 8.6, 8.0, 7.4, 6.8)
TIGHTEST = len(_SIZES) - 1
CONTENTS_FROM = 6
"""A report of more pages than this begins with a page of contents."""
MOST_ON_A_PAGE = 50
"""Rows or points on one page; no page has room for so many."""
_WHOLE_ROWS = 1200
"""A cell of more signs may break across pages; a shorter one never does."""
_ENOUGH = "34mm"
"""Where less than this is left of a page, a long table begins on the next one."""
_FEW_ROWS, _FEW_SIGNS = 8, 500
"""A table of few and short rows stays on one page."""
_LONG_WORD = 14

Drawn = Mapping[str, str]
"""SVG by the id of the picture."""


def to_typst(paper: Paper, *, tightness: int = 0, drawn: Drawn | None = None) -> str:
    """The source of the whole paper. It has no date, so that the same paper gives the same bytes. A one-page paper that runs over its sheet
    fits with a higher `tightness` (0 to TIGHTEST: smaller letters). A picture that is not `drawn` is told in words."""
    return "\n".join([*_preamble(paper, tightness), *_head(paper), *_body(paper, drawn or {}), ""])


def _preamble(paper: Paper, tightness: int) -> Iterator[str]:
    sheet = "us-letter" if paper.region in _LETTER_COUNTRIES else "a4"
    one = paper.is_one_page
    margin = "(x: 15mm, top: 13mm, bottom: 15mm)" if one else "(x: 22mm, top: 20mm, bottom: 22mm)"
    yield f"#set document(title: {_string(paper.title)}, date: none)"
    yield f'#set page(paper: "{sheet}", margin: {margin}, footer: context [{_foot(paper)}]{"" if one else f", header: {_running_head(paper)}"})'
    language = f"lang: {_string(paper.language)}, region: {_string(paper.region)}"
    yield f'#set text(font: {_FONTS}, size: {f"{_SIZES[tightness]}pt" if one else "10pt"}, fill: rgb("{_INK}"), {language}, hyphenate: {str(paper.language != "en").lower()})'
    yield f"#set par(leading: {'0.5em' if one else '0.62em'}, spacing: {'0.7em' if one else '0.9em'})"
    yield "#set list(marker: [•], indent: 0pt, body-indent: 0.5em, spacing: 0.55em)"
    yield f'#show heading: set text(fill: rgb("{_ACCENT}"), hyphenate: false)'
    yield "#show heading.where(level: 1): set text(size: 1.7em)"
    yield f"#show heading.where(level: 2): it => block(above: {'0.95em' if one else '1.6em'}, below: 0.55em, sticky: true, text(size: {'1.15em' if one else '1.3em'}, it.body))"
    yield f'#show heading.where(level: 3): it => block(above: 1.1em, below: 0.5em, sticky: true, text(size: 10pt, fill: rgb("{_INK}"), it.body))'
    yield "#show table.cell.where(y: 0): set text(weight: 600, hyphenate: false)"
    yield f'#set table(stroke: (bottom: 0.4pt + rgb("{_LINE}"), rest: none), inset: (x: 4pt, y: {"2.4pt" if one else "3.6pt"}))'


def _head(paper: Paper) -> Iterator[str]:
    yield f"#heading(level: 1, {_content(paper.title)})"
    yield f'#text(fill: rgb("{_QUIET}"), {_content(paper.subtitle)})'
    if paper.lead:
        yield f'#block(fill: rgb("{_TINT}"), inset: 7pt, radius: 3pt, width: 100%, text(size: 1.12em, {_content(paper.lead)}))'
    if paper.kind == "report":
        yield _contents(is_surely_long=_is_surely_long(paper))


def _contents(*, is_surely_long: bool) -> str:
    """Where each step and each of its lists stands, with its page; only where there are pages enough to get lost in.

    To count its pages the typesetter sets the whole report once without contents and once more with them: nothing to ask of a long one."""
    entry = "#show outline.entry.where(level: 2): it => block(above: 0.9em, strong(it))"
    outline = f"{entry}\n#outline(title: none, target: heading.where(level: 2).or(heading.where(level: 3)), indent: n => (n - 1) * 1em)"
    page = f'#text(size: 1.3em, weight: 700, fill: rgb("{_ACCENT}"))[Contents]\n{outline}\n#pagebreak()'
    return f"#[{page}]" if is_surely_long else f"#context {{ if counter(page).final().first() > {CONTENTS_FROM} [{page}] }}"


def _is_surely_long(paper: Paper) -> bool:
    """Whether its rows and points alone fill more pages than a report without contents has."""
    blocks = [block for section in paper.sections for block in section.blocks]
    rows = sum(len(block.rows if isinstance(block, Table) else block.points) for block in blocks if isinstance(block, Table | Points))
    return rows > MOST_ON_A_PAGE * CONTENTS_FROM


def _running_head(paper: Paper) -> str:
    """From the second page on: whose paper it is, and the part that stands at the top of the page."""
    title = f'text(size: 7.5pt, fill: rgb("{_QUIET}"), {_content(paper.title)} + h(1fr) + if begun.len() > 0 {{ begun.last().body }})'
    return f"""context if counter(page).get().first() > 1 {{
  let page = here().page()
  let stands(it) = it.location().page() < page or (it.location().page() == page and it.location().position().y < 35mm)
  let begun = query(heading.where(level: 2)).filter(stands)
  block(width: 100%, below: 4mm, stroke: (bottom: 0.4pt + rgb("{_LINE}")), inset: (bottom: 3pt), {title})
}}"""


def _body(paper: Paper, drawn: Drawn) -> Iterator[str]:
    if not paper.is_one_page:
        for section in paper.sections:
            yield from _section(section, drawn, is_listed=paper.kind == "report")
        return
    for section in paper.sections:
        if section.width == "wide":
            yield from _section(section, drawn)
    left, right = (", ".join(f"[{_block_of(section)}]" for section in column) for column in _columns(paper.sections))
    yield f"#grid(columns: (1fr, 1fr), column-gutter: 7mm, stack(spacing: 3mm, {left}), stack(spacing: 3mm, {right}))"


def _block_of(section: Section) -> str:
    return "\n".join(_section(section, {}))


def _columns(sections: tuple[Section, ...]) -> tuple[list[Section], list[Section]]:
    """The half-wide sections in two columns of about the same height, to be read down the left one and then down the right."""
    halves = [section for section in sections if section.width == "half"]
    heights = [sum(_lines(block) for block in section.blocks) + 2 for section in halves]
    left = min(range(len(halves) + 1), key=lambda first: max(sum(heights[:first]), sum(heights[first:])))
    return halves[:left], halves[left:]


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
        case Pictures():
            return 14.0 * len(block.pictures)


def _wrapped(text: str) -> int:
    return 1 + len(text) // _SIGNS_OF_HALF


def _section(section: Section, drawn: Drawn, *, is_listed: bool = False) -> Iterator[str]:
    number = f"{section.number}  " if section.number else ""
    yield f"#heading(level: 2, {_content(number + section.title)})"
    for block in section.blocks:
        yield _block(block, drawn, is_listed=is_listed)


def _block(block: Block, drawn: Drawn, *, is_listed: bool) -> str:
    match block:
        case Line() if block.look == "quiet" or not block.text:
            return f"#block(sticky: true, {_line(block)})"
        case Line():
            return f"#par({_line(block)})"
        case Points():
            return f"#list({', '.join(_line(point) for point in block.points)})" if block.points else ""
        case Table():
            return _table(block, is_listed=is_listed)
        case Bars():
            return _bars(block)
        case Pictures():
            cells = ", ".join(f"[{_picture(each, drawn.get(each.id, ''))}]" for each in block.pictures)
            return f"#grid(columns: (1fr, 1fr), column-gutter: 6mm, row-gutter: 6mm, {cells})"


def _line(line: Line) -> str:
    size = {"plain": "", "lead": "size: 1.1em, ", "quiet": f'fill: rgb("{_QUIET}"), '}[line.look]
    strong = f"strong({_content(line.strong)}) + [ ] + " if line.strong else ""
    return f"{strong}text({size}{_content(line.text)})"


def _picture(picture: Picture, svg: str) -> str:
    """Its finding, and the picture below it; without one what there is to see, in words."""
    alt = _string(" ".join(picture.alt.split()))
    shown = f'image(bytes({_string(svg)}), format: "svg", width: 100%, alt: {alt})' if svg else f"text({_content(picture.alt)})"
    unit = f'text(size: 0.85em, fill: rgb("{_QUIET}"), {_content(picture.unit_line)})'
    return f"#block(breakable: false, width: 100%, stack(spacing: 2mm, par(strong({_content(picture.finding + '.')})), par({unit}), {shown}))"


def _table(table: Table, *, is_listed: bool) -> str:
    widths = [_width([head, *(row[i] for row in table.rows)]) for i, head in enumerate(table.header)]
    if all(width == "auto" for width in widths):
        widths[0] = "1fr"  # every table is as wide as the sheet
    align = ["right" if i in table.numeric else "left" for i in range(len(table.header))]
    head = f"table.header({', '.join(_content(cell) for cell in table.header)})"
    cells = ", ".join(_cell(cell) for row in table.rows for cell in row)
    caption = ""
    if table.caption:
        title = _content(table.caption)
        caption = f"#heading(level: 3, {title})\n" if is_listed else f"#block(below: 0.4em, sticky: true, strong({title}))\n"
    is_short = len(table.rows) <= _FEW_ROWS and sum(max(map(len, row)) for row in table.rows) <= _FEW_SIGNS
    room = "" if is_short else f"#block(height: {_ENOUGH}, breakable: false, above: 0pt, below: 0pt, sticky: true)[]\n#v(-{_ENOUGH})\n"
    is_whole = all(len(cell) <= _WHOLE_ROWS for row in table.rows for cell in row)
    drawn = f"table(columns: ({', '.join(widths)},), align: ({', '.join(align)},), {head}, {cells})"
    if is_whole:  # said inside of braces, it holds for this table alone
        drawn = f"{{ set table.cell(breakable: false); {f'block(breakable: false, {drawn})' if is_short else drawn} }}"
    return f"{caption}{room}#{drawn}"


def _cell(text: str) -> str:
    """A long word may be broken, so that it does not run into the next column."""
    return f"text(hyphenate: true, {_content(text)})" if any(len(word) > _LONG_WORD for word in text.split()) else _content(text)


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
    """The words as a string, which typst prints as they are; one call of `text` less for each of a thousand cells."""
    return _string(" ".join(text.split()))


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
