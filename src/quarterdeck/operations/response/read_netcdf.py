"""read_netcdf: a netCDF file of another tool as groups of variables. Needs h5py (the extra `curves`); nothing else of that tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.response.exchange.imported_draws import STATE

_TIMES = re.compile(r"(days|hours|minutes|seconds|milliseconds|microseconds) since (.+)")
_GROUPS = ("posterior", "constant_data")


@dataclass(frozen=True, eq=False)
class FileVariable:
    """An array with the names of its axes."""

    values: Any
    dims: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class FileGroup(Mapping[str, FileVariable]):
    """Name -> variable."""

    variables: Mapping[str, FileVariable]

    def __getitem__(self, name: str) -> FileVariable:
        return self.variables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)


@dataclass(frozen=True, eq=False)
class FileGroups(Mapping[str, FileGroup]):
    """Name -> group, and what the file says of itself."""

    groups: Mapping[str, FileGroup]
    attrs: Mapping[str, Any]

    def __getitem__(self, name: str) -> FileGroup:
        return self.groups[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)


def read_netcdf(path: Path, *, largest: int = 3) -> FileGroups:
    """The groups `posterior` and `constant_data`; variables of more than `largest` axes, which no curve needs, are left out.

    Raises: InvalidInput for a file that is none (RESPONSE-058), Refused without h5py (RESPONSE-059).
    """
    try:
        import h5py
    except ImportError:
        fix = "Install it: pip install 'quarterdeck[curves]'."
        raise Refused("Reading a netCDF file needs the package h5py, which is not installed.", fix=fix, code="RESPONSE-059", state=STATE) from None
    try:
        with h5py.File(path, "r") as file:
            groups = {name: _read_group(file[name], largest) for name in _GROUPS if name in file}
            return FileGroups(groups, {name: _text(value) for name, value in file.attrs.items()})
    except OSError as error:
        problem = Problem("RESPONSE-058", str(path), f"no netCDF 4 file ({error})", "a file that the other tool saved", "Save the model again.")
        raise InvalidInput([problem], state=STATE) from error


def _read_group(group: Any, largest: int) -> FileGroup:
    found = {}
    for name, data in group.items():
        if hasattr(data, "shape") and data.ndim <= largest:
            found[name] = FileVariable(_values(data), _dims(group, data))
    return FileGroup(found)


def _dims(group: Any, data: Any) -> tuple[str, ...]:
    """The names of the axes: those of the coordinates that stand along them."""
    if "DIMENSION_LIST" in data.attrs:
        return tuple(group.file[each[0]].name.rsplit("/", 1)[-1] for each in data.attrs["DIMENSION_LIST"])
    return (data.name.rsplit("/", 1)[-1],) if data.ndim == 1 else ()


def _values(data: Any) -> Any:
    values = data[()]
    if getattr(values, "dtype", None) is not None and values.dtype.kind in "OS":
        return np.array([_text(each) for each in np.ravel(values)]).reshape(np.shape(values))
    told = _TIMES.fullmatch(_text(data.attrs.get("units", "")))
    if told is None:
        return values
    unit, first = told.groups()
    start = datetime.fromisoformat(first.strip())
    return np.array([(start + timedelta(**{unit: float(each)})).date().isoformat() for each in np.ravel(values)])


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
