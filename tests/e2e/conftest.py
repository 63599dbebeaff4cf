"""The `quarterdeck` program as a person runs it: a process, its words and its exit code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(sys.executable).with_name("quarterdeck")
_KEPT = {"PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_START"}


@dataclass(frozen=True)
class Said:
    """What a run said: words, errors, and the exit code."""

    out: str
    err: str
    code: int

    @property
    def facts(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        loaded = json.loads(self.out)
        assert isinstance(loaded, dict)
        return loaded


Run = Callable[..., Said]


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs the program; no trace and no warning may ever reach a person."""

    def run_it(*words: object, cwd: Path | None = None, **variables: str) -> Said:
        environment = {name: value for name, value in os.environ.items() if name in _KEPT} | {"NO_COLOR": "1", "PYTHONUTF8": "1", **variables}
        done = subprocess.run([PROGRAM, *map(str, words)], cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=120)
        for text in (done.stdout, done.stderr):
            assert "Traceback" not in text, text
            assert "Warning:" not in text, text
        return Said(done.stdout, done.stderr, done.returncode)

    return run_it


@pytest.fixture
def call() -> Iterator[Run]:
    """The same program within this process, where many small calls are made: quicker, with the same words and exit codes."""
    from quarterdeck.app import console
    from quarterdeck.cli.main import run as run_program

    def call_it(*words: object) -> Said:
        out, err = io.StringIO(), io.StringIO()
        arguments, sys.argv = sys.argv, ["quarterdeck", *map(str, words)]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as end:
                run_program(console._Root())
        finally:
            sys.argv = arguments
        code = end.value.code
        return Said(out.getvalue(), err.getvalue(), code if isinstance(code, int) else 0)

    yield call_it
    from django.conf import settings
    from django.db import connections

    if settings.configured:  # not by commands that open no site
        connections.close_all()


@pytest.fixture(scope="session")
def shop_template(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small shop with an approved plan, made by the program alone."""
    folder = tmp_path_factory.mktemp("e2e") / "shop"
    for words in (
        ("init", folder, "--sample", "small_shop", "--as", "Olena"),
        ("plan", "--overrule", "All there is", "--site", folder),
        ("approve", "--all", "--site", folder),
    ):
        said = run(*words)
        assert said.code == 0, said.err
    return folder


@pytest.fixture
def shop(shop_template: Path, tmp_path: Path) -> Path:
    """A copy of it that the test may change."""
    return Path(shutil.copytree(shop_template, tmp_path / "shop"))


@pytest.fixture
def snapshot_of() -> Callable[[Path], dict[str, bytes]]:
    """Every file of a site's lake, and every row of its ledger: equal before and after what changes nothing."""
    import sqlite3

    def look(site: Path) -> dict[str, bytes]:
        files = {str(path.relative_to(site)): path.read_bytes() for path in sorted((site / "lake").rglob("*")) if path.is_file()}
        with sqlite3.connect(site / "ledger.sqlite3") as ledger:
            files["ledger"] = "\n".join(ledger.iterdump()).encode()
        ledger.close()
        return files

    return look
