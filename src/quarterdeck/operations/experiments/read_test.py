"""ReadTest: what every reading of a test comes to, whichever way it was made; and the file that a program reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.lake.durable import write_whole
from quarterdeck.operations.response.check_places import check_places
from quarterdeck.operations.told import Told

if TYPE_CHECKING:
    from quarterdeck.response.curves.summary import Summary


@dataclass(frozen=True)
class Named:
    """What the test is called and what it is evidence on."""

    name: str
    channel: str
    metric: str


@dataclass(frozen=True)
class ReadTest:
    """What a test found. `returns`: units of the metric for each unit of money, None without money; `cost`: money added, below 0 saved."""

    told: Told
    returns: Summary | None
    cost: float
    first_day: date
    last_day: date
    method: str


def check_json_file(json_file: Path | None, *read: Path | None) -> None:
    """Raises InvalidInput when the JSON cannot stand where it is wanted, or would take the place of a file that is `read`."""
    if problems := check_places(read, (("--json", json_file),)):
        raise InvalidInput(problems, state="Nothing was read.")


def write_json(place: Path, facts: object) -> None:
    """The file, whole."""
    write_whole(place, (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode())
