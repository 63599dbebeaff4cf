"""How complete each revision was is kept with it: at every save, once, through archives and migrations, on each kind of database."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from child_jobs import NOW
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.maturity import KeptMaturity, from_row, to_row
from quarterdeck.ledger.gateway.workspaces import set_role
from quarterdeck.ledger.models import AuditEntry, DraftRevision, Revision, Workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.open_draft import adopt, begin_draft, lay_aside
from quarterdeck.operations.first_strategy.start_strategy import start_strategy
from quarterdeck.operations.site import Site
from quarterdeck.operations.strategy import keep_maturity
from quarterdeck.operations.strategy.change_strategy import change_strategy, restore_revision, take_back_revision
from quarterdeck.operations.strategy.look_at_maturity import look_at_maturity, maturity_before
from quarterdeck.strategy.checks.maturity import CHECKS_VERSION


@pytest.fixture
def olena(ledger_site: Site, bakery: Workspace) -> Context:
    """The owner of a bakery that began with the example of a shop."""
    context = Context(ledger_site, bakery, set_role(bakery, "Olena", "owner", now=NOW), NOW)
    start_strategy(context, "shop")
    return context


def _forget(table: str = "ledger_revision", where: str = "1 = 1") -> None:
    """As if it had been saved before figures were kept."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET maturity = NULL WHERE {where}")


def test_every_way_of_saving_keeps_the_figures_of_that_moment(olena: Context) -> None:
    change_strategy(olena, {"vision": None})
    take_back_revision(olena, 2)
    restore_revision(olena, 2)
    inside = dataclasses.replace(olena, draft=begin_draft(olena, "Bold"))
    change_strategy(inside, {"content.voice": None})
    adopt(inside)

    for model, count in ((Revision, 5), (DraftRevision, 2)):
        kept = [from_row(row) for row in model.objects.order_by("number").values_list("maturity", flat=True)]
        assert len(kept) == count
        assert all(each is not None and each.checks == CHECKS_VERSION and not each.is_later for each in kept)
    goals = [each.steps[1] for each in look_at_maturity(olena, range(1, 6))]
    assert goals == [1.0, 0.8, 1.0, 0.8, 0.8]


def test_what_was_saved_before_is_worked_out_at_the_first_look_and_marked_and_never_again(olena: Context) -> None:
    change_strategy(olena, {"vision": None})
    before = look_at_maturity(olena, [1, 2])
    _forget(where="number = 1")

    first = look_at_maturity(olena, [1, 2])
    assert [(each.is_later, each.steps) for each in first] == [(True, before[0].steps), (False, before[1].steps)]
    with CaptureQueriesContext(connection) as queries:
        assert look_at_maturity(olena, [1, 2]) == first
    assert not [query for query in queries if "UPDATE" in query["sql"]]


