"""How complete the eight steps were, revision by revision: in the history, on the whole page and for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Browser = Callable[..., "Client"]


def _context(site: Site, now: datetime = NOW) -> Any:
    from quarterdeck.operations.context import open_context

    return open_context(site, "harbour", "Petra", now=now)


def _change(site: Site, changes: dict[str, object], now: datetime = NOW) -> int:
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    return change_strategy(_context(site, now), changes).revision


@pytest.fixture
def grown(planned: Site) -> Site:
    """Harbour, which lost its voice and its vision and found the voice again."""
    _change(planned, {"content.voice": None, "vision": None})
    _change(planned, {"content.voice": "Like the gardener next door."})
    return planned


def test_the_history_draws_each_step_over_the_revisions_and_says_it_in_words_and_as_a_table(grown: Site, browser_of: Browser) -> None:
    page = browser_of("Vera").get(f"{ROOT}history/").content.decode()
    assert page.count("<svg viewBox=") >= 8
    assert "5 Content: unchanged at 100" in page.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "1 Goals: from 100 % at revision 1 to 80 % at revision 3." in page.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "Show as table" in page


def test_a_first_version_alone_has_not_grown_and_is_not_drawn(planned: Site, browser_of: Browser) -> None:
    assert "st-maturity" not in browser_of("Vera").get(f"{ROOT}history/").content.decode()


def test_the_whole_page_says_how_complete_it_was_two_weeks_ago_or_at_first(grown: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.strategy.look_at_maturity import maturity_before

    young = maturity_before(_context(grown))
    assert (young.is_first, young.complete > young.now) == (True, True)
    assert "In its first version" in browser_of("Petra").get(ROOT).content.decode()

    later = NOW + timedelta(days=20)
    assert maturity_before(_context(grown, later)) is None  # nothing was saved since
    _change(grown, {"vision": "The shop that gardeners think of first."}, later)
    old = maturity_before(_context(grown, later))
    assert (old.is_first, old.complete < old.now) == (False, True)


def test_programs_get_each_revision_with_its_steps_and_the_version_of_the_checks(grown: Site) -> None:
    from quarterdeck.operations.strategy.save_strategy import list_revisions
    from quarterdeck.strategy.checks.maturity import CHECKS_VERSION

    rows = list_revisions(_context(grown)).facts["revisions"]
    assert [row["maturity"]["steps"]["5"] for row in rows] == [1.0, 0.75, 1.0]
    assert {row["maturity"]["checks"] for row in rows} == {CHECKS_VERSION}


def test_a_figure_is_of_the_document_alone_so_that_it_is_the_same_on_every_day(grown: Site) -> None:
    from quarterdeck.operations.strategy.look_at_maturity import look_at_maturity

    first, later = (look_at_maturity(_context(grown, NOW + timedelta(days=days)), [1, 2, 3]) for days in (0, 400))
    assert first == later


def test_the_last_revisions_are_told_as_they_are_among_all_of_them(grown: Site) -> None:
    from quarterdeck.operations.strategy.save_strategy import list_revisions

    every, some = list_revisions(_context(grown)).facts, list_revisions(_context(grown), last=2).facts
    assert some["revisions"] == every["revisions"][:2]
    assert (some["total"], len(every["revisions"])) == (3, 3)
    assert list_revisions(_context(grown), last=99).facts == every


def test_the_history_says_where_the_checks_changed_and_which_figures_are_of_later(
    planned: Site, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    from quarterdeck.operations.strategy import keep_maturity

    _change(planned, {"content.voice": None})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_revision SET maturity = NULL WHERE number = 1")
    monkeypatch.setattr(keep_maturity, "CHECKS_VERSION", "of-tomorrow")
    _change(planned, {"content.voice": "Like the gardener next door."})

    page = browser_of("Vera").get(f"{ROOT}history/").content.decode()
    assert "Revision 1 was saved before the figures were kept." in page and '<td class="r nw">later</td>' in page
    assert "The checks changed between revision 1 and 2 and between revision 2 and 3" in page and page.count("<line ") == 2 * 8
    assert browser_of("Vera").get(f"{ROOT}history/").content.decode().count("<line ") == 2 * 8


def test_a_drafts_history_has_figures_of_its_own(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.drafts.open_draft import begin_draft, in_draft
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    begin_draft(_context(planned), "Without a voice")
    change_strategy(in_draft(_context(planned), "without-a-voice"), {"content.voice": None})
    page = browser_of("Vera").get(f"{ROOT}drafts/without-a-voice/history/").content.decode().replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "5 Content: from 100 % at revision 1 to 75 % at revision 2." in page
    assert "were saved before" not in page and "<line " not in page
