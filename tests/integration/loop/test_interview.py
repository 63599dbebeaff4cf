"""From plain answers to a plan: three owners answer, leave and come back, and their drafts become strategies that can be planned without facts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from loop_steps import NOW, OWNER

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.site import Site
from quarterdeck.strategy.interview.file import parse_answer_file

SAID = Path(__file__).parents[2] / "unit" / "strategy" / "interviews"
PLACES = {
    "bicycles": {"country": "England", "language": "English"},
    "taxes": {"country": "Austria", "language": "German"},
    "dogs": {"country": "USA", "language": "English"},
}


def _owner(site: Site, name: str) -> tuple[Context, dict[str, Any]]:
    from quarterdeck.operations.company.create_workspace import create_workspace
    from quarterdeck.operations.context import open_context

    found = parse_answer_file((SAID / f"{name}.yaml").read_text(encoding="utf-8"))
    company = found.company
    assert company is not None
    made = create_workspace(name=company.name, currency=company.currency, timezone=company.timezone, owner=OWNER, now=NOW)
    return open_context(site, made.slug, OWNER, now=NOW), {"place": PLACES[name], **found.typed}


def _answer_all(context: Context, typed: dict[str, Any]) -> None:
    """Answers what is asked, in the order in which it is asked, from what is on disk each time."""
    from quarterdeck.operations.first_strategy.hold_interview import answer, open_interview

    for _ in range(60):
        question = open_interview(context).next_id()
        if question is None:
            return
        answer(context, question, typed.get(question))
    raise AssertionError("the interview does not end")


@pytest.mark.parametrize("name", ["bicycles", "taxes", "dogs"])
def test_an_interview_becomes_the_strategy_and_the_quarter_can_be_planned_without_facts(site: Site, name: str) -> None:
    from quarterdeck.operations.first_strategy.hold_interview import make_it_the_strategy, write_draft
    from quarterdeck.operations.first_strategy.keep_answers import kept_answers
    from quarterdeck.operations.plan.plan_quarter import plan_quarter
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    context, typed = _owner(site, name)
    _answer_all(context, typed)
    draft = write_draft(context).strategy

    number = make_it_the_strategy(context)
    made = plan_quarter(context)

    assert (number, current_strategy(context).strategy) == (1, draft)
    assert made.plan.quarter == draft.objectives[0].due_on - timedelta(days=90)
    assert sum(line.amount for line in made.plan.budget.lines) <= draft.management.budget.quarter
    assert len(made.plan.calendar) == len(draft.content.items)
    assert kept_answers(context).answers == {}
    assert {"begin_interview", "save_strategy", "finish_interview"} <= set(context.workspace.audit.values_list("verb", flat=True))


def test_answers_survive_a_restart_and_belong_to_one_person(site: Site) -> None:
    from quarterdeck.ledger.gateway.workspaces import set_role
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.first_strategy.hold_interview import answer, open_interview

    context, _ = _owner(site, "bicycles")
    answer(context, "wish", "A full workshop")
    set_role(context.workspace, "Petra", "planner", now=NOW)

    again = Site(site.folder, site.key)

    assert open_interview(open_context(again, context.workspace.slug, OWNER, now=NOW)).told.text("wish") == "A full workshop"
    assert not open_interview(open_context(again, context.workspace.slug, "Petra", now=NOW)).is_begun


def test_a_wrong_answer_changes_nothing_and_a_broken_file_is_an_interview_not_begun(site: Site) -> None:
    from quarterdeck.operations.first_strategy.hold_interview import answer, open_interview

    context, _ = _owner(site, "bicycles")
    answer(context, "wish", "A full workshop")
    with pytest.raises(InvalidInput):
        answer(context, "counted", "joy")
    assert set(open_interview(context).told.answers) == {"wish"}

    (file,) = (site.folder / "interviews").rglob("*.json")
    file.write_text('{"form": 1, "answers": {"wish"', encoding="utf-8")

    assert not open_interview(context).is_begun


def test_where_there_is_a_strategy_it_stays_and_the_answers_become_a_draft_beside_it(site: Site) -> None:
    from quarterdeck.operations.drafts.open_draft import in_draft
    from quarterdeck.operations.first_strategy.hold_interview import answer, keep_as_draft, make_it_the_strategy
    from quarterdeck.operations.first_strategy.start_strategy import start_strategy
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    context, _ = _owner(site, "bicycles")
    start_strategy(context, "shop")
    before = current_strategy(context).revision.hash
    answer(context, "wish", "A full workshop")

    with pytest.raises(Refused, match="already") as refused:
        make_it_the_strategy(context)
    slug = keep_as_draft(context, "From talking")

    assert refused.value.code == "STRATEGY-937"
    assert current_strategy(context).revision.hash == before
    assert current_strategy(in_draft(context, slug)).strategy.vision == "A full workshop"


def test_nothing_said_is_no_strategy_and_a_viewer_is_not_interviewed(site: Site) -> None:
    from quarterdeck.ledger.gateway.workspaces import set_role
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.first_strategy.hold_interview import make_it_the_strategy, open_interview

    context, _ = _owner(site, "bicycles")
    set_role(context.workspace, "Vera", "viewer", now=NOW)

    with pytest.raises(Refused, match="Nothing has been said"):
        make_it_the_strategy(context)
    with pytest.raises(Refused):
        open_interview(open_context(site, context.workspace.slug, "Vera", now=NOW))
