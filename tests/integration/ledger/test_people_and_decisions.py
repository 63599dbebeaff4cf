"""Companies, roles, fits, reviews and what was decided about corrections."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from child_jobs import NOW

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.audit import audit_trail, record_audit
from quarterdeck.ledger.gateway.fits import latest_fit, overrule_fit, overrule_of, record_fit
from quarterdeck.ledger.gateway.reviews import add_lesson, decide_correction, lessons_of, propose_correction, record_review
from quarterdeck.ledger.gateway.roles import OPERATIONS, require_role, role_allows
from quarterdeck.ledger.gateway.workspaces import add_workspace, find_workspace, role_of, set_role
from quarterdeck.ledger.models import Correction, Fit, Member, ReviewRecord, Workspace


@pytest.mark.parametrize("slug", ["", "North Bakery", "../etc", "-a", "a-", "con", "x" * 64, "bäckerei", "a\n"])
def test_a_short_name_that_cannot_name_a_folder_everywhere_is_refused(bakery: Workspace, slug: str) -> None:
    with pytest.raises(Refused, match="cannot name"):
        add_workspace(slug, name="X", currency="GBP", timezone="Europe/London", now=NOW)


def test_a_short_name_is_given_once_and_an_unknown_one_gets_the_names_there_are(bakery: Workspace) -> None:
    with pytest.raises(Refused, match="already"):
        add_workspace("bakery", name="Y", currency="GBP", timezone="Europe/London", now=NOW)
    with pytest.raises(Refused, match="Name one of: bakery"):
        find_workspace("bakry")
    assert find_workspace("bakery") == bakery


def test_a_person_has_one_role_which_can_change(bakery: Workspace) -> None:
    set_role(bakery, "Olena", "viewer", now=NOW)
    set_role(bakery, "Olena", "approver", now=NOW + timedelta(days=1))

    assert (role_of(bakery, "Olena"), role_of(bakery, "Sam")) == ("approver", None)
    assert Member.objects.get().made_at == NOW
    with pytest.raises(ValueError, match="king"):
        set_role(bakery, "Olena", "king", now=NOW)


def test_an_owner_may_do_everything_and_a_stranger_nothing() -> None:
    assert all(role_allows("owner", operation) for operation in OPERATIONS)
    assert not any(role_allows(None, operation) for operation in OPERATIONS)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("viewer", ["see", "export"], ["log_work", "import_facts", "approve_action"]),
        ("contributor", ["log_work", "record_receipt"], ["save_strategy", "approve_action", "plan_quarter"]),
        ("planner", ["save_strategy", "plan_quarter"], ["approve_plan", "approve_action", "set_role"]),
        ("approver", ["approve_plan", "decide_correction"], ["save_strategy", "plan_quarter", "set_role"]),
    ],
)
def test_each_role_may_do_its_own(role: str, may: list[str], may_not: list[str]) -> None:
    assert [role_allows(role, operation) for operation in may] == [True] * len(may)
    assert [role_allows(role, operation) for operation in may_not] == [False] * len(may_not)


def test_an_operation_that_the_table_does_not_name_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        role_allows("owner", "fly")


def test_a_refusal_says_who_may(bakery: Workspace) -> None:
    set_role(bakery, "Sam", "viewer", now=NOW)

    with pytest.raises(Refused, match=r"Sam is a member as viewer .* owner, approver"):
        require_role(bakery, "Sam", "approve_plan")
    require_role(bakery, "Sam", "see")


def test_a_fit_is_recorded_once_and_a_persons_word_stands_beside_it(bakery: Workspace) -> None:
    options = {"metric": "orders", "file": "x.qdc", "snapshot": "s" * 64, "seed": 7, "holdout": {"error": 0.2}, "is_trusted": False}
    fit = record_fit(bakery, fit_hash="a" * 64, now=NOW, **options)

    assert record_fit(bakery, fit_hash="a" * 64, now=NOW, **options) == fit
    later = record_fit(bakery, fit_hash="b" * 64, now=NOW, **{**options, "snapshot": "t" * 64})
    word = overrule_fit(fit, reason="I know this shop", by="Ann", now=NOW)

    assert (latest_fit(bakery, "orders"), latest_fit(bakery, "orders", snapshot="s" * 64), latest_fit(bakery, "leads")) == (later, fit, None)
    assert (overrule_of(fit), overrule_of(later), Fit.objects.count()) == (word, None, 2)


def test_a_correction_is_decided_once(bakery: Workspace, in_threads) -> None:
    review, _ = record_review(bakery, quarter=date(2027, 1, 4), as_of=date(2027, 1, 31), body=b"{}", now=NOW)
    correction, _ = propose_correction(
        review, key="cap", title="Raise the cap", changes={"channels[search].spend.cap": "900"}, expected=None, evidence="x"
    )
    assert correction.state == "proposed"

    results = in_threads(
        [
            lambda: decide_correction(correction, "accepted", by="Olena", reason="", now=NOW),
            lambda: decide_correction(correction, "refused", by="Sam", reason="No money", now=NOW),
        ]
    )

    assert sorted(results) == [False, True]
    assert Correction.objects.get().state == ("accepted", "refused")[results.index(True)]


def test_a_refused_correction_needs_a_reason_and_proposed_is_no_decision(bakery: Workspace) -> None:
    review, _ = record_review(bakery, quarter=date(2027, 1, 4), as_of=date(2027, 1, 31), body=b"{}", now=NOW)
    correction, _ = propose_correction(review, key="cap", title="Raise the cap", changes={}, expected={"orders": 3}, evidence="x")

    with pytest.raises(Refused, match="reason"):
        decide_correction(correction, "refused", by="Sam", reason="", now=NOW)
    with pytest.raises(ValueError, match="accepted or refused"):
        decide_correction(correction, "proposed", by="Sam", reason="", now=NOW)


def test_the_same_review_and_correction_twice_are_one(bakery: Workspace) -> None:
    reviews = [record_review(bakery, quarter=date(2027, 1, 4), as_of=date(2027, 1, 31), body=b'{"a":1}', now=NOW) for _ in range(2)]
    drafts = [propose_correction(reviews[0][0], key="k", title="T", changes={}, expected=None, evidence="") for _ in range(2)]

    assert [is_new for _, is_new in reviews] == [is_new for _, is_new in drafts] == [True, False]
    assert ReviewRecord.objects.get().body == '{"a":1}'


def test_lessons_and_the_audit_come_newest_first(bakery: Workspace) -> None:
    for day, text in enumerate(("one", "two")):
        add_lesson(bakery, text, by="Ann", now=NOW + timedelta(days=day))
        record_audit(bakery, who="Ann", verb="add_lesson", what=text, now=NOW + timedelta(days=day), details={"n": day})

    assert [lesson.text for lesson in lessons_of(bakery)] == ["two", "one"]
    assert [entry.what for entry in audit_trail(bakery, limit=1)] == ["two"]
