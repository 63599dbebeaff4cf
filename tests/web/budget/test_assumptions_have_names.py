"""What a forecast takes for granted is said in words, wherever it comes from."""

from __future__ import annotations

from typing import get_args

from quarterdeck.plan.quarter_plan import Assumption
from quarterdeck.response.forecasts.assumed import Origin


def test_every_place_that_an_assumption_can_come_from_has_words_on_the_plans_page(empty) -> None:
    from quarterdeck.web.plan.chances_shown import _ORIGINS  # Django is set up by then

    known = set(get_args(Assumption.model_fields["origin"].annotation))
    assert known == set(_ORIGINS)
    assert set(get_args(Origin)) < known
