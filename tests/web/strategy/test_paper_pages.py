"""The papers of the strategy in the cockpit: read, and taken away as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/w/harbour/strategy/papers/"


@pytest.mark.parametrize("kind", ["one-page", "report", "brief"])
def test_each_paper_is_a_page_a_pdf_and_a_text(planned: Site, browser_of: Callable[..., Client], kind: str) -> None:
    browser = browser_of("Petra")
    page = browser.get(f"{ROOT}{kind}/")
    assert page.status_code == 200
    assert "Harbour Home &amp; Garden" in page.content.decode()

    pdf = browser.get(f"{ROOT}{kind}.pdf")
    assert pdf.content.startswith(b"%PDF-") and pdf["Content-Disposition"] == f'attachment; filename="harbour-{kind}.pdf"'

    text = browser.get(f"{ROOT}{kind}.md").content.decode()
    assert text.startswith("# Harbour Home & Garden")


def test_the_page_of_papers_offers_every_campaign_and_channel_to_a_brief(planned: Site, browser_of: Callable[..., Client]) -> None:
    page = browser_of("Petra").get(ROOT).content.decode()
    assert '<option value="spring_terrace">' in page or '<option value="spring-terrace">' in page
    assert '<option value="radio">' in page


def test_a_brief_about_what_is_not_there_says_so(planned: Site, browser_of: Callable[..., Client]) -> None:
    answer = browser_of("Petra").get(f"{ROOT}brief/?campaign=moon")
    assert answer.status_code == 409
    assert "no campaign “moon”" in answer.content.decode()


def test_there_is_no_other_paper(planned: Site, browser_of: Callable[..., Client]) -> None:
    assert browser_of("Petra").get(f"{ROOT}novel/").status_code == 404


def test_the_full_report_shows_what_was_counted_of_each_objective_and_leads_to_its_parts(planned: Site, browser_of: Callable[..., Client]) -> None:
    page = browser_of("Petra").get("/w/harbour/strategy/papers/report/").content.decode()

    assert page.count("<figcaption>") == 4 and page.count('role="img"') >= 4
    assert 'href="#part-4"' in page and 'id="part-4"' in page


def test_a_page_is_said_to_be_in_the_language_of_its_sentences(planned: Site, browser_of: Callable[..., Client]) -> None:
    from datetime import UTC, datetime

    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(open_context(planned, "harbour", "Petra", now=datetime(2026, 11, 23, 9, tzinfo=UTC)), {"company.languages": '["de"]'})
    assert '<article class="pp pp-one" lang="en">' in browser_of("Petra").get("/w/harbour/strategy/papers/one-page/").content.decode()
