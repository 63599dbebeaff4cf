"""How long the server works at each page, and what the page weighs: 40 calls a page after a cold one, in this process (no network, no browser).

python benchmarks/page_times.py            prints docs/proof/pages.md
python benchmarks/page_times.py --slowest  and where the slowest page of each company spends its time
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import os
import platform
import pstats
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.context import Context

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CALLS = 40
AIMS = {"Harbour": 150.0, "large": 300.0}
WHAT_IF_AIM = 200.0
PAGES = {
    "This quarter": "",
    "Strategy, whole": "strategy/",
    "Strategy, step 1": "strategy/step/1/",
    "Strategy, step 5": "strategy/step/5/",
    "Strategy, an objective": "strategy/step/1/objectives/new_customers/",
    "Strategy, history": "strategy/history/",
    "Plan, budget": "plan/",
    "Plan, what if (a slider moved)": "plan/?move={move}",
    "Plan, work as matrix": "plan/work/?view=matrix",
    "Plan, work as board": "plan/work/?view=board",
    "Plan, work as timeline": "plan/work/?view=timeline",
    "Plan, calendar": "plan/calendar/",
    "Plan, calendar as list": "plan/calendar/?view=list",
    "Plan, conflicts": "plan/conflicts/",
    "Do, approvals": "do/",
    "Do, to do": "do/todo/",
    "Do, files": "do/files/",
    "Do, gone out": "do/gone/",
    "Results, overview": "results/",
    "Results, channels": "results/channels/",
    "Results, a channel": "results/channels/search/",
    "Results, tracking": "results/tracking/",
    "Review": "review/",
    "Review, causes": "review/causes/",
    "Review, close": "review/close/",
    "Review, lessons": "review/lessons/",
    "Settings": "settings/",
    "Settings, people": "settings/people/",
    "Settings, audit": "settings/audit/",
    "Play": "play/",
    "Search": "search/?q=seed",
    "Help": "help/",
}


@dataclass(frozen=True)
class Times:
    """One page of one company: milliseconds (`worked` is the processor's own time, whatever else the machine did), kB as sent, queries."""

    page: str
    cold: float
    middle: float
    nearly_worst: float
    worked: float
    kilobytes: float
    queries: int
    aim: float


def main(arguments: Sequence[str]) -> int:
    """The exit code: 1 when a page misses its aim."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--slowest", action="store_true")
    asked = parser.parse_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    found: dict[str, list[Times]] = {}
    sizes: dict[str, str] = {}
    for company, make in (("Harbour", _play), ("large", _grow)):
        with tempfile.TemporaryDirectory() as folder:
            context = _open(Path(folder) / "site")
            sizes[company] = make(context)
            gc.collect()
            gc.freeze()  # what making the company left in memory: a server never had it
            found[company] = list(_measure(company, asked.calls))
            if asked.slowest:
                _profile(max(found[company], key=lambda times: times.nearly_worst))
            _close()
    print("\n".join(_report(found, sizes, asked.calls)))
    return int(any(times.nearly_worst > times.aim for each in found.values() for times in each))


def _open(folder: Path) -> Context:
    from quarterdeck.app.site import create_site, open_site
    from quarterdeck.app.web_settings import WEB_APPS, build_web_settings

    extra = {**build_web_settings(hosts=("testserver",)), "QUARTERDECK_CLOCK": lambda: NOW, "QUARTERDECK_JOBS_AT_ONCE": True}
    site = open_site(create_site(folder), apps=WEB_APPS, extra=extra)
    from quarterdeck.operations.play.load_sample import make_sample
    from quarterdeck.operations.told import tell_nobody

    context, _, _ = make_sample(site, "harbour", owner="Olena", now=NOW, tell=tell_nobody)
    return context


def _play(context: Context) -> str:
    """Planned, approved, four weeks passed, reviewed."""
    from quarterdeck.operations.act.approve import approve_actions
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.review.review_quarter import make_review
    from quarterdeck.operations.told import tell_nobody

    make_plan(context, quarter=None, overrule=None, seed=1)
    approve_actions(context, everything=True)
    pass_weeks(context, 4, tell=tell_nobody)
    make_review(context, quarter=None, tell=tell_nobody)
    return f"Harbour: {_size(context)}, two years of facts, planned, approved, four weeks played, reviewed"


def _grow(context: Context) -> str:
    """Grown and planned."""
    sys.path.insert(0, str(Path(__file__).parent))
    from big_company import make_big

    make_big(context)
    return f"large: Harbour grown to {_size(context)}; planned, nothing approved"


def _size(context: Context) -> str:
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    strategy = current_strategy(context).strategy
    return f"{len(strategy.campaigns)} campaigns, {len(strategy.management.tasks)} tasks, {len(strategy.content.items):,} pieces of content"


def _measure(company: str, calls: int) -> Iterator[Times]:
    from django.test import Client

    from quarterdeck.ledger.models import Account

    client = Client(headers={"Accept-Encoding": "gzip"})
    account, _ = Account.objects.get_or_create(person="Olena", defaults={"made_at": NOW})
    client.force_login(account)
    for name, path in PAGES.items():
        address, options = f"/w/harbour/{path}", {}
        if "{move}" in path:
            options = {"headers": {"HX-Request": "true", "HX-Target": "answer"}}
        times = _times(client, name, address, options, calls=calls, aim=WHAT_IF_AIM if options else AIMS[company])
        if times is None:
            print(f"{company}, {name}: not there", file=sys.stderr, flush=True)
            continue
        print(f"{company}, {name}: {times.middle:.0f} ms", file=sys.stderr, flush=True)
        yield times


def _times(client: Client, name: str, address: str, options: dict[str, Any], *, calls: int, aim: float) -> Times | None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def once(number: int) -> tuple[float, float, Any]:
        asked = address.format(move=100 + 5 * number)  # another amount each time: an answer that was remembered would flatter
        began, worked = perf_counter(), process_time()
        answer = client.get(asked, **options)
        return (perf_counter() - began) * 1000, (process_time() - worked) * 1000, answer

    cold, _, answer = once(0)
    if answer.status_code != 200:
        return None
    calls_made = [once(number) for number in range(1, calls + 1)]
    took, worked = sorted(each[0] for each in calls_made), median(each[1] for each in calls_made)
    with CaptureQueriesContext(connection) as queries:
        once(calls + 1)
    return Times(name, cold, median(took), took[int(len(took) * 0.95) - 1], worked, len(answer.content) / 1000, len(queries), aim)


def _profile(slowest: Times) -> None:
    from django.test import Client

    from quarterdeck.ledger.models import Account

    client = Client()
    client.force_login(Account.objects.get(person="Olena"))
    address = f"/w/harbour/{PAGES[slowest.page]}".format(move=777)
    client.get(address)
    profile = cProfile.Profile()
    profile.runcall(client.get, address)
    print(f"== {slowest.page}", file=sys.stderr)
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(45)


def _report(found: dict[str, list[Times]], sizes: dict[str, str], calls: int) -> Iterator[str]:
    yield "# How fast pages are"
    yield ""
    yield f"Milliseconds of server time a page: the first call (cold), then {calls} calls (median, 95th percentile), in the server's process without network and browser."
    yield f"kB are as sent, compressed. `processor` is the median of the time that the processor worked, whatever else the machine did. {_machine()}."
    yield ""
    yield "Command: `python benchmarks/page_times.py`"
    for company, times in found.items():
        yield ""
        yield f"## {sizes[company]}"
        yield ""
        yield "| page | cold | median | p95 | aim of p95 | processor | kB | queries |"
        yield "|---|---|---|---|---|---|---|---|"
        for each in times:
            missed = " missed" if each.nearly_worst > each.aim else ""
            cells = f"{each.cold:.0f} | {each.middle:.0f} | {each.nearly_worst:.0f}{missed} | {each.aim:.0f} | {each.worked:.0f}"
            yield f"| {each.page} | {cells} | {each.kilobytes:.0f} | {each.queries} |"


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "duckdb", "numpy", "vl-convert-python"))
    memory = _first(r"MemTotal:\s+(\d+)", Path("/proc/meminfo"), lambda kilobytes: f", {int(kilobytes) / 2**20:.0f} GiB")
    return f"{os.cpu_count()} cores{memory}, Python {platform.python_version()}, {packages}, SQLite; {datetime.now(UTC):%Y-%m-%d}"  # noqa: TID251


def _first(pattern: str, file: Path, say: Callable[[str], str]) -> str:
    found = re.search(pattern, file.read_text()) if file.exists() else None
    return say(found[1]) if found else ""


def _close() -> None:
    from django.db import connections

    from quarterdeck.operations.jobs.child_process import stop

    connections.close_all()
    stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
