"""The strategy that a newcomer starts from is valid, raises no error, and can be planned."""

from __future__ import annotations

from importlib import resources

from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy

TEXT = resources.files("quarterdeck").joinpath("samples", "template", "strategy.yaml").read_text(encoding="utf-8")


def test_the_first_strategy_is_valid_and_raises_no_error():
    strategy = parse_strategy(TEXT)

    assert [problem for problem in check_strategy(strategy) if problem.severity == "error"] == []
    assert render_strategy(strategy, previous_text=TEXT) == TEXT


def test_every_step_is_lived_once():
    strategy = parse_strategy(TEXT)

    assert strategy.goals and strategy.objectives and strategy.audiences and strategy.conversions
    assert strategy.proposition.claims and strategy.tools and strategy.paid_channels and strategy.campaigns
    assert strategy.content.items and strategy.management.tasks and strategy.evaluation and strategy.questions
