"""Ways out of an overload, with their price, cheapest first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from work_makers import company, person, task

from quarterdeck.plan.quarter_plan import Overload
from quarterdeck.plan.ways_to_fit import ways_to_fit

TASKS = [task("poster", "10", skills=["design"], importance=5), task("badge", "12", skills=["design"], importance=1)]


def overload(needed="22", available="12", weeks=2):
    return Overload(
        who="design",
        needed_hours=Decimal(needed),
        available_hours=Decimal(available),
        weeks=tuple(date(2027, 1, 4 + 7 * n) for n in range(weeks)),
        tasks=("poster", "badge"),
        sentence="Design needs 22 hours; Mira has 12.",
    )


def test_the_least_important_work_that_frees_enough_is_put_off():
    strategy = company(people=[person("mira", "design", hours="40")], tasks=TASKS)

    first = ways_to_fit(strategy, overload(), {"poster", "badge"})[0]

    assert first.text == "Put off “Badge”: the least important work there. It frees 12 hours."
    assert (first.tasks, first.cost_money) == (("badge",), 0)


def test_more_hours_are_offered_only_within_a_working_week():
    short, full = (company(people=[person("mira", "design", hours=hours)], tasks=TASKS) for hours in ("20", "44"))

    assert any("Give Mira 5 hours more a week for two weeks." in way.text for way in ways_to_fit(short, overload(), {"poster", "badge"}))
    assert not any("hours more" in way.text for way in ways_to_fit(full, overload(), {"poster", "badge"}))


def test_without_anybody_who_has_a_price_somebody_from_outside_is_looked_for():
    strategy = company(people=[person("mira", "copy")], tasks=TASKS)

    ways = ways_to_fit(strategy, overload(), {"poster", "badge"})

    assert "Find somebody with design from outside for 10 hours." in [way.text for way in ways]
    assert next(way for way in ways if way.text.startswith("Find")).cost_money is None


def test_what_is_done_is_not_put_off():
    strategy = company(people=[person("mira", "design")], tasks=TASKS)

    assert not any("Put off" in way.text for way in ways_to_fit(strategy, overload(), {"poster"}))
