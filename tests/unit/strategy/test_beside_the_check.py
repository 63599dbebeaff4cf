"""What lies just beside a fault that was planted once: other members of its class are told too, and sound sentences close by are not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
import blind_list  # a folder of scripts, not a package
import blind_trial

FIXED: dict[str, Any] = {
    f"channels[{each}].spend": {"floor": money, "cap": money} for each, money in (("search", 900), ("social_adverts", 1400), ("post_letter", 2600))
}
CLAIM, LETTER = "proposition.claims[0]", "content.items[gift_letter]"

# code, example, a change that the check tells
TOLD: list[tuple[str, str, dict[str, Any]]] = [
    ("STRATEGY-221", "b2b_service", {"conversions[contract].margin": 9400}),
    ("STRATEGY-432", "saas", {"offers[roster_made].value": 560}),
    ("STRATEGY-618", "local_trade", {"management.budget.reserve": 4700}),
    ("STRATEGY-224", "saas", {"conversions[trial].margin": 650, "conversions[trial].note": "Twenty in a hundred start to pay."}),
    ("STRATEGY-224", "saas", {"conversions[trial].margin": 300, "conversions[trial].note": "About 20 % of them stay."}),
    ("STRATEGY-211", "b2b_service", {"audiences[*].rank": "primary"}),
    ("STRATEGY-212", "saas", {"audiences[lead_techs].who": "Basically everybody in a clinic."}),
    ("STRATEGY-212", "b2b_service", {"audiences[head_fitters].who": "Firms of all sizes, people of any age."}),
    ("STRATEGY-212", "non_profit", {"audiences[neighbours].who": "Anyone could need us one day."}),
    ("STRATEGY-218", "saas", {"audiences[lead_techs].segment": "all e-mail addresses from the trials"}),
    ("STRATEGY-218", "b2b_service", {"audiences[contract_firms].segment": "alle Adressen aus der Kartei"}),
    ("STRATEGY-227", "saas", {"audiences[lead_techs].insights[0].evidence": "counted", "audiences[lead_techs].insights[0].source": "Common sense"}),
    ("STRATEGY-228", "shop", {"audiences[grandparents].needs[0]": "Try our patented gauge platform"}),
    ("STRATEGY-305", "b2b_service", {"proposition.competitors": [{"name": "There is no competition"}]}),
    ("STRATEGY-311", "shop", {"vision": "Being the world's number one brand for success and quality."}),
    ("STRATEGY-311", "local_trade", {f"{CLAIM}.proof": "Our expert team is committed to excellence"}),
    ("STRATEGY-312", "saas", {"proposition.competitors[0].name": "Rostero", "ads.brand_terms": ["shiftwren", "rostero app"]}),
    ("STRATEGY-134", "local_trade", {"channels[search].role": "To be agreed with Pola"}),
    ("STRATEGY-134", "non_profit", {"management.tasks[board_page].title": "One page for the board, TBC"}),
    ("STRATEGY-125", "b2b_service", {"objectives[signed].statement": "Unsere Marke spürbar stärken."}),
    ("STRATEGY-442", "shop", {"campaigns[gift_of_fit].starts_on": "2026-02-15", "campaigns[gift_of_fit].ends_on": "2026-03-21"}),
    ("STRATEGY-443", "non_profit", {"channels[social_adverts].role": "BE FOUND by somebody who wants to help nearby"}),
    ("STRATEGY-444", "b2b_service", {"campaigns[open_list].keywords": ["price of compressed air", "where to buy a compressor"]}),
    ("STRATEGY-511", "shop", {f"{LETTER}.title": "A Valentine's Day card for the smallest", f"{LETTER}.deliver.on": "2027-03-16"}),
    ("STRATEGY-511", "b2b_service", {"content.items[notiz_nacht].title": "Zu Weihnachten: eine Nacht ohne Zischen"}),
    (
        "STRATEGY-515",
        "shop",
        {"content.items[gift_reminder].title": "Did you see our card?", "content.items[gift_reminder].deliver.on": "2027-02-17"},
    ),
    ("STRATEGY-519", "shop", {"offers[return_free].text": "Send one of two back at no charge, ends on 20 February."}),
    ("STRATEGY-519", "saas", {"offers[two_months].text": "Two months for one when you sign by February 3."}),
    ("STRATEGY-630", "shop", {"objectives[readers].owner": "Rosie & Kit"}),
    ("STRATEGY-630", "non_profit", {"objectives[gifts].owner": "the whole office team"}),
    ("STRATEGY-639", "shop", {"management.tasks[care_text].title": "Buy forty good reviews"}),
    ("STRATEGY-639", "saas", {"management.tasks[review_round].title": "Let friends post a glowing review each"}),
    (
        "STRATEGY-640",
        "saas",
        {"management.tasks[listen_calls].title": "Interview twenty clinics that left", "management.tasks[listen_calls].effort_hours": 2},
    ),
    ("STRATEGY-714", "saas", {"management.kpis": [{"metric": "Impressions", "channel": "search", "target": 9000}]}),
    ("STRATEGY-716", "shop", {"management.kpis+": {"metric": "nps", "baseline": 45, "target": 95, "cadence": "quarter", "owner": "kit"}}),
    (
        "STRATEGY-141",
        "local_trade",
        {"goals+": {"id": "less", "statement": "Spend 8,000 zł.", "metric": "spend", "baseline": 30000, "target": 8000, "due_on": "2027-12-31"}},
    ),
]

# code, example, a change that stands close by and is sound
LEFT_ALONE: list[tuple[str, str, dict[str, Any]]] = [
    ("STRATEGY-221", "local_trade", {"conversions[check].margin": 260, "conversions[check].note": "Marek does them himself, and drives past anyway."}),
    ("STRATEGY-432", "saas", {"offers[roster_made].value": 560, "offers[roster_made].note": "Who has a roster stays for four years."}),
    ("STRATEGY-618", "shop", {"management.budget.reserve": 10500}),
    ("STRATEGY-224", "saas", {"conversions[trial].margin": 700, "conversions[trial].note": "One in nine signs, for eleven clinics each."}),
    ("STRATEGY-224", "saas", {"conversions[trial].margin": 130}),
    ("STRATEGY-212", "shop", {"audiences[first_shoes].who": "Everybody who measured a foot with our gauge."}),
    ("STRATEGY-212", "shop", {"audiences[first_shoes].who": "Parents of young children; not everyone needs us."}),
    ("STRATEGY-218", "shop", {"audiences[own_families].segment": "every address of people who agreed to our letter"}),
    ("STRATEGY-227", "saas", {"audiences[lead_techs].insights[0].evidence": "counted", "audiences[lead_techs].insights[0].source": "Survey on user experience"}),
    ("STRATEGY-228", "shop", {"audiences[grandparents].needs[0]": "Keep our grandchildren's feet healthy"}),
    ("STRATEGY-305", "saas", {"proposition.competitors": [{"name": "Nobody's Perfect Rosters"}]}),
    ("STRATEGY-311", "shop", {"vision": "To be the most trusted shop for children's first shoes in Kent."}),
    ("STRATEGY-312", "shop", {"proposition.competitors[0].name": "The large shoe sites"}),
    ("STRATEGY-134", "non_profit", {"management.tasks[board_page].title": "Agree with the board what is to be confirmed"}),
    ("STRATEGY-125", "b2b_service", {"objectives[signed].statement": "Zwölf neue Verträge unterschreiben."}),
    ("STRATEGY-442", "shop", {"campaigns[growth_letter].starts_on": "2026-02-15"}),
    ("STRATEGY-443", "shop", {"channels[shopping].role": "Be there when a parent asks about size or fit."}),
    ("STRATEGY-444", "b2b_service", {"campaigns[open_list].keywords": ["best practice druckluft", "cost controlling leckage"]}),
    ("STRATEGY-511", "shop", {f"{LETTER}.title": "Unwanted Christmas presents find a child"}),
    ("STRATEGY-511", "shop", {f"{LETTER}.title": "What we learnt about feet at Christmas"}),
    ("STRATEGY-515", "shop", {"content.items[gift_reminder].title": "Reminder: measure once more", "content.items[gift_reminder].deliver.on": "2027-02-17"}),
    ("STRATEGY-519", "shop", {"offers[pair_off].text": "£5 off the next size until 30 April."}),
    ("STRATEGY-630", "shop", {"objectives[readers].owner": "Kit"}),
    ("STRATEGY-639", "shop", {"management.tasks[care_text].title": "Have friends of the house write a page about reviews"}),
    ("STRATEGY-640", "saas", {"management.tasks[listen_calls].title": "Call 20 times a day when stuck", "management.tasks[listen_calls].effort_hours": 0.5}),
    ("STRATEGY-640", "non_profit", {"management.tasks[monthly_calls].effort_hours": 3}),
    ("STRATEGY-714", "saas", {"management.kpis+": {"metric": "likes", "channel": "short_posts", "target": 900}}),
    ("STRATEGY-716", "shop", {"evaluation[3].threshold": 85}),
    ("STRATEGY-445", "non_profit", FIXED | {"channels[search].spend": {"floor": 900, "cap": 1800}}),
    ("STRATEGY-445", "non_profit", FIXED | {"channels[post_letter].spend": {"floor": 2600, "cap": 2600, "note": "Printed and paid in December."}}),
    ("STRATEGY-141", "shop", {"goals+": {"id": "less", "statement": "Spend £80,000.", "metric": "spend", "baseline": 90000, "target": 80000, "due_on": "2027-12-31"}}),
]  # fmt: skip


def codes_of(example: str, put: dict[str, Any]) -> list[str]:
    return [said.code for said in blind_trial.new_about(blind_list.Planting("beside", example, put))]


@pytest.mark.parametrize(("code", "example", "put"), TOLD, ids=lambda each: each if isinstance(each, str) else "")
def test_another_member_of_the_class_is_told(code: str, example: str, put: dict[str, Any]):
    assert codes_of(example, put).count(code) == 1


@pytest.mark.parametrize(("code", "example", "put"), LEFT_ALONE, ids=lambda each: each if isinstance(each, str) else "")
def test_what_is_sound_close_by_is_left_alone(code: str, example: str, put: dict[str, Any]):
    assert code not in codes_of(example, put)


@pytest.mark.parametrize(("threshold", "advice"), [(40, "Write 0.4 for 40 of 100."), (95, "Write 0.95 for 95 of 100."), (140, "Write 0.5 for half.")])
def test_a_share_above_one_is_told_with_the_share_that_was_meant(threshold: int, advice: str):
    planting = blind_list.Planting("a share", "saas", {"evaluation[8].threshold": threshold})
    assert [advice in said.words for said in blind_trial.new_about(planting) if said.code == "STRATEGY-712"] == [True]
