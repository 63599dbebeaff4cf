"""Where fit, forecast, curves and experiment write: checked before the work, so that nothing that is read is lost and nothing is half written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from file_makers import shop, write

ROLES = ("--time", "Week of", "--outcome", "sales", "--spend", "TV,Paid Search")


@pytest.fixture(scope="module")
def fitted(run, tmp_path_factory) -> Path:
    """A folder with a file, plans for two weeks and curves."""
    folder = tmp_path_factory.mktemp("places")
    write(folder / "shop.csv", shop(30))
    (folder / "plans.json").write_text(json.dumps([{"spend": {"TV": [100, 100]}}]))
    (folder / "priors.json").write_text(json.dumps({"TV": {"mean": 2.0, "sd": 0.5}}))
    assert run("fit", "shop.csv", *ROLES, "--form", "one", "--curves", "shop.qdc", cwd=folder).code == 0
    return folder


@pytest.fixture
def folder(fitted, tmp_path) -> Path:
    """A copy that a test may spoil, with a folder `out` in it."""
    shutil.copytree(fitted, tmp_path / "work")
    (tmp_path / "work" / "out").mkdir()
    return tmp_path / "work"


FIT, FORECAST = ("fit", "shop.csv", *ROLES), ("forecast", "shop.qdc", "--weeks", 2, "--plans", "plans.json")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param((*FIT, "--curves", "shop.csv"), id="fit_curves_over_data"),
        pytest.param((*FIT, "--json", "./shop.csv"), id="fit_json_over_data"),
        pytest.param((*FIT, "--priors", "priors.json", "--json", "priors.json"), id="fit_json_over_priors"),
        pytest.param((*FIT, "--curves", "both", "--json", "both"), id="fit_both_in_one"),
        pytest.param((*FORECAST, "--json", "shop.qdc"), id="forecast_over_curves"),
        pytest.param((*FORECAST, "--json", "plans.json"), id="forecast_over_plans"),
        pytest.param((*FORECAST, "--context-ahead", "shop.csv", "--json", "shop.csv"), id="forecast_over_context"),
        pytest.param(("curves", "export", "shop.qdc", "shop.qdc", "--to", "csv"), id="export_over_curves"),
        pytest.param(("curves", "import", "shop.csv", "--from", "pymc", "--curves", "shop.csv"), id="import_over_its_source"),
    ],
)
def test_no_file_is_written_over_one_that_is_read(run, folder, words):
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    said = run(*words, cwd=folder)

    assert said.code == 2
    assert "named twice" in said.err
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_json_before_the_file_takes_the_file_for_its_own(run, folder):
    before = (folder / "shop.csv").read_bytes()
    assert run("fit", "--json", "shop.csv", *ROLES, cwd=folder).code == 2
    assert (folder / "shop.csv").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        pytest.param((*FIT, "--curves", "new.qdc", "--json", "out"), id="fit"),
        pytest.param((*FORECAST, "--json", "."), id="forecast"),
        pytest.param(("curves", "export", "shop.qdc", "out", "--to", "csv"), id="export"),
        pytest.param(("curves", "import", "shop.qdc", "--from", "pymc", "--curves", "out"), id="import"),
        pytest.param((*FIT, "--curves", "nowhere/new.qdc"), id="no_such_folder"),
    ],
)
def test_a_place_where_no_file_can_stand_is_said_before_the_work_and_nothing_is_written(run, folder, words):
    before = sorted(path.name for path in folder.rglob("*"))

    said = run(*words, cwd=folder)

    assert said.code == 2
    assert "[FILE-004]" in said.err
    assert sorted(path.name for path in folder.rglob("*")) == before
