"""The sample companies as their files say, for the tests of this folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import holidays
from ruamel.yaml import YAML

import quarterdeck
from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.document import Strategy

SAMPLES = Path(quarterdeck.__file__).parent / "samples"
QUARTERS = {"harbour": Quarter(date(2027, 1, 4)), "small_shop": Quarter(date(2027, 1, 4)), "retailer": Quarter(date(2026, 5, 4))}
NAMES = tuple(QUARTERS)
_ENGLAND, _AMERICA = holidays.country_holidays("GB", subdiv="ENG", years=2027), holidays.country_holidays("US", years=2026)
PUBLIC_HOLIDAYS = {"harbour": frozenset(_ENGLAND), "small_shop": frozenset(_ENGLAND), "retailer": frozenset(_AMERICA)}


def read_plain(name: str, file: str = "strategy.yaml") -> Any:
    """What a YAML file of that sample holds."""
    return YAML(typ="safe").load((SAMPLES / name / file).read_text(encoding="utf-8"))


STRATEGIES = {name: Strategy.model_validate(read_plain(name)) for name in NAMES}
PLANTED = read_plain("harbour", "planted.yaml")
