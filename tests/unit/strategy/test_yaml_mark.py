"""The line on top of a strategy that is taken out as text: it comes off again letter by letter, and tells from which revision the text is."""

from __future__ import annotations

import pytest
from generated_strategies import strategies
from harbour_strategy import HARBOUR_TEXT, harbour
from hypothesis import given, settings

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.mark import comments_of, mark_text, unmark_text
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy

HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "text",
    [
        HARBOUR_TEXT,
        HARBOUR_TEXT.rstrip("\n"),
        f"\n\n{HARBOUR_TEXT}",
        f"---\n{HARBOUR_TEXT}",
        f"# yaml-language-server: $schema=strategy.schema.json\n{HARBOUR_TEXT}...\n",
        f"{HARBOUR_TEXT}note: |+\n  The end\n\n\n",
    ],
    ids=["with_comments", "without_last_break", "blank_first", "with_a_beginning", "with_a_schema_and_an_end", "with_kept_breaks"],
)
def test_a_text_is_the_same_letter_by_letter_after_its_mark_is_taken_off(text: str) -> None:
    marked = mark_text(text, 7, HASH)

    assert unmark_text(marked) == (text, HASH)
    assert parse_strategy(marked) == parse_strategy(text)


@settings(deadline=None, max_examples=15)
@given(strategies())
def test_every_strategy_says_the_same_with_its_mark(strategy: Strategy) -> None:
    text = render_strategy(strategy)

    assert unmark_text(mark_text(text, 1, HASH)) == (text, HASH)
    assert parse_strategy(mark_text(text, 1, HASH)) == strategy


def test_lines_of_problems_are_those_of_the_file_with_its_mark() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_strategy(mark_text("company:\n  name: X\n  curency: GBP\n", 1, HASH), name="mine.yaml")

    assert any(problem.where.startswith("mine.yaml line 4") for problem in refused.value.problems)


def test_a_mark_is_found_below_what_a_person_wrote_above_it_and_json_has_none() -> None:
    assert unmark_text(f"# Our year\n{mark_text(HARBOUR_TEXT, 3, HASH)}") == (f"# Our year\n{HARBOUR_TEXT}", HASH)
    assert mark_text('{"company": {}}', 3, HASH) == '{"company": {}}'
    assert unmark_text(HARBOUR_TEXT) == (HARBOUR_TEXT, "")


def test_comments_are_told_without_the_mark() -> None:
    found = comments_of(mark_text(HARBOUR_TEXT, 3, HASH))

    assert found == comments_of(HARBOUR_TEXT)
    assert "# was 4,800" in found
    assert harbour().objectives
