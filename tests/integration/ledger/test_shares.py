"""Links that show a paper: whose they are, until when they work, and what is recorded of those who answer."""

from __future__ import annotations

import dataclasses
import threading
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest
from child_jobs import NOW

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.gateway.shares import MOST_AN_HOUR
from quarterdeck.ledger.models import AuditEntry, Share, ShareReply, Workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.papers.read_share import OpenLink, ShutLink, agree, comment, open_share
from quarterdeck.operations.papers.share_link import nonce_of, path_of
from quarterdeck.operations.papers.share_paper import (
    SharedLink,
    agreements,
    count_waiting,
    end_share,
    look_at_share,
    look_at_shares,
    settle,
    share_paper,
)
from quarterdeck.operations.site import Site
from quarterdeck.operations.strategy.change_strategy import change_strategy
from quarterdeck.operations.strategy.save_strategy import save_strategy
from quarterdeck.report.papers.agency_brief import Scope
from quarterdeck.strategy.yaml.text import parse_strategy

DAY = date(2027, 1, 4)
HARBOUR = parse_strategy((resources.files("quarterdeck") / "samples" / "harbour" / "strategy.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def olena(ledger_site: Site, bakery: Workspace) -> Context:
    """An owner whose company has a strategy."""
    from quarterdeck.ledger.gateway.workspaces import set_role

    context = Context(ledger_site, bakery, set_role(bakery, "Olena", "owner", now=NOW), NOW)
    save_strategy(context, HARBOUR)
    return context


def _share(context: Context, kind: str = "one-page", *, days: int = 14, **more: Any) -> SharedLink:
    return share_paper(context, kind, for_whom=more.pop("for_whom", "Jane Smith"), days=days, quarter=Quarter(DAY), day=DAY, **more)


def _token(link: SharedLink) -> str:
    return link.path.removeprefix("/s/").removesuffix("/")


def _opened(context: Context, link: SharedLink, *, later: timedelta = timedelta()) -> Any:
    return open_share(context.site, _token(link), now=NOW + later)


def test_a_link_shows_the_revision_that_was_shared_after_the_strategy_has_changed(olena: Context) -> None:
    link = _share(olena)
    change_strategy(olena, {"vision": "Something else entirely."})

    found = _opened(olena, link)

    assert (found.revision, found.has_newer) == (1, True)
    assert found.paper.lead == HARBOUR.vision
    assert found.paper.foot.endswith("As of 4 January 2027.")


def test_a_link_works_until_its_last_moment_and_says_nothing_after_it(olena: Context) -> None:
    link = _share(olena, days=7)

    assert isinstance(_opened(olena, link, later=timedelta(days=7, microseconds=-1)), OpenLink)
    assert _opened(olena, link, later=timedelta(days=7)) == ShutLink("Olena", "expired")


def test_a_closed_link_shows_nothing_and_takes_no_reply_from_a_page_that_is_still_open(olena: Context) -> None:
    link = _share(olena)
    page = _opened(olena, link)
    end_share(olena, link.id)

    assert _opened(olena, link) == ShutLink("Olena", "closed")
    with pytest.raises(Refused, match="shows nothing any more"):
        agree(page, name="Jane Smith", now=NOW)
    with pytest.raises(Refused, match="closed before"):
        end_share(olena, link.id)
    assert not ShareReply.objects.exists()


def test_the_ledger_alone_opens_nothing_and_neither_does_another_sites_key(olena: Context) -> None:
    link = _share(olena)
    row = " ".join(str(value) for value in Share.objects.values().get().values()) + " ".join(str(entry.details) for entry in AuditEntry.objects.all())
    other = dataclasses.replace(olena.site, key=bytes(32))

    assert _token(link) not in row and _token(link)[16:] not in row
    assert open_share(other, _token(link), now=NOW) is None
    assert path_of(other, Share.objects.get().nonce) != link.path


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: token + "A", lambda token: token[:16], lambda token: "", lambda token: "é" * 40]
)
def test_a_token_that_is_not_whole_opens_nothing(olena: Context, change: Any) -> None:
    assert open_share(olena.site, change(_token(_share(olena))), now=NOW) is None


