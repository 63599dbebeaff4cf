"""A shared paper as somebody outside meets it: nothing of the cockpit, nothing that runs, and nothing after it has ended."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from world import NOW

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.context import Context

NASTY = "<script>alert(1)</script>\"'{{ 7*7 }}"


def _context(site: Site) -> Context:
    from quarterdeck.operations.context import open_context

    return open_context(site, "harbour", "Petra", now=NOW)


def _share(site: Site, kind: str = "one-page", *, for_whom: str = "Jane Smith") -> str:
    """The path of a new link."""
    from quarterdeck.operations.papers.tell_shares import tell_share
    from quarterdeck.report.papers.agency_brief import Scope

    return str(tell_share(_context(site), kind, for_whom=for_whom, days=14, scope=Scope()).facts["path"])


@pytest.fixture
def stranger() -> Client:
    """Somebody who is not signed in; forged forms are refused."""
    from django.test import Client

    return Client(enforce_csrf_checks=True)


def _send(client: Client, path: str, **fields: str) -> object:
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    assert token is not None
    return client.post(path, {"csrfmiddlewaretoken": token.group(1), **fields})


@pytest.mark.parametrize("kind", ["one-page", "report", "brief"])
def test_whoever_has_the_link_reads_the_paper_and_takes_it_away(planned: Site, stranger: Client, kind: str) -> None:
    path = _share(planned, kind)

    page = stranger.get(path)
    assert page.status_code == 200
    assert "Harbour Home &amp; Garden" in page.content.decode() and "Jane Smith" in page.content.decode()
    assert stranger.get(f"{path}strategy.pdf").content.startswith(b"%PDF-")
    assert stranger.get(f"{path}strategy.md").content.decode().startswith("# Harbour Home & Garden")


def test_the_page_leads_nowhere_into_the_cockpit_and_runs_nothing(planned: Site, stranger: Client, browser_of: Callable[..., Client]) -> None:
    path = _share(planned)

    for client in (stranger, browser_of("Olena")):
        page = client.get(path).content.decode()
        links = {link.split("?")[0] for link in re.findall(r'(?:href|action|src)="([^"]+)"', page)}
        assert {link for link in links if not link.startswith(("#", "/static/"))} == {"strategy.pdf", "strategy.md"}
        assert "<script" not in page and "/w/" not in page and "harbour/" not in page
        assert "Other Shop" not in page and "Sign in" not in page


@pytest.mark.parametrize("end", ["", "strategy.pdf", "strategy.md"])
def test_the_answers_say_that_nobody_may_keep_find_or_pass_them_on(planned: Site, stranger: Client, end: str) -> None:
    answer = stranger.get(_share(planned) + end)

    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == ("no-referrer" if end else "same-origin")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("end", ["", "strategy.pdf", "strategy.md"])
def test_an_ended_link_says_whom_to_ask_and_nothing_of_the_company(
    planned: Site, stranger: Client, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    from django.conf import settings

    path = _share(planned)
    monkeypatch.setattr(settings, "QUARTERDECK_CLOCK", lambda: NOW + timedelta(days=14))

    answer = stranger.get(path + end)

    assert (answer.status_code, answer["Referrer-Policy"]) == (410, "no-referrer")
    page = answer.content.decode()
    assert "expired" in page and "Petra" in page
    assert not any(word in page for word in ("Harbour", "harbour", "Jane", "one page"))


def test_a_closed_link_takes_no_agreement(planned: Site, stranger: Client) -> None:
    from quarterdeck.ledger.models import Share, ShareReply
    from quarterdeck.operations.papers.share_paper import end_share

    path = _share(planned)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', stranger.get(path).content.decode())
    end_share(_context(planned), Share.objects.get().pk)

    answer = stranger.post(path, {"csrfmiddlewaretoken": token.group(1) if token else "", "do": "agree", "name": "Jane"})

    assert answer.status_code == 410 and "was closed" in answer.content.decode()
    assert not ShareReply.objects.exists()


@pytest.mark.parametrize("end", ["", "strategy.pdf", "strategy.md"])
def test_a_wrong_address_is_not_found_whether_there_is_a_link_or_not(planned: Site, stranger: Client, end: str) -> None:
    path = _share(planned)
    wrong = path[:-3] + ("AA" if path[-3:-1] != "AA" else "BB") + "/"

    answers = [stranger.get(each + end) for each in (wrong, "/s/guessed/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_wrong_address_asks_the_ledger_nothing(planned: Site, stranger: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    path = _share(planned)
    with CaptureQueriesContext(connection) as asked:
        stranger.get(path[:-3] + "zz/")
    assert len(asked) == 0


def test_a_nasty_name_and_comment_are_words_on_every_page(planned: Site, stranger: Client, browser_of: Callable[..., Client]) -> None:
    path = _share(planned, for_whom=NASTY[:40])
    assert _send(stranger, path, do="comment", part="1", name=NASTY, text=NASTY).status_code == 302  # type: ignore[attr-defined]
    assert _send(stranger, path, do="agree", name=NASTY).status_code == 302  # type: ignore[attr-defined]

    petra, root = browser_of("Petra"), "/w/harbour/strategy/"
    pages = [stranger.get(path), petra.get(f"{root}papers/"), petra.get(f"{root}papers/shared/1/"), petra.get(f"{root}history/")]
    for page in pages:
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;alert(1)" in page.content.decode()
    assert html.escape(NASTY) in pages[0].content.decode()


def test_an_agreement_stands_on_the_page_as_a_sentence_with_its_revision(planned: Site, stranger: Client) -> None:
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    path = _share(planned)
    change_strategy(_context(planned), {"vision": "Another year."})
    answer = _send(stranger, path, do="agree", name="Jane Smith")

    page = stranger.get(answer["Location"]).content.decode()  # type: ignore[index]
    assert "Agreed by Jane Smith on 23 November 2026 to revision 1" in page
    assert "There is a newer version. Ask Petra for it." in page
    assert "Another year." not in page


def test_a_comment_stands_below_its_part_and_a_wrong_one_is_given_back(planned: Site, stranger: Client) -> None:
    path = _share(planned)
    wrong = _send(stranger, path, do="comment", part="2", name=" ", text="Kept while I type my name.")

    assert wrong.status_code == 422  # type: ignore[attr-defined]
    page = wrong.content.decode()  # type: ignore[attr-defined]
    assert "Kept while I type my name.</textarea>" in page and "Type your name." in page and '<details class="st-noprint" open>' in page

    _send(stranger, path, do="comment", part="2", name="Jane", text="Who are they?")
    page = stranger.get(path).content.decode()
    assert page.index('id="on-2"') < page.index("Who are they?") < page.index('id="on-3"')


def test_a_program_that_fills_in_every_field_is_thanked_and_nothing_is_kept(planned: Site, stranger: Client) -> None:
    from quarterdeck.ledger.models import ShareReply

    answer = _send(stranger, _share(planned), do="comment", part="1", name="Bot", text="Buy now", website="http://x")

    assert answer.status_code == 302 and not ShareReply.objects.exists()  # type: ignore[attr-defined]


def test_after_thirty_replies_in_an_hour_the_page_asks_to_wait_and_keeps_the_words(planned: Site, stranger: Client) -> None:
    path = _share(planned)
    for number in range(30):
        assert _send(stranger, path, do="comment", part="0", name="Jane", text=f"Word {number}").status_code == 302  # type: ignore[attr-defined]

    answer = _send(stranger, path, do="comment", part="0", name="Jane", text="The last straw")

    assert answer.status_code == 429  # type: ignore[attr-defined]
    assert "within an hour" in answer.content.decode() and "The last straw</textarea>" in answer.content.decode()  # type: ignore[attr-defined]


def test_a_form_from_elsewhere_says_nothing(planned: Site, stranger: Client) -> None:
    from quarterdeck.ledger.models import ShareReply

    assert stranger.post(_share(planned), {"do": "agree", "name": "Jane"}).status_code == 403
    assert not ShareReply.objects.exists()


@pytest.mark.parametrize(
    "fields", [{}, {"do": "agree"}, {"do": "comment", "part": "99", "name": "J", "text": "x"}, {"part": "-1"}, {"part": "٣"}, {"name": "\x00"}]
)
def test_odd_fields_are_answered_and_never_fail(planned: Site, stranger: Client, fields: dict[str, str]) -> None:
    assert _send(stranger, _share(planned), **fields).status_code in (302, 422)  # type: ignore[attr-defined]
