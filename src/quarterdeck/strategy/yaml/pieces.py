"""Reads a YAML text piece by piece, and each piece once: after a change only what changed is read again.

Reading YAML is most of the work of a save. Fields of the document and members of its lists stand on lines of their own, so that each can be read
alone and put back where it stood. Whatever cannot be cut like that (or is wrong somewhere) is read as a whole by `read_nodes`, whose answer this
module always gives.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from quarterdeck.strategy.yaml.nodes import MAX_BYTES, MAX_NODES, NO_WORD, Reading, read_nodes, read_piece
from quarterdeck.strategy.yaml.tree import Grouping, Listing, Node, Scalar

MOST_KEPT = 8_192
"""Pieces; a document of 1,000 content items and 500 tasks has about 1,600."""
_FEW_LINES = 8
"""A field of fewer lines is not cut any further."""
_NOT_PLAIN = re.compile(r"[\r\x85\u2028\u2029\ufeff]|^(?:---|\.\.\.|%)", re.MULTILINE)
"""Other line ends, and marks that begin or end documents."""
_BARE_KEY = re.compile(r" *([a-z_]+):[ ]*(?:#.*)?")
_DASH = re.compile(r"-(?: |$)")


def read_pieces(text: str, *, name: str) -> Reading:
    """What `read_nodes` gives."""
    if len(text) <= MAX_BYTES and not _NOT_PLAIN.search(text):
        try:
            root, has_aliases = _Cutter(text).read()
        except _CannotCutError:
            pass
        else:
            return Reading(root, [], has_aliases)
    return read_nodes(text, name=name)


class _CannotCutError(Exception):
    """A part of the text must be read as one."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands in some lines alone: a grouping of one field, or a listing of one member."""

    node: Grouping | Listing
    nodes: int
    has_aliases: bool


@lru_cache(maxsize=MOST_KEPT)
def _read_alone(text: str, depth: int) -> _Piece | None:
    """None when the lines are not one field or member, or something is wrong in them."""
    reading, nodes = read_piece(text, depth=depth)
    root = reading.root
    if reading.problems or not isinstance(root, Grouping | Listing) or root.is_flow or len(root.members) != 1:
        return None
    return _Piece(root, nodes, reading.has_aliases)


