"""A prepared site served by the cockpit's own server in a process of its own: `python served_site.py FOLDER`.

It says one line of JSON (port, addresses of the pages), serves until its standard input closes, and does jobs in a thread as the worker would. Its clock
begins at the moment of the tests and runs.
"""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

WEB_TESTS = Path(__file__).resolve().parents[1]
COMPANY = {"empty": "north-bakery"}
"""The company of a prepared site, where it is not Harbour."""
_PATIENCE_SECONDS = 90


@dataclass(frozen=True)
class Address:
    """A page's address, the route that it comes from, and whether a POST is answered there."""

    path: str
    route: str
    kind: str
    gets: bool
    posts: bool


class ServedSite:
    """A running server and what it serves."""

    def __init__(self, folder: Path, state: str) -> None:
        self.folder, self.state, self.slug = folder, state, COMPANY.get(state, "harbour")
        command = [sys.executable, str(Path(__file__)), str(folder), self.slug]
        with (folder / "server.log").open("w") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        said = self._process.stdout.readline()
        assert said, f"the server did not start: {self.log()[-3000:]}"
        found = json.loads(said)
        self.address = f"http://127.0.0.1:{found['port']}"
        self.pages = [Address(**page) for page in found["pages"]]
        self._wait_until_healthy(found["port"])

    def log(self) -> str:
        """What it wrote about itself: nothing when all went well."""
        return (self.folder / "server.log").read_text()

    def end(self) -> None:
        """The server is gone when this returns."""
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _wait_until_healthy(self, port: int) -> None:
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
            try:
                connection.request("GET", "/sign-in/")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        raise AssertionError(f"the server does not answer: {self.log()[-3000:]}")


def main(folder: Path, slug: str) -> None:
    """Serves until standard input closes."""
    site = _open(folder)
    from django.core.wsgi import get_wsgi_application

    from quarterdeck.app.serve import _bind
    from quarterdeck.app.static_files import collect_static_files
    from quarterdeck.cli.desk import Door

    pages = _pages(site, slug)
    collect_static_files()
    door = Door(host="127.0.0.1", port=0, is_behind_proxy=False, opens_browser=False)
    server = _bind(get_wsgi_application(), door)
    threading.Thread(target=_work, args=(site,), daemon=True).start()
    threading.Thread(target=server.serve, daemon=True).start()
    print(json.dumps({"port": server.bind_addr[1], "pages": pages}), flush=True)
    sys.stdin.read()
    server.stop()


def _open(folder: Path) -> Any:
    from quarterdeck.app.site import open_site
    from quarterdeck.app.static_files import static_settings
    from quarterdeck.app.web_settings import WEB_APPS, build_web_settings

    settings = {
        **build_web_settings(hosts=("127.0.0.1",)),
        **static_settings(folder),
        "QUARTERDECK_CLOCK": _clock,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    return open_site(folder, apps=WEB_APPS, extra=settings)


def _clock(started: float = time.monotonic()) -> datetime:  # the start of this process
    from world import NOW

    return NOW + timedelta(seconds=time.monotonic() - started)


def _pages(site: Any, slug: str) -> list[dict[str, Any]]:
    from addresses import all_addresses
    from test_every_view import examples

    from quarterdeck.ledger.models import Workspace

    known = examples(site) if Workspace.objects.filter(slug="harbour").exists() else {}
    found = []
    for each in all_addresses({**_of_nothing(), **known, "slug": slug}):
        posts = each.rule.kind != "company" or each.rule.act is not None
        found.append({"path": each.path, "route": each.route, "kind": each.rule.kind, "gets": each.rule.see is not None, "posts": posts})
    return found


def _of_nothing() -> dict[str, str]:
    """For every part of an address something that a company without anything does not have, but for the numbers of steps."""
    from addresses import _walk
    from django.urls import get_resolver

    routes = [route for route, _ in _walk(get_resolver().url_patterns, "/")]
    parts = {found for route in routes for found in re.findall(r"<((?:\w+:)?\w+)>", route)}
    return {part.rpartition(":")[2]: "1" if part.startswith("int:") else "none" for part in parts}


def _work(site: Any) -> None:
    """The worker's part: jobs one after the other, and a sign of life that pages look for."""
    from django.db import close_old_connections

    from quarterdeck.operations.jobs.run_job import run_next
    from quarterdeck.operations.jobs.worker_signs import give_sign

    while True:
        give_sign(site, now=_clock())
        close_old_connections()
        if not run_next(site, clock=_clock):
            time.sleep(0.2)


if __name__ == "__main__":
    sys.path.insert(0, str(WEB_TESTS))
    main(Path(sys.argv[1]), sys.argv[2])
