"""The entry point of `quarterdeck`: opens sites and reads the clock for the command line."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quarterdeck.cli.desk import Door
    from quarterdeck.operations.site import Site
    from quarterdeck.operations.told import Told

DEMO_MARK = "this-is-a-demo"


class _Root:
    def open_site(self, path: Path | None) -> Site:
        from quarterdeck.app.site import open_site

        return open_site(path)

    def site_at(self, path: Path) -> Site:
        from quarterdeck.app.site import create_site, open_site
        from quarterdeck.app.site_folder import SITE_FILE

        if not (path / SITE_FILE).exists():
            create_site(path)
        return open_site(path)

    def demo_site(self, path: Path, *, fresh: bool, door: Door | None = None) -> Site:
        from quarterdeck.kernel.problems import Refused

        if path.exists() and not path.is_dir():
            raise Refused(f"{path} is not a folder.", fix="Name another one with --site.", code="SITE-020")
        if path.exists() and any(path.iterdir()) and not (path / DEMO_MARK).exists():
            raise Refused(f"{path} holds something that is not a demo.", fix="Name another folder with --site.", code="SITE-020")
        if fresh and path.exists():
            import shutil

            shutil.rmtree(path)
        site = self._opened_or_made(path, door)
        (path / DEMO_MARK).write_text("A demo of Quarterdeck: `quarterdeck demo --fresh` throws this folder away.\n", encoding="utf-8")
        return site

    def open_to_serve(self, path: Path | None, door: Door) -> Site:
        from quarterdeck.app.serve import open_to_serve

        return open_to_serve(path, door)

    def serve(self, site: Site, door: Door, *, greet: Callable[[Told], None], say: Callable[[str], None]) -> int:
        from quarterdeck.app.serve import serve

        return serve(site, door, greet=greet, say=say)

    def _opened_or_made(self, path: Path, door: Door | None) -> Site:
        if door is None:
            return self.site_at(path)
        from quarterdeck.app.site import create_site
        from quarterdeck.app.site_folder import SITE_FILE

        if not (path / SITE_FILE).exists():
            create_site(path)
        return self.open_to_serve(path, door)

    def now(self) -> datetime:
        from quarterdeck.app.clock import now_utc

        return now_utc()

    def user(self) -> str:
        try:
            return getpass.getuser()
        except (KeyError, OSError, ImportError):
            return "owner"


def main() -> None:
    """Run `quarterdeck`."""
    # The linear algebra of a company is small: one thread each is faster than waiting for each other, and the same on every machine.
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    from quarterdeck.cli.main import run

    run(_Root())
