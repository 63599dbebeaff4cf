"""open_desk: what every page of the cockpit shows around its own content: the company, the week, who asks, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from quarterdeck.kernel.periods import Quarter
from quarterdeck.ledger.gateway.drafts import find_draft
from quarterdeck.ledger.gateway.reviews import newest_review
from quarterdeck.ledger.gateway.revisions import newest_of
from quarterdeck.ledger.gateway.roles import role_allows
from quarterdeck.ledger.models import Action, Load, Member, Workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.gather_inputs import quarter_at_hand
from quarterdeck.operations.site import Site
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True)
class CompanyLink:
    """A company that the person belongs to."""

    slug: str
    name: str
    kind: str
    role: str


@dataclass(frozen=True)
class Desk:
    """One person in one company, with what the frame of each page needs."""

    context: Context
    companies: tuple[CompanyLink, ...]
    strategy: Strategy | None
    words: Words
    quarter: Quarter
    day: date
    """The day that the company lives in: a rehearsal has its own time, everybody else today's."""
    waiting: int
    """Actions and corrections that wait for a decision."""

    @property
    def slug(self) -> str:
        """Short name of the company, as in addresses."""
        return str(self.context.workspace.slug)

    @property
    def is_rehearsal(self) -> bool:
        """Whether weeks pass by pressing a button."""
        return self.context.workspace.rehearsal is not None

    @property
    def week(self) -> int:
        """1 to 13."""
        return self.quarter.week_number(self.day) or 1

    def may(self, operation: str) -> bool:
        """Whether this person's role may do `operation`."""
        return role_allows(self.context.member.role, operation)

    @property
    def may_change(self) -> bool:
        """Whether this person may change the strategy, or the draft that they are in: one that was closed stays as it is."""
        draft = self.context.draft
        return self.may("save_strategy") and (draft is None or draft.is_open)


def open_desk(site: Site, slug: str, person: str, *, now: datetime, draft: str | None = None) -> Desk | None:
    """The desk of a member, in the draft named or in the strategy itself; None for a company or draft that does not exist or that the person does
    not belong to: nobody learns which."""
    members = _members_of(person)
    member = next((each for each in members if each.workspace.slug == slug), None)
    if member is None:
        return None
    found = None if draft is None else find_draft(member.workspace, draft)
    if draft is not None and found is None:
        return None
    context = Context(site, member.workspace, member, now, found)
    revision = newest_of(context.holder)
    strategy = None if revision is None else strategy_of(revision)
    day = day_of_company(context)
    company = member.workspace
    words = Words(company.currency) if strategy is None else Words.of(strategy)
    return Desk(
        context=context,
        companies=_links(members),
        strategy=strategy,
        words=words,
        quarter=quarter_at_hand(company, strategy, day) if strategy else Quarter.holding(day, anchor=date(2027, 1, 4)),
        day=day,
        waiting=_waiting(context),
    )


def companies_of(person: str) -> tuple[CompanyLink, ...]:
    """Every company that the person is a member of, by name."""
    return _links(_members_of(person))


def _members_of(person: str) -> list[Member]:
    return list(Member.objects.filter(person=person).select_related("workspace").order_by("workspace__name", "workspace__slug"))


def _links(members: list[Member]) -> tuple[CompanyLink, ...]:
    return tuple(CompanyLink(m.workspace.slug, m.workspace.name, m.workspace.kind, m.role) for m in members)


def day_of_company(context: Context) -> date:
    """Today, or in a rehearsal the day after its last day of facts."""
    if context.workspace.rehearsal is None:
        return context.today
    last = last_day_of_facts(context.workspace)
    return context.today if last is None else last + timedelta(days=1)


def last_day_of_facts(workspace: Workspace) -> date | None:
    """The last day that both spend and outcomes reach, by what the loads say of themselves; None when either has no load."""
    rows = (
        Load.objects.filter(workspace=workspace, dropped_at__isnull=True, table__in=("spend", "outcomes"))
        .values("table")
        .annotate(last=Max("last_day"))
    )
    ends = {row["table"]: row["last"] for row in rows if row["last"] is not None}
    return min(ends.values()) if len(ends) == 2 else None


def _waiting(context: Context) -> int:
    actions = Action.objects.filter(workspace=context.workspace, state="proposed").count()
    review = newest_review(context.workspace)
    return actions + (review.corrections.filter(decision__isnull=True).count() if review else 0)
