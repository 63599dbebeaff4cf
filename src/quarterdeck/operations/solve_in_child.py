"""Run the work schedule's solver in a process of its own, with a watchdog: a solver that hangs or dies cannot take the desk with it.

OR-Tools costs over a second and a hundred megabytes to import and must never meet highspy in one process; the child is started early
(`warm_up`) while other work goes on, and reused.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as WatchdogTimeout
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

WATCHDOG_SECONDS = 120.0
_pool: ProcessPoolExecutor | None = None


class SolverLost(Exception):
    """The solver's process did not answer in time or died; the caller falls back on the rule and says so."""


def warm_up() -> None:
    """Start the child and let it import the solver, without waiting for it."""
    _executor().submit(_import_solver)


def solve_in_child(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`function(*args, **kwargs)`, computed in the child. Arguments and result must pickle. Raises SolverLost."""
    try:
        return _executor().submit(function, *args, **kwargs).result(timeout=WATCHDOG_SECONDS)
    except (WatchdogTimeout, BrokenProcessPool) as lost:
        stop()
        raise SolverLost(
            f"the solver did not answer within {WATCHDOG_SECONDS:.0f} seconds"
            if isinstance(lost, WatchdogTimeout)
            else "the solver's process ended unexpectedly"
        ) from lost


def stop() -> None:
    """End the child, if there is one."""
    global _pool  # noqa: PLW0603  # one child a process, started at most once
    if _pool is not None:
        processes: dict[int, Any] = dict(getattr(_pool, "_processes", None) or {})
        _pool.shutdown(wait=False, cancel_futures=True)
        for process in processes.values():
            process.kill()
        _pool = None


def _executor() -> ProcessPoolExecutor:
    global _pool  # noqa: PLW0603  # one child a process, started at most once
    if _pool is None:
        _pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
    return _pool


def _import_solver() -> None:
    from ortools.sat.python import cp_model

    del cp_model
