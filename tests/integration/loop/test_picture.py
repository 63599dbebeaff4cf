"""How the curves changed since last week: said in the weekly check-in, without any new fit, and without a word where nothing moved."""

from __future__ import annotations

import pytest
from loop_steps import let_pass, make_review, the_company

from quarterdeck.operations.remember import forget_everything
from quarterdeck.operations.told import Told


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    forget_everything()


def picture_of(company: object) -> str | None:
    from quarterdeck.operations.response.fit_response import metrics_to_fit
    from quarterdeck.operations.response.update_fit import say_picture
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    strategy = current_strategy(company).strategy
    return say_picture(company, strategy, metrics_to_fit(strategy)[0])


def test_without_a_new_week_there_is_nothing_to_say(site_at):
    assert picture_of(the_company(site_at("approved"))) is None


def test_after_a_week_the_picture_is_found_without_a_new_fit_and_said_in_the_review(site_at, monkeypatch):
    # given: a company whose newest week is not in its curves yet, and ears for the smallest change
    company = the_company(site_at("approved"))
    let_pass(company, 1)
    fits = company.workspace.fits.count()
    monkeypatch.setattr("quarterdeck.response.learning.updated.MOVED", 0.0)
    # when
    said = picture_of(company)
    # then
    assert said is not None
    assert "than last week: each " in said
    assert "New: the week of " in said
    assert company.workspace.fits.count() == fits
    told = make_review(company)
    assert isinstance(told, Told)
    assert said in told.sentences


def test_eight_weeks_later_no_word_is_said_of_a_single_one(site_at):
    company = the_company(site_at("approved"))
    let_pass(company, 9)
    assert picture_of(company) is None
