"""share_paper, end_share, settle: a link by which people outside read one paper of one revision until a day, and what they said there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from django.db import transaction

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway import shares
from quarterdeck.ledger.models import Share, ShareReply
from quarterdeck.operations.context import Context
from quarterdeck.operations.papers.share_link import new_nonce, path_of
from quarterdeck.operations.papers.write_paper import Kind, write_paper
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.report.papers.agency_brief import Scope
from quarterdeck.report.papers.kept import parse_kept, render_kept
from quarterdeck.report.papers.paper import Paper
from quarterdeck.report.words import Words

DAYS = (7, 14, 30, 90)
LONGEST_NAME = 100
MOST_LISTED = 50
_UNMADE = "No link was made."
State = Literal["open", "closed", "expired"]


@dataclass(frozen=True)
class Reply:
    """What somebody said. `about` is the heading of a section, "" the whole; `step` the step of the strategy that it belongs to."""

    id: int
    is_agreement: bool
    name: str
    about: str
    step: int | None
    text: str
    made_at: datetime
    settled_at: datetime | None
    settled_by: str | None


@dataclass(frozen=True)
class SharedLink:
    """One link: what it shows to whom, until when, and what was said there. `path` is its address below the site's own."""

    id: int
    path: str
    paper: Kind
    for_whom: str
    revision: int
    by: str
    made_at: datetime
    state: State
    until: datetime
    """When it ends, or ended."""
    replies: tuple[Reply, ...]

    @property
    def unsettled(self) -> tuple[Reply, ...]:
        """What nobody has settled yet."""
        return tuple(each for each in self.replies if each.settled_at is None)


@dataclass(frozen=True)
class Waiting:
    """How much was said by links that nobody has settled yet."""

    comments: int
    agreements: int


def share_paper(context: Context, kind: str, *, for_whom: str, days: int, quarter: Quarter, day: date, scope: Scope | None = None) -> SharedLink:
    """The link to the newest revision's paper as it is now. Raises InvalidInput for a name or a number of days that is none,
    Refused for a paper or a scope that is not there, in a draft, and without a strategy."""
    context.require("share_strategy")
    if context.draft is not None:
        raise Refused("A draft cannot be shared.", fix="Adopt it first, or hand over its paper as a PDF.", code="STRATEGY-948", state=_UNMADE)
    if kind not in get_args(Kind):
        raise Refused(f"There is no paper “{kind}”.", fix="Choose one-page, report or brief.", code="PAPER-903", state=_UNMADE)
    for_whom = _checked(for_whom, days)
    revision = current_strategy(context).revision
    paper = write_paper(context, kind, quarter=quarter, day=day, number=revision.number, scope=scope)  # type: ignore[arg-type]  # one of the kinds
    paper = replace(paper, foot=f"{paper.foot} As of {Words.of(current_strategy(context).strategy).day(day)}.")
    with transaction.atomic():
        share = Share.objects.create(
            workspace=context.workspace,
            revision=revision,
            paper=kind,
            scope={} if scope is None else asdict(scope),
            body=render_kept(paper),
            for_whom=for_whom,
            nonce=new_nonce(),
            by=context.member.person,
            made_at=context.now,
            expires_at=context.now + timedelta(days=days),
        )
        context.audit("share_paper", f"{kind} of revision {revision.number}", share=share.pk, for_whom=for_whom, days=days)
    return _link(context, share, ())


def look_at_shares(context: Context) -> tuple[SharedLink, ...]:
    """The newest links with what was said by each."""
    context.require("share_strategy")
    found = list(shares.shares_of(context.workspace)[:MOST_LISTED])
    said = list(shares.replies_of(context.workspace).filter(share__in=found))
    return tuple(_link(context, share, [reply for reply in said if reply.share_id == share.pk]) for share in found)


def look_at_share(context: Context, share_id: int) -> SharedLink:
    """One link. Raises Refused when there is none of that number."""
    context.require("share_strategy")
    share = _share(context, share_id)
    return _link(context, share, list(shares.replies_of(context.workspace).filter(share=share)), with_steps=True)


