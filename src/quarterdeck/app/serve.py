"""open_to_serve, serve: the cockpit in the browser: a web server in this process and a worker beside it, until somebody says stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from quarterdeck.app.worker_child import WorkerChild
from quarterdeck.cli.desk import Door
from quarterdeck.kernel.problems import Refused

if TYPE_CHECKING:
    from cheroot.wsgi import Server

    from quarterdeck.operations.site import Site
    from quarterdeck.operations.told import Told

THREADS = 8
FIRST_PORT, PORTS_TRIED = 8000, 20
FINISH_SECONDS = 30.0
"""How long what runs may take to finish once somebody said stop."""
SAME_STOP_SECONDS = 0.5
CUT_OFF = 130
HOSTS_VARIABLE = "QUARTERDECK_ALLOWED_HOSTS"
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HEADER_BYTES = 64 * 1024
Say = Callable[[str], None]


def open_to_serve(path: Path | None, door: Door) -> Site:
    """The site with the cockpit's apps, open for the names that browsers may call it by. Raises Refused; only at the first opening in a process."""
    from quarterdeck.app.site import find_site, open_site
    from quarterdeck.app.static_files import static_settings
    from quarterdeck.app.web_settings import WEB_APPS, build_web_settings

    folder = find_site(path)
    extra: dict[str, Any] = {**build_web_settings(hosts=allowed_hosts(door), is_https=door.is_behind_proxy), **static_settings(folder)}
    if door.is_behind_proxy:
        extra["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
        extra["QUARTERDECK_PROXIES"] = 1  # whose word counts on where a request came from
    return open_site(folder, apps=WEB_APPS, extra=extra)


def allowed_hosts(door: Door) -> list[str]:
    """The names that a browser may call this server by; a page of somebody else that points its own name here is refused."""
    named = [name.strip() for name in os.environ.get(HOSTS_VARIABLE, "").split(",") if name.strip()]
    own = _own_names() if door.host in ("0.0.0.0", "::", "") else [] if door.is_local else [_as_host(door.host)]
    return list(dict.fromkeys([*_LOOPBACK, *own, *named]))


def serve(site: Site, door: Door, *, greet: Callable[[Told], None], say: Say) -> int:
    """The exit code, once somebody said stop and what ran is finished. Raises Refused when the port is taken."""
    logs = site.folder / "logs"
    _log_to(logs)
    from django.core.wsgi import get_wsgi_application

    from quarterdeck.app.static_files import collect_static_files

    collect_static_files()
    server = _bind(get_wsgi_application(), door)
    worker = WorkerChild(site, logs / "worker.log")
    stops = _count_stops()
    worker.start(time.monotonic())
    serving = threading.Thread(target=server.serve, name="web", daemon=True)
    serving.start()
    address = f"http://{_shown(door.host)}:{server.bind_addr[1]}/"
    greet(_greeting(site, door, address))
    threading.Thread(target=_get_ready, args=(site, address if door.opens_browser else None), daemon=True).start()
    while not stops and serving.is_alive():
        worker.look_after(time.monotonic())
        time.sleep(0.1)
    return _finish(server, worker, stops, say)


def _finish(server: Server, worker: WorkerChild, stops: list[float], say: Say) -> int:
    """Nobody new is let in; requests and the job that run are finished, for a while."""
    say("Stopping: what runs now is finished first, for up to 30 seconds. Press Ctrl-C again to stop at once.")
    worker.ask_to_stop()
    closing = threading.Thread(target=server.stop, daemon=True)
    closing.start()
    until = time.monotonic() + FINISH_SECONDS
    while (closing.is_alive() or worker.is_alive) and len(stops) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    was_cut = closing.is_alive() or worker.is_alive
    worker.end()
    say("Stopped. What was not finished was not kept; it can be started again." if was_cut else "Stopped.")
    if was_cut:  # threads that hang must not hold the process
        logging.shutdown()
        sys.stdout.flush()
        os._exit(CUT_OFF if len(stops) > 1 else 0)
    return 0


def _bind(application: Callable[..., Any], door: Door) -> Server:
    """A server that listens: at the port that was asked for, or at the first free one from 8000."""
    from cheroot.wsgi import Server

    from quarterdeck.app.web_settings import MOST_UPLOADED

    problem: OSError | None = None
    for port in _ports(door):
        if not _is_free(door.host, port):
            continue
        server = Server((door.host, port), application, THREADS, "Quarterdeck", request_queue_size=128, shutdown_timeout=FINISH_SECONDS)
        server.max_request_header_size = _HEADER_BYTES
        server.max_request_body_size = MOST_UPLOADED + _HEADER_BYTES
        server.error_log = _to_log
        try:
            server.prepare()
        except OSError as error:
            problem = error
            continue
        return server
    wanted = door.port if door.port is not None else f"{FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1}"
    raise Refused(
        f"{_shown(door.host)} cannot be listened on, port {wanted}: it is taken, or not for this user.",
        fix="Name another one with --port.",
        code="SERVE-001",
        state="Nothing was started.",
    ) from problem


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError:
            return False
    return True


def _ports(door: Door) -> Iterator[int]:
    if door.port is not None:
        yield door.port
    else:
        yield from range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)


