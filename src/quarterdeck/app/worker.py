"""The worker: a process of its own that does the background jobs of a site, one at a time. `quarterdeck serve` starts it and watches it."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from quarterdeck.app.clock import now_utc
from quarterdeck.operations.site import Site

POLL_SECONDS = 0.3
WAIT_FOR_JOB_SECONDS = 30.0
"""How long a job may still run when nobody needs the worker any more."""
_LOCK_NUMBER = 7_186_020_262
_log = logging.getLogger("quarterdeck.worker")


class Wish:
    """What signals ask for: the first to stop after the job, the second to stop now."""

    def __init__(self) -> None:
        self.is_over = False

    def listen(self) -> None:
        """From now on signals count."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self.is_over:
            sys.exit(1)
        self.is_over = True


def main(folder: str, parent: int) -> int:
    """The exit code. Works until it is asked to stop, or the process `parent` is gone."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    wish = Wish()
    wish.listen()
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)  # pages are answered first
    from quarterdeck.app.site import open_site

    site = open_site(Path(folder))
    threading.Thread(target=_watch, args=(site, parent, wish), daemon=True).start()
    with the_only_worker(site, lambda: wish.is_over):
        _work(site, wish)
    _log.info("stopped")
    return 0


@contextlib.contextmanager
def the_only_worker(site: Site, is_over: Callable[[], bool]) -> Iterator[None]:
    """Waits until no other worker serves the site (or it is over). The death of its holder releases the place."""
    if site.database_url is None:
        holder = sqlite3.connect(site.folder / ".working", timeout=0, isolation_level=None)
        take, refused = _take_file, sqlite3.OperationalError
    else:
        from django.db import connections

        holder = connections.create_connection("default")
        take, refused = _take_number, _NotFree
    try:
        while not is_over():
            with contextlib.suppress(refused):
                take(holder)
                break
            time.sleep(POLL_SECONDS)
        yield
    finally:
        holder.close()


class _NotFree(Exception):
    pass


def _take_file(holder: sqlite3.Connection) -> None:
    # An empty database of its own is a lock file that works alike on every system.
    holder.execute("BEGIN EXCLUSIVE")


def _take_number(holder: object) -> None:
    with holder.cursor() as cursor:  # type: ignore[attr-defined]  # a connection of Django's
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_NUMBER])
        if cursor.fetchone() != (True,):
            raise _NotFree


def _work(site: Site, wish: Wish) -> None:
    from django.db import close_old_connections

    from quarterdeck.operations.jobs.child_process import stop
    from quarterdeck.operations.jobs.run_job import clear_up_after_worker, run_next

    if wish.is_over:
        return
    left = clear_up_after_worker(site, clock=now_utc)
    _log.info("at work; %s left by an earlier worker", left)
    _import_early()
    try:
        while not wish.is_over:
            close_old_connections()
            if not run_next(site, clock=now_utc):
                time.sleep(POLL_SECONDS)
    finally:
        stop()


def _import_early() -> None:
    """What every job needs, so that the first one does not wait for it."""
    import quarterdeck.operations.plan.plan_quarter
    import quarterdeck.operations.review.review_quarter  # noqa: F401


def _watch(site: Site, parent: int, wish: Wish) -> None:
    """Signs of life; and the end, when whoever started this process is gone."""
    from quarterdeck.operations.jobs.worker_signs import SIGN_EVERY_SECONDS, give_sign

    signed = -SIGN_EVERY_SECONDS
    alone_since = None
    while True:
        moment = time.monotonic()
        if moment - signed >= SIGN_EVERY_SECONDS:
            give_sign(site, now=now_utc())
            signed = moment
        if alone_since is None and os.getppid() != parent:
            _log.warning("the server is gone: stopping")
            wish.is_over, alone_since = True, moment
        if alone_since is not None and moment - alone_since > WAIT_FOR_JOB_SECONDS:
            _end_now()
        time.sleep(0.5)


def _end_now() -> None:
    """With everything that this process started, when it leads a group of its own."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
