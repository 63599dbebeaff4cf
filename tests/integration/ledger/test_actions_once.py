"""Nothing leaves without approval, and nothing leaves twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from child_jobs import NOW, claim_when_told
from django.db import IntegrityError

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.actions import claim_action, due_actions, edit_action, propose_action
from quarterdeck.ledger.gateway.approvals import approval_of, decide_action
from quarterdeck.ledger.gateway.receipts import end_attempt, open_attempts, record_receipt, start_attempt
from quarterdeck.ledger.models import Action, Approval, Attempt, Receipt, Workspace
from quarterdeck.operations.site import Site

DUE = date(2027, 1, 8)


def _propose(bakery: Workspace, key: str = "item/letter", **changes: Any) -> Action:
    options = {"kind": "item", "ref": "letter", "title": "The letter", "wants": {"text": "Hello"}, "content": "a" * 64, "due_on": DUE, **changes}
    return propose_action(bakery, key=key, now=NOW, **options)[0]


def _approved(bakery: Workspace, key: str = "item/letter", **changes: Any) -> Action:
    action = _propose(bakery, key, **changes)
    assert decide_action(action, "approve", by="Olena", reason="", now=NOW) is not None
    return Action.objects.get(pk=action.pk)


def test_an_action_of_a_key_is_proposed_once(bakery: Workspace, in_threads) -> None:
    results = in_threads(
        [lambda: propose_action(bakery, key="k", kind="task", ref="t", title="T", wants={}, content="a" * 64, due_on=DUE, now=NOW)] * 5
    )

    assert sorted(is_new for _, is_new in results) == [False] * 4 + [True]
    assert Action.objects.count() == 1


def test_a_claim_made_from_an_old_look_changes_nothing(bakery: Workspace) -> None:
    seen = _approved(bakery)
    assert edit_action(seen.pk, seen.version, content="b" * 64, wants={"text": "Hello!"}, now=NOW)

    assert claim_action(seen.pk, "approved", "claimed", seen.version, now=NOW) is False

    assert Action.objects.get().state == "proposed"


def test_of_threads_that_claim_at_once_exactly_one_gets_the_action(bakery: Workspace, in_threads) -> None:
    action = _approved(bakery)

    results = in_threads([lambda: start_attempt(action, by="worker", now=NOW)] * 8)

    assert len([result for result in results if isinstance(result, Attempt)]) == 1
    assert results.count(None) == 7
    assert Attempt.objects.count() == 1


def test_of_processes_that_claim_at_once_exactly_one_gets_the_action(bakery: Workspace, ledger_site: Site, start_process) -> None:
    action = _approved(bakery)
    assert action.version == 2
    jobs = [start_process(claim_when_told, ledger_site.folder, action.pk) for _ in range(4)]
    for _, pipe in jobs:
        assert pipe.recv() == "ready"

    for _, pipe in jobs:
        pipe.send("go")

    assert sorted(pipe.recv() for _, pipe in jobs) == [False, False, False, True]
    assert Action.objects.get().version == 3


def test_a_move_that_does_not_exist_is_a_fault_of_the_program(bakery: Workspace) -> None:
    action = _propose(bakery)

    with pytest.raises(ValueError, match="cannot go from proposed to claimed"):
        claim_action(action.pk, "proposed", "claimed", action.version, now=NOW)


def test_a_state_that_nobody_knows_cannot_be_written(bakery: Workspace) -> None:
    with pytest.raises(IntegrityError):
        Action.objects.create(
            workspace=bakery, key="k", kind="task", ref="t", title="T", wants={}, content="", due_on=DUE, state="sent", made_at=NOW, changed_at=NOW
        )


def test_an_edit_revokes_the_approval(bakery: Workspace) -> None:
    action = _approved(bakery)
    assert approval_of(action) is not None

    assert edit_action(action.pk, action.version, content="b" * 64, wants={"text": "Buy!"}, now=NOW)

    edited = Action.objects.get()
    assert (edited.state, edited.wants, approval_of(edited)) == ("proposed", {"text": "Buy!"}, None)
    assert start_attempt(edited, by="worker", now=NOW) is None


def test_content_changed_behind_the_approvers_back_is_not_acted_on(bakery: Workspace) -> None:
    action = _approved(bakery)
    Action.objects.filter(pk=action.pk).update(content="c" * 64)
    action.refresh_from_db()

    assert start_attempt(action, by="worker", now=NOW) is None

    assert Action.objects.get().state == "approved"
    assert not Attempt.objects.exists()


def test_a_decision_about_an_action_that_was_edited_meanwhile_does_not_count(bakery: Workspace) -> None:
    seen = _propose(bakery)
    assert edit_action(seen.pk, seen.version, content="b" * 64, title="Another letter", now=NOW)

    assert decide_action(seen, "approve", by="Olena", reason="", now=NOW) is None

    assert not Approval.objects.exists()
    assert Action.objects.get().state == "proposed"


def test_of_an_approval_and_a_refusal_at_once_one_counts(bakery: Workspace, in_threads) -> None:
    action = _propose(bakery)

    results = in_threads(
        [
            lambda: decide_action(action, "approve", by="Olena", reason="", now=NOW),
            lambda: decide_action(action, "refuse", by="Sam", reason="Too loud", now=NOW),
        ]
    )

    assert results.count(None) == 1
    assert Approval.objects.count() == 1


def test_a_no_needs_a_reason(bakery: Workspace) -> None:
    action = _propose(bakery)

    with pytest.raises(Refused, match="needs a reason"):
        decide_action(action, "refuse", by="Olena", reason=" ", now=NOW)


def test_a_refusal_after_an_approval_of_the_same_content_ends_it(bakery: Workspace) -> None:
    action = _approved(bakery)
    assert decide_action(action, "refuse", by="Olena", reason="Not this week", now=NOW) is not None

    assert approval_of(Action.objects.get()) is None


def test_what_was_tried_and_not_ended_is_seen_and_never_claimed_again(bakery: Workspace) -> None:
    attempt = start_attempt(_approved(bakery), by="worker", now=NOW)
    assert attempt is not None

    action = Action.objects.get()
    assert start_attempt(action, by="worker", now=NOW) is None
    assert open_attempts() == (attempt,)


@pytest.mark.parametrize("outcome", ["done", "failed", "unknown"])
def test_an_attempt_ends_once_and_takes_its_action_with_it(bakery: Workspace, outcome: str) -> None:
    attempt = start_attempt(_approved(bakery), by="worker", now=NOW)

    assert end_attempt(attempt, outcome, detail="said so", now=NOW) is True
    assert end_attempt(attempt, "done", now=NOW) is False

    assert (Action.objects.get().state, Attempt.objects.get().outcome, open_attempts()) == (outcome, outcome, ())


def test_an_attempt_does_not_end_an_action_that_left_its_hands(bakery: Workspace) -> None:
    attempt = start_attempt(_approved(bakery), by="worker", now=NOW)
    claimed = Action.objects.get()
    assert claim_action(claimed.pk, "claimed", "unknown", claimed.version, now=NOW)

    assert end_attempt(attempt, "done", now=NOW) is False

    assert (Action.objects.get().state, Attempt.objects.get().ended_at) == ("unknown", None)


def test_a_failed_action_may_be_tried_again_after_a_new_yes(bakery: Workspace) -> None:
    end_attempt(start_attempt(_approved(bakery), by="worker", now=NOW), "failed", now=NOW)

    assert decide_action(Action.objects.get(), "approve", by="Olena", reason="", now=NOW) is not None
    second = start_attempt(Action.objects.get(), by="worker", now=NOW)

    assert second is not None
    assert second.number == 2


def test_a_receipt_is_written_once(bakery: Workspace, in_threads) -> None:
    action = _approved(bakery)

    results = in_threads([lambda: record_receipt(action, key="sent", how="market", by="worker", now=NOW)] * 5)

    assert sorted(is_new for _, is_new in results) == [False] * 4 + [True]
    assert Receipt.objects.count() == 1


def test_what_is_done_or_being_done_cannot_be_edited(bakery: Workspace) -> None:
    start_attempt(_approved(bakery), by="worker", now=NOW)
    claimed = Action.objects.get()

    assert edit_action(claimed.pk, claimed.version, content="b" * 64, title="Other", now=NOW) is False
    with pytest.raises(ValueError, match="cannot change state"):
        edit_action(claimed.pk, claimed.version, content="b" * 64, state="done", now=NOW)


def test_approved_actions_fall_due_by_their_day_or_their_instant(bakery: Workspace) -> None:
    early = _approved(bakery, "early", due_on=DUE - timedelta(days=1))
    today = _approved(bakery, "today")
    _approved(bakery, "tonight", due_at=NOW + timedelta(hours=9))
    at_once = _approved(bakery, "at_once", due_at=NOW)
    _approved(bakery, "tomorrow", due_on=DUE + timedelta(days=1))
    _propose(bakery, "not_approved")

    due = due_actions(bakery, today=DUE, now=NOW)

    assert [action.key for action in due] == [early.key, *sorted([at_once.key, today.key], key=[a.key for a in due].index)]
    assert {action.key for action in due} == {"early", "today", "at_once"}
