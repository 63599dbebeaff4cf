"""Which role may do what: one table, asked by every operation."""

from __future__ import annotations

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.models import Workspace
from quarterdeck.ledger.models.workspace import Member

Role = Member.Role
_ALL = frozenset(Role)
_WORKERS = frozenset({Role.OWNER, Role.PLANNER, Role.CONTRIBUTOR})
_PLANNERS = frozenset({Role.OWNER, Role.PLANNER})
_DECIDERS = frozenset({Role.OWNER, Role.APPROVER})
_OWNER = frozenset({Role.OWNER})

OPERATIONS: dict[str, frozenset[str]] = {
    # looking
    "see": _ALL,
    "ask_facts": _ALL,
    "export": _ALL,
    "check_strategy": _ALL,
    "verify_facts": _ALL,
    # saying what happened
    "log_work": _WORKERS,
    "import_facts": _WORKERS,
    "record_receipt": _WORKERS,
    "answer_question": _WORKERS,
    "add_lesson": _WORKERS | _DECIDERS,
    # drafting
    "save_strategy": _PLANNERS,
    "share_strategy": _PLANNERS,
    "drop_load": _PLANNERS,
    "sweep_facts": _PLANNERS,
    "fit_response": _PLANNERS,
    "overrule_fit": _PLANNERS,
    "plan_quarter": _PLANNERS,
    "propose_actions": _PLANNERS,
    "edit_action": _WORKERS,
    "cancel_action": _PLANNERS,
    "review_quarter": _PLANNERS,
    # deciding
    "approve_plan": _DECIDERS,
    "approve_action": _DECIDERS,
    "decide_correction": _DECIDERS,
    "settle_unknown": _DECIDERS,
    # carrying out
    "run_due_actions": _PLANNERS,
    "hand_over": _WORKERS,
    "rehearse": _PLANNERS,
    # the company itself
    "change_workspace": _OWNER,
    "set_role": _OWNER,
}


def role_allows(role: str | None, operation: str) -> bool:
    """Whether `role` (None: a stranger) may do `operation`. Raises KeyError for an operation that the table does not name."""
    return role in OPERATIONS[operation]


def require_role(workspace: Workspace, person: str, operation: str) -> None:
    """Nothing, when the person may. Raises Refused with the roles that may, otherwise."""
    from quarterdeck.ledger.gateway.workspaces import role_of

    role = role_of(workspace, person)
    if not role_allows(role, operation):
        allowed = ", ".join(role for role in Role.values if role in OPERATIONS[operation])
        raise Refused(
            f"{person} is {f'a member as {role}' if role else 'not a member'} of {workspace.name} and may not do this ({operation}).",
            fix=f"Ask somebody who may: {allowed}.",
            code="LEDGER-020",
        )
