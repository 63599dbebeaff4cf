"""choose_business: which kind of business a company is, so that all its people see examples of it; chosen by an owner, or by how the strategy began."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.ledger.gateway.roles import role_allows
from quarterdeck.operations.context import Context
from quarterdeck.operations.first_strategy.read_examples import EXAMPLES
from quarterdeck.strategy.interview.interview import Business

OF_INTERVIEW: Mapping[Business, str] = {
    "shop": "shop",
    "firms": "b2b_service",
    "software": "saas",
    "trade": "local_trade",
    "charity": "non_profit",
}
"""The kind that each choice of the interview is."""


def choose_business(context: Context, kind: str) -> bool:
    """Whether it is another kind than before. Everybody in the company sees examples of it from now on; choosing again takes it back.

    Raises InvalidInput for a kind that there is not, Refused for who may not change what belongs to the company.
    """
    context.require("change_workspace")
    if kind not in EXAMPLES:
        problem = Problem("SITE-018", "business", repr(kind[:40]), f"one of {', '.join(EXAMPLES)}", "Choose one of the kinds of business.")
        raise InvalidInput([problem], state="Nothing was changed.")
    return _keep(context, kind)


def begin_as(context: Context, kind: str) -> None:
    """The kind that an example or the interview began with, where nobody has chosen one; an owner's word replaces what stood before."""
    context.require("save_strategy")
    may_choose = role_allows(context.member.role, "change_workspace")
    if kind in EXAMPLES and (may_choose or not context.workspace.business):
        _keep(context, kind)


def _keep(context: Context, kind: str) -> bool:
    before = context.workspace.business
    if before == kind:
        return False
    context.workspace.business = kind
    with transaction.atomic():
        context.workspace.save(update_fields=["business"])
        context.audit("choose_business", EXAMPLES[kind].kind, before=before)
    return True
