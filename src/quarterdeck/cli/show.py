"""What a command shows: sentences and tables for people, one JSON object for programs, errors without a trace."""

from __future__ import annotations

import functools
import inspect
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import typer

from quarterdeck.kernel.problems import InvalidInput, QuarterdeckError, Refused

P = ParamSpec("P")
T = TypeVar("T")

EXIT_REFUSED, EXIT_INVALID = 1, 2
STDOUT = "-"
"""What `--json` is when it names no file."""


def show(
    sentences: Sequence[str], facts: Mapping[str, Any], *, as_json: bool, table: tuple[Sequence[str], Sequence[Sequence[str]]] | None = None
) -> None:
    """Sentences, then a table, for people; or `facts` with the sentences as one JSON object."""
    if as_json:
        sys.stdout.write(json.dumps({**facts, "sentences": list(sentences)}, ensure_ascii=False, indent=2, default=str) + "\n")
        return
    for sentence in sentences:
        typer.echo(sentence)
    if table and table[1]:
        _show_table(*table)


def said_plainly(command: Callable[P, T]) -> Callable[P, T]:
    """A command whose refusals are sentences on stderr (or JSON with --json) and an exit code, never a trace."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except QuarterdeckError as error:
            show_error(error, as_json=kwargs.get("as_json") in (True, STDOUT))
            raise typer.Exit(EXIT_INVALID if isinstance(error, InvalidInput) else EXIT_REFUSED) from error
        except BrokenPipeError:
            raise typer.Exit(0) from None

    # \b keeps the lines of the examples apart when the help is wrapped.
    run.__doc__ = inspect.cleandoc(command.__doc__ or "").replace("Examples:", "\b\nExamples:").replace("Example:", "\b\nExample:")
    return run


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A function to call with what is being done now: a spinner with that line on a terminal, a line each elsewhere, nothing if `quiet`."""
    if quiet:
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        yield lambda step: typer.echo(f"  {step} ...", err=True)
        return
    from rich.console import Console
    from rich.status import Status

    with Status("", console=Console(stderr=True)) as status:
        yield lambda step: status.update(f"{step} ...")


def _show_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, name in enumerate(header):
        table.add_column(name, justify="left" if n == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 150, highlight=False, markup=False).print(table)


def show_error(error: QuarterdeckError, *, as_json: bool) -> None:
    """The refusal on stderr, or as one JSON object on stdout."""
    if as_json:
        problems = [problem.to_dict() for problem in error.problems] if isinstance(error, InvalidInput) else []
        body = {"error": {"code": error.code, "text": str(error), "problems": problems}}
        sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")
        return
    code = f" [{error.code}]" if isinstance(error, Refused) else ""
    typer.echo(f"{error}{code}", err=True)
