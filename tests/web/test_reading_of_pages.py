"""Pages are read with eight years of school: a few of them, of a new company and of one in its fifth week. All of them: benchmarks/reading_grade.py."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import reading_grade
from reading.pages import names_in, texts_of_page, visible_text

HARDEST = 16.0
PAGES = (
    "",
    "strategy/",
    "strategy/step/1/",
    "strategy/step/5/",
    "plan/",
    "plan/conflicts/",
    "do/",
    "results/",
    "results/channels/",
    "review/",
    "settings/",
)


@pytest.mark.parametrize(("state", "slug"), [("empty", "north-bakery"), ("played", "harbour")])
def test_the_sentences_of_a_page_are_easy_to_read(open_copy, browser_of, state, slug):
    open_copy(state)
    client, names = browser_of("Olena"), names_in(slug)
    logging.disable(logging.ERROR)
    try:
        texts = [text for page in PAGES for text in texts_of_page(client, f"/w/{slug}/{page}", state, names)]
    finally:
        logging.disable(logging.NOTSET)
    sentences = reading_grade.told_apart(texts)
    means = {group: reading_grade.mean(found) for group, found in reading_grade.by_group(sentences).items()}

    assert len(reading_grade.graded(sentences)) > 40
    assert {group: mean for group, mean in means.items() if mean > reading_grade.LIMIT} == {}
    assert {each.text: round(each.grade, 1) for each in reading_grade.graded(sentences) if each.grade > HARDEST} == {}


def test_what_is_seen_is_read_and_nothing_else():
    page = (
        "<nav>Top</nav><main><h1>You are <b>on</b> plan.</h1><script>let it;</script><p hidden>Gone</p><p><a>One</a><a>Two</a></p>"
        "<table><tr><td>12</td><td>A cell that says something.</td></tr></table><p>A <span>word<span role='tooltip'>A meaning.</span></span> told.</p></main>"
    )
    assert visible_text(page).split("\n") == ["You are on plan.", "One", "Two", "A cell that says something.", "A word told."]
