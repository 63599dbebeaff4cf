"""A site's folder: made whole or not at all, opened with plain complaints."""

from __future__ import annotations

import base64
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from child_jobs import NOW, create_dying_at_line, open_without_rights

from quarterdeck.app.site import create_site, find_site, open_site
from quarterdeck.app.site_folder import read_folder
from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.site import Site


def test_a_new_site_holds_its_settings_a_secret_key_a_ledger_in_wal_mode_and_a_lake(tmp_path: Path) -> None:
    folder = create_site(tmp_path / "shop")

    assert sorted(place.name for place in folder.iterdir()) == ["key", "lake", "ledger.sqlite3", "site.toml"]
    assert len(base64.b64decode((folder / "key").read_bytes())) == 32
    assert (folder / "key").stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(folder / "ledger.sqlite3") as ledger:
        assert ledger.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    ledger.close()


def test_each_site_gets_a_key_of_its_own_and_each_purpose_a_key_of_that(tmp_path: Path) -> None:
    one, other = (read_folder(create_site(tmp_path / name), None) for name in ("one", "other"))

    assert one.key != other.key
    assert one.derive_key("django") == one.derive_key("django") != one.derive_key("connections")


def test_the_key_and_the_database_password_do_not_show_when_a_site_is_printed(tmp_path: Path) -> None:
    site = Site(tmp_path, b"k" * 32, "postgresql://ann:secret@db/ledger")

    assert "secret" not in repr(site)
    assert "kkk" not in repr(site)


def test_an_empty_folder_is_taken_over_and_a_filled_one_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")

    create_site(tmp_path / "empty")
    with pytest.raises(Refused, match="new or empty"):
        create_site(tmp_path / "full")

    assert [place.name for place in (tmp_path / "full").iterdir()] == ["letter.txt"]
    assert sorted(place.name for place in tmp_path.iterdir()) == ["empty", "full"]


def test_a_site_is_never_made_over_another(tmp_path: Path) -> None:
    folder = create_site(tmp_path / "shop")
    key = (folder / "key").read_bytes()

    with pytest.raises(Refused, match="already"):
        create_site(folder)

    assert (folder / "key").read_bytes() == key


def test_a_kill_while_a_site_is_made_leaves_all_of_it_or_nothing(tmp_path: Path, start_process) -> None:
    _, pipe = start_process(create_dying_at_line, tmp_path / "counted", None)
    lines = pipe.recv()
    assert lines > 20

    made = 0
    for line in range(1, lines + 1):
        folder = tmp_path / f"site{line}"
        process, _ = start_process(create_dying_at_line, folder, line)
        process.join()
        if folder.exists():
            made += 1
            assert sorted(place.name for place in read_folder(folder, None).folder.iterdir()) == ["key", "lake", "ledger.sqlite3", "site.toml"]
        else:
            create_site(folder)

    assert 0 < made < lines


def test_a_site_is_found_by_its_path_by_the_variable_and_from_a_folder_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, farm = create_site(tmp_path / "shop"), create_site(tmp_path / "farm")

    monkeypatch.chdir(shop / "lake")
    assert find_site() == shop
    monkeypatch.setenv("QUARTERDECK_SITE", str(farm))
    assert find_site() == farm
    assert find_site(shop) == shop


def test_a_folder_that_is_no_site_is_refused_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Refused, match="quarterdeck init"):
        find_site()
    with pytest.raises(Refused, match="is not a Quarterdeck site"):
        open_site(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("format = 2\n", "newer version"),
        ("format = 1\ncolour = 3\n", "the setting colour is not known"),
        ("format = \n", "not valid TOML"),
        ("", "format = 1"),
        ('format = 1\ndatabase = "mysql://db/ledger"\n', "named in a way that is not understood"),
    ],
    ids=["newer", "unknown_setting", "not_toml", "empty", "other_database"],
)
def test_settings_that_are_not_understood_are_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    folder = create_site(tmp_path / "shop")
    (folder / "site.toml").write_text(text)

    with pytest.raises(Refused, match=reason):
        open_site(folder)


@pytest.mark.parametrize("content", [b"", b"c2hvcnQ=", b"\xff\xfe"], ids=["empty", "short", "not_base64"])
def test_a_damaged_key_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = create_site(tmp_path / "shop")
    (folder / "key").write_bytes(content)

    with pytest.raises(Refused, match="does not hold a key"):
        open_site(folder)


def test_a_key_that_others_may_read_is_made_private_again(tmp_path: Path) -> None:
    folder = create_site(tmp_path / "shop")
    (folder / "key").chmod(0o644)

    open_site(folder)

    assert (folder / "key").stat().st_mode & 0o777 == 0o600


def test_a_lost_ledger_is_refused_and_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    folder = create_site(tmp_path / "shop")
    (folder / "ledger.sqlite3").unlink()

    with pytest.raises(Refused, match="backup"):
        open_site(folder)

    assert not (folder / "ledger.sqlite3").exists()


def test_a_folder_that_cannot_be_written_to_is_refused(start_process) -> None:
    place = Path(tempfile.mkdtemp())
    try:
        folder = create_site(place / "shop")
        for part in (folder / "key", folder / "site.toml", folder / "ledger.sqlite3"):
            part.chmod(0o444)
        folder.chmod(0o555)
        place.chmod(0o755)

        _, pipe = start_process(open_without_rights, folder)

        assert "Refused" in (said := pipe.recv())
        assert "cannot be written to" in said
    finally:
        (place / "shop").chmod(0o755)
        shutil.rmtree(place)


def test_one_process_can_open_one_site_after_another(tmp_path: Path) -> None:
    from quarterdeck.ledger.gateway.workspaces import add_workspace

    shop, farm = open_site(create_site(tmp_path / "shop")), open_site(create_site(tmp_path / "farm"))
    from django.conf import settings

    from quarterdeck.ledger.models import Workspace

    add_workspace("farm", name="Farm", currency="EUR", timezone="Europe/Kyiv", now=NOW)
    farm_secret = settings.SECRET_KEY
    open_site(shop.folder)
    assert Workspace.objects.count() == 0
    assert farm_secret != settings.SECRET_KEY
    open_site(farm.folder)
    assert Workspace.objects.get().slug == "farm"