def test_every_single_sign_of_a_token_counts(olena: Context) -> None:
    token = _token(_share(olena))
    changed = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token))]

    assert nonce_of(olena.site, token) == token[:16]
    assert [each for each in changed if nonce_of(olena.site, each) is not None] == []


def test_an_agreement_is_recorded_once_with_its_name_its_time_and_its_revision(olena: Context) -> None:
    link = _share(olena)
    page = _opened(olena, link)
    change_strategy(olena, {"vision": "Something else entirely."})

    assert [agree(page, name="  Jane \n Smith ", now=NOW + timedelta(days=1)), agree(page, name="Jane Smith", now=NOW + timedelta(days=2))] == [
        True,
        False,
    ]

    found = agreements(olena)
    assert list(found) == [1]
    assert [(each.name, each.made_at) for each in found[1]] == [("Jane Smith", NOW + timedelta(days=1))]
    assert AuditEntry.objects.get(verb="agree").who == "Jane Smith (by a link)"


def test_comments_wait_until_somebody_settles_them_and_stay_on_record(olena: Context) -> None:
    link = _share(olena)
    page = _opened(olena, link)
    goals = page.paper.sections[0]
    comment(page, about=goals.title, name="Jane", text="Why this much?", now=NOW)
    comment(page, about="No such heading", name="Jane", text="Well done.", now=NOW)
    agree(page, name="Jane", now=NOW)

    assert (count_waiting(olena).comments, count_waiting(olena).agreements) == (2, 1)
    said = look_at_share(olena, link.id).replies
    assert [(each.about, each.step) for each in said] == [(goals.title, goals.number), ("", None), ("", None)]

    settle(olena, link.id, said[0].id)
    assert count_waiting(olena).comments == 1
    assert look_at_share(olena, link.id).replies[0].settled_by == "Olena"
    with pytest.raises(Refused, match="settled before"):
        settle(olena, link.id, said[0].id)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"share_paper", "agree", "settle_reply"}


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "Jane\u202eSmith", "\x1b[31mJane", "---", "12"])
def test_a_name_that_cannot_be_read_is_refused(olena: Context, name: str) -> None:
    page = _opened(olena, _share(olena))
    with pytest.raises(InvalidInput, match="STRATEGY-945"):
        comment(page, about="", name=name, text="Hello", now=NOW)
    with pytest.raises(InvalidInput, match="STRATEGY-945"):
        agree(page, name=name, now=NOW)
    assert not ShareReply.objects.exists()


def test_a_comment_keeps_its_lines_and_loses_signs_that_turn_words_around(olena: Context) -> None:
    page = _opened(olena, _share(olena))
    comment(page, about="", name="علی\N{ZERO WIDTH NON-JOINER}رضا", text=" One\r\ntwo \u202ethree\x00 👩‍🌾 ", now=NOW)

    assert ShareReply.objects.get().text == "One\ntwo three 👩\N{ZERO WIDTH JOINER}🌾"
    assert ShareReply.objects.get().name == "علیرضا"
    for wrong in ("", " \n ", "x" * 2001, "\u202e"):
        with pytest.raises(InvalidInput, match="STRATEGY-946"):
            comment(page, about="", name="Jane", text=wrong, now=NOW)
    assert comment(page, about="", name="Jane", text="x" * 2000, now=NOW)


def test_no_more_than_thirty_replies_are_kept_in_an_hour_of_one_link(olena: Context) -> None:
    page, other = _opened(olena, _share(olena)), _opened(olena, _share(olena))
    for number in range(MOST_AN_HOUR):
        comment(page, about="", name="Jane", text=f"Comment {number}", now=NOW)

    with pytest.raises(Refused, match="within an hour"):
        agree(page, name="Jane", now=NOW + timedelta(minutes=59))
    assert agree(other, name="Jane", now=NOW)
    assert agree(page, name="Jane", now=NOW + timedelta(hours=1))


