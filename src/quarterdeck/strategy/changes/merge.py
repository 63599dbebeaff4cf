"""Two strategies made from one, put together: what each side changed stands, and where both changed the same value both are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from quarterdeck.strategy.changes.diff import Change, diff_strategies
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import to_json
from quarterdeck.strategy.parts.value_at import value_at
from quarterdeck.strategy.parts.values import NamedPart, Part
from quarterdeck.strategy.wording.wording import name_of

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A place that both sides changed, each in its own way: one of the two must stand there. `place` is the widest that either touched."""

    place: str
    mine: tuple[Change, ...]
    theirs: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """What `mine` and `theirs` changed of the strategy that both were made from, and the places where both cannot stand."""

    mine: Strategy
    theirs: Strategy
    wanted: tuple[Change, ...]
    """What mine changed."""
    meanwhile: tuple[Change, ...]
    """What theirs changed."""
    crossings: tuple[Crossing, ...]
    joined: tuple[tuple[str, Any], ...]
    """Lists that both changed, each in other members, with all of these."""

    def on_top(self, choose: Callable[[Crossing], Side]) -> Strategy:
        """Theirs with mine on top; `choose` says whose words stand where both changed the same. Raises InvalidInput when the two cannot stand together."""
        settled = [crossing.place for crossing in self.crossings] + [place for place, _ in self.joined]
        changes = {each.place: each.after for each in self.wanted if not any(touches(each.place, place) for place in settled)}
        agreed = {(each.place, _hashable(each.after)) for each in self.meanwhile}
        changes = {place: after for place, after in changes.items() if (place, _hashable(after)) not in agreed}
        changes |= dict(self.joined)
        changes |= {crossing.place: to_json(value_at(self.mine, crossing.place)) for crossing in self.crossings if choose(crossing) == "mine"}
        return apply_changes(self.theirs, changes)


def merge_strategies(base: Strategy, mine: Strategy, theirs: Strategy) -> Merge:
    """Both against the strategy that they were made from. The order of members is theirs; lists that both changed are joined member by member."""
    wanted, meanwhile = diff_strategies(base, mine), diff_strategies(base, theirs)
    crossings, joined = [], []
    for crossing in _find_crossings(wanted, meanwhile):
        members = [value_at(each, crossing.place) for each in (base, mine, theirs)]
        together = _join(*members) if all(isinstance(each, tuple) for each in members) else None
        if together is None:
            crossings.append(crossing)
        else:
            joined.append((crossing.place, to_json(together)))
    return Merge(mine, theirs, wanted, meanwhile, tuple(crossings), tuple(joined))


def touches(one: str, other: str) -> bool:
    """Whether the two are one place, or one is a part of the other."""
    short, long = sorted((one, other), key=len)
    return long == short or (long.startswith(short) and long[len(short)] in ".[")


def _find_crossings(wanted: Sequence[Change], meanwhile: Sequence[Change]) -> list[Crossing]:
    """Places that both changed without saying the same, each once, in the order in which mine names them."""
    widest = dict.fromkeys(
        min(mine.place, other.place, key=len)
        for mine in wanted
        for other in meanwhile
        if touches(mine.place, other.place) and (mine.place, mine.after) != (other.place, other.after)
    )
    return [
        Crossing(
            place,
            tuple(each for each in wanted if touches(each.place, place)),
            tuple(each for each in meanwhile if touches(each.place, place)),
        )
        for place in widest
    ]


def _join(base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Their list without what mine took out and with what mine changed and added; None where both changed the same member, or members look alike."""
    sides = [_by_name(each) for each in (base, mine, theirs)]
    if any(side is None for side in sides):
        return None
    before, ours, others = (side or {} for side in sides)
    changed = {name for name in {*before, *ours} if before.get(name) != ours.get(name)}
    if any(before.get(name) != others.get(name) != ours.get(name) for name in changed):
        return None
    kept = [ours.get(name) if name in changed else member for name, member in others.items()]
    return tuple(member for member in [*kept, *(ours[name] for name in ours if name in changed and name not in others)] if member is not None)


def _by_name(members: Sequence[Any]) -> dict[Any, Any] | None:
    """Members by what each is called; None where that does not tell them apart."""
    named = {_name(member): member for member in members}
    return named if len(named) == len(members) else None


def _name(member: Any) -> Any:
    if isinstance(member, NamedPart):
        return member.id
    return name_of(member) if isinstance(member, Part) else member


def _hashable(value: Any) -> str:
    return repr(value)
