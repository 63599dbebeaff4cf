"""Command lines at the same moment, so that none of the machine's cores stands idle while one of them waits.

    python scripts/side_by_side.py 'pytest -n 2 tests/unit' 'pytest tests/web/browser'

Each runs in bash. The first says what it says at once, the others when they are done. The companies that the tests of pages prepare are shared by all of
them (QUARTERDECK_TEST_SITES), in a folder that is thrown away at the end. The exit code is 0 when every one ended with 0.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

SITES_VARIABLE = "QUARTERDECK_TEST_SITES"


def main(lines: Sequence[str]) -> int:
    """0, or the exit code of the first that failed."""
    with tempfile.TemporaryDirectory(prefix="quarterdeck-sites-") as folder:
        places = {**os.environ, SITES_VARIABLE: os.environ.get(SITES_VARIABLE) or folder}
        first, *others = [_start(line, places, is_heard=number == 0) for number, line in enumerate(lines)]
        codes = [first.wait(), *(_said(each) for each in others)]
    return next((code for code in codes if code), 0)


def _start(line: str, places: dict[str, str], *, is_heard: bool) -> subprocess.Popen[str]:
    said = None if is_heard else tempfile.TemporaryFile("w+")  # noqa: SIM115  # a pipe would fill up while nobody reads it
    process = subprocess.Popen(["bash", "-euo", "pipefail", "-c", line], env=places, stdout=said, stderr=said, text=True)
    process.stdout = said  # type: ignore[assignment]  # read when it has ended
    return process


def _said(process: subprocess.Popen[str]) -> int:
    code = process.wait()
    assert process.stdout is not None
    process.stdout.seek(0)
    print(process.stdout.read(), end="", flush=True)
    process.stdout.close()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
