"""Steps that bring a company into a state, and the first page as a person reads it."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quarterdeck.operations.context import Context

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OWNER = "Olena"
HARBOUR, BAKERY = "/w/harbour/", "/w/north-bakery/"


def company(site, slug: str = "harbour") -> Context:
    from quarterdeck.operations.context import open_context

    return open_context(site, slug, OWNER, now=NOW)


def approve(site) -> Context:
    from quarterdeck.operations.act.approve import approve_actions

    context = company(site)
    approve_actions(context, everything=True)
    return context


def let_pass(context: Context, weeks: int) -> None:
    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.told import tell_nobody

    pass_weeks(context, weeks, tell=tell_nobody)


def read(client, address: str = HARBOUR) -> str:
    """The words of the page as a person reads them, spaces made even."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert len(answer.content) < 300_000
    main = re.sub(r"(?s)<svg.*?</svg>", "", re.search(r"(?s)<main.*?</main>", answer.content.decode()).group(0))
    text = html.unescape(re.sub(r"<[^>]+>", "", main)).replace("\N{NARROW NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def print_less(site) -> None:
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(company(site), {"channels[print].spend.cap": "9000"}, note="less print")