def end_share(context: Context, share_id: int) -> SharedLink:
    """The link, which shows nothing any more. Raises Refused when it was closed before."""
    context.require("share_strategy")
    share = _share(context, share_id)
    with transaction.atomic():
        if not shares.close_share(share, by=context.member.person, now=context.now):
            raise Refused("This link was closed before.", fix="Share the paper again if it is needed.", code="STRATEGY-943")
        context.audit("close_share", f"{share.paper} of revision {share.revision.number}", share=share.pk, for_whom=share.for_whom)
    return look_at_share(context, share_id)


def settle(context: Context, share_id: int, reply_id: int) -> None:
    """The comment is settled, or the agreement noted; both stay on record. Raises Refused when there is none, or it was settled before."""
    context.require("share_strategy")
    reply = ShareReply.objects.filter(share=_share(context, share_id), pk=reply_id).first()
    with transaction.atomic():
        if reply is None or not shares.settle_reply(reply, by=context.member.person, now=context.now):
            raise Refused("There is nothing to settle: it was settled before.", fix="Look at the list again.", code="STRATEGY-947")
        context.audit("settle_reply", f"{reply.kind} by {reply.name}", share=share_id, reply=reply.pk)


def count_waiting(context: Context) -> Waiting:
    """What was said by links and is not settled yet."""
    context.require("see")
    kinds = list(shares.replies_of(context.workspace).filter(settled_at__isnull=True).values_list("kind", flat=True))
    return Waiting(kinds.count(ShareReply.Kind.COMMENT), kinds.count(ShareReply.Kind.AGREED))


def agreements(context: Context) -> dict[int, tuple[Reply, ...]]:
    """By number of the revision: who agreed to it by a link. A draft has none."""
    context.require("see")
    found: dict[int, tuple[Reply, ...]] = {}
    if context.draft is None:
        for reply in shares.replies_of(context.workspace).filter(kind=ShareReply.Kind.AGREED):
            number = reply.share.revision.number
            found[number] = (*found.get(number, ()), replace(_reply(reply, {}), about=reply.share.paper))
    return found


def paper_of(share: Share) -> Paper:
    """The paper as it was shared."""
    return remembered("shared paper", (share.nonce, hash(share.body)), lambda: parse_kept(share.body))


def _checked(for_whom: str, days: int) -> str:
    name = " ".join(for_whom.split())
    problems = []
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        problems.append(
            Problem(
                "STRATEGY-940",
                "for_whom",
                f"“{name[:LONGEST_NAME]}”" if name else "nothing",
                f"a name of 1 to {LONGEST_NAME} letters",
                "Say for whom the link is.",
            )
        )
    if days not in DAYS:
        problems.append(Problem("STRATEGY-941", "days", f"{days}", "7, 14, 30 or 90 days", "Choose how long the link shows the paper."))
    if problems:
        raise InvalidInput(problems, state=_UNMADE)
    return name


def _share(context: Context, share_id: int) -> Share:
    share = shares.shares_of(context.workspace).filter(pk=share_id).first()
    if share is None:
        raise Refused("There is no such link.", fix="Choose one of those under Strategy, Papers.", code="STRATEGY-942")
    return share


def _link(context: Context, share: Share, said: Sequence[ShareReply], *, with_steps: bool = False) -> SharedLink:
    steps = {section.title: section.number for section in paper_of(share).sections} if with_steps else {}
    state: State = "open" if share.is_open(context.now) else "closed" if share.closed_at is not None else "expired"
    return SharedLink(
        id=share.pk,
        path=path_of(context.site, share.nonce),
        paper=share.paper,
        for_whom=share.for_whom,
        revision=share.revision.number,
        by=share.by,
        made_at=share.made_at,
        state=state,
        until=share.closed_at or share.expires_at,
        replies=tuple(_reply(each, steps) for each in said),
    )


def _reply(reply: ShareReply, steps: dict[str, int | None]) -> Reply:
    return Reply(
        id=reply.pk,
        is_agreement=reply.kind == ShareReply.Kind.AGREED,
        name=reply.name,
        about=reply.about,
        step=steps.get(reply.about),
        text=reply.text,
        made_at=reply.made_at,
        settled_at=reply.settled_at,
        settled_by=reply.settled_by,
    )
