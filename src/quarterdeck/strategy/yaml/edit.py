"""Changes a YAML text only where the data changed, so that comments, order and spacing of everything else stay as they were written.

A changed scalar is replaced where it stands; a new field or member gets lines of its own after the one that comes before it; what is
taken out goes with the comment lines right above it. Members of lists are matched by id. The caller reads the result again and
compares: whatever cannot be edited safely raises CannotEditError and is written anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from quarterdeck.strategy.yaml.edit_steps import Step, can_stand_in_line, is_one_line, something_stays, steps_between
from quarterdeck.strategy.yaml.emit import render_block, render_flow
from quarterdeck.strategy.yaml.tree import Grouping, Listing, Node, Scalar


class CannotEditError(Exception):
    """The text is written in a way that cannot be changed piece by piece."""


def edit_text(text: str, root: Node | None, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """`text`, whose tree is `root` and whose plain data is `old`, changed to say `new`. Raises CannotEditError."""
    if not isinstance(root, Grouping) or root.is_flow:
        raise CannotEditError("the whole document is written in brackets")
    editor = _Editor(text)
    editor.change_fields(root, old, new, depth=0)
    return editor.result()


@dataclass(frozen=True, slots=True)
class _Edit:
    """`start` to `end` becomes `text`; of insertions at one point the deeper comes first."""

    start: int
    end: int
    text: str
    depth: int


class _Editor:
    def __init__(self, text: str) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[_Edit] = []

    def result(self) -> str:
        """The text after all edits."""
        parts, cursor = [], 0
        removals = sorted((edit.start, edit.end) for edit in self._edits if not edit.text)
        placed = [self._kept_clear(edit, removals) for edit in self._edits]
        for edit in sorted(placed, key=lambda edit: (edit.start, edit.end > edit.start, -edit.depth)):
            if edit.start < cursor:
                raise CannotEditError("two changes touch the same words")
            parts += [self._text[cursor : edit.start], edit.text]
            cursor = edit.end
        return "".join([*parts, self._text[cursor:]])

    def _kept_clear(self, edit: _Edit, removals: list[tuple[int, int]]) -> _Edit:
        """An insertion behind lines that go themselves moves up to the end of the last line that stays."""
        if edit.start < edit.end:
            return edit
        at = edit.start
        for start, end in reversed(removals):
            if start < at < end:
                at = start - len(self._newline)
        return replace(edit, start=at, end=at)

    def change_fields(self, node: Grouping, old: Mapping[str, Any], new: Mapping[str, Any], *, depth: int) -> None:
        """Fields that differ, are new or are gone; explicit defaults, which plain data leaves out, stay."""
        for key in old:
            if key not in new:
                self._remove_field(node, key)
        anchor: str | None = None
        added: dict[str | None, dict[str, Any]] = {}
        for key, value in new.items():
            if key not in node.members:
                if key in old:
                    raise CannotEditError(f"{key} is written under another name")
                added.setdefault(anchor, {})[key] = value
                continue
            if key not in old or old[key] != value:
                self._change_field(node, key, old.get(key), value, depth=depth)
            anchor = key
        for after, fields in added.items():
            self._add_fields(node, after, fields, depth=depth)

    def _change_field(self, node: Grouping, key: str, old: Any, new: Any, *, depth: int) -> None:
        member = node.members[key]
        if isinstance(member, Grouping) and isinstance(old, dict) and isinstance(new, dict) and something_stays(member, old, new):
            self.change_fields(member, old, new, depth=depth + 1)
        elif isinstance(member, Listing) and isinstance(old, list) and isinstance(new, list) and (steps := steps_between(member, old, new)):
            self._change_members(member, old, new, steps, depth=depth + 1)
        elif isinstance(member, Scalar) and member.start == member.end and is_one_line(new):
            self._edit(self._field_end(node, key), self._field_end(node, key), " " + render_flow(new), depth + 1)
        elif can_stand_in_line(member, new):
            self._edit(member.start, member.end, render_flow(new), depth + 1)
        else:
            lines = self._indented(render_block({key: new}), node.keys[key].column, is_first_bare=True)
            self._rewrite(node.keys[key].start, self._field_end(node, key), lines, depth)

    def _remove_field(self, node: Grouping, key: str) -> None:
        name = node.keys[key]
        start = self._line_start(name.start)
        if self._text[start : name.start].strip():
            raise CannotEditError(f"{key} shares its line with a dash")
        if key != next(iter(node.keys)):
            start = self._above_comments(start, name.column)
        self._take_out(start, self._after_line(self._field_end(node, key)))

    def _add_fields(self, node: Grouping, after: str | None, fields: Mapping[str, Any], *, depth: int) -> None:
        first = next(iter(node.keys.values()))
        starts_line = not self._text[self._line_start(first.start) : first.start].strip()
        gap = self._newline if depth == 0 and "\n\n" in self._text.replace("\r", "") else ""
        chunks = [self._indented(render_block({key: value}), first.column) for key, value in fields.items()]
        lines = gap + (self._newline + gap).join(chunks)
        if after is None and starts_line:
            at = self._line_start(first.start)
            self._edit(at, at, lines.removeprefix(gap) + self._newline + gap, depth)
            return
        at = self._line_end(self._field_end(node, after if after is not None else next(iter(node.keys))))
        self._edit(at, at, self._newline + lines, depth)

    def _change_members(self, node: Listing, old: list[Any], new: list[Any], steps: list[Step], *, depth: int) -> None:
        for is_kept, i, i_end, j, j_end in steps:
            if is_kept:
                for step in range(i_end - i):
                    self._change_member(node, i + step, old[i + step], new[j + step], depth=depth)
                continue
            for index in range(i, i_end):
                self._remove_member(node, index)
            if j_end > j:
                self._add_members(node, i, new[j:j_end], depth=depth)

    def _change_member(self, node: Listing, index: int, old: Any, new: Any, *, depth: int) -> None:
        if old == new:
            return
        member, before = node.members[index], len(self._edits)
        if isinstance(member, Grouping) and isinstance(old, dict) and isinstance(new, dict) and something_stays(member, old, new):
            try:
                self.change_fields(member, old, new, depth=depth + 1)
            except CannotEditError:
                del self._edits[before:]
                self._rewrite_member(node, index, new, depth)
        elif can_stand_in_line(member, new):
            self._edit(member.start, member.end, render_flow(new), depth + 1)
        else:
            self._rewrite_member(node, index, new, depth)

    def _remove_member(self, node: Listing, index: int) -> None:
        start = self._line_start(self._dash(node, index))
        if index > 0:
            start = self._above_comments(start, node.column)
        self._take_out(start, self._after_line(self._end(node.members[index])))

    def _add_members(self, node: Listing, index: int, members: list[Any], *, depth: int) -> None:
        lines = self._rendered_members(members, node.column)
        if index == 0:
            at = self._line_start(self._dash(node, 0))
            self._edit(at, at, lines + self._newline, depth)
        else:
            at = self._line_end(self._end(node.members[index - 1]))
            self._edit(at, at, self._newline + lines, depth)

    def _rewrite_member(self, node: Listing, index: int, new: Any, depth: int) -> None:
        lines = self._rendered_members([new], node.column, is_first_bare=True)
        self._rewrite(self._dash(node, index), self._end(node.members[index]), lines, depth)

    def _rewrite(self, start: int, end: int, lines: str, depth: int) -> None:
        """A comment at the end of the last line moves to the end of the first, where it cannot become part of a text."""
        first, *others = lines.split(self._newline)
        comment = self._text[end : self._line_end(end)]
        self._edit(start, end + len(comment), self._newline.join([first + comment, *others]), depth)

    def _take_out(self, start: int, end: int) -> None:
        """Whole lines, and one of the empty lines where they would leave two together."""
        follows = self._text[end : self._line_end(end)]
        before = self._text[self._line_start(max(start - 1, 0)) : start]
        if end < len(self._text) and not follows.strip() and not before.strip():
            end = self._after_line(end)
        self._edit(start, end, "", 0)

    def _edit(self, start: int, end: int, text: str, depth: int) -> None:
        self._edits.append(_Edit(start, end, text, depth))

    def _rendered_members(self, members: list[Any], column: int, *, is_first_bare: bool = False) -> str:
        under_key = render_block({"x": members})
        if under_key.startswith("x: "):
            under_key = "x:\n" + "".join(f"  - {render_flow(member)}\n" for member in members)
        lines = "".join(line.removeprefix("  ") for line in under_key.splitlines(keepends=True)[1:])
        return self._indented(lines, column, is_first_bare=is_first_bare)

    def _indented(self, lines: str, column: int, *, is_first_bare: bool = False) -> str:
        rows = lines.rstrip("\n").split("\n")
        shifted = [row if not row or (is_first_bare and number == 0) else " " * column + row for number, row in enumerate(rows)]
        return self._newline.join(shifted)

    def _dash(self, node: Listing, index: int) -> int:
        """Where the dash of a member stands; it must be the first sign of its line."""
        member = node.members[index]
        at = self._text.rfind("-", 0, member.start)
        start = self._line_start(at)
        if member.start == member.end or at < 0 or at - start != node.column or self._text[start:at].strip():
            raise CannotEditError("a member of a list does not begin after a dash on the same line")
        return at

    def _field_end(self, node: Grouping, key: str) -> int:
        member = node.members[key]
        if isinstance(member, Scalar) and member.start == member.end:
            return self._text.index(":", node.keys[key].end) + 1
        return self._end(member)

    def _end(self, node: Node) -> int:
        """Just behind the last sign of a value."""
        if isinstance(node, Grouping) and not node.is_flow and node.keys:
            return self._field_end(node, next(reversed(node.keys)))
        if isinstance(node, Listing) and not node.is_flow and node.members:
            if node.members[-1].start == node.members[-1].end:
                raise CannotEditError("an empty member ends a list")
            return self._end(node.members[-1])
        return node.start + len(self._text[node.start : node.end].rstrip("\n")) if isinstance(node, Scalar) and node.is_block else node.end

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        end = len(self._text) if end < 0 else end
        return end - 1 if end > at and self._text[end - 1] == "\r" else end

    def _after_line(self, at: int) -> int:
        return min(self._line_end(at) + len(self._newline), len(self._text))

    def _above_comments(self, start: int, column: int) -> int:
        """The start of the comment lines that stand right above and in the same column, else `start`."""
        while start > 0:
            above = self._line_start(start - 1)
            line = self._text[above:start]
            if not line.startswith(" " * column + "#"):
                break
            start = above
        return start
