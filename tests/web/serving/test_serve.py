"""`quarterdeck serve` from the outside: it starts, answers, and ends without cutting anything off."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import threading

from serving_steps import close_connections, job_state, queue_long_job, wait_for


def test_it_starts_answers_and_ends(empty, serve) -> None:
    close_connections()
    served = serve(empty.folder)
    health = wait_for(lambda: _healthy(served), "a healthy answer")

    assert health == {"ok": True, "database": True, "lake": True, "worker": True, "version": health["version"]}
    page, body = served.ask("/sign-in/")
    _check_headers(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    sheet = re.search(rb'href="(/static/web/tokens\.[0-9a-f]{12}\.css)"', body)[1].decode()
    file, _ = served.ask(sheet, {"Accept-Encoding": "gzip"})
    assert file.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert file.headers["Content-Encoding"] == "gzip"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert served.ask("/health/", {"Host": "rebound.example"})[0].status == 400

    assert served.stop() == 0
    assert "Stopped." in served.said[-1]


def test_the_first_password_is_said_once(empty, serve) -> None:
    from quarterdeck.ledger.models import Account

    Account.objects.all().delete()
    close_connections()

    first = serve(empty.folder)
    wait_for(lambda: any("Ctrl-C" in line for line in first.said), "the greeting")
    assert first.stop(signal.SIGINT) == 0
    second = serve(empty.folder)
    wait_for(lambda: any("Ctrl-C" in line for line in second.said), "the greeting")
    second.stop()

    assert len([line for line in first.said if "with this password" in line]) == 1
    assert not [line for line in second.said if "with this password" in line]
    assert any("quarterdeck account password" in line for line in second.said)


def test_a_request_that_is_under_way_is_finished(empty, serve) -> None:
    close_connections()
    served = serve(empty.folder)
    body = b"person=Olena&password=" + b"x" * 20
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as line:
        line.sendall(b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n")
        line.sendall(b"Cookie: quarterdeck_csrf=" + b"a" * 32 + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body[:10])
        wait_for(lambda: served.ask("/health/")[0].status, "an answer to somebody else")
        stopping = threading.Thread(target=served.stop)
        stopping.start()
        wait_for(lambda: any("Stopping" in said for said in served.said), "the stop")
        line.sendall(body[10:])
        answer = line.recv(4096)
        stopping.join()

    assert answer.startswith(b"HTTP/1.1 403")  # refused for its missing token, but answered whole
    assert served.process.returncode == 0
    assert served.said[-1].strip() == "Stopped."


def test_a_job_that_is_under_way_is_finished(planned, serve) -> None:
    job = queue_long_job(planned, metric="orders")
    close_connections()
    served = serve(planned.folder)
    wait_for(lambda: job_state(job) == "running", "the job")

    assert served.stop() == 0

    assert job_state(job) == "done"
    assert served.said[-1].strip() == "Stopped."


def test_a_worker_that_is_killed_leaves_a_job_that_can_be_started_again(planned, serve) -> None:
    from quarterdeck.ledger.models import Job
    from quarterdeck.operations.jobs.progress import read_progress

    job = queue_long_job(planned)
    close_connections()
    served = serve(planned.folder)
    wait_for(lambda: read_progress(planned, job), "progress")
    killed = served.worker()

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: job_state(job) == "interrupted", "the next worker")
    assert served.worker() != killed
    assert "start it again" in Job.objects.get(pk=job).problem.lower()
    again = queue_long_job(planned)
    wait_for(lambda: job_state(again) == "done", "the job")
    assert served.stop() == 0


def test_a_worker_whose_server_is_killed_ends(empty, serve) -> None:
    close_connections()
    served = serve(empty.folder)
    worker = wait_for(served.worker, "the worker")
    wait_for(lambda: _healthy(served), "a healthy answer")

    os.kill(served.process.pid, signal.SIGKILL)

    wait_for(lambda: not _lives(worker), "the end of the worker")


def _healthy(served) -> dict | None:
    answer, body = served.ask("/health/")
    return json.loads(body) if answer.status == 200 else None


def _check_headers(answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Server"] == "Quarterdeck"


def _lives(pid: int) -> bool:
    """A process that nobody has buried yet does not live either."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")
