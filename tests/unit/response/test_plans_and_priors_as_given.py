"""Plans and beliefs as a person's file gives them: everything that is no amount is a problem, whatever it is."""

from __future__ import annotations

import pytest

from quarterdeck.response.forecasts.plans_ahead import read_plans
from quarterdeck.response.priors.priors_file import parse_priors

NO_AMOUNTS = [-1, 1e31, 10**400, float("nan"), float("inf"), True, "7", None, [1]]
IDS = ["below_0", "too_large", "beyond_floats", "nan", "inf", "yes", "text", "nothing", "list"]


@pytest.mark.parametrize("value", NO_AMOUNTS, ids=IDS)
def test_what_is_no_amount_of_a_plan_is_a_problem(value):
    _, problems = read_plans([{"spend": {"tv": [1, value]}}], ("tv",), 2, where="plans.json")
    assert [problem.code for problem in problems] == ["RESPONSE-053"]
    assert "week 2" in problems[0].where
    assert len(problems[0].found) < 50


@pytest.mark.parametrize("value", NO_AMOUNTS[1:], ids=IDS[1:])
def test_what_is_no_number_of_a_belief_is_a_problem(value):
    for key in ("mean", "sd"):
        priors, problems = parse_priors({"tv": {"mean": 1.0, "sd": 0.5} | {key: value}}, ("tv",), where="priors.json")
        assert not priors
        assert [problem.code for problem in problems] == ["RESPONSE-057"]