def test_replies_of_the_same_moment_do_not_slip_past_the_count(olena: Context) -> None:
    from django.db import connections

    page = _opened(olena, _share(olena))
    for number in range(MOST_AN_HOUR - 2):
        comment(page, about="", name="Jane", text=f"Comment {number}", now=NOW)
    start, refused = threading.Barrier(6), []

    def say(number: int) -> None:
        start.wait()
        try:
            comment(page, about="", name="Jane", text=f"At once {number}", now=NOW)
        except Refused:
            refused.append(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=say, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(refused), ShareReply.objects.count()) == (4, MOST_AN_HOUR)


@pytest.mark.parametrize("role", ["contributor", "approver", "viewer"])
def test_who_may_not_share_sees_no_link_and_still_sees_who_agreed(olena: Context, role: str) -> None:
    from quarterdeck.ledger.gateway.workspaces import set_role

    link = _share(olena)
    agree(_opened(olena, link), name="Jane", now=NOW)
    other = Context(olena.site, olena.workspace, set_role(olena.workspace, "Vera", role, now=NOW), NOW)

    for refused in (lambda: _share(other), lambda: look_at_shares(other), lambda: end_share(other, link.id), lambda: settle(other, link.id, 1)):
        with pytest.raises(Refused, match="share_strategy"):
            refused()
    assert [each.name for each in agreements(other)[1]] == ["Jane"]


def test_another_companys_link_is_none_of_ours(olena: Context) -> None:
    from quarterdeck.ledger.gateway.workspaces import add_workspace, set_role

    link = _share(olena)
    shop = add_workspace("shop", name="Shop", currency="EUR", timezone="Europe/Berlin", now=NOW)
    stranger = Context(olena.site, shop, set_role(shop, "Ben", "owner", now=NOW), NOW)

    assert look_at_shares(stranger) == ()
    for refused in (lambda: look_at_share(stranger, link.id), lambda: end_share(stranger, link.id), lambda: settle(stranger, link.id, 1)):
        with pytest.raises(Refused, match="no such link"):
            refused()


def test_a_link_that_cannot_be_is_not_made(olena: Context) -> None:
    with pytest.raises(InvalidInput) as wrong:
        _share(olena, for_whom=" ", days=8)
    assert [each.code for each in wrong.value.problems] == ["STRATEGY-940", "STRATEGY-941"]
    with pytest.raises(Refused, match="no paper"):
        _share(olena, "novel")
    with pytest.raises(Refused, match="no campaign"):
        _share(olena, "brief", scope=Scope(campaigns=("moon",)))
    assert not Share.objects.exists()


def test_an_archive_keeps_links_and_what_was_said_and_its_old_addresses_open_nothing_elsewhere(site: Site, tmp_path: Any) -> None:
    from quarterdeck.app.site import create_site, open_site
    from quarterdeck.ledger.gateway.workspaces import add_workspace, set_role
    from quarterdeck.operations.company.archive import archive_workspace, restore_workspace

    company = add_workspace("bakery", name="North Bakery", currency="GBP", timezone="Europe/London", now=NOW)
    context = Context(site, company, set_role(company, "Olena", "owner", now=NOW), NOW)
    save_strategy(context, HARBOUR)
    link = _share(context)
    agree(_opened(context, link), name="Jane", now=NOW)
    (tmp_path / "bakery.zip").write_bytes(archive_workspace(context))

    other = open_site(create_site(tmp_path / "other"))
    restore_workspace(other, tmp_path / "bakery.zip", owner="Olena", now=NOW)
    there = Workspace.objects.get(slug="bakery")
    moved = dataclasses.replace(context, site=other, workspace=there, member=there.members.get(person="Olena"))

    assert [each.name for each in agreements(moved)[1]] == ["Jane"]
    again = look_at_shares(moved)[0]
    assert open_share(other, _token(link), now=NOW) is None
    assert isinstance(open_share(other, _token(again), now=NOW), OpenLink)
