"""Pages of the strategy ask the ledger seldom, and say what they would say if they asked for everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOST = 21


def _queries(browser: Client, address: str) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in asked]


def test_pages_ask_the_ledger_seldom(planned: Site, browser_of: Callable[..., Client]) -> None:
    browser = browser_of("Petra")

    for path in ("", "?all=1", "step/1/", "step/5/items/", "step/6/tasks/", "step/6/tasks/search_test/", "history/", "papers/one-page/"):
        asked = _queries(browser, ROOT + path)
        assert len(asked) <= MOST, (path, len(asked))


@pytest.mark.parametrize("path", ["step/1/", "step/6/tasks/search_test/", "history/", "papers/report/"])
def test_no_page_asks_the_same_twice(planned: Site, browser_of: Callable[..., Client], path: str) -> None:
    asked = _queries(browser_of("Petra"), ROOT + path)

    assert sorted(asked) == sorted(set(asked))


def test_forecasts_read_alone_are_those_read_with_everything(planned: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.quarter.answer import standing_of
    from quarterdeck.operations.strategy import look_at_strategy

    context = open_context(planned, "harbour", "Petra", now=NOW)
    alone = look_at_strategy.newest_standings(context)
    monkeypatch.setattr(look_at_strategy, "standing_of", lambda context, **_: standing_of(context))

    assert alone
    assert alone == look_at_strategy.newest_standings(context)


def test_a_draft_is_judged_by_the_forecasts_that_were_just_read(planned: Site) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.quarter.open_desk import open_desk
    from quarterdeck.operations.strategy.look_at_strategy import look_at_draft, newest_standings
    from quarterdeck.strategy.changes.patch import apply_changes

    desk: Any = open_desk(planned, "harbour", "Petra", now=NOW)
    context = open_context(planned, "harbour", "Petra", now=NOW)
    tried = apply_changes(desk.strategy, {"objectives[new_customers].target": "9000"})

    asked = look_at_draft(context, tried, quarter=desk.quarter, day=desk.day)

    assert asked == look_at_draft(context, tried, quarter=desk.quarter, day=desk.day, standings=newest_standings(context))
    assert asked != look_at_draft(context, tried, quarter=desk.quarter, day=desk.day, standings={})
