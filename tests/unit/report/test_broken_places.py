"""A place that somebody wrote by hand is looked up without harm, whatever it is."""

from __future__ import annotations

import pytest

from quarterdeck.report.strategy.outline import sheet_at
from quarterdeck.strategy.interview.people import read_person


@pytest.mark.parametrize("place", ["goals[x", "goals[", "management.teams[a].people[b", "]", "[[[", "channels[]]", "", "nothing.there"])
def test_a_place_with_a_bracket_too_few_belongs_to_some_sheet(place: str) -> None:
    step, sheet, _, _ = sheet_at(place)

    assert sheet in step.sheets


def test_a_line_that_is_far_too_long_names_nobody_with_hours() -> None:
    assert read_person("- " * 100_000 + "6").hours is None
    assert read_person("Ann 6").hours == 6
