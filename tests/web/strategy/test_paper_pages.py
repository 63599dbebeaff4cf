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
