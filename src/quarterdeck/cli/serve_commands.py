"""serve: the cockpit in the browser."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Door
from quarterdeck.cli.show import said_plainly, show

if TYPE_CHECKING:
    from quarterdeck.operations.site import Site
    from quarterdeck.operations.told import Told

Host = Annotated[str, typer.Option("--host", help="Address to listen on; 0.0.0.0 for every network of this machine.")]
Port = Annotated[int | None, typer.Option("--port", help="Default: the first free one from 8000.")]
Open = Annotated[bool, typer.Option("--open", help="Open the browser.")]
Proxy = Annotated[bool, typer.Option("--behind-proxy", help="A proxy with TLS stands before it and sets X-Forwarded-Proto.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(serve)


@said_plainly
def serve(
    site: options.Site = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    open_: Open = False,
    behind_proxy: Proxy = False,
    as_json: options.Json = False,
) -> None:
    """Serve the cockpit to browsers, with its worker for long work, until Ctrl-C. The first start prints a name and a password to sign in with.

    Examples:
      quarterdeck serve
      quarterdeck serve --site shop --port 9000 --open
    """
    door = Door(host, port, behind_proxy, open_)
    serve_site(DESK.root.open_to_serve(site, door), door, as_json=as_json)


def serve_site(site: Site, door: Door, *, as_json: bool) -> None:
    """Ends the command with the server's exit code."""

    def greet(told: Told) -> None:
        show(told.sentences, told.facts, as_json=as_json)
        sys.stdout.flush()

    raise typer.Exit(DESK.root.serve(site, door, greet=greet, say=_say_nothing if as_json else typer.echo))


def _say_nothing(_: str) -> None:
    pass
