"""References between parts: the table is complete, and circles are found."""

from __future__ import annotations

from collections.abc import Iterator

from harbour_strategy import harbour
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import NAMED_LISTS, REFERENCES, places_naming
from quarterdeck.strategy.parts.shape import fields_of
from quarterdeck.strategy.parts.task_order import find_cycles
from quarterdeck.strategy.parts.values import ID_PATTERN, Part

NOT_REFERENCES = {"management.tasks[].skills[]", "management.teams[].people[].skills[]"}  # skills are words, matched by the work plan


def id_fields(part: type[Part], place: str = "") -> Iterator[str]:
    """Every field of the document that holds ids, from the types alone."""
    for key, shape in fields_of(part).items():
        here = f"{place}.{key}" if place else key
        here += "[]" if shape.is_list else ""
        if shape.part is not None:
            yield from id_fields(shape.part, here)
        elif key != "id" and ID_PATTERN in str(shape.info.annotation) + str(shape.info.metadata):
            yield here


def named_lists(part: type[Part], place: str = "") -> Iterator[str]:
    for key, shape in fields_of(part).items():
        here = (f"{place}.{key}" if place else key) + ("[]" if shape.is_list else "")
        if shape.kind == "named":
            yield here
        if shape.part is not None:
            yield from named_lists(shape.part, here)


def test_every_field_that_holds_ids_stands_in_the_table():
    assert set(id_fields(Strategy)) - NOT_REFERENCES == {rule.source for rule in REFERENCES}


def test_every_list_with_ids_stands_in_the_table():
    assert set(named_lists(Strategy)) == set(NAMED_LISTS)
    assert {target for rule in REFERENCES for target in rule.targets} <= set(NAMED_LISTS)


def test_what_refers_to_a_part_is_told_before_it_goes():
    assert places_naming(harbour(), "management.tasks", "mend-tracking") == (
        "channels[search].challenges[0].task",
        "management.tasks[write-letter].after[0]",
    )
    assert places_naming(harbour(), "questions", "phone-orders") == ()


def test_circles_are_found_one_by_one():
    after = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": ["e"], "f": ["gone"]}
    assert find_cycles(after) == [["a", "b", "c"], ["e"]]


@given(st.dictionaries(st.integers(0, 9).map(str), st.lists(st.integers(0, 9).map(str), max_size=4)))
def test_breaking_the_circles_that_were_found_leaves_work_that_can_begin(after: dict[str, list[str]]):
    cycles = find_cycles(after)
    for cycle in cycles:
        assert all(following in after[task] for task, following in zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    inside = {task for cycle in cycles for task in cycle}
    assert find_cycles({task: befores for task, befores in after.items() if task not in inside}) == []
