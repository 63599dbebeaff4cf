"""The comparison of geos with other tools runs without them, and says what it lacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "OPENBLAS_NUM_THREADS": "1"} | variables
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)


def test_a_missing_data_set_is_said_loudly_and_is_no_failure():
    done = _run(str(ROOT / "benchmarks" / "peers_geo.py"))
    assert done.returncode == 0, done.stderr
    assert "THE DATA SET OF GEOS IS MISSING" in done.stderr


def test_a_missing_tool_is_said_loudly_with_what_to_set(tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'benchmarks')!r}); from pathlib import Path; import peers_geo; "
        "sys.exit(any(peers_geo.fit_peer(tool, Path('geos.csv'), None) for tool in peers_geo.PEERS))"
    )
    nowhere = str(tmp_path / "python")
    done = _run("-c", code, QUARTERDECK_PEER_PYMC=nowhere, QUARTERDECK_PEER_MERIDIAN=nowhere)
    assert done.returncode == 0, done.stderr
    for said in ("PYMC-MARKETING IS MISSING", "QUARTERDECK_PEER_PYMC", "GOOGLE-MERIDIAN IS MISSING", "QUARTERDECK_PEER_MERIDIAN"):
        assert said in done.stderr
