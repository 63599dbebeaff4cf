"""Days of the strategy lie where one can count on from them."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from quarterdeck.strategy.parts.values import Day

DAYS = TypeAdapter(Day)


@pytest.mark.parametrize("text", ["1900-01-01", "2027-02-28", "2199-12-31"])
def test_a_day_of_these_centuries_is_taken(text):
    assert DAYS.validate_python(text) == date.fromisoformat(text)


@pytest.mark.parametrize("text", ["9999-12-31", "2200-01-01", "1899-12-31", "0001-01-01"])
def test_a_year_that_nobody_means_is_asked_about(text):
    with pytest.raises(ValidationError, match="1900 to 2199"):
        DAYS.validate_python(text)
