"""Saving a file into the strategy or a draft, and telling what came of it: `strategy save` and `draft save`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quarterdeck.cli.show import EXIT_REFUSED, show

if TYPE_CHECKING:
    from quarterdeck.operations.context import Context


def save_to(context: Context, file: Path, note: str, chosen: tuple[str, list[str] | None, list[str] | None], *, as_json: bool) -> None:
    """Save a file into the strategy or draft of the context, and tell. `chosen` is what the three options say of places that both changed."""
    from quarterdeck.operations.strategy.save_file import Choice, save_file

    where_both, mine, theirs = chosen
    saved = save_file(context, file, note=note, choice=Choice(where_both, tuple(mine or ()), tuple(theirs or ())))
    show(saved.sentences, saved.facts, as_json=as_json)
    if saved.facts["revision"] is None:
        raise typer.Exit(EXIT_REFUSED)
