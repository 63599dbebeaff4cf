"""YAML text as a tree of nodes that know where they stand; plain data alone, and bounded, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.yaml.complaints import problem_at, syntax_problem
from quarterdeck.strategy.yaml.tree import Grouping, Listing, Node, Scalar

MAX_BYTES = 1_000_000
MAX_NODES = 60_000
"""After repeated parts (aliases) are written out; a strategy with 1,500 tasks has about 30,000."""
MAX_DEPTH = 30
NO_WORD = ("", "~", "null", "Null", "NULL")
"""Nothing, as YAML writes it."""


@dataclass(slots=True)
class Reading:
    """What came out of a text: the top node (None when there is none) and everything wrong with the writing of it."""

    root: Node | None
    problems: list[Problem]
    has_aliases: bool


def read_nodes(text: str, *, name: str) -> Reading:
    """The tree of `text`. Syntax errors, tags, repeated keys and what exceeds the limits become problems, all that can be seen at once."""
    size = len(text.encode(errors="replace"))
    if size > MAX_BYTES:
        return Reading(
            None,
            [
                problem_at(
                    "STRATEGY-002",
                    name,
                    None,
                    f"{size:,} bytes",
                    f"at most {MAX_BYTES:,} bytes",
                    "Keep long texts and pictures elsewhere and link to them.",
                )
            ],
            False,
        )
    reader = _Reader(text, name)
    try:
        root = reader.read_document()
    except _TooMuchError as limit:
        root = None
        reader.problems.append(limit.problem)
    except (YAMLError, OverflowError, ValueError) as error:  # the last two for characters that do not exist, such as \UFFFFFFFF
        root = None
        reader.problems.append(syntax_problem(error, text, name))
    return Reading(root, reader.problems, reader.has_aliases)


def read_piece(text: str, *, depth: int) -> tuple[Reading, int]:
    """The tree of some lines of a text that stand at `depth` in it, and how many values they hold. `read_nodes` says what is wrong better."""
    reader, root = _Reader(text, ""), None
    try:
        root = reader.read_document(depth=depth)
    except (_TooMuchError, YAMLError, OverflowError, ValueError):
        reader.problems.append(problem_at("STRATEGY-001", "", None, "lines that cannot be read alone", "YAML", ""))
    return Reading(root, reader.problems, reader.has_aliases), reader.count


class _TooMuchError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


class _Reader:
    """Walks the events of one text; the stack of open collections is Python's own, bounded by MAX_DEPTH."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.has_aliases = False
        self._events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
        self._anchored: dict[str, tuple[Node, int]] = {}
        self._nodes = 0

    @property
    def count(self) -> int:
        """Values read so far."""
        return self._nodes

    def read_document(self, *, depth: int = 0) -> Node | None:
        root, documents = None, 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 1:
                    root = self._read(next(self._events), depth=depth)
                else:
                    self._complain("STRATEGY-003", event, "a second document after ---", "one document", "Keep one strategy in a file.")
                    break
        return root

    def _read(self, event: Event, *, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _TooMuchError(
                problem_at(
                    "STRATEGY-002",
                    self.name,
                    event,
                    f"lists within lists deeper than {MAX_DEPTH}",
                    "a strategy",
                    "Compare the indentation with the example.",
                )
            )
        if isinstance(event, AliasEvent):
            return self._read_alias(event)
        before = self._nodes
        self._count(event, 1)
        self._refuse_tag(event)
        if isinstance(event, MappingStartEvent):
            node: Node = self._read_grouping(event, depth)
        elif isinstance(event, SequenceStartEvent):
            node = self._read_listing(event, depth)
        else:
            node = _scalar(event)
        if isinstance(event, NodeEvent) and event.anchor is not None:
            self._anchored[event.anchor] = (node, self._nodes - before)
        return node

    def _read_alias(self, event: AliasEvent) -> Node:
        self.has_aliases = True
        known = self._anchored.get(event.anchor)
        if known is None:
            self._complain(
                "STRATEGY-003",
                event,
                f"*{event.anchor}, which names nothing written before it",
                "a value",
                "Write the value itself; text that begins with * needs quotes.",
            )
            return _scalar_at(event, None)
        self._count(event, known[1])
        return known[0]

    def _read_listing(self, start: SequenceStartEvent, depth: int) -> Listing:
        node = Listing(*_span(start), is_flow=bool(start.flow_style))
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                node.end = event.end_mark.index
                break
            node.members.append(self._read(event, depth=depth + 1))
        return node

    def _read_grouping(self, start: MappingStartEvent, depth: int) -> Grouping:
        node = Grouping(*_span(start), is_flow=bool(start.flow_style))
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                node.end = event.end_mark.index
                break
            key = self._read(event, depth=depth + 1)
            member = self._read(next(self._events), depth=depth + 1)
            self._add_field(node, key, member, event)
        return node

    def _add_field(self, node: Grouping, key: Node, member: Node, event: Event) -> None:
        if not isinstance(key, Scalar) or key.text is None:
            self._complain("STRATEGY-003", event, "a field whose name is not a word", "a field name such as goals", "Write a name before the colon.")
        elif key.text in node.members:
            self._complain(
                "STRATEGY-004",
                event,
                f"`{key.text}` a second time (first on line {node.keys[key.text].line + 1})",
                "each field once",
                "Keep one of the two, or join them.",
            )
        else:
            node.keys[key.text], node.members[key.text] = key, member

    def _refuse_tag(self, event: Event) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) != "!":
            self._complain(
                "STRATEGY-003", event, f"the tag {tag}", "plain values without tags", "Delete the tag; text that begins with ! needs quotes."
            )

    def _count(self, event: Event, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise _TooMuchError(
                problem_at(
                    "STRATEGY-002",
                    self.name,
                    event,
                    f"more than {MAX_NODES:,} values when repeated parts are written out",
                    "a strategy",
                    "Write the values themselves in place of & and *.",
                )
            )

    def _complain(self, code: str, event: Event, found: str, expected: str, fix: str) -> None:  # the words of one sentence
        self.problems.append(problem_at(code, self.name, event, found, expected, fix))


def _span(event: Event) -> tuple[int, int, int, int]:
    return event.start_mark.index, event.end_mark.index, event.start_mark.line, event.start_mark.column


def _scalar(event: Event) -> Scalar:
    assert isinstance(event, ScalarEvent)
    is_plain = event.style is None or event.style == ""
    text = None if is_plain and event.value in NO_WORD else str(event.value)
    return Scalar(*_span(event), text=text, is_block=event.style in ("|", ">"))


def _scalar_at(event: Event, text: str | None) -> Scalar:
    return Scalar(*_span(event), text=text)
