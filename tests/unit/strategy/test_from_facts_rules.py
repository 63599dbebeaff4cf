"""The rules of the draft from facts as the documentation tells them."""

from __future__ import annotations

from pathlib import Path

from quarterdeck.report.strategy.choices import CHOICES
from quarterdeck.strategy.from_facts.channel_kinds import KIND_TABLE

RULES = Path(__file__).parents[3] / "docs" / "explanation" / "draft-from-facts.md"


def test_every_line_of_the_table_of_kinds_is_documented_in_its_order() -> None:
    names = CHOICES["Channel.kind"]
    rows = [f"| {', '.join(line.words)} | {names[line.paid]} | {names[line.unpaid]} |" for line in KIND_TABLE]
    assert "\n".join(rows) in RULES.read_text(encoding="utf-8")
