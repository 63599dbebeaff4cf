"""add_member: an owner brings a person into the company, with an account when the person has none."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.accounts import hash_password, members_named, named
from quarterdeck.ledger.gateway.roles import Role
from quarterdeck.ledger.gateway.workspaces import lock_workspace, role_of
from quarterdeck.operations.accounts.manage_accounts import keep_account
from quarterdeck.operations.accounts.new_words import new_password
from quarterdeck.operations.company.manage_members import set_member
from quarterdeck.operations.context import Context


@dataclass(frozen=True)
class AddedMember:
    """`password` to be shown once; None for somebody who had an account, whose password stays."""

    person: str
    role: str
    password: str | None = field(repr=False)


def add_member(context: Context, person: str, role: str) -> AddedMember:
    """The person with the role. Raises InvalidInput for a name that is none; Refused for an unknown role, for somebody who is a member
    with an account already, and for a name of another company's member: whoever has its password would act there in that name."""
    context.require("set_role")
    account = named(person)
    if account is not None:
        return _join(context, account.person, role)
    _require_own_name(context, person)
    password = new_password()
    password_hash = hash_password(password)
    with transaction.atomic():
        lock_workspace(context.workspace)
        name = keep_account(person, password_hash, by=context.member.person, now=context.now)
        set_member(context, name, role)
    return AddedMember(name, role, password)


def _join(context: Context, person: str, role: str) -> AddedMember:
    with transaction.atomic():
        lock_workspace(context.workspace)
        has_role = role_of(context.workspace, person)
        if has_role is not None:
            raise Refused(
                f"{person} is {has_role} of {context.workspace.name} already.", fix="Change the role in the list of people.", code="ACCOUNT-050"
            )
        set_member(context, person, role)
    return AddedMember(person, role, None)


def _require_own_name(context: Context, person: str) -> None:
    for known in members_named(person):
        if known.workspace != context.workspace and role_of(known.workspace, context.member.person) != Role.OWNER:
            raise Refused(
                f"{known.person} belongs to another company of this site and has no account yet.",
                fix=f'Ask whoever runs this site to make it: `quarterdeck account add "{known.person}"`. Then add {known.person} here.',
                code="ACCOUNT-051",
            )
