"""Saving the strategy: nobody's change is lost to somebody else's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from child_jobs import NOW
from django.db import IntegrityError

from quarterdeck.ledger.gateway.revisions import StaleRevision, append_revision, insert_revision, latest_revision
from quarterdeck.ledger.models import Revision, Workspace

FIRST, SECOND, THIRD = ({"vision": text, "budget": Decimal("10.50")} for text in ("one", "two", "three"))


def test_revisions_are_numbered_and_know_what_they_were_made_from(bakery: Workspace) -> None:
    first = append_revision(bakery, FIRST, "vision: one", author="Ann", note="start", parent_hash=None, now=NOW)
    second = append_revision(bakery, SECOND, "vision: two", author="Bob", note="", parent_hash=first.hash, now=NOW)

    assert (first.number, first.parent, second.number, second.parent) == (1, None, 2, first)
    assert latest_revision(bakery) == second
    assert Revision.objects.get(number=1).document == {"vision": "one", "budget": "10.50"}


def test_saving_what_is_saved_already_adds_nothing(bakery: Workspace) -> None:
    first = append_revision(bakery, FIRST, "vision: one", author="Ann", note="", parent_hash=None, now=NOW)

    assert append_revision(bakery, FIRST, "vision: one", author="Ann", note="", parent_hash=first.hash, now=NOW) == first
    assert append_revision(bakery, FIRST, "vision: one # why", author="Ann", note="", parent_hash=first.hash, now=NOW).number == 2


def test_a_change_made_from_an_older_revision_is_refused_and_both_are_shown(bakery: Workspace) -> None:
    first = append_revision(bakery, FIRST, "", author="Ann", note="", parent_hash=None, now=NOW)
    theirs = append_revision(bakery, SECOND, "", author="Bob", note="", parent_hash=first.hash, now=NOW)

    with pytest.raises(StaleRevision, match="Bob saved revision 2 meanwhile") as stale:
        append_revision(bakery, THIRD, "", author="Ann", note="", parent_hash=first.hash, now=NOW)

    assert (stale.value.parent, stale.value.latest, stale.value.yours) == (first, theirs, THIRD)
    assert Revision.objects.count() == 2


def test_a_second_writer_between_the_look_and_the_write_meets_the_constraint(bakery: Workspace) -> None:
    seen = append_revision(bakery, FIRST, "", author="Ann", note="", parent_hash=None, now=NOW)
    append_revision(bakery, SECOND, "", author="Bob", note="", parent_hash=seen.hash, now=NOW)

    with pytest.raises(IntegrityError):
        insert_revision(bakery, THIRD, "", author="Ann", note="", parent=seen, now=NOW)

    assert Revision.objects.count() == 2


def test_of_writers_at_the_same_moment_exactly_one_saves(bakery: Workspace, in_threads) -> None:
    first = append_revision(bakery, FIRST, "", author="Ann", note="", parent_hash=None, now=NOW)

    results = in_threads(
        [lambda n=n: append_revision(bakery, {"vision": f"{n}"}, "", author=f"{n}", note="", parent_hash=first.hash, now=NOW) for n in range(6)]
    )

    assert sorted(type(result).__name__ for result in results) == ["Revision"] + ["StaleRevision"] * 5
    winner = next(result for result in results if isinstance(result, Revision))
    assert {result.latest for result in results if isinstance(result, StaleRevision)} == {winner}
    assert Revision.objects.count() == 2
