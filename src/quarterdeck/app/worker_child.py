"""WorkerChild: the worker as the server sees it: started, started again when it dies, asked to stop, ended."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

from quarterdeck.operations.site import Site

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
STEADY_SECONDS = 60.0
"""Whoever lived that long did not die of its start: the next pause is short again."""
_LARGE = 1_000_000
_log = logging.getLogger("quarterdeck.serve")


class WorkerChild:
    """One child process; `moment` is a monotonic time in seconds, handed in."""

    def __init__(self, site: Site, log: Path) -> None:
        self._site, self._log_file = site, log
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self._again_at: float | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it runs now."""
        return self._process is not None and self._process.poll() is None

    def start(self, moment: float) -> None:
        """Started in a group of its own: Ctrl-C is meant for the server, which then asks the worker to stop."""
        command = [sys.executable, "-m", "quarterdeck.app.worker", str(self._site.folder), str(os.getpid())]
        _roll(self._log_file)
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self._started, self._again_at = moment, None

    def look_after(self, moment: float) -> None:
        """To be called several times a second: a worker that died is started again, later and later when it keeps dying."""
        if self.is_alive:
            return
        if self._again_at is None:
            self.end()
            self._pause = FIRST_PAUSE_SECONDS if moment - self._started > STEADY_SECONDS else min(self._pause * 2, LONGEST_PAUSE_SECONDS)
            self._again_at = moment + self._pause
            _log.warning("the worker ended unexpectedly; it is started again in %.0f s", self._pause)
        elif moment >= self._again_at:
            self.start(moment)

    def ask_to_stop(self) -> None:
        """It finishes the job that it does."""
        if self._process is not None and self.is_alive:
            self._process.terminate()

    def end(self) -> None:
        """At once, with everything that it started; nothing of it is left."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _roll(log: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > _LARGE:
            log.replace(log.with_suffix(".old.log"))
