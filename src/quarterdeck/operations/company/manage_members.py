"""set_member, list_members: who may do what in a company."""

from __future__ import annotations

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.roles import Role
from quarterdeck.ledger.gateway.workspaces import lock_workspace, set_role
from quarterdeck.operations.context import Context
from quarterdeck.operations.told import Told

WHAT_THEY_DO = {
    "owner": "everything",
    "planner": "drafts: strategy, fits, plans, reviews",
    "contributor": "says what happened: facts, work done",
    "approver": "says yes or no",
    "viewer": "looks",
}


def list_members(context: Context) -> Told:
    """Everybody with their role."""
    context.require("see")
    members = list(context.workspace.members.order_by("person"))
    rows = [(member.person, member.role, WHAT_THEY_DO[member.role]) for member in members]
    return Told(
        [f"{context.workspace.name} has {len(members)} {'member' if len(members) == 1 else 'members'}."],
        {"members": [{"person": member.person, "role": member.role} for member in members]},
        (("Person", "Role", "May"), rows),
    )


def set_member(context: Context, person: str, role: str) -> Told:
    """The person has the role from now on. Raises Refused for an unknown role, or when nobody would be owner any more."""
    context.require("set_role")
    if role not in Role.values:
        raise Refused(f"There is no role “{role}”.", fix=f"Choose one of {', '.join(Role.values)}.", code="ROLE-003")
    with transaction.atomic():
        lock_workspace(context.workspace)  # two owners who step down at the same time must not leave the company without one
        owners = set(context.workspace.members.filter(role=Role.OWNER).values_list("person", flat=True))
        if owners == {person} and role != Role.OWNER:
            raise Refused(f"{person} is the only owner of {context.workspace.name}.", fix="Make somebody else an owner first.", code="ROLE-004")
        member = set_role(context.workspace, person, role, now=context.now)
        context.audit("set_role", f"{person} is {role}")
    return Told(
        [f"{member.person} is {member.role} of {context.workspace.name} from now on: {WHAT_THEY_DO[role]}."],
        {"person": member.person, "role": member.role},
    )