class _Cutter:
    """Cuts one text; `starts` are where its lines begin, `filled` the lines that hold more than a comment."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._indents = [len(line) - len(line.lstrip(" ")) for line in self._lines]
        self._filled = [number for number, line in enumerate(self._lines) if line[self._indents[number] : self._indents[number] + 1] not in ("", "#")]
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._nodes, self._has_aliases = 0, False

    def read(self) -> tuple[Node, bool]:
        """The tree, and whether anything in it is repeated by a sign. Raises _CannotCutError."""
        root = self._grouping(0, len(self._lines), column=0, depth=0)
        if self._nodes > MAX_NODES or len(self._text.encode(errors="replace")) > MAX_BYTES:
            raise _CannotCutError
        return root, self._has_aliases

    def _grouping(self, first: int, last: int, *, column: int, depth: int) -> Grouping:
        node: Grouping | None = None
        for start, end in self._cut(first, last, column, is_list=False):
            found = self._field(start, end, depth)
            if node is None:
                node = found
            elif found.keys.keys() & node.keys.keys():
                raise _CannotCutError
            else:
                node.keys |= found.keys
                node.members |= found.members
        if node is None:
            raise _CannotCutError
        node.end = self._next_sign(last).start
        return node

    def _field(self, start: int, end: int, depth: int) -> Grouping:
        """One field, its value cut further where it is long."""
        line = self._first_filled(start)
        match = _BARE_KEY.fullmatch(self._lines[line])
        if match is not None and end - line > _FEW_LINES and match.group(1) not in NO_WORD:
            before = self._nodes, self._has_aliases
            try:
                value = self._value(line + 1, end, above=self._indents[line], depth=depth + 1)
            except _CannotCutError:
                self._nodes, self._has_aliases = before
            else:
                self._nodes += 2
                at, column = self._starts[line] + self._indents[line], self._indents[line]
                key = Scalar(at, at + len(match.group(1)), line, column, text=match.group(1))
                return Grouping(at, value.end, line, column, keys={key.text or "": key}, members={key.text or "": value})
        found = self._placed(start, end, depth)
        if not isinstance(found, Grouping):
            raise _CannotCutError
        return found

    def _value(self, first: int, last: int, *, above: int, depth: int) -> Grouping | Listing:
        line = self._first_filled(first)
        column = self._indents[line]
        if line >= last or column < above:
            raise _CannotCutError
        if _DASH.match(self._lines[line], column):
            return self._listing(first, last, column=column, depth=depth)
        if column == above:
            raise _CannotCutError
        return self._grouping(first, last, column=column, depth=depth)

    def _listing(self, first: int, last: int, *, column: int, depth: int) -> Listing:
        node: Listing | None = None
        for start, end in self._cut(first, last, column, is_list=True):
            found = self._placed(start, end, depth)
            if not isinstance(found, Listing):
                raise _CannotCutError
            if node is None:
                node = found
            else:
                node.members += found.members
        if node is None:
            raise _CannotCutError
        node.end = self._next_sign(last).start
        return node

    def _cut(self, first: int, last: int, column: int, *, is_list: bool) -> Iterator[tuple[int, int]]:
        """From which line to which each field or member goes, with the comments before the first and after each."""
        cuts = []
        for line in self._filled[bisect_left(self._filled, first) : bisect_left(self._filled, last)]:
            if self._indents[line] < column:
                raise _CannotCutError
            if self._indents[line] == column and is_list == bool(_DASH.match(self._lines[line], column)):
                cuts.append(line)
            elif self._indents[line] == column and is_list:
                raise _CannotCutError
        if not cuts:
            raise _CannotCutError
        yield from pairwise([first, *cuts[1:], last])

    def _placed(self, start: int, end: int, depth: int) -> Grouping | Listing:
        """What some lines say, read alone and put where they stand."""
        piece = _read_alone(self._text[self._starts[start] : self._starts[end]], depth)
        if piece is None:
            raise _CannotCutError
        self._nodes += piece.nodes
        self._has_aliases |= piece.has_aliases
        size = min(self._starts[end], len(self._text)) - self._starts[start]
        placed = _moved(piece.node, _Move(self._starts[start], start, size, self._next_sign(end)))
        assert isinstance(placed, Grouping | Listing)
        return placed

    def _first_filled(self, line: int) -> int:
        at = bisect_left(self._filled, line)
        return self._filled[at] if at < len(self._filled) else len(self._lines) - 1

    def _next_sign(self, line: int) -> _Sign:
        """The first sign at or after a line that is not a comment: there a block ends for who reads the text as a whole."""
        at = bisect_left(self._filled, line)
        if at == len(self._filled):
            return _Sign(len(self._text), len(self._lines) - 1, len(self._lines[-1]))
        line = self._filled[at]
        return _Sign(self._starts[line] + self._indents[line], line, self._indents[line])


@dataclass(frozen=True, slots=True)
class _Sign:
    """A place in the text."""

    start: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Move:
    """How far to move in signs and in lines; what goes on to the end of the piece, `size`, goes on to the sign `ends` in the text."""

    by: int
    lines: int
    size: int
    ends: _Sign


def _moved(node: Node, move: _Move) -> Node:
    start, line = node.start + move.by, node.line + move.lines
    if isinstance(node, Scalar):
        if node.start == move.size:  # nothing, at the very end
            return Scalar(move.ends.start, move.ends.start, move.ends.line, move.ends.column, text=None)
        return Scalar(start, node.end + move.by, line, node.column, node.is_flow, node.text, node.is_block)
    end = move.ends.start if node.end == move.size else node.end + move.by
    if isinstance(node, Listing):
        return Listing(start, end, line, node.column, node.is_flow, [_moved(member, move) for member in node.members])
    assert isinstance(node, Grouping)
    keys = {word: _moved(key, move) for word, key in node.keys.items()}
    members = {word: _moved(member, move) for word, member in node.members.items()}
    return Grouping(start, end, line, node.column, node.is_flow, keys, members)  # type: ignore[arg-type]  # keys are scalars
