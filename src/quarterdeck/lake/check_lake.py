"""verify_lake and sweep_lake: whether the files are what the ledger says, and taking away what a kill left behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from quarterdeck.lake.durable import file_sha256
from quarterdeck.lake.fit_file import FIT_FOLDER, FIT_SUFFIX, FitFileDamaged, fit_path, read_fit_file
from quarterdeck.lake.load_file import PART_SUFFIX, load_path

LEFTOVER_AGE = timedelta(days=1)


class RecordedLoad(Protocol):
    """A load as the ledger knows it, dropped or not."""

    @property
    def table(self) -> str: ...
    @property
    def load_id(self) -> str: ...
    @property
    def file_sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LakeReport:
    """What is wrong, as file names within the lake, sorted. `orphans` are whole files that the ledger does not know."""

    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    orphans: tuple[str, ...]
    leftovers: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every fact that the ledger knows is there, unchanged. Orphans and leftovers harm nothing."""
        return not (self.missing or self.damaged)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong or left over."""
        return self.is_sound and not (self.orphans or self.leftovers)


def verify_lake(lake_dir: Path, recorded: Iterable[RecordedLoad], fit_hashes: Iterable[str] = ()) -> LakeReport:
    """Every file read and held against its hash. A lake that has no folder yet is empty."""
    known: dict[Path, bool] = {}
    for load in recorded:
        place = load_path(lake_dir, load.table, load.load_id)
        known[place] = place.is_file() and file_sha256(place) == load.file_sha256
    for fit_hash in fit_hashes:
        place = fit_path(lake_dir, fit_hash)
        known[place] = place.is_file() and _fit_is_whole(place, fit_hash)
    orphans, leftovers = _strangers(lake_dir, set(known))
    return LakeReport(
        missing=_names(lake_dir, (place for place in known if not place.is_file())),
        damaged=_names(lake_dir, (place for place, is_whole in known.items() if place.is_file() and not is_whole)),
        orphans=_names(lake_dir, orphans),
        leftovers=_names(lake_dir, leftovers),
    )


def sweep_lake(
    lake_dir: Path, recorded: Iterable[RecordedLoad], fit_hashes: Iterable[str] = (), *, now: datetime, older_than: timedelta = LEFTOVER_AGE
) -> tuple[str, ...]:
    """Names of the files taken away: leftovers and orphans that nobody touched for `older_than`.

    The caller holds the ledger's lock on loads, so that no file is recorded between the look and the removal.
    """
    known = {load_path(lake_dir, load.table, load.load_id) for load in recorded} | {fit_path(lake_dir, fit_hash) for fit_hash in fit_hashes}
    orphans, leftovers = _strangers(lake_dir, known)
    old = [place for place in (*orphans, *leftovers) if now - _touched_at(place) > older_than]
    for place in old:
        place.unlink(missing_ok=True)
    return _names(lake_dir, old)


def _strangers(lake_dir: Path, known: set[Path]) -> tuple[list[Path], list[Path]]:
    """Whole files that are not known, and files that were never finished. Files of other kinds are not ours to judge."""
    orphans, leftovers = [], []
    for place in lake_dir.glob("*/*"):
        if place.name.startswith(".") and place.name.endswith(PART_SUFFIX):
            leftovers.append(place)
        elif place not in known and (place.suffix == ".parquet" or (place.parent.name == FIT_FOLDER and place.suffix == FIT_SUFFIX)):
            orphans.append(place)
    return orphans, leftovers


def _touched_at(place: Path) -> datetime:
    try:
        return datetime.fromtimestamp(place.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


def _fit_is_whole(place: Path, fit_hash: str) -> bool:
    try:
        return read_fit_file(place).hash == fit_hash
    except FitFileDamaged:
        return False


def _names(lake_dir: Path, places: Iterable[Path]) -> tuple[str, ...]:
    return tuple(sorted(place.relative_to(lake_dir).as_posix() for place in places))
