"""One child process for heavy arithmetic: the work schedule's solver, with a watchdog, and every second fit.

OR-Tools costs over a second and a hundred megabytes to import and must never meet highspy in one process; a solver that hangs or dies cannot take
the desk with it. The child is started early (`warm_up`), while other work goes on, and reused.
"""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as WatchdogTimeout
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

WATCHDOG_SECONDS = 120.0
_pool: ProcessPoolExecutor | None = None


class ChildLost(Exception):
    """The child did not answer in time or died; the caller goes another way and says so."""


def warm_up() -> None:
    """Start the child and let it import the solver, without waiting for it."""
    _executor().submit(_import_solver)


def submit_to_child(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """`function(*args, **kwargs)` on its way; wait for it with `result_of`. Arguments and result must pickle."""
    return _executor().submit(function, *args, **kwargs)


def result_of(future: Future[T]) -> T:
    """What the child computed; an exception of the function itself comes through. Raises ChildLost when it hangs or died."""
    try:
        return future.result(timeout=WATCHDOG_SECONDS)
    except (WatchdogTimeout, BrokenProcessPool) as lost:
        stop()
        reason = f"it did not answer within {WATCHDOG_SECONDS:.0f} seconds" if isinstance(lost, WatchdogTimeout) else "it ended unexpectedly"
        raise ChildLost(f"the child process is lost: {reason}") from lost


def run_in_child(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`function(*args, **kwargs)`, computed in the child. Raises ChildLost."""
    return result_of(submit_to_child(function, *args, **kwargs))


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
        atexit.register(stop)
    return _pool


def _import_solver() -> None:
    from ortools.sat.python import cp_model

    del cp_model
