"""record_experiment: what a test found as one of the company's experiments, which the next fit starts from."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.facts.columns import Value
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.experiments.read_test import Named, ReadTest
from quarterdeck.operations.facts.import_facts import import_facts
from quarterdeck.operations.told import Told

SURE = Decimal("0.9")


def record_experiment(context: Context, read: ReadTest, named: Named) -> Told:
    """One row in the table “experiments”. Raises Refused for a test without a return, InvalidInput for a metric that is not known or a channel that is not
    named (RESPONSE-068)."""
    context.require("import_facts")
    problems = []
    if named.metric not in METRICS:
        problems.append(
            Problem("RESPONSE-068", "--metric", named.metric or "nothing", f"one of {', '.join(METRICS)}", "Name the metric that was counted.")
        )
    if not named.channel:
        problems.append(Problem("RESPONSE-068", "--channel", "nothing", "the channel's id in the strategy", "Name the channel that was tested."))
    if problems:
        raise InvalidInput(problems, state="Nothing was recorded.")
    row = _row(context, read, named)
    done = import_facts(
        context.site,
        context.workspace,
        "experiments",
        {name: (value,) for name, value in row.items()},
        source="experiment",
        file_name=f"{named.name} ({read.method})",
        by=context.member.person,
        now=context.now,
        replace=True,
    )
    return Told([done.sentence, "The next fit starts from it."], {"load": done.load.load_id if done.load else None, "is_new": done.is_new})


def _row(context: Context, read: ReadTest, named: Named) -> dict[str, Value]:
    """The columns of the table; effect and cost such that their ratio is the return that was read, with its range of 9 cases in 10."""
    if read.returns is None:
        raise Refused(
            "This test has no return, so a fit has nothing to start from.",
            fix="Say what money it moved.",
            code="RESPONSE-068",
            state="Nothing was recorded.",
        )
    ends = sorted((read.returns.p05 * read.cost, read.returns.p95 * read.cost))
    return {
        "experiment": named.name,
        "channel": named.channel,
        "metric": named.metric,
        "first_day": read.first_day,
        "last_day": read.last_day,
        "currency": context.workspace.currency,
        "cost": _decimal(read.cost, 2),
        "effect": _decimal(read.returns.mean * read.cost, 4),
        "effect_low": _decimal(ends[0], 4),
        "effect_high": _decimal(ends[1], 4),
        "interval": SURE,
        "method": read.method,
    }


def _decimal(value: float, places: int) -> Decimal:
    return Decimal(f"{value:.{places}f}")
