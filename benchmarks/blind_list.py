"""The lists of faults that were written before any check was read, and how each is planted in an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from quarterdeck.strategy.document import Strategy

LISTS = {
    "blind": ("aims", "words", "means", "dates", "work", "judging"),
    "third": ("shop_owner", "agency", "committee", "founder", "volunteer"),
}
"""The files of each list, in order: the second by theme, the third by who makes such mistakes."""
_OUT = "(out)"
_STEP = re.compile(r"([a-z_]+)|\[([^\]]*)\]|(\+)")


@dataclass(frozen=True)
class Planting:
    """One change to one example. `at` are the places at which a finding is a finding about it; a sound change has none."""

    name: str
    example: str
    put: Mapping[str, Any]
    at: tuple[str, ...] = ()
    kind: str = "sound"
    wrong: str = ""
    says: str = ""

    def planted(self) -> Strategy:
        """The example with this change. Raises pydantic's error when the schema itself refuses it."""
        document = deepcopy(_example(self.example))
        for place, value in self.put.items():
            _put(document, place, value)
        return Strategy.model_validate(document)


def folder_of(list_name: str) -> Path:
    """Where the data of a list, and what was judged of it, are kept."""
    return Path(__file__).parent / f"{list_name}_faults"


def faults(list_name: str = "blind") -> Iterator[Planting]:
    """Every planting, in the order of the list; one fault may be planted in several examples."""
    for theme in LISTS[list_name]:
        for fault in _read(folder_of(list_name) / f"{theme}.yaml"):
            for plant in fault["plants"]:
                yield Planting(fault["id"], plant["in"], plant["put"], tuple(plant["at"]), fault["kind"], fault["wrong"], fault["says"])


def sound_changes(list_name: str = "blind") -> Iterator[Planting]:
    """Unusual changes that are right; whatever is found after one and was not there before is a false alarm."""
    for sound in _read(folder_of(list_name) / "sound.yaml"):
        yield Planting(sound["id"], sound["in"], sound["put"], says=sound["why"])


def example(name: str) -> Strategy:
    """The example as it is published."""
    return Strategy.model_validate(_example(name))


def _example(name: str) -> Any:
    return _read(Path(str(resources.files("quarterdeck.samples.examples") / f"{name}.yaml")))


@cache
def _read(path: Path) -> Any:
    """Read once; whoever changes it takes a copy."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _put(document: Any, place: str, value: Any) -> None:
    """Set, append (`+`) or take out the value at a place; `[*]` is every member."""
    first, _, rest = place.partition("[*]")
    if rest:
        for member in range(len(_walk(document, _steps(first)))):
            _put(document, f"{first}[#{member}]{rest}", value)
        return
    *way, last = _steps(place)
    holder = _walk(document, way)
    if last == "+":
        holder.append(value)
        return
    key = _key(holder, last)
    if value == _OUT:
        if isinstance(holder, list):
            del holder[key]
        else:
            holder.pop(key, None)
    else:
        holder[key] = deepcopy(value)


def _steps(place: str) -> list[str]:
    return [word or member or plus for word, member, plus in _STEP.findall(place)]


def _walk(value: Any, steps: list[str]) -> Any:
    for step in steps:
        value = value.setdefault(step, {}) if isinstance(value, dict) else value[_key(value, step)]
    return value


def _key(holder: Any, step: str) -> Any:
    """A name in a mapping; in a list the position of the member of that id, or the position itself."""
    if isinstance(holder, dict):
        return step
    if step.startswith("#"):
        return int(step[1:])
    named = next((at for at, each in enumerate(holder) if isinstance(each, dict) and each.get("id") == step), None)
    return int(step) if named is None else named
