"""What of an old list or group stays in a new one, and what may be written where it stands: the decisions behind each edit of a text."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from quarterdeck.strategy.yaml.tree import Grouping, Listing, Node, Scalar

Step = tuple[bool, int, int, int, int]
"""Are members kept; from where to where in the old list; from where to where in the new one."""


def something_stays(node: Grouping, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """True for a group on lines of its own that keeps a field; otherwise it is better written anew."""
    return not node.is_flow and any(key in new or key not in old for key in node.members)


def steps_between(node: Listing, old: list[Any], new: list[Any]) -> list[Step]:
    """Runs of members that are kept (in pairs) or exchanged; nothing when the list is written in brackets, or no member is kept."""
    if node.is_flow or len(node.members) != len(old):
        return []
    matcher = SequenceMatcher(None, [_member_key(member) for member in old], [_member_key(member) for member in new], autojunk=False)
    steps = [
        (verb == "equal" or (verb == "replace" and i_end - i == j_end - j and not _has_id(old[i])), i, i_end, j, j_end)
        for verb, i, i_end, j, j_end in matcher.get_opcodes()
    ]
    return steps if any(is_kept for is_kept, *_ in steps) else []


def is_one_line(value: Any) -> bool:
    """Whether it is a single value without a line end."""
    return not isinstance(value, dict | list) and "\n" not in str(value)


def can_stand_in_line(member: Node, new: Any) -> bool:
    """Whether the new value may be written just where the old one stands."""
    if isinstance(member, Scalar):
        return not member.is_block and member.start < member.end and is_one_line(new)
    return member.is_flow


def _has_id(member: Any) -> bool:
    return isinstance(member, dict) and "id" in member


def _member_key(member: Any) -> str:
    return f"id {member['id']}" if _has_id(member) else repr(member)
