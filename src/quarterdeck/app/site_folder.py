"""The files of a site's folder: written whole, read with plain complaints."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import sqlite3
import tomllib
from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.durable import sync_folder
from quarterdeck.operations.site import Site

SITE_FILE = "site.toml"
KEY_FILE = "key"
FORMAT = 1
KEY_BYTES = 32
_KNOWN = {"format", "database"}
_TEXT = """\
# A Quarterdeck site. Back up this whole folder: the ledger, the facts (lake/) and the key belong together.
format = {format}
# The ledger is ledger.sqlite3 in this folder, or a PostgreSQL database:
{database}
"""


def write_folder(folder: Path, database_url: str | None) -> None:
    """Everything that a new site holds, on the disk when this returns. `folder` exists and is empty."""
    example = '# database = "postgresql://name:password@host:5432/quarterdeck"'
    line = example if database_url is None else f"database = {_quote(database_url)}"
    _write(folder / SITE_FILE, _TEXT.format(format=FORMAT, database=line).encode())
    _write(folder / KEY_FILE, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    (folder / "lake").mkdir()
    if database_url is None:
        _write_empty_ledger(folder / "ledger.sqlite3")
    sync_folder(folder)


def read_folder(folder: Path, database_url: str | None) -> Site:
    """The site that `folder` is; `database_url` goes before the one in site.toml. Raises Refused: none, newer, damaged, not writable."""
    values = _read_settings(folder)
    url = database_url or values.get("database")
    if url is not None and not (isinstance(url, str) and url.startswith(("postgresql://", "postgres://"))):
        raise Refused(
            "The database of this site is named in a way that is not understood.",
            fix='Write it as database = "postgresql://name:password@host:5432/quarterdeck" in site.toml, or leave it out.',
            code="SITE-005",
        )
    site = Site(folder, _read_key(folder), url)
    _require_writable(site)
    return site


def _read_settings(folder: Path) -> dict[str, object]:
    place = folder / SITE_FILE
    try:
        values = tomllib.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(
            f"{folder} is not a Quarterdeck site: it holds no {SITE_FILE}.",
            fix=f"Make one with `quarterdeck init {folder}`, or name another folder.",
            code="SITE-001",
        ) from None
    except OSError as error:
        raise Refused(
            f"{place} cannot be read: {error.strerror}.", fix="Give this user the right to read and write the folder.", code="SITE-003"
        ) from error
    except ValueError as error:
        raise Refused(f"{place} is not valid TOML: {error}.", fix="Correct that line.", code="SITE-004") from error
    form = values.get("format")
    if isinstance(form, int) and form > FORMAT:
        raise Refused(
            f"{folder} was made by a newer version of Quarterdeck (site format {form}; this version knows {FORMAT}).",
            fix="Update Quarterdeck, then open it again.",
            code="SITE-002",
        )
    unknown = sorted(set(values) - _KNOWN)
    if form != FORMAT or unknown:
        what = f"the setting {', '.join(unknown)} is not known" if unknown else "it does not say `format = 1`"
        raise Refused(f"{place} is not understood: {what}.", fix=f"Keep only these settings: {', '.join(sorted(_KNOWN))}.", code="SITE-004")
    return values


def _read_key(folder: Path) -> bytes:
    place = folder / KEY_FILE
    try:
        key = base64.b64decode(place.read_bytes().strip(), validate=True)
    except OSError as error:
        raise Refused(
            f"The key of this site cannot be read: {place} ({error.strerror}).",
            fix="Bring the file `key` back from a backup of this folder.",
            code="SITE-006",
        ) from error
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Refused(f"{place} does not hold a key.", fix="Bring the file `key` back from a backup of this folder.", code="SITE-006")
    if place.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):  # a backup that was unpacked may have lost the narrow rights
            place.chmod(0o600)
    return key


def _require_writable(site: Site) -> None:
    if site.database_url is None and not site.ledger_path.exists():
        raise Refused(
            f"The ledger of this site is missing: {site.ledger_path}.",
            fix="Bring the file back from a backup of this folder; a new empty one would hide everything decided so far.",
            code="SITE-007",
        )
    places = [site.folder, *([site.ledger_path] if site.database_url is None else []), site.lake_dir]
    for place in places:
        if place.exists() and not os.access(place, os.W_OK):
            raise Refused(f"{place} cannot be written to.", fix="Give this user the right to read and write the folder.", code="SITE-003")


def _write(place: Path, content: bytes) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _write_empty_ledger(place: Path) -> None:
    # The switch to WAL is remembered in the file; made here, it never has to be made while others have it open.
    connection = sqlite3.connect(place)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("VACUUM")
    finally:
        connection.close()
    place.chmod(0o600)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
