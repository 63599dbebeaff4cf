"""Every field of every form is explained and has an example, of each kind of business, taken from the example strategies."""

from __future__ import annotations

from datetime import date

import pytest

from quarterdeck.operations.first_strategy.read_examples import see_examples
from quarterdeck.report.strategy.all_words import words_of
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.strategy.field_examples import Lender, examples_of_form, examples_of_step
from quarterdeck.report.strategy.outline import SHEETS, STEPS, part_of
from quarterdeck.report.words import Words
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.kind_of_business import guess_kind
from quarterdeck.strategy.parts.shape import fields_of
from quarterdeck.strategy.parts.values import Part

SEEN = {seen.example.name: seen for seen in see_examples(today=date(2026, 11, 22))}
OBVIOUS = {"name", "title", "kind", "step", "where", "text", "reason", "first_day", "last_day", "first", "last", "on", "at", "value", "evidence"}
"""Fields whose label says all there is to say."""


def lenders(name: str) -> tuple[Lender, list[Lender]]:
    found = {key: Lender(seen.example.kind, Around(seen.strategy, Words.of(seen.strategy))) for key, seen in SEEN.items()}
    return found.pop(name), list(found.values())


def leaves(part: type[Part], prefix: str = "") -> set[str]:
    """Every field of a form that holds a value."""
    found = set()
    for key, shape in fields_of(part).items():
        if shape.part is not None:
            found |= leaves(shape.part, f"{prefix}{key}.")
        elif not prefix or key not in ("id", "note"):
            found.add(prefix + key)
    return found


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize("slug", SHEETS)
def test_every_field_of_every_form_has_an_example_of_every_kind_of_business(slug: str, name: str) -> None:
    sheet = SHEETS[slug][1]
    own, others = lenders(name)
    shown = leaves(part_of(sheet))
    if sheet.fields is not None:
        shown = {key for key in shown if key.split(".")[0] in sheet.fields}
    shown = {key for key in shown if key.split(".")[0] not in sheet.left_out}
    found = {each.key: each.text for each in examples_of_form(sheet, own, others)}
    assert set(found) == shown
    assert all(text.strip() and len(text) <= 220 for text in found.values())


@pytest.mark.parametrize("name", SEEN)
def test_an_example_is_what_the_strategy_of_its_kind_says(name: str) -> None:
    own, others = lenders(name)
    strategy: Strategy = SEEN[name].strategy
    goal = {each.key: each.text for each in examples_of_form(SHEETS["goals"][1], own, others)}
    assert goal["statement"] in [each.statement for each in strategy.goals]
    claim = {each.key: each.text for each in examples_of_form(SHEETS["claims"][1], own, others)}
    assert (claim["text"], claim["proof"]) in [(each.text, each.proof) for each in strategy.proposition.claims]
    assert all(not each.kind for each in examples_of_form(SHEETS["claims"][1], own, others))


def test_nothing_is_shown_as_an_id_that_has_a_name() -> None:
    own, others = lenders("shop")
    campaign = {each.key: each.text for each in examples_of_form(SHEETS["campaigns"][1], own, others)}
    ids = {channel.id for channel in SEEN["shop"].strategy.channels if channel.name}
    assert not ids & set(campaign["channels"].split(", "))
    objective = {each.key: each.text for each in examples_of_form(SHEETS["objectives"][1], own, others)}
    assert objective["owner"] in {person.name for person in SEEN["shop"].strategy.management.people}


def test_what_no_one_of_the_kind_wrote_is_lent_by_another_kind_that_is_named() -> None:
    own, others = lenders("local_trade")
    bare = Lender(own.kind, Around(apply_changes(own.around.strategy, {"ads": None}), own.around.words))
    found = {each.key: each for each in examples_of_form(SHEETS["ads"][1], bare, others)}
    assert found["brand_terms"].kind in {other.kind for other in others}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_has_an_answer_of_every_kind(step) -> None:
    for name in SEEN:
        own, _ = lenders(name)
        assert {each.key for each in examples_of_step(step.sheets, own)} >= {sheet.slug for sheet in step.sheets if sheet.kind == "named"} - {
            "offers"
        }


@pytest.mark.parametrize("name", SEEN)
def test_the_kind_of_each_example_is_guessed_from_what_it_says(name: str) -> None:
    assert guess_kind(SEEN[name].strategy) == name


def test_every_field_says_why_it_matters_unless_its_label_does() -> None:
    def bare(part: type[Part]) -> set[str]:
        found = set()
        for key, shape in fields_of(part).items():
            words = words_of(part, key)
            if not words.hint and key not in OBVIOUS and not words.unit:
                found.add(f"{part.__name__}.{key}")
            found |= bare(shape.part) if shape.part is not None and shape.part.__module__ != Strategy.__module__ else set()
        return found

    plain = set().union(*(bare(part_of(sheet)) for _, sheet in SHEETS.values() if part_of(sheet) is not Strategy))
    sheets = {"items", "budget", "contact_rules", "kpis", "tasks", "teams", "people", "claims", "competitors"}  # forms of their own
    assert {field for field in plain if field.split(".")[1] not in sheets} == set()
