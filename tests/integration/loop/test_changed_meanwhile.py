"""What changed between two steps: another strategy, weeks gone by, facts that stop short, files that are gone, another person's right."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from loop_steps import (
    FIRST_QUARTER,
    NEXT_QUARTER,
    OVERRULE,
    approve_all,
    decide,
    let_pass,
    make_plan,
    make_review,
    newest_plan,
    require_three_sentences,
    the_company,
)

from quarterdeck.kernel.problems import InvalidInput, QuarterdeckError, Refused


def propose(company, key: str, changes: dict[str, object]) -> None:
    from quarterdeck.ledger.gateway.reviews import propose_correction

    propose_correction(company.workspace.reviews.get(), key=key, title=f"Correction {key}.", changes=changes, expected=None, evidence="Figures")


def save_changes(company, changes: dict[str, object]) -> None:
    from quarterdeck.operations.strategy.save_strategy import current_strategy, save_strategy
    from quarterdeck.strategy.changes.patch import apply_changes

    save_strategy(company, apply_changes(current_strategy(company).strategy, changes))


def join(company, person: str, role: str):
    from quarterdeck.operations.company.manage_members import set_member

    set_member(company, person, role)
    return the_company(company.site, person)


def import_days(company, table: str, first: date, days: int, **columns: object) -> None:
    from quarterdeck.operations.play.load_sample import import_rows

    rows = {"day": [first + timedelta(days=n) for n in range(days)], "geo": [""] * days}
    import_rows(company, table, rows | {name: [value] * days for name, value in columns.items()}, source="test")


def test_an_approver_may_accept_a_correction_without_being_a_planner(site_at):
    company = the_company(site_at("reviewed"))
    propose(company, "money", {"channels[search].spend.cap": "5000"})
    told = decide(join(company, "Ann", "approver"), "money", accept=True)
    assert told.facts["revision"] == 2
    revision = company.workspace.revisions.get(number=2)
    assert revision.author == "Ann"
    assert next(channel for channel in revision.document["channels"] if channel["id"] == "search")["spend"]["cap"] == "5000"


def test_all_corrections_are_decided_or_none(site_at):
    company = the_company(site_at("reviewed"))
    propose(company, "money", {"channels[search].spend.cap": "5000"})
    propose(company, "wrong", {"channels[nowhere].spend.cap": "5000"})
    with pytest.raises(InvalidInput, match="nowhere"):
        decide(company, "all", accept=True)
    assert not company.workspace.reviews.get().corrections.filter(decision__isnull=False).exists()
    assert company.workspace.revisions.count() == 1


def test_a_correction_is_refused_when_somebody_changed_what_it_would_change(site_at):
    from quarterdeck.ledger.gateway.reviews import propose_correction, record_review
    from quarterdeck.review.record import CorrectionDraft, parse_review, render_review

    company = the_company(site_at("reviewed"))
    place = "channels[search].spend.cap"
    draft = CorrectionDraft(
        key="money",
        kind="money",
        title="Spend less.",
        because="effect:search",
        changes={place: "5000"},
        before={place: "5500"},
        expected_text="",
        evidence="",
    )
    review = parse_review(company.workspace.reviews.get().body.encode()).model_copy(update={"corrections": (draft,)})
    record, _ = record_review(company.workspace, quarter=review.quarter, as_of=review.as_of, body=render_review(review), now=company.now)
    propose_correction(record, key="money", title=draft.title, changes=draft.changes, expected=None, evidence="")
    save_changes(company, {place: "4000"})
    with pytest.raises(Refused, match=r"drafted before channels\[search\]\.spend\.cap changed"):
        decide(company, "money", accept=True)
    save_changes(company, {place: "5500"})
    assert decide(company, "money", accept=True).facts["revision"] == 4


def test_money_of_weeks_gone_that_nobody_approved_is_not_offered_beside_the_weeks_it_moved_to(site_at):
    from quarterdeck.ledger.models import Action
    from quarterdeck.operations.act.approve import approve_actions

    company = the_company(site_at("planned"))
    approve_actions(company, kind="task")
    let_pass(company, 4)
    make_plan(company, OVERRULE)
    approve_all(company)
    lines = Action.objects.filter(kind="budget_line", state="approved")
    assert sum(line.cost for line in lines) == sum(line.amount for line in newest_plan(company).budget.lines)
    assert not lines.filter(due_on__lt=newest_plan(company).first_open_week).exists()


def test_weeks_without_any_approved_money_pass_once(site_at):
    company = the_company(site_at("planned"))
    assert let_pass(company, 1).facts["weeks"] == ["2027-01-04"]
    assert let_pass(company, 1).facts["weeks"] == ["2027-01-11"]


def test_the_plan_made_last_is_the_one_approved_when_the_next_quarter_was_planned_before(site_at):
    from quarterdeck.operations.plan.plan_quarter import make_plan as plan_of

    company = the_company(site_at("reviewed"))
    plan_of(company, quarter=NEXT_QUARTER, overrule=None, seed=1)
    approve_all(company)
    assert "its date is past" not in require_three_sentences(company)[0]
    plan_of(company, quarter=FIRST_QUARTER, overrule=OVERRULE, seed=1)
    approve_all(company)
    assert company.workspace.plans.get(quarter=FIRST_QUARTER, number=2).approved_at is not None


def test_a_channel_added_to_the_strategy_is_learned_from_facts_that_were_there_before(site_at):
    from quarterdeck.operations.response.fit_response import fit_missing
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    company = the_company(site_at("started"))
    import_days(company, "spend", date(2026, 8, 17), 140, channel="radio", campaign="", currency="GBP", cost=Decimal(9))

    def channels() -> tuple[str, ...]:
        return fit_missing(company, current_strategy(company).strategy, ["orders"], holdout=4, seed=1)["orders"].fit.channels

    before = channels()
    search = next(channel for channel in current_strategy(company).strategy.channels if channel.id == "search").model_dump(mode="json")
    save_changes(company, {"channels[radio]": search | {"id": "radio", "name": "Radio", "spend": None}})
    assert channels() == (*before, "radio")
    save_changes(company, {"channels[radio]": None})
    assert channels() == before


def test_a_fit_whose_file_is_gone_is_learned_anew_and_the_answer_still_speaks(site_at):
    company = the_company(site_at("planned"))
    files = {file: file.read_bytes() for file in company.lake_dir.rglob("*.qdc")}
    for file in files:
        file.unlink()
    make_plan(company, OVERRULE)
    assert {file: file.read_bytes() for file in company.lake_dir.rglob("*.qdc")} == files

    later = the_company(site_at("four weeks later"))
    for file in later.lake_dir.rglob("*.qdc"):
        file.unlink()
    require_three_sentences(later)
    with pytest.raises(QuarterdeckError, match="Bring the file back from a backup"):
        make_review(later)


def test_a_week_that_was_not_counted_is_named_in_place_of_a_review(site_at):
    company = the_company(site_at("four weeks later"))
    import_days(company, "outcomes", date(2027, 2, 1), 7, metric="visits", value=Decimal(5))
    import_days(company, "spend", date(2027, 2, 1), 7, channel="search", campaign="", currency="GBP", cost=Decimal(5))
    with pytest.raises(Refused, match="Orders were not counted on every day of the week from 2027-02-01"):
        make_review(company)
    require_three_sentences(company)


def test_only_who_may_settle_it_says_that_an_unknown_action_was_done(site_at):
    from quarterdeck.ledger.models import Action
    from quarterdeck.operations.act.record_done import record_done

    company = the_company(site_at("approved"))
    task = Action.objects.filter(kind="task").order_by("key").first()
    Action.objects.filter(pk=task.pk).update(state="unknown")
    with pytest.raises(Refused, match="settle_unknown"):
        record_done(join(company, "Con", "contributor"), task.key, link=None, on=None, hours=None)
    assert record_done(company, task.key, link=None, on=None, hours=None).facts["is_new"]


def test_a_plan_made_in_the_middle_of_a_quarter_is_reviewed_once_a_week_of_its_own_has_passed(site_at):
    company = the_company(site_at("started"))
    let_pass(company, 1)
    make_plan(company, OVERRULE)
    approve_all(company)
    with pytest.raises(Refused, match="no week of an approved plan has passed"):
        make_review(company)
    let_pass(company, 1)
    assert [week["week"] for week in make_review(company).facts["review"]["weeks"]] == ["2027-01-11"]


def test_a_channel_taken_out_of_the_strategy_gets_none_of_the_money_that_a_review_may_move(site_at):
    from quarterdeck.lake.snapshot import open_snapshot
    from quarterdeck.ledger.gateway.loads import snapshot_of
    from quarterdeck.operations.plan.gather_inputs import gather_inputs
    from quarterdeck.operations.response.fit_response import fit_missing
    from quarterdeck.operations.review.look_ahead import closed_channels
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    company = the_company(site_at("four weeks later"))
    current, snapshot = current_strategy(company), snapshot_of(company.workspace)
    fits = fit_missing(company, current.strategy, ["orders"], holdout=4, seed=1)
    without = current.strategy.model_copy(update={"channels": tuple(each for each in current.strategy.channels if each.id != "print")})
    with open_snapshot(company.lake_dir, snapshot.loads) as lake:
        inputs = gather_inputs(company, type(current)(without, current.revision), snapshot, fits, lake, quarter=FIRST_QUARTER, seed=1)
    assert [(limit.channel, limit.cap) for limit in closed_channels(fits["orders"].fit.channels, inputs)] == [("print", Decimal(0))]
