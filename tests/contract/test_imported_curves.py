"""Curves of PyMC-Marketing and Meridian say what those tools said themselves: real files of theirs, read without them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.operations.response.export_curves import export_curves
from quarterdeck.operations.response.import_curves import ImportCurvesRequest, import_curves
from quarterdeck.operations.response.keep_curves import read_curves, write_curves
from quarterdeck.operations.response.read_netcdf import FileGroup, FileGroups, FileVariable, read_netcdf
from quarterdeck.response.exchange.import_meridian import MeridianRows, curves_from_meridian, curves_from_meridian_model
from quarterdeck.response.exchange.import_pymc import curves_from_pymc

FOLDER = Path(__file__).parents[1] / "data" / "imported_curves"


def told(tool: str) -> tuple[np.ndarray, np.ndarray]:
    """What the tool itself says: contributions [draw, channel], and their mean in the first rows [row, channel]."""
    found = json.loads((FOLDER / f"{tool}.json").read_text())[tool]
    return np.array(found["contribution_by_draw"]), np.array(found["contribution_of_first_rows"])


def spend_of_meridian() -> MeridianRows:
    with (FOLDER / "spend.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return MeridianRows(tuple(date.fromisoformat(row["week"]) for row in rows), np.array([[float(row["x1"]), float(row["x2"])] for row in rows]))


@pytest.mark.parametrize("tool", ["pymc_marketing", "meridian"])
def test_each_draw_brings_what_the_other_tool_says_it_brought(tool):
    groups = read_netcdf(FOLDER / f"{tool}.nc")
    if tool == "meridian":
        rows = spend_of_meridian()
        spend, curves = rows.spend, curves_from_meridian(groups, rows, max_lag=12)
    else:
        spend, curves = groups["constant_data"]["channel_data"].values, curves_from_pymc(groups)
    brought = curves.started(np.zeros(2)).contribution(spend)
    by_draw, first_rows = told(tool)
    assert curves.channels == ("x1", "x2")
    assert curves.last_week == date(2021, 8, 30)
    assert np.allclose(brought.sum(axis=1), by_draw, rtol=1e-3)
    assert np.allclose(brought.mean(axis=0)[: len(first_rows)], first_rows, rtol=5e-3, atol=0.005 * first_rows.mean())


def test_impressions_are_bought_at_their_average_cost():
    groups, rows = read_netcdf(FOLDER / "meridian.nc"), spend_of_meridian()
    of_spend = curves_from_meridian(groups, rows, max_lag=12)
    of_media = curves_from_meridian(groups, MeridianRows(rows.days, rows.spend, rows.spend * [250.0, 90.0]), max_lag=12)
    assert np.allclose(of_media.half, of_spend.half)
    assert np.allclose(of_media.ceiling, of_spend.ceiling)


def test_a_model_in_memory_says_the_same_as_its_file():
    groups, rows = read_netcdf(FOLDER / "meridian.nc"), spend_of_meridian()
    data = SimpleNamespace(
        geo=SimpleNamespace(values=np.array(["national_geo"])),
        media_spend=SimpleNamespace(values=rows.spend[None]),
        media=SimpleNamespace(values=rows.spend[None]),
        media_time=SimpleNamespace(values=np.array([day.isoformat() for day in rows.days])),
    )
    model = SimpleNamespace(inference_data=groups, input_data=data, model_spec=SimpleNamespace(max_lag=12, adstock_decay_spec="geometric"))
    assert np.allclose(curves_from_meridian_model(model).ceiling, curves_from_meridian(groups, rows, max_lag=12).ceiling)


def changed(groups: FileGroups, parameters: dict[str, np.ndarray], **attrs: str) -> FileGroups:
    """The PyMC file with other parameters [chain, draw, channel] and other words about itself."""
    channel = groups["posterior"]["channel"]
    posterior = {"channel": channel} | {name: FileVariable(values, ("chain", "draw", "channel")) for name, values in parameters.items()}
    return FileGroups({"posterior": FileGroup(posterior), "constant_data": groups["constant_data"]}, {**groups.attrs, **attrs})


@pytest.mark.parametrize(
    ("kind", "parameters", "share"),
    [
        ("TanhSaturation", {"b": 0.5, "c": 0.4}, lambda x: 0.5 * np.tanh(x / 0.2)),
        ("MichaelisMentenSaturation", {"alpha": 0.7, "lam": 0.3}, lambda x: 0.7 * x / (x + 0.3)),
        ("HillSaturation", {"slope": 2.5, "kappa": 0.4, "beta": 0.6}, lambda x: 0.6 * x**2.5 / (x**2.5 + 0.4**2.5)),
    ],
)
def test_other_saturations_are_the_same_curve(kind, parameters, share):
    groups = read_netcdf(FOLDER / "pymc_marketing.nc")
    draws = {f"saturation_{name}": np.full((2, 3, 2), value) for name, value in parameters.items()} | {"adstock_alpha": np.zeros((2, 3, 2))}
    curves = curves_from_pymc(changed(groups, draws, saturation=json.dumps({"__type__": f"x.{kind}"})))
    spend, scale = groups["constant_data"]["channel_data"].values, groups["constant_data"]["channel_scale"].values
    expected = float(groups["constant_data"]["target_scale"].values) * share(spend / scale)
    assert np.allclose(curves.started(np.zeros(2)).contribution(spend)[4], expected)


@pytest.mark.parametrize(
    ("attrs", "word"),
    [
        ({"adstock_first": "false"}, "carry-over before saturation"),
        ({"time_varying_media": "true"}, "do not change over time"),
        ({"link": "log"}, "identity"),
        ({"saturation": '{"__type__": "x.RootSaturation"}'}, "root"),
        ({"adstock": '{"__type__": "x.WeibullPDFAdstock"}'}, "geometric"),
    ],
)
def test_a_model_of_another_kind_is_refused_with_the_reason(attrs, word):
    groups = read_netcdf(FOLDER / "pymc_marketing.nc")
    with pytest.raises(InvalidInput, match=word):
        curves_from_pymc(FileGroups(groups.groups, {**groups.attrs, **attrs}))


def test_a_file_that_is_no_netcdf_is_a_problem_and_nothing_is_written(tmp_path):
    (tmp_path / "mmm.nc").write_bytes(b"PK not a netCDF")
    with pytest.raises(InvalidInput, match="RESPONSE-058"):
        import_curves(ImportCurvesRequest(tmp_path / "mmm.nc", "pymc", tmp_path / "mmm.qdc"))
    assert not (tmp_path / "mmm.qdc").exists()


def test_what_is_missing_for_meridian_is_said_at_once(tmp_path):
    with pytest.raises(InvalidInput) as error:
        import_curves(ImportCurvesRequest(tmp_path / "none.nc", "meridian", tmp_path / "nowhere" / "mmm.qdc"))
    assert [problem.code for problem in error.value.problems] == ["FILE-001", "FILE-004", "RESPONSE-050"]


def test_curves_come_back_bit_for_bit_and_go_out_as_tables(tmp_path):
    import duckdb

    curves = curves_from_pymc(read_netcdf(FOLDER / "pymc_marketing.nc"))
    write_curves(tmp_path / "mmm.qdc", curves)
    back = read_curves(tmp_path / "mmm.qdc")
    for name in ("decay", "half", "ceiling", "form", "carry", "steepness", "delay", "waiting"):
        assert np.array_equal(getattr(back, name), getattr(curves, name))
    for kind in ("parquet", "csv", "json"):
        export_curves(tmp_path / "mmm.qdc", kind, tmp_path / f"draws.{kind}")
    rows = json.loads((tmp_path / "draws.json").read_text())
    assert list(rows["units"]) == list(rows["rows"][0])
    by_tool = [duckdb.sql(f"SELECT * FROM '{tmp_path}/draws.{kind}' ORDER BY draw, channel").fetchall() for kind in ("parquet", "csv")]
    assert by_tool[0] == by_tool[1] == [tuple(row.values()) for row in rows["rows"]]
    assert len(by_tool[0]) == 100 * 2
