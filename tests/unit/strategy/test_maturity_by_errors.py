"""The maturity that is kept with a revision: worked out of errors alone, and the same as that of all checks."""

from __future__ import annotations

import pytest
from generated_strategies import strategies
from hypothesis import HealthCheck, given, settings
from planted import trial
from planted.soil import Barren, Soil
from pydantic import ValidationError

from quarterdeck.kernel.identity import render_canonical
from quarterdeck.strategy.checks.all_checks import check_strategy, errors_of
from quarterdeck.strategy.checks.maturity import maturity_of_document, step_maturity
from quarterdeck.strategy.document import Strategy


def _agree(strategy: Strategy) -> None:
    every = check_strategy(strategy)
    assert sorted(errors_of(strategy), key=repr) == sorted((each for each in every if each.severity == "error"), key=repr)
    assert maturity_of_document(strategy) == step_maturity(strategy, every)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies())
def test_errors_alone_give_the_figures_of_all_checks_for_any_strategy(strategy: Strategy):
    _agree(strategy)


@pytest.mark.parametrize("base", trial.bases(), ids=lambda base: base.name)
def test_errors_alone_give_the_figures_of_all_checks_for_whole_strategies(base: trial.Base):
    _agree(base.strategy)


@pytest.mark.parametrize("base", trial.bases(), ids=lambda base: base.name)
def test_a_document_that_is_json_already_is_rendered_to_the_same_bytes(base: trial.Base):
    document = base.strategy.model_dump(mode="json")
    assert render_canonical(document, is_json=True) == render_canonical(document)


def test_errors_alone_give_the_figures_of_all_checks_where_faults_are_planted():
    tried = [strategy for fault in sorted(trial.plants())[::8] if (strategy := _planted(fault, trial.bases()[0])) is not None]
    assert len(tried) > 10
    for strategy in tried:
        _agree(strategy)


def _planted(fault: str, base: trial.Base) -> Strategy | None:
    soil = Soil(base.strategy, base.quarter)
    try:
        trial.plants()[fault](soil)
        return Strategy.model_validate(soil.doc)
    except (Barren, ValidationError):
        return None
