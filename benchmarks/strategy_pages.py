"""How long the server works at the strategy's pages and saves when the document is large, how often it asks the ledger, and what a page weighs.

    python benchmarks/strategy_pages.py                           the large sample grown to 500 tasks and 300 items, then to 1,000 items
    python benchmarks/strategy_pages.py --pages save --profile    only the pages whose name holds the word, and where they spend their time

Processor time in this process, without network and browser: the first call when nothing is remembered of the document, then the median of five.
Every check and every save brings a value that was never there before, so that nothing remembered from the last one answers it.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import gzip
import os
import platform
import pstats
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

sys.path.append(str(Path(__file__).parents[1] / "tests" / "web" / "strategy"))
from browser_form import forms_of
from strategy_size import of_size

if TYPE_CHECKING:
    from django.test import Client

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SIZES = {(500, 300): 500.0, (500, 1_000): 1_000.0}
"""Tasks and items, with the most milliseconds that saving a field may take."""
PAGE_MS, MOST_QUERIES = 300.0, 25
CALLS, REVISIONS, SLOWEST = 5, 50, 45
ROOT = "/w/harbour/strategy/"
ITEM, TASK, GOAL = f"{ROOT}step/5/items/seed_early/", f"{ROOT}step/6/tasks/clearance_list/", f"{ROOT}step/1/objectives/new_customers/"
Call = Callable[[], Any]
Ask = Callable[[int], Call]
"""A call of a page, ready to be timed; the number is another one each time."""


@dataclass(frozen=True)
class Line:
    """One page: milliseconds of the first call and of later ones, queries, kB as sent, and the most that it may take."""

    name: str
    first: float
    warm: float
    queries: int
    kilobytes: float
    limit: float

    @property
    def is_over(self) -> bool:
        """True for a page that takes longer than it may."""
        return self.warm > self.limit


def main() -> None:
    """Prints a table for each size; the exit code is 1 when a page is over its limit."""
    options = argparse.ArgumentParser(description="Processor time of the strategy's pages when the document is large.")
    options.add_argument("--pages", default="", help="only the pages whose name holds this word")
    options.add_argument("--profile", action="store_true", help="print where each page spends its time")
    options.add_argument("--size", choices=[str(items) for _, items in SIZES], help="only the document with so many items")
    chosen = options.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "pydantic", "ruamel.yaml"))
    print(f"Python {platform.python_version()}, {packages}; {datetime.now(UTC):%Y-%m-%d}")  # noqa: TID251  # the day of measuring
    is_over = False
    for (tasks, items), save_ms in SIZES.items():
        if chosen.size in (None, str(items)):
            with tempfile.TemporaryDirectory() as folder:
                is_over |= _print_table(_company(Path(folder) / "site", tasks, items), tasks, items, save_ms, chosen)
                _close()
    sys.exit(int(is_over))


def _company(folder: Path, tasks: int, items: int) -> Client:
    """A browser of the owner of Harbour, planned, then grown, with a history of small changes."""
    from quarterdeck.app.site import create_site, open_site
    from quarterdeck.app.web_settings import WEB_APPS, build_web_settings

    extra = {**build_web_settings(hosts=("testserver",)), "QUARTERDECK_CLOCK": lambda: NOW, "QUARTERDECK_JOBS_AT_ONCE": True}
    site = open_site(create_site(folder), apps=WEB_APPS, extra=extra)
    from django.test import Client

    from quarterdeck.ledger.models import Account
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.play.load_sample import make_sample
    from quarterdeck.operations.strategy.change_strategy import change_strategy
    from quarterdeck.operations.strategy.save_strategy import save_strategy
    from quarterdeck.operations.told import tell_nobody

    context, _, _ = make_sample(site, "harbour", owner="Olena", now=NOW, tell=tell_nobody)
    make_plan(context, quarter=None, overrule=None, seed=1)
    save_strategy(context, of_size(tasks, items), note="Grown for measuring")
    for number in range(REVISIONS - 2):
        change_strategy(context, {"vision": f"The best-loved garden shop, for the {number + 2}. time"})
    account, _ = Account.objects.get_or_create(person="Olena", defaults={"made_at": NOW})
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(account)
    return client


def _print_table(client: Client, tasks: int, items: int, save_ms: float, chosen: argparse.Namespace) -> bool:
    """Whether a page was over its limit."""
    print(f"\n## {tasks} tasks, {items:,} items\n")
    print("| page | first, ms | then, ms | limit | queries | kB |\n|---|---:|---:|---:|---:|---:|")
    lines, number = [], count(1)
    for name, ask, limit in _asks(client, save_ms):
        if chosen.pages not in name:
            continue
        line = _measured(name, ask, limit, number)
        lines.append(line)
        missed = " **over**" if line.is_over else ""
        many = " **many**" if line.queries > MOST_QUERIES else ""
        print(f"| {name} | {line.first:.0f} | {line.warm:.0f}{missed} | {limit:.0f} | {line.queries}{many} | {line.kilobytes:.0f} |", flush=True)
        if chosen.profile:
            _print_profile(ask(next(number)))
    return any(line.is_over for line in lines)


def _asks(client: Client, save_ms: float) -> Iterator[tuple[str, Ask, float]]:
    """Every page with its limit: those that only show, then those that check, then those that save."""
    for name, path in _shown_pages():
        yield name, lambda _: partial(client.get, ROOT + path), PAGE_MS  # noqa: B023  # called before the next turn
    for name, address, field in (("an objective", GOAL, "target"), ("an item", ITEM, "title"), ("a task", TASK, "title")):
        yield f"check {name} while it is typed", _posting(client, address, field, "check/"), PAGE_MS
    text = _unzipped(client.get(f"{ROOT}strategy.yaml")).decode()
    yield "preview of an imported file", lambda number: partial(client.post, f"{ROOT}import/", {"text": f"{text}\n# {number}"}), PAGE_MS
    for name, address, field in (("an objective", GOAL, "target"), ("an item", ITEM, "title"), ("a task", TASK, "title")):
        yield f"save {name}", _posting(client, address, field, ""), save_ms
    yield "a task, just saved", _after_a_save(client), PAGE_MS


def _shown_pages() -> Iterator[tuple[str, str]]:
    yield "whole", ""
    yield "whole, everything", "?all=1"
    for step in range(1, 9):
        yield f"step {step}", f"step/{step}/"
    yield "list of items", "step/5/items/"
    yield "list of tasks, searched", "step/6/tasks/?q=film&page=2"
    yield "an objective", GOAL.removeprefix(ROOT)
    yield "an item", ITEM.removeprefix(ROOT)
    yield "a task", TASK.removeprefix(ROOT)
    yield "a new task", "step/6/add/tasks/"
    yield f"history of {REVISIONS}", "history/"
    yield "two revisions compared", "compare/?from=2&to=40"
    yield "an old revision", "revisions/20/"
    yield "papers", "papers/"
    for kind in ("one-page", "report", "brief"):
        yield f"{kind} as page", f"papers/{kind}/"
        yield f"{kind} as PDF", f"papers/{kind}.pdf"
    yield "YAML file", "strategy.yaml"


def _after_a_save(client: Client) -> Ask:
    def prepared(number: int) -> Call:
        _posting(client, TASK, "title", "")(number)()
        return partial(client.get, TASK)

    return prepared


def _posting(client: Client, address: str, field: str, below: str) -> Ask:
    """Sends the form of a part with one field typed anew, made from the newest revision."""

    def prepared(number: int) -> Call:
        form = forms_of(_unzipped(client.get(address)))[address]
        sent = {**form, field: [f"{5_000 + number}" if field == "target" else f"Title number {number}"]}
        return lambda: client.post(f"{address}{below}", sent, headers={"HX-Request": "true"} if below else {})

    return prepared


def _measured(name: str, ask: Ask, limit: float, number: Iterator[int]) -> Line:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call = ask(next(number))
    _forget()
    first, answer = _timed(call)
    if answer.status_code not in (200, 302):
        raise SystemExit(f"{name}: {answer.status_code}")
    later = [_timed(ask(next(number)))[0] for _ in range(CALLS)]
    call = ask(next(number))
    with CaptureQueriesContext(connection) as queries:
        call()
    return Line(name, first, median(later), len(queries), len(answer.content) / 1000, limit)


def _forget() -> None:
    """What a process just started does not know."""
    from quarterdeck.operations.remember import forget_everything
    from quarterdeck.strategy.yaml import pieces as yaml_pieces
    from quarterdeck.strategy.yaml import text as yaml_text

    forget_everything()
    for each in (yaml_pieces._read_alone, yaml_text._read, yaml_text._parsed):  # nobody else has to forget
        each.cache_clear()


def _timed(call: Call) -> tuple[float, Any]:
    gc.collect()
    began = process_time()
    answer = call()
    return (process_time() - began) * 1000, answer


def _unzipped(answer: Any) -> bytes:
    is_zipped = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(answer.content) if is_zipped else bytes(answer.content)


def _print_profile(call: Call) -> None:
    profile = cProfile.Profile()
    profile.runcall(call)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile).sort_stats(order).print_stats(SLOWEST)


def _close() -> None:
    """So that the next company may open its site."""
    from django.db import connections

    from quarterdeck.operations.jobs.child_process import stop

    connections.close_all()
    stop()


if __name__ == "__main__":
    main()
