"""keep_upload, find_upload, forget_upload: a file that somebody brought by the browser, kept aside between the look at it and the yes."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.site import Site

LONGEST_KEPT = timedelta(days=1)
MOST_KEPT = 40
"""Files that wait for a yes at the same time; a further one takes the place of the oldest."""
MOST_BYTES = 25 * 1024 * 1024
LONGEST_NAME_BYTES = 120
_TOKEN = re.compile(r"[0-9a-f]{32}")


def keep_upload(site: Site, name: str, chunks: Iterable[bytes], *, now: datetime) -> str:
    """The token under which the file is found again for a day. Raises Refused when it is too large; nothing is kept then."""
    _sweep(site, now)
    token = secrets.token_hex(16)
    folder = site.folder / "uploads" / token
    folder.mkdir(parents=True, mode=0o700)
    file = folder / plain_name(name)
    size = 0
    with file.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                break
            out.write(chunk)
    if size > MOST_BYTES:
        forget_upload(site, token)
        raise Refused(
            f"{file.name} is larger than {MOST_BYTES / 1e6:.0f} MB.",
            fix="Split it by year, or import it on the server with `quarterdeck import`.",
            code="FACTS-903",
            state="No row was imported.",
        )
    return token


def find_upload(site: Site, token: str) -> Path:
    """The file. Raises Refused when it is not there (any more)."""
    folder = site.folder / "uploads" / token
    files = sorted(folder.iterdir()) if _TOKEN.fullmatch(token) and folder.is_dir() else []
    if not files:
        raise Refused("That file is not kept any more.", fix="Choose it once more.", code="FILE-003", state="No row was imported.")
    return files[0]


def forget_upload(site: Site, token: str) -> None:
    """The file is gone."""
    folder = site.folder / "uploads" / token
    if _TOKEN.fullmatch(token) and folder.is_dir():
        for file in folder.iterdir():
            file.unlink(missing_ok=True)
        folder.rmdir()


def plain_name(name: str) -> str:
    """The file's name without folders and without what a file system might mistake, with its ending; never empty, at most 120 bytes."""
    plain = re.sub(r"[^\w. ()-]", "_", Path(name.replace("\\", "/")).name).strip(". ")
    stem, dot, ending = plain.rpartition(".") if len(plain.rpartition(".")[2]) < 10 else (plain, "", "")
    room = LONGEST_NAME_BYTES - len(f"{dot}{ending}".encode())
    return f"{stem.encode()[:room].decode(errors='ignore')}{dot}{ending}" or "file.csv"


def _sweep(site: Site, now: datetime) -> None:
    """Away with what nobody said yes to. Another request may do the same at this moment."""
    root = site.folder / "uploads"
    kept: list[tuple[float, str]] = []
    for folder in root.iterdir() if root.is_dir() else ():
        with contextlib.suppress(OSError):
            kept.append((folder.stat().st_mtime, folder.name))
    oldest = (now - LONGEST_KEPT).timestamp()
    for number, (touched_at, token) in enumerate(sorted(kept, reverse=True)):
        if touched_at < oldest or number >= MOST_KEPT - 1:
            with contextlib.suppress(OSError):
                forget_upload(site, token)
