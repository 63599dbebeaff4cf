"""`--json FILE`, and `--json` alone for standard output, in one option."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from quarterdeck.cli.show import STDOUT

JSON = "--json"
JsonFile = Annotated[str | None, typer.Option(JSON, metavar="FILE", help="Write the figures to FILE as JSON; without FILE they are printed.")]


class JsonMayNameAFile(TyperCommand):
    """A command whose `--json` may stand alone."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As ever, with `-` put after a `--json` that nothing follows which could be a file."""
        told: list[str] = []
        for word, after in zip(args, [*args[1:], None], strict=True):
            told.append(word)
            if word == JSON and (after is None or (after.startswith("-") and after != STDOUT)):
                told.append(STDOUT)
        return super().parse_args(ctx, told)
