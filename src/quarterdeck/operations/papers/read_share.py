"""open_share, comment, agree: what somebody outside can do with a link: read the paper that was shared, say something about it, and agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.ledger.gateway import shares
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Share, ShareReply
from quarterdeck.operations.papers.print_paper import print_pdf
from quarterdeck.operations.papers.share_link import nonce_of
from quarterdeck.operations.papers.share_paper import paper_of
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.site import Site
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.report.papers.paper import Paper
from quarterdeck.report.words import Words

LONGEST_NAME = 100
LONGEST_TEXT = 2_000
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_UNSAID = "Nothing was kept."


@dataclass(frozen=True)
class Said:
    """A comment (`about` a section, or "" for the whole) or an agreement (no text)."""

    name: str
    about: str
    text: str
    on: date
    is_settled: bool


@dataclass(frozen=True)
class OpenLink:
    """What the page of a link shows: the paper, and what was said of it by this very link."""

    share: Share
    paper: Paper
    revision: int
    has_newer: bool
    """Whether the strategy was changed since."""
    comments: tuple[Said, ...]
    agreed: tuple[Said, ...]
    words: Words
    made_on: date
    until: date


@dataclass(frozen=True)
class ShutLink:
    """A link that shows nothing any more: whom to ask, and nothing of the company."""

    by: str
    why: Literal["closed", "expired"]


def open_share(site: Site, token: str, *, now: datetime) -> OpenLink | ShutLink | None:
    """What a link shows; None for a token that this site did not make."""
    nonce = nonce_of(site, token)
    share = None if nonce is None else shares.share_with_nonce(nonce)
    if share is None:
        return None
    if not share.is_open(now):
        return ShutLink(share.by, "closed" if share.closed_at is not None else "expired")
    zone = ZoneInfo(share.workspace.timezone)
    said = [(each.kind, _said(each, zone)) for each in share.replies.order_by("made_at", "pk")]
    newest = latest_revision(share.workspace)
    return OpenLink(
        share=share,
        paper=paper_of(share),
        revision=share.revision.number,
        has_newer=newest is not None and newest.number > share.revision.number,
        comments=tuple(each for kind, each in said if kind == ShareReply.Kind.COMMENT),
        agreed=tuple(each for kind, each in said if kind == ShareReply.Kind.AGREED),
        words=Words.of(strategy_of(share.revision)),
        made_on=share.made_at.astimezone(zone).date(),
        until=share.expires_at.astimezone(zone).date(),
    )


def print_share(link: OpenLink) -> bytes:
    """The shared paper as PDF; drawn once a process. Raises Refused where the typesetter is not installed."""
    return remembered("shared pdf", (link.share.nonce, hash(link.share.body)), lambda: print_pdf(link.paper), most=16)


def comment(link: OpenLink, *, about: str, name: str, text: str, now: datetime) -> bool:
    """Whether the comment is new. Raises InvalidInput for a name or a text that is none; Refused when the link was closed meanwhile, or too much was said.

    `about` is the heading of one of the paper's sections, anything else is taken as the whole.
    """
    problems, name = _checked_name(name)
    text = _plain(text)
    if not 0 < len(text) <= LONGEST_TEXT:
        found = f"{len(text):,} signs" if text else "nothing"
        problems.append(
            Problem("STRATEGY-946", "text", found, f"1 to {LONGEST_TEXT:,} signs", "Say it in fewer words." if text else "Write what you think.")
        )
    if problems:
        raise InvalidInput(problems, state=_UNSAID)
    known = about if about in {section.title for section in link.paper.sections} else ""
    _, is_new = shares.add_reply(link.share, kind=ShareReply.Kind.COMMENT, name=name, about=known, text=text, now=now)
    return is_new


def agree(link: OpenLink, *, name: str, now: datetime) -> bool:
    """Whether the agreement is new: one name agrees once to the revision that the link shows. Raises InvalidInput, and Refused as `comment` does."""
    problems, name = _checked_name(name)
    if problems:
        raise InvalidInput(problems, state=_UNSAID)
    with transaction.atomic():
        _, is_new = shares.add_reply(link.share, kind=ShareReply.Kind.AGREED, name=name, about="", text="", now=now)
        if is_new:
            what, details = f"{link.share.paper} of revision {link.revision}", {"share": link.share.pk, "for_whom": link.share.for_whom}
            record_audit(link.share.workspace, who=f"{name} (by a link)", verb="agree", what=what, details=details, now=now)
    return is_new


def _said(reply: ShareReply, zone: ZoneInfo) -> Said:
    return Said(reply.name, reply.about, reply.text, reply.made_at.astimezone(zone).date(), reply.settled_at is not None)


def _checked_name(name: str) -> tuple[list[Problem], str]:
    name = " ".join("".join(sign for sign in name if sign not in _JOINERS).split())
    if 0 < len(name) <= LONGEST_NAME and name.isprintable() and any(sign.isalpha() for sign in name):
        return [], name
    found = "nothing" if not name else f"{len(name)} signs" if len(name) > LONGEST_NAME else "signs that cannot be read"
    return [Problem("STRATEGY-945", "name", found, f"a name of 1 to {LONGEST_NAME} letters", "Type your name.")], name


def _plain(text: str) -> str:
    """The text without signs that cannot be seen, which might turn the words of a page around; its lines stay."""
    return "".join(sign for sign in "\n".join(text.splitlines()) if sign == "\n" or sign.isprintable() or sign in _JOINERS).strip()
