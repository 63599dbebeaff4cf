"""Putting files on the disk so that a kill or a power cut leaves all of a file or nothing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path


def sync_file(place: Path) -> None:
    """Puts the bytes of a file on the disk."""
    with place.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk, where the system can."""
    with contextlib.suppress(PermissionError):  # Windows cannot open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(place: Path, content: bytes) -> None:
    """Writes a file aside and gives it its name in one step: whoever looks sees the file before or after, never half of it."""
    part = place.with_name(f".{place.name}.{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(content)
        sync_file(part)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(place.parent)


def file_sha256(place: Path) -> str:
    """SHA-256 of the bytes of a file, 64 hex digits."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_once(part: Path, place: Path) -> bool:
    """Gives the whole file `part` the name `place` in one step, unless the name is taken; whether it did. `part` may stay behind."""
    try:
        os.link(part, place)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if place.exists():
            return False
        part.replace(place)
    return True
