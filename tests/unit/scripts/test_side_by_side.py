"""Commands that run at the same moment: they do, each is heard, and none can fail unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "scripts" / "side_by_side.py"


def _run(*lines: str) -> subprocess.CompletedProcess[str]:
    """As from a terminal: without the folder that this very run of the tests may share."""
    places = {name: value for name, value in os.environ.items() if name != "QUARTERDECK_TEST_SITES"}
    return subprocess.run([sys.executable, str(SCRIPT), *lines], capture_output=True, text=True, check=False, timeout=60, env=places)


def test_each_is_running_while_the_other_runs(tmp_path: Path) -> None:
    """Each waits for what the other writes: one after the other they would wait for ever."""
    one, two = tmp_path / "one", tmp_path / "two"
    waits = "for turn in $(seq 500); do [ -e {} ] && break; sleep 0.02; done; [ -e {} ]"
    done = _run(f"touch {one}; {waits.format(two, two)}", f"touch {two}; {waits.format(one, one)}")
    assert done.returncode == 0


def test_what_they_say_is_not_mixed() -> None:
    assert _run("echo a; sleep 0.1; echo b", "echo c; echo d").stdout == "a\nb\nc\nd\n"


@pytest.mark.parametrize(("first", "second", "code"), [("exit 0", "exit 3", 3), ("exit 2", "exit 0", 2), ("false && true", "true", 1)])
def test_one_that_fails_fails_all(first: str, second: str, code: int) -> None:
    assert _run(first, second).returncode == code


def test_they_share_a_folder_that_is_gone_afterwards() -> None:
    said = _run('echo "$QUARTERDECK_TEST_SITES"; test -d "$QUARTERDECK_TEST_SITES"', 'echo "$QUARTERDECK_TEST_SITES"')
    first, second = said.stdout.split()
    assert said.returncode == 0 and first == second and not Path(first).exists()
