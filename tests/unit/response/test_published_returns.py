"""Published figures: where they stand, how they are discounted and carried over, and that the page tells the same."""

from __future__ import annotations

from math import log
from pathlib import Path

import pytest

from quarterdeck.response.priors.published import ATTRIBUTED_COUNTS, BETWEEN_COMPANIES, Asking, discount, log_sd, published_belief
from quarterdeck.response.priors.published_returns import FINDINGS, PUBLISHED

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "published-returns.md"


def test_every_row_stands_on_the_documented_page_with_its_figure_basis_and_address():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for row in PUBLISHED:
        told = [line for line in lines if f"| {row.figure:g} " in line and f"| {row.basis} |" in line and f"]({row.address})" in line]
        assert any((row.industry or "all") in line and str(row.year) in line and row.measured in line for line in told), row
    for finding in FINDINGS:
        assert any(finding.found in line and f"]({finding.address})" in line for line in lines), finding
    assert sum(line.startswith("| ") for line in lines) == len(PUBLISHED) + len(FINDINGS) + 2  # and two headings: nothing else is told


def test_every_row_has_a_figure_a_place_and_a_year():
    for row in PUBLISHED:
        assert row.figure > 0 and row.kinds and row.address.startswith("http") and 2010 <= row.year <= 2026 and row.source and row.measured


def test_attributed_figures_count_less_and_are_wider_than_incremental_ones():
    attributed, tested = (next(row for row in PUBLISHED if row.basis == basis) for basis in ("attributed", "experiments"))
    assert discount(attributed) == ATTRIBUTED_COUNTS < discount(tested) == 1.0
    assert log_sd(attributed) > log_sd(tested) == BETWEEN_COMPANIES


def test_a_cost_per_lead_becomes_leads_for_a_pound_of_which_the_platform_claims_too_many():
    belief = published_belief(Asking("search_ads", "leads", "GBP"))
    assert belief is not None
    assert belief.median == pytest.approx(ATTRIBUTED_COUNTS / 70.11)
    assert [row.industry for row in belief.rows] == [None]


def test_the_industry_is_used_when_it_is_known_and_all_industries_else():
    legal, unknown = (published_belief(Asking("search_ads", "leads", "USD", industry=industry)) for industry in ("legal services", "beekeeping"))
    assert legal is not None and unknown is not None
    assert legal.median == pytest.approx(ATTRIBUTED_COUNTS / 132.0)
    assert unknown.median == pytest.approx(ATTRIBUTED_COUNTS / 70.11)


def test_profit_becomes_results_by_what_one_is_worth_and_sales_by_the_margin():
    by_profit = published_belief(Asking("print", "new_customers", "GBP", value=50.0))
    by_both = published_belief(Asking("print", "margin", "GBP", margin=0.4))
    assert by_profit is not None and by_both is not None
    assert by_profit.median == pytest.approx((2.74 * 1.87) ** 0.5 / 50.0)
    assert by_both.median == pytest.approx((2.74 * 1.87) ** 0.5)


@pytest.mark.parametrize(
    "asking",
    [
        pytest.param(Asking("search_ads", "leads", "UAH"), id="cost_per_lead_in_a_currency_far_from_the_dollar"),
        pytest.param(Asking("tv", "new_customers", "GBP"), id="nobody_says_what_a_customer_is_worth"),
        pytest.param(Asking("events", "revenue", "GBP", margin=0.4), id="nothing_published_of_the_kind"),
    ],
)
def test_what_cannot_be_carried_over_is_left_out(asking: Asking):
    assert published_belief(asking) is None


def test_figures_that_disagree_widen_and_more_figures_do_not_narrow():
    email = published_belief(Asking("email", "revenue", "GBP"))  # 29.64 by one survey, 1.93 by another
    social = published_belief(Asking("social_ads", "margin", "GBP", margin=0.5))
    assert email is not None and social is not None
    assert email.log_sd > 1.5
    assert len(social.rows) > 1
    assert social.log_sd >= BETWEEN_COMPANIES
    assert log(email.median) == pytest.approx((log(29.64) + log(1.93)) / 2 + log(ATTRIBUTED_COUNTS))


def test_an_assumption_counts_only_where_nothing_was_measured():
    radio = published_belief(Asking("radio", "revenue", "GBP"))
    video = published_belief(Asking("video_ads", "revenue", "GBP"))
    assert radio is not None and [row.basis for row in radio.rows] == ["assumed"]
    assert radio.median == pytest.approx(1.22)
    assert video is not None and "assumed" not in {row.basis for row in video.rows}
