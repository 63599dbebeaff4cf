"""Every reference from one part of the document to another: one table, and what is wrong with the references of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import Loc, place_of, to_plain
from quarterdeck.strategy.parts.task_order import find_cycles
from quarterdeck.strategy.parts.validation import Where
from quarterdeck.strategy.wording.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """`source` holds ids of members of any of the lists in `targets`; [] stands for every member."""

    source: str
    targets: tuple[str, ...]


NAMED_LISTS: tuple[str, ...] = (
    "goals[]",
    "objectives[]",
    "audiences[]",
    "conversions[]",
    "tools[]",
    "channels[]",
    "campaigns[]",
    "offers[]",
    "content.items[]",
    "management.teams[]",
    "management.teams[].people[]",
    "management.tasks[]",
    "opportunities[]",
    "questions[]",
)
"""Every list whose members have ids; the ids of people are unique across teams."""

_SUGGESTIONS = 20
"""Looking for the nearest id is slow in a long list; a document with more broken references than this has another trouble."""

REFERENCES: tuple[ReferenceRule, ...] = (
    ReferenceRule("objectives[].goal", ("goals[]",)),
    ReferenceRule("objectives[].audience", ("audiences[]",)),
    ReferenceRule("audiences[].found_on[]", ("channels[]",)),
    ReferenceRule("conversions[].audience", ("audiences[]",)),
    ReferenceRule("proposition.claims[].used_in[]", ("content.items[]", "campaigns[]", "channels[]", "offers[]")),
    ReferenceRule("channels[].tool", ("tools[]",)),
    ReferenceRule("channels[].goals[]", ("goals[]",)),
    ReferenceRule("channels[].objectives[]", ("objectives[]",)),
    ReferenceRule("channels[].challenges[].task", ("management.tasks[]",)),
    ReferenceRule("campaigns[].objective", ("objectives[]",)),
    ReferenceRule("campaigns[].audiences[]", ("audiences[]",)),
    ReferenceRule("campaigns[].offer", ("offers[]",)),
    ReferenceRule("campaigns[].channels[]", ("channels[]",)),
    ReferenceRule("offers[].excludes[]", ("offers[]",)),
    ReferenceRule("content.items[].campaign", ("campaigns[]",)),
    ReferenceRule("content.items[].audience", ("audiences[]",)),
    ReferenceRule("content.items[].channel", ("channels[]",)),
    ReferenceRule("content.items[].needs[]", ("management.tasks[]",)),
    ReferenceRule("management.tasks[].serves", ("objectives[]", "campaigns[]", "channels[]", "content.items[]")),
    ReferenceRule("management.tasks[].after[]", ("management.tasks[]",)),
    ReferenceRule("management.contact_rules.at_most[].channels[]", ("channels[]",)),
    ReferenceRule("management.kpis[].channel", ("channels[]",)),
    ReferenceRule("management.kpis[].team", ("management.teams[]",)),
    ReferenceRule("management.kpis[].task", ("management.tasks[]",)),
    ReferenceRule("evaluation[].channel", ("channels[]",)),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One id that names another part: where it stands, and where that part should be."""

    loc: Loc
    target: str
    rule: ReferenceRule


def find_references(plain: Any) -> Iterator[Reference]:
    """Every reference in a document's plain data, in the order of the table; what has the wrong form is passed over."""
    for rule in REFERENCES:
        for loc, value in _values_at(plain, rule.source):
            if isinstance(value, str):
                yield Reference(loc, value, rule)


def places_naming(strategy: Strategy, list_place: str, part_id: str) -> tuple[str, ...]:
    """Where the part is referred to, for instance `places_naming(s, "channels", "print")`: what must change before it can go."""
    plain = to_plain(strategy)
    return tuple(
        place_of(found.loc, plain) for found in find_references(plain) if found.target == part_id and f"{list_place}[]" in found.rule.targets
    )


def ids_in(plain: Any, list_place: str) -> dict[str, list[Loc]]:
    """Where each id of the list stands; more than one place is a repeated id."""
    places: dict[str, list[Loc]] = {}
    for loc, value in _values_at(plain, f"{list_place}.id"):
        if isinstance(value, str):
            places.setdefault(value, []).append(loc)
    return places


def reference_problems(plain: Any, where: Where) -> list[Problem]:
    """Repeated ids, references to nothing or to oneself, and tasks that wait for each other. `where` says where a location is."""
    known = {list_place: ids_in(plain, list_place) for list_place in NAMED_LISTS}
    return [*_repeated_ids(known, where), *_dangling(plain, known, where), *_circles(plain, known["management.tasks[]"], where)]


def _values_at(plain: Any, path: str) -> Iterator[tuple[Loc, Any]]:
    """Every value that `path` leads to; `[]` fans out over a list."""
    found: list[tuple[Loc, Any]] = [((), plain)]
    for word in path.split("."):
        name, is_list = word.removesuffix("[]"), word.endswith("[]")
        found = [((*loc, name), value[name]) for loc, value in found if isinstance(value, Mapping) and name in value]
        if is_list:
            found = [((*loc, index), member) for loc, value in found if _is_list(value) for index, member in enumerate(value)]
    yield from found


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _repeated_ids(known: Mapping[str, Mapping[str, list[Loc]]], where: Where) -> Iterator[Problem]:
    for places in known.values():
        for part_id, locs in places.items():
            for loc in locs[1:]:
                yield Problem(
                    "STRATEGY-020",
                    where(loc),
                    f'the id "{part_id}" a second time (first at {where(locs[0])})',
                    "an id that no other member has",
                    "Give one of the two another id, and change what refers to it.",
                )


def _dangling(plain: Any, known: Mapping[str, Mapping[str, list[Loc]]], where: Where) -> Iterator[Problem]:
    suggested = 0
    for reference in find_references(plain):
        targets = reference.rule.targets
        lists = _join([list_place.removesuffix("[]") for list_place in targets])
        if not any(reference.target in known[list_place] for list_place in targets):
            choices = [part_id for list_place in targets for part_id in known[list_place]] if suggested < _SUGGESTIONS else []
            suggested += 1
            fix = did_you_mean(reference.target, choices, otherwise=f"Add it to {lists}, or take the reference out.")
            yield Problem("STRATEGY-021", where(reference.loc), f'"{reference.target}", which does not exist', f"an id from {lists}", fix)
        elif reference.rule.source == "offers[].excludes[]" and plain["offers"][reference.loc[1]].get("id") == reference.target:
            yield Problem("STRATEGY-023", where(reference.loc), f'"{reference.target}" itself', "other offers", "Take its own id out of the list.")


def _circles(plain: Any, tasks: Mapping[str, list[Loc]], where: Where) -> Iterator[Problem]:
    """One problem for each circle of tasks; the place is that of its first task."""
    after: dict[str, list[str]] = {}
    for loc, target in _values_at(plain, "management.tasks[].after[]"):
        own_id = plain["management"]["tasks"][loc[2]].get("id")
        if isinstance(own_id, str) and isinstance(target, str):
            after.setdefault(own_id, []).append(target)
    for circle in find_cycles(after):
        if circle[0] in tasks:
            chain = " waits for ".join([*circle, circle[0]])
            yield Problem(
                "STRATEGY-022",
                where((*tasks[circle[0]][0][:-1], "after")),
                chain,
                "work that can begin somewhere",
                "Take one of these ids out of `after`.",
            )


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
