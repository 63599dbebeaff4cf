"""change_company, remove_member: a company's name and time zone; somebody who leaves it."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.roles import Role
from quarterdeck.ledger.gateway.workspaces import lock_workspace, role_of
from quarterdeck.ledger.models import Member
from quarterdeck.ledger.models.appended import NAME_LENGTH
from quarterdeck.operations.company.create_workspace import is_company_name
from quarterdeck.operations.context import Context
from quarterdeck.operations.told import Told


def change_company(context: Context, *, name: str, timezone: str) -> Told:
    """The company has this name and time zone from now on; its currency stays, because every amount on record is in it. Raises InvalidInput."""
    context.require("change_workspace")
    name = name.strip()
    problems = []
    if not is_company_name(name):
        problems.append(Problem("SITE-016", "name", repr(name[:40]), f"a name of 1 to {NAME_LENGTH} letters", "Write the company's name."))
    if timezone not in available_timezones():
        problems.append(Problem("SITE-015", "timezone", repr(timezone), "a zone such as Europe/London", "Write the name of a city's zone."))
    if problems:
        raise InvalidInput(problems, state="Nothing was changed.")
    before = (context.workspace.name, context.workspace.timezone)
    if before == (name, timezone):
        return Told(["Nothing was changed."])
    context.workspace.name, context.workspace.timezone = name, timezone
    with transaction.atomic():
        context.workspace.save(update_fields=["name", "timezone"])
        context.audit("change_workspace", f"{name}, {timezone}", before=list(before))
    return Told([f"The company is called {name} and lives by the clocks of {timezone.replace('_', ' ')}."])


def remove_member(context: Context, person: str) -> Told:
    """The person does not belong to the company any more; what they did stays on record. Raises Refused for the last owner and for strangers."""
    context.require("set_role")
    with transaction.atomic():
        lock_workspace(context.workspace)
        role = role_of(context.workspace, person)
        if role is None:
            raise Refused(f"{person} is not a member of {context.workspace.name}.", fix="Look at the list of people.", code="ROLE-002")
        if role == Role.OWNER and context.workspace.members.filter(role=Role.OWNER).count() == 1:
            raise Refused(f"{person} is the only owner of {context.workspace.name}.", fix="Make somebody else an owner first.", code="ROLE-004")
        Member.objects.filter(workspace=context.workspace, person=person).delete()
        context.audit("remove_member", f"{person}, who was {role}")
    return Told(
        [f"{person} does not belong to {context.workspace.name} any more. What {person} did stays on record."], {"person": person, "role": str(role)}
    )
