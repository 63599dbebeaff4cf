"""Every code that a message can carry is explained."""

from __future__ import annotations

import re
from pathlib import Path

from quarterdeck.strategy import codes
from quarterdeck.strategy.checks.all_checks import CHECKS


def test_every_code_in_the_room_is_explained_once():
    room = Path(codes.__file__).parent
    used = {code for file in room.rglob("*.py") if file.name != "codes.py" for code in re.findall(r"STRATEGY-\d{3}", file.read_text())}
    explained = [*codes.DOCUMENT_CODES, *(check.code for check in CHECKS)]
    assert sorted(explained) == sorted(used)
