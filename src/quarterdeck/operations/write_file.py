"""write_new, write_over: what an operation made, as a file that the user names."""

from __future__ import annotations

from pathlib import Path

from quarterdeck.kernel.problems import Refused


def write_new(to: Path, body: bytes | str) -> None:
    """The file is there and says `body`. Raises Refused when there is one already, because somebody may have worked in it, and where none can be."""
    make_folder(to.parent)
    try:
        with to.open("xb") as file:
            file.write(_bytes(body))
    except FileExistsError:
        raise Refused(
            f"{to} is there already.", fix="Name another file, or take that one away.", code="EXPORT-003", state="Nothing was written."
        ) from None
    except OSError as error:
        raise cannot_write(to, error) from error


def write_over(to: Path, body: bytes | str) -> None:
    """The file says `body`, whatever it said before: for what can be made anew at any time. Raises Refused where none can be."""
    make_folder(to.parent)
    try:
        to.write_bytes(_bytes(body))
    except OSError as error:
        raise cannot_write(to, error) from error


def make_folder(folder: Path) -> None:
    """The folder is there. Raises Refused when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def cannot_write(to: Path, error: OSError) -> Refused:
    """What to say when the system would not write."""
    return Refused(f"{to} cannot be written: {error.strerror}.", fix="Name a place where this user may write.", code="EXPORT-004")


def _bytes(body: bytes | str) -> bytes:
    return body.encode() if isinstance(body, str) else body
