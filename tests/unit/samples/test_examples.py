"""The examples that one may start from: sound in every check, each of its own kind, and nothing in two of them alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import resources

import pytest

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.checks.maturity import missing_from
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.text import parse_strategy, render_strategy

NAMES = ("shop", "b2b_service", "saas", "local_trade", "non_profit")
QUARTER = Quarter(date(2027, 1, 4))
each_example = pytest.mark.parametrize("name", NAMES)


@cache
def text_of(name: str) -> str:
    return resources.files("quarterdeck").joinpath("samples", "examples", f"{name}.yaml").read_text(encoding="utf-8")


@cache
def strategy_of(name: str) -> Strategy:
    return parse_strategy(text_of(name), name=f"{name}.yaml")


@each_example
def test_on_the_first_day_of_its_quarter_nothing_is_found_but_that_there_is_no_evidence_yet(name: str) -> None:
    found = check_strategy(strategy_of(name), as_of=QUARTER.first_day, quarter=QUARTER)

    assert [str(problem) for problem in found if problem.code != "STRATEGY-114"] == []
    assert {problem.found for problem in found} == {"no evidence yet"}


@each_example
def test_every_step_is_complete_and_explained(name: str) -> None:
    strategy = strategy_of(name)

    assert [missing_from(strategy, step) for step in (1, 2, 3, 4, 5, 6, 7, 8)] == [()] * 8
    assert [f"# Step {step}. " in text_of(name) for step in range(1, 9)] == [True] * 8
    assert render_strategy(strategy, previous_text=text_of(name)) == text_of(name)


@each_example
def test_needs_are_answered_channels_have_something_to_say_and_whatever_costs_money_has_a_rule(name: str) -> None:
    strategy = strategy_of(name)
    judged = {rule.channel for rule in strategy.evaluation if rule.threshold is not None}

    assert {need for audience in strategy.audiences for need in audience.needs} == {claim.answers for claim in strategy.proposition.claims}
    assert {channel.id for channel in strategy.channels} == {item.channel for item in strategy.content.items}
    assert {channel.id for channel in strategy.paid_channels} <= judged
    assert {objective.id for objective in strategy.objectives} <= {task.serves for task in strategy.management.tasks}
    assert {item.language for item in strategy.content.items} == set(strategy.company.languages)


@each_example
def test_work_is_due_on_working_days_and_fits_the_hours_of_the_people(name: str) -> None:
    management = strategy_of(name).management

    assert [task.id for task in management.tasks if task.due_on is None or task.due_on.weekday() > 4] == []
    assert sum(task.effort_hours for task in management.tasks) < sum(person.hours_per_week for person in management.people) * 13 * 6 / 10


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(lambda s: [goal.statement for goal in s.goals] + [objective.statement for objective in s.objectives], id="goals and objectives"),
        pytest.param(lambda s: [claim.text for claim in s.proposition.claims], id="claims"),
        pytest.param(lambda s: [item.title for item in s.content.items], id="items"),
        pytest.param(lambda s: [task.title for task in s.management.tasks], id="tasks"),
        pytest.param(lambda s: [need for audience in s.audiences for need in audience.needs], id="needs"),
    ],
)
def test_no_two_of_all_are_alike(texts: Callable[[Strategy], list[str]]) -> None:
    counted = Counter(re.sub(r"\W+", " ", text.casefold()).strip() for name in NAMES for text in texts(strategy_of(name)))

    assert [text for text, times in counted.items() if times > 1] == []


def test_they_differ_in_country_money_and_language() -> None:
    companies = [strategy_of(name).company for name in NAMES]

    assert [company.currency for company in companies] == ["GBP", "EUR", "USD", "PLN", "CAD"]
    assert len({company.markets for company in companies}) == len({company.timezone for company in companies}) == 5
    assert {language for company in companies for language in company.languages} == {"en", "de", "pl", "uk", "fr"}


@each_example
def test_every_address_is_one_that_nobody_can_own(name: str) -> None:
    hosts = re.findall(r"https?://([^/\s,}\]]+)", text_of(name))

    assert hosts and all(host.endswith(".example") for host in hosts)
