"""What would teach most: the one test on the overview and on its channel's page, the trial of a channel that is only wanted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

ROOT = "/w/harbour/results/"
WANTED = {
    "id": "flyers",
    "name": "Flyers",
    "kind": "direct_mail",
    "ownership": "paid",
    "use": "wanted",
    "role": "Reach the streets around the shop",
    "spend": {"floor": "0", "cap": "3900"},
    "expects": {"metric": "new_customers", "brings": "1", "spend": "60"},
}


def save_changes(site, changes: dict[str, object]) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.strategy.save_strategy import current_strategy, save_strategy
    from quarterdeck.strategy.changes.patch import apply_changes

    context = open_context(site, "harbour", "Olena", now=datetime(2027, 1, 4, 9, tzinfo=UTC))
    save_strategy(context, apply_changes(current_strategy(context).strategy, changes))


def page_of(browser_of, path: str) -> str:
    return browser_of("Vera").get(ROOT + path).content.decode().replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_where_answers_are_mostly_belief_the_overview_names_the_one_test_and_its_price(planned, browser_of):
    page = page_of(browser_of, "")
    card = page[page.index("The one test that would teach most") :].split("</section>")[0]
    assert " for " in card and "weeks, " in card
    assert "of the answer is belief now" in card
    assert "Expected: about " in card and "On balance it " in card
    assert f'href="{ROOT}channels/' in card


def test_the_page_of_the_channel_tells_the_same_test_without_leading_back_to_itself(planned, browser_of):
    overview = page_of(browser_of, "")
    channel = overview[overview.index("The one test that would teach most") :].split(f'href="{ROOT}channels/')[1].split("/")[0]
    card = page_of(browser_of, f"channels/{channel}/").split("The one test that would teach most")[1].split("</section>")[0]
    assert "<a " not in card


def test_a_wanted_channel_shows_the_curve_that_is_believed_with_a_capped_trial_and_its_stop_rule(planned, browser_of):
    save_changes(planned, {"channels[flyers]": WANTED})
    page = page_of(browser_of, "channels/flyers/")
    assert "Nothing is spent on Flyers" in page
    assert "Belief alone" in page
    assert "Try flyers for " in page
    assert "came through it (ask people, or use a code or a link of its own)" in page
    assert "your judgement (" in page and "published figures (" in page


@pytest.mark.parametrize("changes", [{"spend": {"floor": "0", "cap": "0"}}, {"ownership": "owned", "spend": None, "expects": None}])
def test_a_channel_that_may_not_cost_anything_gets_no_trial(planned, browser_of, changes):
    save_changes(planned, {"channels[flyers]": WANTED | changes})
    assert "Try flyers" not in page_of(browser_of, "channels/flyers/")
