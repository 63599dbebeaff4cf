"""One worker serves a site at a time, on each kind of database."""

from __future__ import annotations

import threading

from quarterdeck.app.worker import the_only_worker
from quarterdeck.operations.site import Site


def test_a_second_worker_waits_until_the_first_is_gone(ledger_site: Site) -> None:
    began, looked = threading.Event(), threading.Event()

    def is_over() -> bool:
        looked.set()
        return False

    def second() -> None:
        with the_only_worker(ledger_site, is_over):
            began.set()

    with the_only_worker(ledger_site, lambda: False):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert looked.wait(10)
        assert not began.wait(0.7)
    assert began.wait(10)
    waiting.join()


def test_a_worker_that_is_told_to_stop_does_not_wait(ledger_site: Site) -> None:
    with the_only_worker(ledger_site, lambda: False), the_only_worker(ledger_site, lambda: True):
        pass
