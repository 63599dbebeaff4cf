"""How long checking a large strategy takes: 500 tasks and 300 items, and twice as many to see that the time grows no faster than the document.

    python benchmarks/strategy_size.py [--each]

Processor time, the best of seven; `--each` prints the slowest checks.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib import resources
from itertools import count, islice
from typing import Any

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.checks.all_checks import CHECKS, Situation, check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import to_plain
from quarterdeck.strategy.yaml.text import parse_strategy

QUARTER, AS_OF = Quarter(date(2027, 1, 4)), date(2027, 1, 3)
LIMIT_MS = 200
TIMES, SLOWEST = 7, 12


def main() -> None:
    """Prints a line for each size; the exit code is 1 when the first is over the limit."""
    options = argparse.ArgumentParser(description="Processor time of checking a large strategy.")
    options.add_argument("--each", action="store_true", help="print the slowest checks too")
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}, {len(CHECKS)} checks, processor time, best of {TIMES}; the limit is {LIMIT_MS} ms")
    first = 0.0
    for tasks, items in ((500, 300), (1_000, 600)):
        strategy = of_size(tasks, items)
        took = _best(lambda: check_strategy(strategy, as_of=AS_OF, quarter=QUARTER))  # noqa: B023  # called at once
        first = first or took
        print(f"{tasks} tasks, {items} items, {len(strategy.campaigns)} campaigns: {took:.0f} ms")
        if chosen.each:
            _print_each(strategy)
    sys.exit(1 if first > LIMIT_MS else 0)


def of_size(tasks: int, items: int) -> Strategy:
    """The large sample with copies of its tasks, items and campaigns, each with an id and a title of its own."""
    text = resources.files("quarterdeck").joinpath("samples", "harbour", "strategy.yaml").read_text(encoding="utf-8")
    document = to_plain(parse_strategy(text))
    document["campaigns"] = list(islice(_with_copies(document["campaigns"], "name"), items // 10))
    document["content"]["items"] = list(islice(_with_copies(document["content"]["items"], "title"), items))
    document["management"]["tasks"] = list(islice(_with_copies(document["management"]["tasks"], "title"), tasks))
    return Strategy.model_validate(document)


def _with_copies(members: list[dict[str, Any]], words: str) -> Iterator[dict[str, Any]]:
    yield from members
    for number in count(1):
        yield from ({**member, "id": f"{member['id']}_{number}", words: f"{member[words]}, {number}"} for member in members)


def _print_each(strategy: Strategy) -> None:
    """Each check alone; what several of them look up together is counted for each."""
    taken = [(_best(lambda: check.problems(Situation(strategy, AS_OF, QUARTER))), check.code, check.title) for check in CHECKS]  # noqa: B023
    for took, code, title in sorted(taken, reverse=True)[:SLOWEST]:
        print(f"  {took:6.2f} ms  {code}  {title}")


def _best(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of the quickest of some runs."""
    times = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


if __name__ == "__main__":
    main()