def test_a_kept_figure_stays_whatever_the_checks_of_today_say(olena: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = look_at_maturity(olena, [1])
    monkeypatch.setattr(keep_maturity, "CHECKS_VERSION", "of-tomorrow")
    monkeypatch.setattr(keep_maturity, "maturity_of_document", lambda strategy: dict.fromkeys(range(1, 9), 0.25))

    change_strategy(olena, {"vision": None})
    assert look_at_maturity(olena, [1]) == kept
    assert [(each.complete, each.checks) for each in look_at_maturity(olena, [2])] == [(0.25, "of-tomorrow")]
    assert Revision.objects.filter(number=1).update(maturity={}) == 0


def test_the_figure_of_two_weeks_ago_is_held_against_the_newest_by_the_same_checks(olena: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    later = dataclasses.replace(olena, now=NOW + timedelta(days=20))
    change_strategy(later, {"vision": None})
    by_kept = maturity_before(later)
    assert by_kept is not None and by_kept.complete > by_kept.now

    monkeypatch.setattr(keep_maturity, "CHECKS_VERSION", "of-tomorrow")
    monkeypatch.setattr(keep_maturity, "maturity_of_document", lambda strategy: dict.fromkeys(range(1, 9), 0.5 if strategy.vision else 0.25))
    change_strategy(later, {"vision": "Bread for everybody."})
    found = maturity_before(later)
    assert found is not None and (found.complete, found.now) == (0.5, 0.5)


def test_of_those_who_look_at_the_same_moment_each_sees_the_same_and_one_row_is_written(olena: Context, in_threads: Any) -> None:
    _forget()
    found = in_threads([lambda: look_at_maturity(olena, [1]) for _ in range(4)])
    assert len({json.dumps(each[0].to_json(), sort_keys=True) for each in found}) == 1
    assert from_row(Revision.objects.get().maturity).is_later  # type: ignore[union-attr]  # it is there


def test_an_archive_carries_the_figures_and_one_of_an_earlier_version_is_read(site: Site, tmp_path: Path) -> None:
    from quarterdeck.ledger.gateway.workspaces import add_workspace
    from quarterdeck.operations.company.archive import archive_workspace, restore_workspace

    bakery = add_workspace("bakery", name="North Bakery", currency="GBP", timezone="Europe/London", now=NOW)
    olena = Context(site, bakery, set_role(bakery, "Olena", "owner", now=NOW), NOW)
    start_strategy(olena, "local_trade")
    whole = archive_workspace(olena)
    body = json.loads(zipfile.ZipFile(_file(tmp_path / "a.zip", whole)).read("workspace.json"))
    kept = body["tables"]["Revision"][0]["maturity"]

    def moved(slug: str, change: Any) -> Workspace:
        other = json.loads(json.dumps(body))
        other["workspace"]["slug"] = slug
        change(other)
        file = tmp_path / f"{slug}.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("workspace.json", json.dumps(other))
        restore_workspace(site, file, owner="Olena", now=NOW)
        return Workspace.objects.get(slug=slug)

    def without_columns(other: Any) -> None:
        del other["tables"]["Revision"][0]["maturity"], other["workspace"]["business"], other["tables"]["DraftReopening"]

    same, older = moved("same", lambda other: None), moved("older", without_columns)
    assert (same.revisions.get().maturity, same.business) == (kept, "local_trade")
    assert (older.revisions.get().maturity, older.business) == (None, "")
    for wrong in ({"steps": {}}, kept | {"total": 3}, kept | {"checks": 7}, "all of it"):
        with pytest.raises(Refused, match="not kept as it was written"):
            moved("wrong", lambda other, wrong=wrong: other["tables"]["Revision"][0].update(maturity=wrong))
    with pytest.raises(Refused, match="of a kind that there is not"):
        moved("wrong", lambda other: other["workspace"].update(business="bank"))


def test_what_is_kept_is_read_as_it_was_written() -> None:
    kept = KeptMaturity({step: step / 9 for step in range(1, 9)}, 0.5, "abc", is_later=True)
    assert from_row(json.loads(json.dumps(to_row(kept)))) == kept
    assert from_row(None) is None


def test_the_migration_goes_forwards_and_backwards_and_loses_no_revision(olena: Context) -> None:
    from django.core.management import call_command

    before = Revision.objects.defer("maturity").values("number", "hash", "text", "author").get()
    call_command("migrate", "ledger", "0005", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash, text, author FROM ledger_revision")
        assert cursor.fetchall() == [tuple(before.values())]
    call_command("migrate", "ledger", verbosity=0)

    assert Revision.objects.values("number", "hash", "text", "author").get() == before
    assert Revision.objects.get().maturity is None
    assert [each.is_later for each in look_at_maturity(olena, [1])] == [True]
    assert Workspace.objects.get().business == "" and AuditEntry.objects.filter(verb="choose_business").exists()


def test_undo_of_an_adoption_opens_the_draft_again_and_two_who_open_it_open_it_once(olena: Context, in_threads: Any) -> None:
    from quarterdeck.ledger.gateway.drafts import find_draft, reopen_draft
    from quarterdeck.ledger.models import DraftReopening

    inside = dataclasses.replace(olena, draft=begin_draft(olena, "Bold"))
    change_strategy(inside, {"content.voice": None})
    adopt(inside)
    assert take_back_revision(olena, 2).reopened == "Bold"
    draft = find_draft(olena.workspace, "bold")
    assert draft is not None and draft.is_open and DraftReopening.objects.count() == 1

    lay_aside(dataclasses.replace(olena, draft=draft))
    closed = [find_draft(olena.workspace, "bold") for _ in range(3)]
    opened = in_threads([lambda each=each: reopen_draft(each, by="Olena", now=NOW) for each in closed])
    assert sorted(opened) == [False, False, True] and DraftReopening.objects.count() == 2


def _file(place: Path, body: bytes) -> Path:
    place.write_bytes(body)
    return place
