"""This week: the finding, its causes, what is missing, and who may make a review."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from review_steps import context_of, latest_record, latest_review, money_correction, save_review, text_of

PAGE = "/w/harbour/review/"


def amounts_of_the_table(page: str) -> list[str]:
    table = re.search(r'id="chart-waterfall".*?<tbody>(.*?)</tbody>', page, re.S).group(1)
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<td class="r">(.*?)</td>', table)][::2]


def test_the_page_opens_with_the_gap_and_what_explains_it(played, browser_of):
    review = latest_review(played)

    page = text_of(browser_of("Vera").get(PAGE))

    behind = -round(review.gap)
    assert behind > 100
    assert f"After four weeks you are {behind} new customers behind plan, and orders that were not counted explain most of it." in page
    assert f"{review.counted:,.0f} instead of {review.planned:,.0f}." in page


def test_the_steps_of_the_waterfall_add_up_to_the_gap(played, browser_of):
    review = latest_review(played)

    found = [
        int(text.replace("\N{MINUS SIGN}", "-").replace("+", "").replace(",", ""))
        for text in amounts_of_the_table(browser_of().get(PAGE).content.decode())
        if text
    ]

    assert sum(found) == round(review.counted) - round(review.planned)


def test_every_step_leads_to_the_rows_behind_it(played, browser_of):
    browser = browser_of("Vera")
    page = browser.get(PAGE).content.decode()
    links = set(re.findall(rf'href="({PAGE}causes/[^"#]*)"', page))

    assert len(links) >= 8
    assert {link: browser.get(link).status_code for link in links if browser.get(link).status_code != 200} == {}


def test_verdicts_name_the_rule_that_was_fixed_and_a_rule_moved_since_is_marked(played, browser_of):
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    before = text_of(browser_of().get(PAGE))
    rules = next(n for n, rule in enumerate(_strategy(played).evaluation) if rule.channel == "search")
    change_strategy(context_of(played), {f"evaluation[{rules}].threshold": "150"})
    after = text_of(browser_of().get(PAGE))

    assert "Keep search if a new customer costs £90 or less" in before
    assert "changed after the plan" not in before
    assert "changed after the plan" in after


def test_facts_that_came_since_are_told_with_the_way_to_review_again(played, browser_of):
    assert "Review again" not in text_of(browser_of().get(PAGE))

    _pass_weeks(played, 1)

    page = text_of(browser_of().get(PAGE))
    assert "1 more week passed since this review" in page
    assert "Review again" in page
    assert "Review again" not in text_of(browser_of("Vera").get(PAGE))


def test_a_strategy_that_changed_since_the_plan_offers_to_plan_again(played, browser_of):
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(context_of(played), {"vision": "More gardens."})

    page = text_of(browser_of().get(PAGE))
    assert "the plan does not know it yet" in page
    assert "Plan again" in page


def test_an_earlier_review_can_be_opened_and_decides_nothing(played, browser_of):
    first = latest_record(played).hash
    save_review(played, corrections=(money_correction(played),))
    browser = browser_of()

    page = browser.get(f"{PAGE}?review={first}")

    assert "You are looking at an earlier review" in text_of(page)
    assert "never decided" in text_of(page)
    assert 'name="decision"' not in page.content.decode()
    assert browser.get(f"{PAGE}?review=nothing").status_code == 404


def test_a_review_without_corrections_says_that_nothing_needs_one(played, browser_of):
    save_review(played, corrections=())

    page = text_of(browser_of().get(PAGE))

    assert "Nothing needs to be corrected" in page
    assert "Look at the" not in page


@pytest.mark.parametrize(("state", "said"), [("empty", "no plan says what should happen"), ("planned", "the plan waits for a yes")])
def test_without_a_review_the_page_says_what_is_missing(state, said, request, browser_of):
    request.getfixturevalue(state)
    slug = "north-bakery" if state == "empty" else "harbour"

    page = text_of(browser_of().get(f"/w/{slug}/review/"))

    assert said in page
    assert "What a review will tell you" in page


def test_before_the_first_week_is_over_there_is_nothing_to_ask_and_afterwards_a_button(planned, browser_of):
    from quarterdeck.operations.act.approve import approve_actions

    approve_actions(context_of(planned), everything=True)
    assert "After its first whole week" in text_of(browser_of().get(PAGE))

    _pass_weeks(planned, 1)

    assert "Review now" in text_of(browser_of("Petra").get(PAGE))
    assert "Review now" not in text_of(browser_of("Vera").get(PAGE))


def test_a_plan_without_curves_is_said_plainly_with_what_was_counted(planned, browser_of):
    _approve_plan_without_curves(planned)
    _pass_weeks(planned, 2)

    page = text_of(browser_of().get(PAGE))

    assert re.search(r"In 2 weeks [\d,]+ new customers were counted; the target is 4,500 by 4 April 2027", page)
    assert "made without curves that can be trusted" in page


@pytest.mark.parametrize(("person", "status"), [("Olena", 302), ("Petra", 302), ("Anna", 403), ("Carl", 403), ("Vera", 403)])
def test_planners_may_ask_for_a_review(played, browser_of, monkeypatch, person, status):
    from quarterdeck.ledger.models import Job

    monkeypatch.setattr("django.conf.settings.QUARTERDECK_JOBS_AT_ONCE", False, raising=False)

    answer = browser_of(person).post(f"{PAGE}make/")

    assert answer.status_code == status
    assert Job.objects.filter(kind="review").exists() == (status == 302)


def _strategy(site):
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    return current_strategy(context_of(site)).strategy


def _pass_weeks(site, weeks):
    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.told import tell_nobody

    pass_weeks(context_of(site), weeks, tell=tell_nobody)


def _approve_plan_without_curves(site):
    from world import NOW

    from quarterdeck.ledger.gateway.plans import save_plan
    from quarterdeck.ledger.models import Plan
    from quarterdeck.operations.plan.read_plan import plan_of

    context = context_of(site)
    plan = plan_of(context.workspace.plans.first())
    bare = plan.model_copy(update={"provenance": plan.provenance.model_copy(update={"curves": None})})
    row = save_plan(context.workspace, bare, by="Olena", now=NOW + timedelta(minutes=1))
    Plan.objects.filter(pk=row.pk).update(approved_at=NOW, approved_by="Olena")
