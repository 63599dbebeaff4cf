"""import_curves: curves that another tool fitted, as a .qdc."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quarterdeck.facts.series_file import SeriesFile, SeriesOptions, SeriesRoles, parse_series
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.operations.response.check_places import check_places
from quarterdeck.operations.response.keep_curves import write_curves
from quarterdeck.operations.response.read_netcdf import FileGroups, read_netcdf
from quarterdeck.operations.response.read_series_file import read_bytes
from quarterdeck.operations.told import Told
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.exchange.import_meridian import MAX_LAG, MeridianRows, curves_from_meridian, left_out_of_meridian
from quarterdeck.response.exchange.import_pymc import curves_from_pymc
from quarterdeck.response.exchange.imported_draws import STATE
from quarterdeck.response.series.series import FloatArray

TOOLS = ("pymc", "meridian")


@dataclass(frozen=True)
class ImportCurvesRequest:
    """What is asked. Meridian keeps no spend with its draws: `data` is the CSV file that it was fitted on, `spend` and `exposure` its columns, one for
    each channel in the model's order."""

    file: Path
    tool: str
    curves: Path
    metric: str | None = None
    data: Path | None = None
    time: str | None = None
    spend: tuple[str, ...] = ()
    exposure: tuple[str, ...] = ()
    max_lag: int = MAX_LAG


def import_curves(request: ImportCurvesRequest) -> Told:
    """What was brought in. Raises InvalidInput with what stands against it, Refused without h5py; nothing is then written."""
    problems = _problems(request)
    if problems:
        raise InvalidInput(problems, state=STATE)
    groups = read_netcdf(request.file)
    curves = curves_from_pymc(groups, metric=request.metric) if request.tool == "pymc" else _from_meridian(request, groups)
    write_curves(request.curves, curves)
    said = [f"{curves.draws:,} draws of the curves of {', '.join(curves.channels)} were brought in, up to {curves.last_week.isoformat()}."]
    left_out = left_out_of_meridian(groups) if request.tool == "meridian" else ()
    if left_out:
        said.append(f"{', '.join(left_out)} (reach and frequency) were left out.")
    facts = {"channels": list(curves.channels), "draws": curves.draws, "last_row": curves.last_week.isoformat(), "left_out": list(left_out)}
    return Told(said, facts)


def _problems(request: ImportCurvesRequest) -> list[Problem]:
    problems = []
    if request.tool not in TOOLS:
        problems.append(Problem("RESPONSE-050", "--from", request.tool, " or ".join(TOOLS), "Choose one of them."))
    if not request.file.is_file():
        problems.append(Problem("FILE-001", str(request.file), "no such file", "a netCDF file that the other tool saved", "Correct the path."))
    problems += check_places((request.file, request.data), (("--curves", request.curves),))
    if request.tool == "meridian" and not (request.data and request.time and request.spend):
        fix = "Meridian keeps no spend with its draws: name the CSV file that it was fitted on, and these columns of it."
        problems.append(Problem("RESPONSE-050", "--data, --time, --spend", "not all of them", "all three", fix))
    return problems


def _from_meridian(request: ImportCurvesRequest, groups: FileGroups) -> ResponseCurves:
    if request.data is None or request.time is None:
        raise ValueError("checked before")
    roles = SeriesRoles(request.time, spend=request.spend, organic=request.exposure)
    found = parse_series(read_bytes(request.data), roles, file_name=request.data.name, options=SeriesOptions())
    rows = MeridianRows(found.days, _columns(found, request.spend), _columns(found, request.exposure) if request.exposure else None)
    return curves_from_meridian(groups, rows, metric=request.metric or "outcome", max_lag=request.max_lag)


def _columns(found: SeriesFile, names: tuple[str, ...]) -> FloatArray:
    import numpy as np

    return np.array([found.numbers[name] for name in names], dtype=np.float64)[:, :, 0].T
