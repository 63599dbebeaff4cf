"""The folders are the loop, and the contract that says so has teeth: a file with a wrong import breaks it, and a room that it does not name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")

WRONG = [
    pytest.param("strategy", "import quarterdeck.plan.build", "quarterdeck.strategy -> quarterdeck.plan", id="strategy_must_not_know_plans"),
    pytest.param(
        "strategy", "import quarterdeck.facts.schemas", "quarterdeck.strategy.planted -> quarterdeck.facts.schemas", id="siblings_do_not_meet"
    ),
    pytest.param("plan", "import quarterdeck.act.states", "quarterdeck.plan.planted -> quarterdeck.act.states", id="plan_and_act_do_not_meet"),
    pytest.param(
        "plan", "import quarterdeck.market.truth", "quarterdeck.plan.planted -> quarterdeck.market.truth", id="a_plan_must_not_look_into_the_market"
    ),
    pytest.param(
        "market",
        "import quarterdeck.response.curves.curves",
        "quarterdeck.market.planted -> quarterdeck.response.curves.curves",
        id="the_market_knows_the_kernel_alone",
    ),
    pytest.param(
        "response",
        "import quarterdeck.lake.snapshot",
        "quarterdeck.response.planted -> quarterdeck.lake.snapshot",
        id="response_must_not_read_the_lake",
    ),
    pytest.param(
        "operations",
        "import quarterdeck.cli.main",
        "quarterdeck.operations.planted -> quarterdeck.cli.main",
        id="operations_must_not_know_the_command_line",
    ),
    pytest.param("cli", "import quarterdeck.app.site", "quarterdeck.cli.planted -> quarterdeck.app.site", id="the_command_line_is_handed_its_root"),
    pytest.param("kernel", "import django", "quarterdeck.kernel.planted -> django", id="the_kernel_must_not_know_django"),
    pytest.param("plan", "import time", "quarterdeck.plan.planted -> time", id="a_plan_reads_no_clock"),
    pytest.param("market", "import random", "quarterdeck.market.planted -> random", id="chance_is_handed_in"),
    pytest.param("report", "from pathlib import Path", "quarterdeck.report.planted -> pathlib", id="a_report_touches_no_disk"),
    pytest.param("review", "import duckdb", "quarterdeck.review.planted -> duckdb", id="a_review_asks_no_database"),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source with its contract; whoever plants something takes it out again."""
    folder = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT / "src" / "quarterdeck", folder / "quarterdeck", ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".mypy_cache"))
    shutil.copy(ROOT / ".importlinter", folder / ".importlinter")
    return folder


def lint(folder: Path) -> tuple[int, str]:
    """Exit code and words of the linter, run on the copy."""
    done = subprocess.run(
        [LINTER, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, " ".join(done.stdout.split())


def test_the_source_as_it_is_keeps_every_contract(source):
    code, said = lint(source)
    assert code == 0, said
    assert " 0 broken" in said


@pytest.mark.parametrize(("room", "wrong", "named"), WRONG)
def test_a_wrong_import_breaks_the_contract(source, room, wrong, named):
    planted = source / "quarterdeck" / room / "planted.py"
    planted.write_text(f"{wrong}\n")
    try:
        code, said = lint(source)
    finally:
        planted.unlink()
    assert code == 1, said
    assert "BROKEN" in said
    assert named in said or f"quarterdeck.{room}.planted -> {wrong.split()[1]}" in said, said


def test_a_room_that_the_contract_does_not_name_breaks_it(source):
    room = source / "quarterdeck" / "stowage"
    room.mkdir()
    (room / "__init__.py").write_text('"""Things."""\n')
    try:
        code, said = lint(source)
    finally:
        shutil.rmtree(room)
    assert code == 1, said
    assert "stowage" in said


def test_every_room_has_a_line_that_says_what_it_is():
    for room in sorted((ROOT / "src" / "quarterdeck").iterdir()):
        if room.is_dir() and any(room.glob("*.py")):
            first = (room / "__init__.py").read_text(encoding="utf-8")
            assert first.startswith('"""'), room.name
