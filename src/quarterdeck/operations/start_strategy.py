"""start_strategy: a first strategy for a company that has none: from the template, or from that of a sample company."""

from __future__ import annotations

import re
from datetime import date, timedelta

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.load_sample import sample_folder
from quarterdeck.operations.read_strategy import first_strategy
from quarterdeck.operations.save_strategy import save_strategy
from quarterdeck.strategy.patch import apply_changes
from quarterdeck.strategy.yaml_text import parse_strategy, render_strategy

STARTS: dict[str, str] = {
    "first": "a first strategy",
    "harbour": "the strategy of Harbour Home & Garden",
    "small_shop": "the strategy of the small shop",
    "retailer": "the strategy of the retailer",
}
"""What one may start from, and what it is called."""

_TEMPLATE_QUARTER = Quarter(date(2027, 1, 4))
"""The quarter that the dates of the first strategy lie in."""


def start_strategy(context: Context, name: str) -> int:
    """The number of the first revision: the strategy named, with this company's own name, currency and time zone.

    Raises Refused when there is a strategy already, or no such one to start from.
    """
    context.require("save_strategy")
    if latest_revision(context.workspace) is not None:
        raise Refused(f"{context.workspace.name} has a strategy already.", fix="Import a file to replace it.", code="STRATEGY-904")
    if name not in STARTS:
        raise Refused("There is no such strategy to start from.", fix="Choose one of those that are offered.", code="STRATEGY-905")
    text = (
        _in_quarter(first_strategy(), context.today) if name == "first" else sample_folder(name).joinpath("strategy.yaml").read_text(encoding="utf-8")
    )
    own = {
        "company.name": context.workspace.name,
        "company.currency": context.workspace.currency,
        "company.timezone": context.workspace.timezone,
        "company.website": None,
        "company.note": None,
    }
    strategy = apply_changes(parse_strategy(text), own)
    revision = save_strategy(context, strategy, text=render_strategy(strategy, previous_text=text), note=f"Started from {STARTS[name]}")
    return int(revision.number)


def _in_quarter(text: str, day: date) -> str:
    """The first strategy with its dates moved into the quarter of `day`; later ones to the end of that quarter's year."""
    quarter = Quarter.holding(day, anchor=_TEMPLATE_QUARTER.first_day)

    def moved(found: re.Match[str]) -> str:
        old = date.fromisoformat(found.group())
        if old > _TEMPLATE_QUARTER.last_day:
            return date(quarter.last_day.year, 12, 31).isoformat()
        return (quarter.first_day + timedelta(days=(old - _TEMPLATE_QUARTER.first_day).days)).isoformat()

    return re.sub(r"\d{4}-\d\d-\d\d", moved, text)
