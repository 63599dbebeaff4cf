"""Where a place of the strategy stands in its text: `objectives[x].target` on line 14."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.strategy.yaml.nodes import read_nodes
from quarterdeck.strategy.yaml.tree import Grouping, Listing, Node, Scalar

_WORD = re.compile(r"([a-z_]+)((?:\[[^\]]*\])*)")
_MEMBER = re.compile(r"\[([^\]]*)\]")


class Lines:
    """The lines of one text. Nothing is found in a text that is not YAML."""

    def __init__(self, text: str) -> None:
        self._root = read_nodes(text, name="strategy").root

    def of(self, place: str) -> int | None:
        """The line, from 1, of a place as the checks name it; of the nearest part around it where the place itself is not written."""
        if self._root is None:
            return None
        node, line = self._root, self._root.line
        for step in _steps(place):
            found = _step_into(node, step)
            if found is None:
                break
            node, line = found
        return line + 1


def _steps(place: str) -> Iterator[str]:
    """`management`, `teams`, `[ann]`: the words of a place, a member in brackets. People are looked for in every team."""
    for found in _WORD.finditer(place):
        yield found.group(1)
        yield from (f"[{member}]" for member in _MEMBER.findall(found.group(2)))


def _step_into(node: Node, step: str) -> tuple[Node, int] | None:
    """The node that a step leads to, and the line on which it begins."""
    if step.startswith("["):
        member = _member(node, step[1:-1]) if isinstance(node, Listing) else None
        return None if member is None else (member, member.line)
    if not isinstance(node, Grouping):
        return None
    if step in node.members:
        return node.members[step], node.keys[step].line
    if step == "people" and "teams" in node.members:
        people = _people(node.members["teams"])
        return people, node.keys["teams"].line
    return None


def _member(listing: Listing, name: str) -> Node | None:
    """The member of that id, or at that position counted from 0."""
    for member in listing.members:
        if isinstance(member, Grouping) and _id_of(member) == name:
            return member
    return listing.members[int(name)] if name.isdecimal() and len(name) < 7 and int(name) < len(listing.members) else None


def _id_of(member: Grouping) -> str | None:
    found = member.members.get("id")
    return found.text if isinstance(found, Scalar) else None


def _people(teams: Node) -> Listing:
    """The people of all teams, as if they were one list."""
    members = teams.members if isinstance(teams, Listing) else []
    lists = [team.members.get("people") for team in members if isinstance(team, Grouping)]
    found = [person for people in lists if isinstance(people, Listing) for person in people.members]
    return Listing(teams.start, teams.end, teams.line, teams.column, members=found)
