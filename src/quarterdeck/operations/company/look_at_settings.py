"""look_at_people, look_at_imports, look_at_audit: a company's own affairs, to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from quarterdeck.ledger.gateway.loads import all_loads
from quarterdeck.ledger.models import Account, AuditEntry
from quarterdeck.operations.company.manage_members import WHAT_THEY_DO
from quarterdeck.operations.context import Context


@dataclass(frozen=True)
class PersonSeen:
    """A member: the role, what it may do, and whether there is an account to sign in with, secured by a second step or not."""

    person: str
    role: str
    may: str
    has_account: bool
    has_second_step: bool


@dataclass(frozen=True)
class ImportSeen:
    """A load of facts as it was recorded."""

    load_id: str
    table: str
    rows: int
    first_day: date | None
    last_day: date | None
    file_name: str
    source: str
    by: str
    made_at: datetime
    counts: bool


@dataclass(frozen=True)
class AuditSeen:
    """A line of the audit log."""

    at: datetime
    who: str
    verb: str
    what: str


@dataclass(frozen=True)
class AuditPage:
    """Some lines of the audit log, newest first, and how many there are in all."""

    lines: tuple[AuditSeen, ...]
    total: int


def look_at_people(context: Context) -> tuple[PersonSeen, ...]:
    """Everybody who belongs to the company, by name."""
    context.require("see")
    members = list(context.workspace.members.order_by("person"))
    accounts = {
        account.person: account
        for account in Account.objects.filter(person__in=[m.person for m in members], is_active=True).select_related("authenticator")
    }
    return tuple(
        PersonSeen(member.person, member.role, WHAT_THEY_DO[member.role], member.person in accounts, _has_second_step(accounts.get(member.person)))
        for member in members
    )


def look_at_imports(context: Context) -> tuple[ImportSeen, ...]:
    """Every import, newest first."""
    context.require("see")
    return tuple(
        ImportSeen(
            load.load_id,
            load.table,
            load.rows,
            load.first_day,
            load.last_day,
            load.file_name,
            load.source,
            load.by,
            load.made_at,
            load.dropped_at is None,
        )
        for load in all_loads(context.workspace)[::-1]
    )


def look_at_audit(context: Context, *, asked: str, first: int, most: int) -> AuditPage:
    """Lines `first` to `first + most` of those that hold `asked` anywhere."""
    context.require("see")
    lines = AuditEntry.objects.filter(workspace=context.workspace).order_by("-at", "-pk")
    if asked:
        lines = lines.filter(Q(who__icontains=asked) | Q(verb__icontains=asked) | Q(what__icontains=asked))
    return AuditPage(tuple(AuditSeen(line.at, line.who, line.verb, line.what) for line in lines[first : first + most]), lines.count())


def _has_second_step(account: Account | None) -> bool:
    authenticator = getattr(account, "authenticator", None) if account else None
    return authenticator is not None and authenticator.confirmed_at is not None
