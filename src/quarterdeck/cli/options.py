"""The options that every command shares."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli.desk import Where

Site = Annotated[
    Path | None, typer.Option("--site", envvar="QUARTERDECK_SITE", help="Folder of the site. Default: the nearest one upwards from here.")
]
Workspace = Annotated[
    str | None, typer.Option("--workspace", "-w", envvar="QUARTERDECK_WORKSPACE", help="Which company, when the site holds several.")
]
Member = Annotated[str | None, typer.Option("--as", envvar="QUARTERDECK_MEMBER", help="Who is acting. Default: the first owner.")]
Draft = Annotated[str | None, typer.Option("--draft", metavar="NAME", help="Of this draft, by its name, and not of the strategy itself.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object in place of sentences.")]
WhereBoth = Annotated[
    str, typer.Option("--where-both", help="Whose words stand where both the file and others changed the same: file, strategy, or ask.")
]
Mine = Annotated[list[str] | None, typer.Option("--mine", metavar="PLACE", help="The file's words stand at this place; may be given again.")]
Theirs = Annotated[list[str] | None, typer.Option("--theirs", metavar="PLACE", help="What others saved stands at this place; may be given again.")]


def parse_day(text: str | None) -> date | None:
    """The day that `2027-02-01` is. Raises typer.BadParameter with an example."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"expected a day such as 2027-02-01, found {text!r}") from None


def where(site: Path | None, workspace: str | None, member: str | None) -> Where:
    """The three options as one value."""
    return Where(site, workspace, member)


def stamp(instant: datetime | None) -> str | None:
    """An instant as ISO text, or None."""
    return None if instant is None else instant.isoformat()
