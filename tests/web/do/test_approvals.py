"""Approvals: what was looked at is what is decided, once, by those who may; and it can be taken back."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from quarterdeck.act.states import STATES

HOME = "/w/harbour/do/"


@pytest.fixture
def waiting(planned, browser_of):
    """Harbour with its plan in force and everything of it waiting, seen by the owner."""
    browser = browser_of("Olena")
    plan_id = re.search(r'name="plan_id" value="(\w+)"', text_of(browser.get(HOME)))[1]
    assert browser.post(f"{HOME}in-force/", {"plan_id": plan_id}).status_code == 302
    return browser


def text_of(response: Any) -> str:
    return response.content.decode()


def action_of(**fields: Any) -> Any:
    from quarterdeck.ledger.models import Action

    return Action.objects.filter(**fields).order_by("due_on", "key").first()


def one(action: Any, decision: str = "approve", **more: str) -> dict[str, str]:
    return {"decision": decision, "key": action.key, "content": action.content, "card": "x", **more}


def bulk_fields(page: str, label: str) -> dict[str, str]:
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.S) if f">{label}" in form)
    return {"decision": "approve", **dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))}


def states() -> dict[str, int]:
    from collections import Counter

    from quarterdeck.ledger.models import Action

    return dict(Counter(Action.objects.values_list("state", flat=True)))


def test_a_plan_that_is_not_in_force_comes_first_and_its_button_puts_it_in_force(planned, browser_of):
    page = text_of(browser_of("Olena").get(HOME))
    assert "waits for your yes" in page
    assert "Put plan 1 in force" in page
    assert not states()
    assert "Put plan 1 in force" not in text_of(browser_of("Vera").get(HOME))


def test_a_plan_that_was_not_the_one_looked_at_is_not_put_in_force(planned, browser_of):
    from quarterdeck.ledger.models import Plan

    browser = browser_of("Olena")
    assert browser.post(f"{HOME}in-force/", {"plan_id": "f" * 64}).status_code == 302
    assert Plan.objects.get().approved_at is None


def test_the_inbox_says_how_many_want_to_leave_and_which_collide(waiting):
    page = text_of(waiting.get(HOME))
    assert re.search(r"<h1[^>]*>\d+ things want to leave, £[\d,]+ with them: \d+ are ready, <em class=\"bad\">16 collide</em>", page)
    assert "Collides." in text_of(waiting.get(f"{HOME}?week=2027-02-08"))


def test_an_approval_leaves_a_notice_that_takes_it_back(waiting):
    action = action_of(kind="item")
    page = text_of(waiting.post(f"{HOME}decide/", one(action), follow=True))
    assert "is approved" in page
    action.refresh_from_db()
    assert action.state == "approved"
    first, last = re.search(r'name="first" value="(\d+)"><input type="hidden" name="last" value="(\d+)"', page).groups()

    page = text_of(waiting.post(f"{HOME}undo/", {"first": first, "last": last}, follow=True))

    action.refresh_from_db()
    assert action.state == "proposed"
    assert list(action.approvals.order_by("pk").values_list("decision", flat=True)) == ["approve", "withdraw"]
    assert "waits for approval again" in page
    page = text_of(waiting.post(f"{HOME}undo/", {"first": first, "last": last}, follow=True))
    assert "cannot be taken back any more" in page


@pytest.mark.parametrize("decision", ["changes", "refuse"])
def test_a_no_is_kept_with_its_reason_and_can_be_taken_back(waiting, decision):
    action = action_of(kind="item")
    waiting.post(f"{HOME}decide/", one(action, decision, reason="Say which shed."))
    action.refresh_from_db()
    assert action.state == {"changes": "changes_requested", "refuse": "refused"}[decision]
    row = action.approvals.get()
    assert (row.reason, row.by) == ("Say which shed.", "Olena")
    waiting.post(f"{HOME}undo/", {"first": row.pk, "last": row.pk})
    action.refresh_from_db()
    assert action.state == "proposed"


def test_a_no_without_a_reason_keeps_what_was_typed_and_decides_nothing(waiting):
    action = action_of(kind="item")
    page = text_of(waiting.get(HOME))
    card = re.search(r'name="card" value="(a-item[^"]*)"', page)[1]
    response = waiting.post(f"{HOME}decide/", {**one(action, "refuse", reason=" \n "), "card": card})
    assert response.status_code == 422
    assert "A no needs a reason" in text_of(response)
    assert re.search(rf'id="{card}-refuse"[^>]*aria-invalid', text_of(response))
    long = "Too long, but kept. " * 150
    response = waiting.post(f"{HOME}decide/", {**one(action, "changes", reason=long), "card": card})
    assert response.status_code == 422
    assert "Too long, but kept." in text_of(response)
    assert set(states()) == {"proposed"}


def test_what_was_changed_since_is_shown_again_and_not_approved(waiting):
    from quarterdeck.ledger.gateway.actions import edit_action

    action = action_of(kind="item")
    edit_action(action.pk, action.version, content="b" * 64, wants={**action.wants, "text": "Quite other words."}, now=action.made_at)
    response = waiting.post(f"{HOME}decide/", one(action, "refuse", reason="Too cold."))
    assert response.status_code == 409
    assert "was changed since you looked" in text_of(response)
    assert "Quite other words." in text_of(response)
    assert set(states()) == {"proposed"}


def test_a_group_in_which_one_thing_changed_is_not_approved_at_all(waiting):
    from quarterdeck.ledger.gateway.actions import edit_action

    fields = bulk_fields(text_of(waiting.get(HOME)), "Approve the week")
    line = action_of(kind="budget_line")
    edit_action(line.pk, line.version, content="c" * 64, now=line.made_at)
    response = waiting.post(f"{HOME}decide/", fields)
    assert response.status_code == 409
    assert set(states()) == {"proposed"}


def test_the_second_of_two_approvers_is_told_and_changes_nothing(waiting, browser_of):
    action = action_of(kind="item")
    browser_of("Anna").post(f"{HOME}decide/", one(action))
    page = text_of(waiting.post(f"{HOME}decide/", one(action, "refuse", reason="No."), follow=True))
    assert "by Anna: it was decided meanwhile" in page
    action.refresh_from_db()
    assert (action.state, action.approvals.count()) == ("approved", 1)


def test_approving_twice_writes_one_approval(waiting):
    action = action_of(kind="item")
    for _ in range(2):
        assert waiting.post(f"{HOME}decide/", one(action)).status_code == 302
    assert action.approvals.count() == 1


def test_everything_of_the_plan_is_approved_at_once_fast_and_taken_back_as_one(waiting):
    page = text_of(waiting.get(HOME))
    count = int(re.search(r">Approve (\d+) things", page)[1])
    assert count > 300
    started = time.perf_counter()
    page = text_of(waiting.post(f"{HOME}decide/", bulk_fields(page, "Approve "), follow=True))
    assert time.perf_counter() - started < 3
    assert states() == {"approved": count}
    first, last = re.search(r'name="first" value="(\d+)"><input type="hidden" name="last" value="(\d+)"', page).groups()
    waiting.post(f"{HOME}undo/", {"first": first, "last": last})
    assert states() == {"proposed": count}


def test_what_collides_with_nothing_can_be_approved_alone(waiting):
    fields = bulk_fields(text_of(waiting.get(HOME)), "Approve the")
    assert fields["clear"] == "yes"
    waiting.post(f"{HOME}decide/", fields)
    assert states()["proposed"] == 16


def test_only_what_the_filter_shows_is_approved(waiting):
    from quarterdeck.ledger.models import Action

    page = text_of(waiting.get(f"{HOME}?kind=budget_line&channel=radio"))
    waiting.post(f"{HOME}decide/", bulk_fields(page, "Approve these"))
    assert {key.split("/")[1] for key in Action.objects.filter(state="approved").values_list("key", flat=True)} == {"radio"}


def test_what_a_file_carried_to_somebody_is_not_taken_back(waiting):
    waiting.post(f"{HOME}decide/", bulk_fields(text_of(waiting.get(HOME)), "Approve the week"))
    waiting.post(f"{HOME}files/take/", {"week": "2027-01-04", "file": "bookings.csv"})
    from quarterdeck.ledger.models import Approval

    rows = Approval.objects.order_by("pk")
    page = text_of(waiting.post(f"{HOME}undo/", {"first": rows.first().pk, "last": rows.last().pk}, follow=True))
    assert "stayed as decided" in page
    assert action_of(key__startswith="budget/print/", due_on="2027-01-04").state == "approved"
    assert action_of(kind="task").state == "proposed"


@pytest.mark.parametrize("state", sorted(STATES))
def test_an_action_in_each_state_has_its_page_its_way_on_and_its_place(played, browser_of, state):
    from quarterdeck.ledger.models import Action

    browser = browser_of("Olena")
    for kind in ("item", "task", "budget_line"):
        action = action_of(kind=kind, state="approved")
        Action.objects.filter(pk=action.pk).update(state=state)
        response = browser.get(f"{HOME}action/", {"key": action.key})
        assert response.status_code == 200
        assert STATES[state] in text_of(response)
    for path in ("", "todo/", "files/", "gone/"):
        assert browser.get(HOME + path).status_code == 200


@pytest.mark.parametrize(("person", "decides"), [("Olena", True), ("Anna", True), ("Petra", False), ("Carl", False), ("Vera", False)])
def test_only_owner_and_approver_decide(waiting, browser_of, person, decides):
    browser, action = browser_of(person), action_of(kind="item")
    page = text_of(browser.get(HOME))
    assert (">Refuse</summary>" in page) is decides
    response = browser.post(f"{HOME}decide/", one(action))
    assert response.status_code == (302 if decides else 403)
    action.refresh_from_db()
    assert action.state == ("approved" if decides else "proposed")


def test_nobody_decides_about_another_company(waiting, browser_of):
    assert browser_of("Stranger").post(f"{HOME}decide/", one(action_of(kind="item"))).status_code == 404


def test_words_of_an_item_cannot_become_markup(waiting):
    from quarterdeck.ledger.models import Action

    action = action_of(kind="item", due_on__lt="2027-01-11")
    Action.objects.filter(pk=action.pk).update(wants={**action.wants, "text": "<script>alert(1)</script> {{ contact.first_name }}"})
    page = text_of(waiting.get(HOME))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<mark>first name</mark>" in page


def test_an_empty_company_is_told_where_to_begin(empty, browser_of):
    page = text_of(browser_of("Olena").get("/w/north-bakery/do/"))
    assert "there is no strategy yet" in page
    for path in ("todo/", "files/", "gone/"):
        assert browser_of("Olena").get(f"/w/north-bakery/do/{path}").status_code in {200, 409}
