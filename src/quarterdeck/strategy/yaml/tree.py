"""What a YAML text holds, as a tree of nodes that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Node:
    """A value in the text: `start` to `end` in characters, `line` from 0, `column` from 0. `is_flow` means written as [..] or {..}."""

    start: int
    end: int
    line: int
    column: int
    is_flow: bool = False


@dataclass(slots=True)
class Scalar(Node):
    """Text, or None for nothing; numbers and dates stay as they were written. `is_block` means written with | or >."""

    text: str | None = None
    is_block: bool = False


@dataclass(slots=True)
class Listing(Node):
    """Members in order."""

    members: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Grouping(Node):
    """Fields in order; `keys` are where their names stand."""

    keys: dict[str, Scalar] = field(default_factory=dict)
    members: dict[str, Node] = field(default_factory=dict)


def to_values(node: Node | None) -> Any:
    """The bare data of a tree: dicts, lists, text and None."""
    if isinstance(node, Grouping):
        return {key: to_values(member) for key, member in node.members.items()}
    if isinstance(node, Listing):
        return [to_values(member) for member in node.members]
    return node.text if isinstance(node, Scalar) else None
