"""The comparison with other tools runs without them, and says what it lacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_nothing_to_compare_is_said_loudly_and_is_no_failure():
    command = [sys.executable, str(ROOT / "benchmarks" / "peers_speed.py")]
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "THE PUBLISHED SERIES ARE MISSING" in done.stderr
    assert "QUARTERDECK_PUBLISHED_DATA" in done.stderr
