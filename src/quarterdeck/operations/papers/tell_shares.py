"""tell_share, tell_shares, tell_end: links that show a paper, made, listed and closed for the command line, which knows no address of the cockpit."""

from __future__ import annotations

from typing import Any

from quarterdeck.operations.context import Context
from quarterdeck.operations.papers.share_paper import SharedLink, end_share, look_at_shares, share_paper
from quarterdeck.operations.plan.gather_inputs import quarter_at_hand
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Told
from quarterdeck.report.papers.agency_brief import Scope
from quarterdeck.report.say_shares import PAPERS, say_links, say_new, say_state
from quarterdeck.report.words import Words

_BEFORE = "This is the path alone: put the address of your cockpit before it, such as https://marketing.example.com. The page Strategy, Papers shows it whole."


def tell_share(context: Context, kind: str, *, for_whom: str, days: int, scope: Scope) -> Told:
    """A new link. Raises what `share_paper` raises."""
    context.require("share_strategy")
    strategy, day = current_strategy(context).strategy, day_of_company(context)
    link = share_paper(context, kind, for_whom=for_whom, days=days, quarter=quarter_at_hand(context.workspace, strategy, day), day=day, scope=scope)
    words, until = Words.of(strategy), context.local(link.until).date()
    return Told(
        [
            f"{link.for_whom} can read {PAPERS[link.paper]} of revision {link.revision} at {link.path} until {words.day(until)}.",
            _BEFORE,
            "Whoever has the address can read it. `quarterdeck strategy shares` lists all links.",
        ],
        _facts(link),
    )


def tell_shares(context: Context) -> Told:
    """Every link with its state and how much was said by it."""
    links = look_at_shares(context)
    if not links:
        return Told(["No link yet. Make one with `quarterdeck strategy share one-page --for NAME`."], {"shares": []})
    words = Words.of(current_strategy(context).strategy)
    rows = [
        [
            str(each.id),
            each.for_whom,
            each.paper,
            str(each.revision),
            say_state(words, each.state, context.local(each.until).date()),
            _new(each),
            each.path,
        ]
        for each in links
    ]
    head = say_links(len(links), sum(each.state == "open" for each in links))
    return Told([head, _BEFORE], {"shares": [_facts(each) for each in links]}, (("number", "for", "paper", "revision", "state", "new", "path"), rows))


def tell_end(context: Context, share_id: int) -> Told:
    """The link closed. Raises Refused when there is none, or it was closed before."""
    link = end_share(context, share_id)
    return Told([f"The link for {link.for_whom} is closed: it shows nothing any more. What was said by it is kept."], _facts(link))


def _new(link: SharedLink) -> str:
    agreed = sum(each.is_agreement for each in link.unsettled)
    return say_new(len(link.unsettled) - agreed, agreed) or "nothing"


def _facts(link: SharedLink) -> dict[str, Any]:
    return {
        "share": link.id,
        "path": link.path,
        "paper": link.paper,
        "for": link.for_whom,
        "revision": link.revision,
        "by": link.by,
        "made_at": link.made_at.isoformat(),
        "state": link.state,
        "until": link.until.isoformat(),
        "replies": [
            {
                "kind": "agreement" if each.is_agreement else "comment",
                "name": each.name,
                "about": each.about,
                "text": each.text,
                "made_at": each.made_at.isoformat(),
                "is_settled": each.settled_at is not None,
            }
            for each in link.replies
        ],
    }
