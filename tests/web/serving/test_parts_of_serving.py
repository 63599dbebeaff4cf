"""What serving is made of: ports, names that a browser may use, the worker that is started again, static files, headers."""

from __future__ import annotations

import socket
from itertools import pairwise

import pytest

from quarterdeck.app.serve import FIRST_PORT, HOSTS_VARIABLE, _bind, allowed_hosts
from quarterdeck.app.worker_child import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, STEADY_SECONDS, WorkerChild
from quarterdeck.cli.desk import Door
from quarterdeck.kernel.problems import Refused


def test_the_next_free_port_is_taken_when_none_was_named() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", FIRST_PORT))
            other.listen()
        except OSError:
            pass  # something else has it: as good for this test

        server = _bind(lambda environ, start: [], Door())

    assert server.bind_addr[1] > FIRST_PORT
    server.stop()


def test_a_named_port_that_is_taken_is_refused() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(Refused, match="cannot be listened on"):
            _bind(lambda environ, start: [], Door(port=other.getsockname()[1]))


def test_only_known_names_are_answered_to(monkeypatch) -> None:
    monkeypatch.setenv(HOSTS_VARIABLE, "desk.example.com, ")

    assert allowed_hosts(Door()) == ["localhost", "127.0.0.1", "[::1]", "desk.example.com"]
    assert "192.168.1.5" in allowed_hosts(Door(host="192.168.1.5"))
    assert socket.gethostname() in allowed_hosts(Door(host="0.0.0.0"))
    assert "*" not in allowed_hosts(Door(host="0.0.0.0"))


def test_a_worker_that_keeps_dying_is_started_later_and_later(monkeypatch, tmp_path) -> None:
    starts = []
    worker = WorkerChild(None, tmp_path / "log")
    monkeypatch.setattr(
        WorkerChild, "start", lambda self, moment: (starts.append(moment), setattr(self, "_started", moment), setattr(self, "_again_at", None))
    )
    worker.start(0.0)

    for tick in range(2000):
        worker.look_after(tick / 10)

    pauses = [round(later - earlier, 1) for earlier, later in pairwise(starts)]
    assert pauses[0] < 2
    assert pauses == sorted(pauses)
    assert max(pauses) <= LONGEST_PAUSE_SECONDS + 0.3
    worker.start(500.0)
    worker.look_after(500.0 + STEADY_SECONDS + 1)
    assert worker._again_at == 500.0 + STEADY_SECONDS + 1 + FIRST_PAUSE_SECONDS


def test_static_files_are_collected_when_they_changed(empty, tmp_path) -> None:
    from django.test import override_settings

    from quarterdeck.app.static_files import collect_static_files, static_settings

    with override_settings(**static_settings(tmp_path)):
        assert collect_static_files() is True
        assert collect_static_files() is False
        (tmp_path / ".static" / ".collected-from").write_text("another version")
        assert collect_static_files() is True

    names = {path.name for path in (tmp_path / ".static" / "web").iterdir()}
    assert any(name.startswith("tokens.") and name.endswith(".css.gz") for name in names)
    assert "tokens.css" not in names


def test_static_files_can_be_had_without_the_typeface(empty, tmp_path, monkeypatch) -> None:
    from django.test import override_settings

    from quarterdeck.app.static_files import collect_static_files, static_settings
    from quarterdeck.web.templatetags import typeface

    monkeypatch.setattr(typeface, "has_inter", lambda: False)

    with override_settings(**static_settings(tmp_path)):
        collect_static_files()

    assert not [path for path in (tmp_path / ".static" / "web").iterdir() if path.name.startswith("inter.")]
    assert "inter" not in typeface.typeface()


def test_health_says_what_is_missing(empty, browser_of) -> None:
    from django.test import Client

    from quarterdeck.operations.jobs.worker_signs import SEEN_WITHIN, give_sign
    from quarterdeck.web.pages import now

    without = Client().get("/health/")
    give_sign(empty, now=now() - SEEN_WITHIN)
    with_worker = Client().get("/health/")
    give_sign(empty, now=now() - SEEN_WITHIN * 2)
    too_late = Client().get("/health/")

    assert (without.status_code, without.json()["worker"]) == (503, False)
    assert (with_worker.status_code, with_worker.json()["ok"]) == (200, True)
    assert too_late.status_code == 503
    assert Client().post("/health/").status_code == 405


def test_encrypted_answers_ask_to_stay_encrypted(empty) -> None:
    from django.test import Client

    assert "Strict-Transport-Security" in Client().get("/health/", secure=True).headers
    assert "Strict-Transport-Security" not in Client().get("/health/").headers


def test_a_demo_that_was_played_is_left_as_it_is(played) -> None:
    from quarterdeck.ledger.models import Plan
    from quarterdeck.operations.play.run_demo import prepare_demo
    from quarterdeck.operations.told import tell_nobody
    from quarterdeck.web.pages import now

    before = list(Plan.objects.values_list("pk", flat=True))

    told = list(prepare_demo(played, only="harbour", now=now(), tell=tell_nobody))

    assert told == []
    assert list(Plan.objects.values_list("pk", flat=True)) == before
