"""A paper as text to be kept: what was handed out is read later as it was, whatever the strategy, the plan or the forecast say by then."""

from __future__ import annotations

from pydantic import TypeAdapter

from quarterdeck.report.papers.paper import Paper

_PAPER: TypeAdapter[Paper] = TypeAdapter(Paper)


def render_kept(paper: Paper) -> str:
    """The paper as JSON."""
    return _PAPER.dump_json(paper).decode()


def parse_kept(text: str) -> Paper:
    """The paper that `render_kept` wrote. Raises ValueError for text that is none."""
    return _PAPER.validate_json(text)
