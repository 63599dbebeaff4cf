"""A figure of the facts that its owner knows better: it stands in the draft as theirs, and what was counted stays told beside it."""

from __future__ import annotations

from decimal import Decimal

from counted_facts import channel, company, metric, rich

from quarterdeck.strategy.from_facts.corrections import MARGIN, VALUE, correct, correctable
from quarterdeck.strategy.from_facts.draft import draft_strategy, is_short
from quarterdeck.strategy.from_facts.findings import find_in
from quarterdeck.strategy.from_facts.proposals import Choices

BAKERY = find_in(company(metrics=(metric("orders", [10] * 60),), channels=(channel("search", [70] * 60),)))


def test_a_corrected_figure_stands_in_the_draft_as_yours_with_what_was_counted() -> None:
    figures = {"metric-orders": Decimal(150), "channel-search": Decimal(1200)}
    drafted = draft_strategy(BAKERY, Choices(figures=figures, targets={"orders": Decimal(160)}))

    objective, search = drafted.strategy.objectives[0], drafted.strategy.channels[0]
    assert (objective.baseline, search.spend and search.spend.cap) == (150, 1200)
    assert "the facts say 130" in (objective.note or "") and "the facts say £910" in (search.note or "")
    assert {drafted.origins[place].how for place in ("channels[search].spend.cap", "objectives[orders].baseline")} == {"you"}


def test_a_target_is_held_against_the_corrected_figure() -> None:
    assert not is_short(BAKERY, "orders", Decimal(140))
    assert is_short(correct(BAKERY, {"metric-orders": Decimal(150)}), "orders", Decimal(140))


def test_a_figure_that_no_facts_hold_can_be_given() -> None:
    young = find_in(company(metrics=(metric("orders", [10] * 5),)))
    objective = draft_strategy(young, Choices(figures={"metric-orders": Decimal(90)}, targets={"orders": Decimal(100)})).strategy.objectives[0]

    assert objective.baseline == 90 and "the facts say none" in (objective.note or "")


def test_what_a_conversion_is_worth_is_corrected_by_itself_and_every_figure_has_a_key_of_its_own() -> None:
    found = find_in(rich())
    event = found.conversions[0]
    corrected = correct(found, {f"{event.key}{MARGIN}": Decimal(7)}).conversions[0].part

    assert (corrected.margin, corrected.value) == (7, event.part.value)
    keys = [each.key for each in correctable(found)]
    assert len(keys) == len(set(keys)) and f"{event.key}{VALUE}" in keys


def test_without_corrections_the_findings_are_as_they_were() -> None:
    assert correct(BAKERY, {}) is BAKERY
    assert correct(BAKERY, {"metric-nothing": Decimal(1)}) == BAKERY
