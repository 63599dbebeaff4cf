"""record_geo_test: what a geo test found as one of the company's experiments, which the next fit starts from."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.facts.columns import Value
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.import_facts import import_facts
from quarterdeck.operations.read_geo_test import GeoTestRead, Named
from quarterdeck.operations.told import Told
from quarterdeck.response.experiments.reading import GeoReading


def record_geo_test(context: Context, read: GeoTestRead, named: Named) -> Told:
    """One row in the table “experiments”, which the next fit starts from. Raises Refused for a test without a return, InvalidInput for a metric that
    is not known or a channel that is not named (RESPONSE-068)."""
    context.require("import_facts")
    problems = []
    if named.metric not in METRICS:
        problems.append(Problem("RESPONSE-068", "--metric", named.metric, f"one of {', '.join(METRICS)}", "Name the metric that was counted."))
    if not named.channel:
        problems.append(Problem("RESPONSE-068", "--channel", "nothing", "the channel's id in the strategy", "Name the channel that was tested."))
    if problems:
        raise InvalidInput(problems, state="Nothing was recorded.")
    if read.reading.returns is None:
        raise Refused(
            "This test has no return, so a fit has nothing to start from.",
            fix="Give the column of spend.",
            code="RESPONSE-068",
            state="Nothing was recorded.",
        )
    done = import_facts(
        context.site,
        context.workspace,
        "experiments",
        {name: (value,) for name, value in _row(context, read.reading, named).items()},
        source="experiment read",
        file_name=f"{named.name} (geo test)",
        by=context.member.person,
        now=context.now,
        replace=True,
    )
    return Told([done.sentence, "The next fit starts from it."], {"load": done.load.load_id if done.load else None, "is_new": done.is_new})


def _row(context: Context, reading: GeoReading, named: Named) -> dict[str, Value]:
    """The columns of the table; effect and cost such that their ratio is the return that was read, with its range of 9 cases in 10."""
    assert reading.returns is not None
    cost = float(reading.cost.location.mean())
    returns, days = reading.returns.summary(), reading.test.days
    ends = sorted((returns.p05 * cost, returns.p95 * cost))
    return {
        "experiment": named.name,
        "channel": named.channel,
        "metric": named.metric,
        "first_day": days.test_from,
        "last_day": days.test_to,
        "currency": context.workspace.currency,
        "cost": _decimal(cost, 2),
        "effect": _decimal(returns.mean * cost, 4),
        "effect_low": _decimal(ends[0], 4),
        "effect_high": _decimal(ends[1], 4),
        "interval": Decimal("0.9"),
        "method": "geo test",
    }


def _decimal(value: float, places: int) -> Decimal:
    return Decimal(f"{value:.{places}f}")
