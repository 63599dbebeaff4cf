"""ReadTest: what every reading of a test comes to, whichever way it was made; and the file that a program reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.told import Told

if TYPE_CHECKING:
    from quarterdeck.response.summary import Summary


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


def write_json(place: Path, facts: object) -> None:
    """The file. Raises Refused when it cannot be written."""
    try:
        place.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise Refused(f"{place} cannot be written: {error.strerror}.", fix="Name a folder that is there.", code="FILE-004") from error
