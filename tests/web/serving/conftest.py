"""`quarterdeck serve` as people start it: a process of its own, on a free port, on a copy of a prepared site."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving_steps import PATIENCE_SECONDS, wait_for


class Served:
    """A server that runs: what it said, its port, and requests to it."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-c", "from quarterdeck.app.console import main; main()", "serve", "--site", str(folder), "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.port = int(wait_for(lambda: re.search(r":(\d+)/", "".join(self.said[:1])), "an address")[1])

    def ask(self, path: str, headers: dict[str, str] | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def worker(self) -> int | None:
        """The number of the worker process."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()]
        return next((int(row[0]) for row in rows if int(row[1]) == self.process.pid and "quarterdeck.app.worker" in row[2]), None)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """The exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def end(self) -> None:
        """Nothing of it is left."""
        worker = self.worker() if self.process.poll() is None else None
        for pid in (worker, self.process.pid):
            if pid is not None and (pid == worker or self.process.poll() is None):
                os.killpg(pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.said.append(line)


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Starts servers, which are gone when the test ends."""
    started: list[Served] = []

    def start(folder: Path, *options: str) -> Served:
        started.append(Served(folder, *options))
        return started[-1]

    yield start
    for served in started:
        served.end()
