"""The strategy document as YAML text: read with every problem at once, written so that a person's comments and order survive.

`parse_strategy(render_strategy(s)) == s` for every strategy, and a text that already says what the strategy says comes back untouched.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from pydantic import ValidationError

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import reference_problems
from quarterdeck.strategy.parts.shape import Loc, place_of, to_plain
from quarterdeck.strategy.parts.validation import describe_value, validation_problems
from quarterdeck.strategy.yaml.edit import CannotEditError, edit_text
from quarterdeck.strategy.yaml.emit import render_block
from quarterdeck.strategy.yaml.nodes import Reading
from quarterdeck.strategy.yaml.pieces import read_pieces
from quarterdeck.strategy.yaml.tree import Grouping, Listing, Node, to_values

_LINE = re.compile(r" line (\d+)")


def parse_strategy(text: str, *, name: str = "strategy") -> Strategy:
    """The strategy that `text` (YAML, or JSON, which is YAML too) says. `name` is what its file is called in messages.

    Raises InvalidInput with every problem, in the order of the lines. Writing that is not YAML hides what comes after it.
    """
    return _parsed(text, _file_name(name))


def render_strategy(strategy: Strategy, *, previous_text: str | None = None) -> str:
    """The strategy as YAML. With `previous_text` only what changed is rewritten in it, and comments, order and spacing stay.

    What normalisation there is: changed values are written in this module's style; comments inside a part that was replaced or moved
    as a whole go with it; a previous text that is invalid, or written in a way that cannot be edited (all in brackets, a changed part
    shared through & and *), is replaced by a fresh one.
    """
    if previous_text is not None:
        kept = _edited(strategy, previous_text)
        if kept is not None:
            return kept
    return "\n".join(render_block({key: value}) for key, value in to_plain(strategy).items())


def _edited(strategy: Strategy, previous_text: str) -> str | None:
    """None when the previous text cannot be built on."""
    reading = _read(previous_text, "strategy.yaml")
    try:
        previous = _parsed(previous_text, "strategy.yaml")
        if previous == strategy:
            return previous_text
        text = edit_text(previous_text, reading.root, to_plain(previous), to_plain(strategy))
        return text if parse_strategy(text) == strategy else None
    except (InvalidInput, CannotEditError):
        return None


@functools.lru_cache(maxsize=8)
def _read(text: str, file: str) -> Reading:
    """The nodes of a text; what was written last is what is edited next, and reading it is most of the work. Nobody changes them."""
    return read_pieces(text, name=file)


@functools.lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> Strategy:
    """A strategy is frozen: who reads the same text gets the same one."""
    return _parse(_read(text, file), file)


def _parse(reading: Reading, file: str) -> Strategy:
    problems = list(reading.problems)
    if not isinstance(reading.root, Grouping):
        raise InvalidInput(problems or [_not_a_strategy(reading.root, file)], state="The strategy was not read.")
    root, plain = reading.root, to_values(reading.root)

    def where(loc: Loc) -> str:
        return f"{file} line {_line_at(root, loc) + 1}, {place_of(loc, plain)}"

    strategy: Strategy | None = None
    try:
        strategy = Strategy.model_validate(plain)
    except ValidationError as error:
        problems += validation_problems(error, where)
    problems += reference_problems(plain, where)
    if problems or strategy is None:
        raise InvalidInput(sorted(problems, key=_line_of), state="The strategy was not read.")
    return strategy


def _file_name(name: str) -> str:
    return name if name.endswith((".yaml", ".yml", ".json")) else f"{name}.yaml"


def _not_a_strategy(root: Node | None, file: str) -> Problem:
    found = "an empty document" if root is None else describe_value(to_values(root))
    return Problem(
        "STRATEGY-005",
        file,
        found,
        "a strategy, which begins with its company",
        "Begin with the line `company:` and, indented below it, `name:` and `currency:`.",
    )


def _line_at(root: Node, loc: Loc) -> int:
    """The line, from 0, of the place; of the nearest part around it where the place itself is missing."""
    node: Node = root
    line = root.line
    for step in loc:
        if isinstance(node, Grouping) and step in node.members:
            line, node = node.keys[str(step)].line, node.members[str(step)]
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.members):
            node = node.members[step]
            line = node.line
        else:
            break
    return line


def _line_of(problem: Problem) -> int:
    found: Any = _LINE.search(problem.where)
    return int(found.group(1)) if found else 0
