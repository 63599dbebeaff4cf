"""Channels, tools and campaigns of a draft from facts: one channel however it is spelled, its kind by a table, its limits by a rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from counted_facts import LAST, WEEKS, channel, company, rich, whence

from quarterdeck.strategy.from_facts.channel_kinds import KIND_TABLE, guess_kind, ownership_of
from quarterdeck.strategy.from_facts.channels import FoundChannel, find_channels
from quarterdeck.strategy.from_facts.counted import Counted, CountedChannel, CountedLoad
from quarterdeck.strategy.from_facts.draft import draft_strategy
from quarterdeck.strategy.from_facts.findings import find_in
from quarterdeck.strategy.from_facts.spelled import id_for, title_of
from quarterdeck.strategy.from_facts.tools_and_campaigns import TOOL_TABLE, tool_named


def _channels(counted: Counted) -> dict[str, FoundChannel]:
    return {each.proposal.part.id: each for each in find_channels(counted)}


def _asked(counted: Counted) -> dict[str, str]:
    return {each.id: each.text for each in draft_strategy(find_in(counted)).strategy.questions}


@pytest.mark.parametrize(
    ("name", "is_paid", "kind"),
    [
        ("google_ads", True, "search_ads"),
        ("Google-Shopping", True, "shopping_ads"),
        ("facebook_/_cpc", True, "social_ads"),
        ("facebook", False, "social"),
        ("google_/_organic", False, "search"),
        ("direct_mail", True, "direct_mail"),
        ("direct", False, "website"),
        ("e-mail", False, "email"),
        ("youtube", True, "video_ads"),
        ("weekend_magazine", True, "print"),
        ("drive_time_radio", True, "radio"),
        ("tvnorth", True, "other"),
        ("flugblatt", True, "other"),
    ],
)
def test_the_kind_is_read_from_whole_words_of_the_name(name: str, is_paid: bool, kind: str) -> None:
    assert guess_kind(name, (), is_paid=is_paid).kind == kind


def test_a_name_that_says_nothing_is_read_by_medium_and_then_source() -> None:
    assert guess_kind("weekly", (("hubspot", "email"),), is_paid=False).kind == "email"
    assert guess_kind("weekly", (("instagram", "x9"),), is_paid=True).kind == "social_ads"
    assert guess_kind("weekly", (), is_paid=True).word is None


def test_no_word_of_the_table_is_hidden_behind_a_line_above_it() -> None:
    for line in KIND_TABLE:
        for word in line.words:
            guess = guess_kind(word, (), is_paid=True)
            assert (guess.kind, guess.word is not None) == (line.paid, True), word


@pytest.mark.parametrize(
    ("kind", "is_paid", "is_sent", "ownership"),
    [
        ("search", True, False, "paid"),
        ("search", False, False, "earned"),
        ("email", False, True, "owned"),
        ("referral", False, False, "earned"),
        ("other", False, True, "owned"),
        ("other", False, False, "earned"),
    ],
)
def test_who_spent_money_is_paid_and_others_by_what_brings_people(kind: str, is_paid: bool, is_sent: bool, ownership: str) -> None:
    assert ownership_of(kind, is_paid=is_paid, is_sent=is_sent) == ownership  # type: ignore[arg-type]


def test_spellings_of_one_name_are_one_channel_and_a_question_says_so() -> None:
    found = _channels(rich())["google_ads"]

    assert found.spellings == ("google_ads", "google-ads")
    assert found.latest is not None and found.latest.amount == 13 * 137 + 5 * 7
    assert "google-ads" not in _channels(rich())
    assert "“google_ads” and “google-ads” one channel" in _asked(rich())["facts_names_google_ads"]


def test_the_spelling_with_most_money_gives_the_id_that_curves_look_for() -> None:
    found = _channels(company(channels=(channel("Meta-Ads", [1] * 60), channel("meta_ads", [50] * 60))))
    assert list(found) == ["meta_ads"] and found["meta_ads"].is_found_by_curves


def test_a_name_that_cannot_be_an_id_gets_one_and_the_way_to_its_facts_is_said() -> None:
    found = _channels(rich())["radio_drive_time"]
    assert (found.proposal.part.name, found.is_found_by_curves) == ("Radio / drive time", False)
    assert "bring the file in again" in _asked(rich())["facts_name_radio_drive_time"]


def test_the_cap_is_the_dearest_thirteen_weeks_in_a_row_and_the_floor_is_nothing() -> None:
    spend = channel("tv", [10] * 30 + [90] * 10 + [10] * 20)
    found = _channels(company(channels=(spend,)))["tv"]

    assert found.proposal.part.spend is not None
    assert (found.proposal.part.spend.floor, found.proposal.part.spend.cap) == (0, 90 * 10 + 10 * 3)
    assert found.most is not None and found.most.first_day in WEEKS
    assert "the most that 13 weeks in a row ever cost" in found.proposal.origin


def test_fewer_than_thirteen_weeks_of_spend_give_no_cap() -> None:
    found = _channels(company(channels=(channel("tv", [10] * 12),), spend_weeks=WEEKS[-12:]))["tv"]
    assert (found.proposal.part.spend, found.proposal.part.ownership) == (None, "paid")


@pytest.mark.parametrize(("name", "why"), [("stand", "3 days"), ("old_tv", "last seen on 1 March 2026")])
def test_what_was_tried_once_or_has_ended_is_asked_about_and_not_drafted(name: str, why: str) -> None:
    drafted = draft_strategy(find_in(rich())).strategy
    assert name not in {each.id for each in drafted.channels}
    assert why in _asked(rich())[f"facts_is_{name}"]


def test_a_channel_that_few_visits_name_is_left_off() -> None:
    many = CountedChannel("direct", whence("touches"), days=400, visits=9_950)
    few = CountedChannel("odd_blog", whence("touches"), days=40, visits=50)
    assert _channels(company(channels=(many, few)))["odd_blog"].proposal.why_off == "Fewer than 1 in 100 visits came from it."


def test_money_in_another_currency_is_never_added() -> None:
    euro = channel("tv", (), other_money=(("EUR", Decimal(5_000)), ("USD", Decimal(0))))
    found = _channels(company(channels=(euro,)))["tv"]
    assert (found.proposal.part.ownership, found.proposal.part.spend, found.other_money) == ("paid", None, (("EUR", Decimal(5_000)),))
    assert "What is 5,000 EUR on “tv” in GBP?" in _asked(company(channels=(euro,)))["facts_money_tv"].replace(".00", "")


def test_a_channel_of_unknown_kind_is_asked_about() -> None:
    assert _asked(rich())["facts_kind_flugblatt"] == "What kind of channel is “flugblatt”?"


def test_a_tool_is_only_there_where_a_file_names_it_and_it_carries_its_channel() -> None:
    drafted = draft_strategy(find_in(rich())).strategy
    assert [(tool.name, tool.kind, tool.use) for tool in drafted.tools] == [("Google Ads", "ads", "in_use"), ("Shopify", "site", "in_use")]
    assert {each.id: each.tool for each in drafted.channels}["google_ads"] == "google_ads"
    assert all(each.tool is None for each in drafted.channels if each.id != "google_ads")


def test_sources_name_tools_by_whole_words() -> None:
    assert tool_named("export Google-Ads 2026.csv") == TOOL_TABLE[0]
    assert tool_named("stripes_and_dots.csv") is None
    assert find_in(company(loads=(CountedLoad("spend.csv", "spend", LAST),))).tools == ()


def test_campaigns_that_run_are_ideas_without_invented_dates() -> None:
    ideas = draft_strategy(find_in(rich())).strategy.opportunities
    assert [each.id for each in ideas] == ["spring_sale"]
    assert ideas[0].text == "Campaign “Spring sale” on Google ads: £417 in the last 13 whole weeks, seen from 2 November 2026 to 3 January 2027."


def test_ids_are_unique_and_made_of_what_can_be_read() -> None:
    assert id_for("Яндекс", (), otherwise="channel") == "channel"
    assert id_for("Яндекс", {"channel"}, otherwise="channel") == "channel_2"
    assert id_for("Été / cpc", (), otherwise="channel") == "ete_cpc"
    assert title_of("google_ads") == "Google ads"


def test_two_channels_of_other_letters_stay_two() -> None:
    found = find_channels(company(channels=(channel("яндекс", [9] * 60), channel("радио", [4] * 60))))
    assert [each.proposal.part.id for each in found] == ["channel", "channel_2"]
    assert all(each.whence.last_day == date(2027, 1, 3) for each in rich().channels if each.name != "old_tv")


def test_a_channel_that_only_cost_other_money_is_not_said_to_have_cost_nothing() -> None:
    found = _channels(company(channels=(channel("tv", (), other_money=(("EUR", Decimal(5_000)),)),)))["tv"]
    assert found.latest is None and "£0" not in found.proposal.origin
