"""check_places: whether the files that a command is to write can stand where they are wanted, before the work begins."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from quarterdeck.kernel.problems import Problem


def check_places(read: Iterable[Path | None], written: Iterable[tuple[str, Path | None]]) -> list[Problem]:
    """What stands against the files to write, each with the option that names it: a folder that is not there, that is closed or that stands in the
    file's place (FILE-004), and a file that is read, or written by another option (FILE-005). None is a file that nobody asked for."""
    problems: list[Problem] = []
    taken = [place.resolve() for place in read if place is not None]
    for option, place in written:
        if place is None:
            continue
        problems += _about_folder(place)
        if place.resolve() in taken:
            problems.append(Problem("FILE-005", option, f"{place}, which is named twice", "a file of its own", "Name another file."))
        taken.append(place.resolve())
    return problems


def _about_folder(place: Path) -> list[Problem]:
    if place.is_dir():
        return [Problem("FILE-004", str(place), "a folder", "a file", "Name a file in it.")]
    if not place.parent.is_dir():
        return [Problem("FILE-004", str(place), "no such folder", "a folder that is there", "Make it first, or name another place.")]
    if not os.access(place.parent, os.W_OK):
        return [Problem("FILE-004", str(place), "a folder in which you may not write", "one in which you may", "Name another place.")]
    return []