def _greeting(site: Site, door: Door, address: str) -> Told:
    from quarterdeck.app.clock import now_utc
    from quarterdeck.operations.accounts.manage_accounts import ensure_first_account
    from quarterdeck.operations.told import Told

    made = ensure_first_account(site, now_utc())
    sentences = [f"Quarterdeck serves {site.folder} at {address}"]
    if made is not None:
        sentences += [f"Sign in as {made.person} with this password: {made.password}", "It is shown only now; only a hash of it is kept."]
    else:
        forgotten = f"`quarterdeck account password NAME --site {site.folder}`"
        sentences.append(f"Sign in with your account. A new password: {forgotten}; who there is: `quarterdeck account list --site {site.folder}`.")
    if not door.is_local and not door.is_behind_proxy:
        sentences.append(
            "Everybody in this network can reach it, and what goes to and fro is not encrypted. Put a proxy with TLS before it and say --behind-proxy; "
            f"name the addresses that people use in {HOSTS_VARIABLE}."
        )
    sentences.append(f"Press Ctrl-C to stop. What goes wrong is written to {site.folder / 'logs'}.")
    account = {"person": made.person, "password": made.password} if made else {}
    return Told(sentences, {"address": address, "site": str(site.folder), **account})


def _get_ready(site: Site, address: str | None) -> None:
    """A browser is opened where there is a screen; what the first pages need is imported, drawn and read before somebody asks for it."""
    has_screen = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if address is not None and has_screen:
        import webbrowser

        webbrowser.open(address)
    from django.db import connections
    from django.urls import get_resolver

    try:
        get_resolver().url_patterns  # noqa: B018  # reading it imports every view
        from quarterdeck.app.clock import now_utc
        from quarterdeck.operations.quarter.read_ahead import read_ahead
        from quarterdeck.web.chart_svg import warm_up

        warm_up()
        read_ahead(site, now=now_utc())
    except Exception:
        logging.getLogger("quarterdeck.serve").exception("the first pages could not be read ahead")
    finally:
        connections.close_all()


def _count_stops() -> list[float]:
    """A list that grows by one with each Ctrl-C or SIGTERM; one that two programs pass on in the same moment counts once."""
    stops: list[float] = []

    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        if not stops or time.monotonic() - stops[-1] > SAME_STOP_SECONDS:
            stops.append(time.monotonic())

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, hear)
    return stops


def _log_to(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    handler = RotatingFileHandler(folder / "web.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def _to_log(message: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
    logging.getLogger("quarterdeck.web").log(level, message, exc_info=traceback)


def _own_names() -> list[str]:
    """What this machine is called, and its addresses, as far as it knows them itself."""
    name = socket.gethostname()
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return [name, *sorted(_as_host(address) for address in found)]


def _as_host(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _shown(host: str) -> str:
    return _as_host("127.0.0.1" if host in ("0.0.0.0", "") else "::1" if host == "::" else host)
