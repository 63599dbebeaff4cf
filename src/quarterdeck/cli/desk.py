"""Desk: what the command line needs of the composition root, handed in by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from quarterdeck.operations.context import Context
    from quarterdeck.operations.site import Site
    from quarterdeck.operations.told import Told


@dataclass(frozen=True)
class Door:
    """Where the cockpit is served: `port` None is the first free one from 8000."""

    host: str = "127.0.0.1"
    port: int | None = None
    is_behind_proxy: bool = False
    opens_browser: bool = False

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in ("127.0.0.1", "localhost", "::1")


class CanOpenSites(Protocol):
    """Sites and the clock, as the composition root has them."""

    def open_site(self, path: Path | None) -> Site:
        """The site at `path`, or the one that is found. Raises Refused."""
        ...

    def site_at(self, path: Path) -> Site:
        """The site at `path`, made when there is none. Raises Refused."""
        ...

    def demo_site(self, path: Path, *, fresh: bool, door: Door | None = None) -> Site:
        """A site for the sample companies, to be served when there is a `door`; `fresh` throws an earlier demo away.

        Raises Refused when the folder is something else."""
        ...

    def open_to_serve(self, path: Path | None, door: Door) -> Site:
        """The site with everything that the cockpit needs. Raises Refused."""
        ...

    def serve(self, site: Site, door: Door, *, greet: Callable[[Told], None], say: Callable[[str], None]) -> int:
        """The exit code, once somebody stopped it; `greet` is told where it is and how to sign in. Raises Refused."""
        ...

    def now(self) -> datetime:
        """This instant, UTC."""
        ...

    def user(self) -> str:
        """The name of the person at the keyboard."""
        ...


@dataclass(frozen=True)
class Where:
    """Which site, which workspace, and who is asking."""

    site: Path | None = None
    workspace: str | None = None
    member: str | None = None


class Desk:
    """Opens what a command asks for; one a process, set by the composition root."""

    root: CanOpenSites

    def open(self, where: Where) -> Context:
        """The workspace with the person who asks. Raises Refused."""
        site = self.root.open_site(where.site)
        # Imported once the site is open: the ledger's tables can only be spoken of then.
        from quarterdeck.operations.context import open_context

        return open_context(site, where.workspace, where.member, now=self.root.now())


DESK = Desk()
