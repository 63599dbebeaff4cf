"""A browser for tests, and axe-core which looks at pages as somebody who cannot see them would.

    python scripts/browser_for_tests.py                  says where they are, installing what is missing
    python scripts/browser_for_tests.py -- pytest tests  runs the command with their places in QUARTERDECK_TEST_BROWSER and QUARTERDECK_TEST_AXE

Debian's `chromium` is installed when no browser is there and this user may install it; Playwright drives it and never fetches one of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from fetch_parts import PARTS, NotFetched, fetch

BROWSER_VARIABLE, AXE_VARIABLE = "QUARTERDECK_TEST_BROWSER", "QUARTERDECK_TEST_AXE"
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none")
"""For `chromium.launch(executable_path=..., args=...)`: works for root in a container too; only pages of our own are opened."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"), Path("/Applications/Chromium.app/Contents/MacOS/Chromium"))
_HOW = f"Install Chromium (Debian: `sudo apt-get install chromium`; macOS: Google Chrome), or name a browser of its family in {BROWSER_VARIABLE}."


class NoBrowser(RuntimeError):
    """A browser cannot be had here; the message says what to install."""


def find_browser() -> Path | None:
    """The browser that is there, the one named in QUARTERDECK_TEST_BROWSER first; None when there is none."""
    if named := os.environ.get(BROWSER_VARIABLE):
        return Path(named) if Path(named).exists() else None
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else next((place for place in _MAC if place.exists()), None)


def browser() -> Path:
    """The browser, installed when it is missing. Raises NoBrowser with what to install."""
    found = find_browser()
    if found is None:
        _install()
        found = find_browser()
    if found is None:
        raise NoBrowser(f"A browser is needed for these tests and was not found. {_HOW}")
    return found


def axe() -> Path:
    """The file axe.min.js. Raises NoBrowser when it cannot be fetched."""
    if named := os.environ.get(AXE_VARIABLE):
        return Path(named)
    try:
        return fetch(PARTS["axe"]) / "axe.min.js"
    except NotFetched as problem:
        raise NoBrowser(f"The accessibility tests need axe-core: {problem}.") from problem


def main(arguments: Sequence[str]) -> int:
    """The exit code of the command, or 0."""
    places = {BROWSER_VARIABLE: str(browser()), AXE_VARIABLE: str(axe())}
    command = list(arguments[1:]) if arguments[:1] == ["--"] else list(arguments)
    if command:
        return subprocess.run(command, env={**os.environ, **places}, check=False).returncode
    for variable, place in places.items():
        print(f"{variable}={place}")
    return 0


def _install() -> None:
    apt = shutil.which("apt-get")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if apt is None or (prefix and shutil.which("sudo") is None):
        raise NoBrowser(f"A browser is needed for these tests and was not found. {_HOW}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
        done = subprocess.run([*prefix, apt, *step], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NoBrowser(f"A browser is needed for these tests and could not be installed: {done.stderr.strip()[-300:]}\n{_HOW}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NoBrowser as problem:
        sys.exit(str(problem))
