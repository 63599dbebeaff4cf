"""Faults that were planted before any check was read: what is found stays found, nothing is said for nothing, and what stands close by is left alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
import blind_list  # a folder of scripts, not a package
import blind_trial

MISSED = {
    "answer_ignored",
    "idea_that_is_in_the_plan",
    "insight_against_channel",
    "invitation_to_another_day",
    "item_promises_other_sum",
    "letter_on_easter",
    "name_of_other_firm",
    "no_consent_in_segment",
    "nothing_counts",
    "offer_against_goal",
    "outsider_owns_the_result",
    "pity_against_voice",
    "proposition_for_others",
    "same_piece_twice",
    "thanks_before_the_event",
    "wrong_time_zone",
}
IN_PART = {
    "audience_is_everybody",
    "question_answered_too_late",
    "reminder_before_first_word",
    "same_people_twice",
    "share_as_percent",
    "task_longer_than_time",
}
PLANTINGS: dict[str, list[blind_list.Planting]] = {}
for planting in blind_list.faults():
    PLANTINGS.setdefault(planting.name, []).append(planting)
QUICK = [each[0] for each in PLANTINGS.values()]
"""One example a fault; the benchmark uses all of them."""

# code, example, a change that stands close to the fault and is none
FINE: list[tuple[str, str, dict[str, Any]]] = [
    ("STRATEGY-131", "shop", {"goals[next_size].target": 26000, "goals[next_size].due_on": "2029-12-31"}),
    ("STRATEGY-131", "shop", {"goals[next_size].target": 27500}),
    ("STRATEGY-132", "saas", {"objectives[trials].target": 830, "objectives[group_talks].target": 40}),
    ("STRATEGY-133", "shop", {"objectives[new_families].target": 1452, "objectives[new_families].note": "To hold it while prices rise is the aim."}),
    ("STRATEGY-134", "local_trade", {"vision": "W XX wieku grzał węgiel, a za rok co drugi piec sprawdzamy my."}),
    ("STRATEGY-134", "shop", {"audiences[first_shoes].who": "Parents with a to-do list that is too long."}),
    ("STRATEGY-135", "non_profit", {"objectives[gifts].statement": "Raise 17 % more in gifts than before."}),
    ("STRATEGY-135", "non_profit", {"objectives[gifts].statement": "Raise $98,000, with 40 % of it in monthly gifts."}),
    ("STRATEGY-136", "shop", {"objectives[readers].statement": "Have 2,800 parents join, mostly by 12 letters and posts."}),
    ("STRATEGY-137", "shop", {"vision": "By the end of 2027, half of those who came in 2024 buy again."}),
    ("STRATEGY-138", "shop", {"objectives[readers].statement": "Have 2,800 parents join by the end of March."}),
    ("STRATEGY-139", "shop", {"company.currency": "EUR", "company.markets": ["GB", "IE"], "offers[pair_off].text": "€5 off the next size."}),
    ("STRATEGY-140", "shop", {"goals[grow_sales].metric": "margin"}),
    ("STRATEGY-223", "local_trade", {"audiences[known_homes].size": 140}),
    ("STRATEGY-224", "saas", {"conversions[trial].margin": 590, "conversions[trial].note": "(out)"}),
    ("STRATEGY-225", "shop", {"audiences[first_shoes].insights[0].text": "Of 212 parents asked, 212 had heard of it; 3 in 4 said so twice, 120 % more."}),
    ("STRATEGY-226", "shop", {"audiences[first_shoes].insights[0].text": "Of 5 parents in each shop asked, 4 had once bought the wrong size."}),
    ("STRATEGY-227", "shop", {"audiences[own_families].insights[1].text": "Eleven of 14 parents said: I think it will fit a year."}),
    ("STRATEGY-228", "non_profit", {"audiences[neighbours].needs[0]": "Get a warm meal on a plate to somebody", "proposition.claims[5].answers": "Get a warm meal on a plate to somebody"}),
    ("STRATEGY-229", "shop", {"audiences[own_families].segment": "bought and consent_email and consent_sms"}),
    ("STRATEGY-302", "shop", {"proposition.claims[1].proof": "We are sure of it because each shoe is measured twice"}),
    ("STRATEGY-311", "shop", {"proposition.statement": "The best price for shoes that fit."}),
    ("STRATEGY-312", "shop", {"proposition.competitors[0].name": "Pebblewick Boots of Leeds"}),
    ("STRATEGY-412", "shop", {"channels[email].tool": "order_book"}),
    ("STRATEGY-428", "saas", {"campaigns[sunday_evening].landing_page": "https://local.shiftwren.example/template"}),
    ("STRATEGY-435", "shop", {"campaigns[gift_of_fit].name": "After Valentine's Day"}),
    ("STRATEGY-435", "non_profit", {"campaigns[next_door].name": "Next door until Valentine's Day"}),
    ("STRATEGY-435", "b2b_service", {"campaigns[another_year].name": "For Mother's Day, on whatever day it is"}),
    ("STRATEGY-436", "shop", {"company.markets": ["GB", "IE"], "offers[pair_off].text": "€5 off the next size."}),
    ("STRATEGY-437", "shop", {"offers[pair_off].text": "Spend £30 and get the bag.", "offers[pair_off].value": 3.5}),
    ("STRATEGY-438", "shop", {"channels[short_film].spend.floor": 900}),
    ("STRATEGY-439", "local_trade", {"channels[search].ownership": "earned", "channels[search].spend": "(out)", "channels[search].note": "A grant pays."}),
    ("STRATEGY-440", "shop", {"channels[search].challenges[0].task": "check_counting"}),
    ("STRATEGY-441", "shop", {"ads.guardrails.max_daily_spend": 2000}),
    ("STRATEGY-511", "shop", {"content.items[care_letter].title": "A pair that lasts until Christmas"}),
    ("STRATEGY-512", "shop", {"content.items[two_sizes_mail].text": "Order two sizes until 28 February 2027, as 310 did by 31 January."}),
    ("STRATEGY-513", "saas", {"content.items[webinar_one].text": "Join us on Wednesday, February 17. We are open from Monday. 3 March is the next one."}),
    ("STRATEGY-515", "local_trade", {"content.items[check_text_one].title": "Przypomnienie o przeglądzie"}),
    ("STRATEGY-516", "b2b_service", {"content.items[rechnung_seite].text": "Compressed Air Audit 2027: Rechnung, Return on Invest, Service Level und Hotline auf einer Seite."}),
    ("STRATEGY-517", "shop", {"content.languages": ["en-GB"]}),
    ("STRATEGY-518", "local_trade", {"content.items[hour_page_uk].text": "Ми називаємо годину. Якщо запізнюємось, дзвонимо."}),
    ("STRATEGY-618", "shop", {"management.budget.reserve": 6000}),
    ("STRATEGY-631", "shop", {"management.kpis[1].baseline": 230, "management.kpis[1].target": 260}),
    ("STRATEGY-632", "saas", {"management.kpis[4].target": 63}),
    ("STRATEGY-633", "local_trade", {"management.teams[firm].people[marek].away": [{"first_day": "2027-01-18", "last_day": "2027-02-12"}]}),
    ("STRATEGY-634", "shop", {"management.tasks[sole_photos].effort_hours": 60}),
    ("STRATEGY-635", "shop", {"objectives[*].owner": "rosie", "management.kpis[*].owner": "rosie"}),
    ("STRATEGY-636", "b2b_service", {"management.tasks[two_plants].serves": "heft_eins", "management.tasks[two_plants].not_before": "2027-03-01"}),
    ("STRATEGY-636", "shop", {"management.tasks[return_reasons].serves": "gauge_page"}),
    ("STRATEGY-636", "b2b_service", {"management.tasks[ask_for_name].serves": "kosten_tabelle", "management.tasks[ask_for_name].title": "Write more examples into the table"}),
    ("STRATEGY-637", "local_trade", {"management.tasks[words_check].title": "Count missed calls by hour for four weeks"}),
    ("STRATEGY-638", "shop", {"management.tasks[letter_reasons].title": "Never buy addresses: ask 50 people who left the letter why"}),
    ("STRATEGY-639", "local_trade", {"management.tasks[ask_reviews].title": "Report fake reviews, and answer each review with five stars"}),
    ("STRATEGY-705", "shop", {"evaluation[12].on": "2027-05-20"}),
    ("STRATEGY-710", "shop", {"evaluation[7].question": "Stop film adverts after 6 weeks unless they win more families."}),
    ("STRATEGY-711", "saas", {"evaluation[4].threshold": 140, "evaluation[4].question": "Keep the floor of search if it brings 140 accounts."}),
    ("STRATEGY-712", "b2b_service", {"evaluation[9].threshold": 1}),
    ("STRATEGY-713", "local_trade", {"evaluation[5].threshold": 0.2, "evaluation[5].question": "Did each take 0.2 hours?"}),
    ("STRATEGY-714", "shop", {"evaluation[11].metric": "clicks"}),
    ("STRATEGY-715", "shop", {"evaluation[9].metric": "site_speed"}),
    ("STRATEGY-806", "shop", {"questions[q_short_film].due_on": "2027-03-12"}),
    ("STRATEGY-135", "shop", {"objectives[readers].statement": "Have 2,800 parents join: by 700 more, 33 % up."}),
    ("STRATEGY-136", "shop", {"objectives[readers].statement": "Send 12 letters so that 2,800 parents join."}),
    ("STRATEGY-224", "saas", {"conversions[trial].margin": 700, "conversions[trial].note": "A trial of a group brings eleven accounts."}),
    ("STRATEGY-225", "saas", {"audiences[practice_managers].insights[1].text": "Of 40 clinics, 120 technicians wrote to us."}),
    ("STRATEGY-435", "non_profit", {"company.markets": ["GR"], "campaigns[next_door].name": "Easter next door", "campaigns[next_door].starts_on": "2027-04-01"}),
    ("STRATEGY-512", "shop", {"content.items[two_sizes_mail].text": "We were closed until 31 January 2027. Order two sizes now."}),
    ("STRATEGY-516", "local_trade", {
        "content.items[hour_page].language": "sr", "content.items[hour_page].text": "Kažemo vam tačan sat kada dolazimo, a ako kasnimo, zovemo vas odmah."}),
    ("STRATEGY-518", "local_trade", {"content.items[hour_page].text": "Do 6 wieczorem, 150 zł.", "content.items[hour_page_uk].text": "До 18, 150 злотих."}),
    ("STRATEGY-631", "shop", {"management.kpis[1].baseline": 120, "management.kpis[1].note": "The mean of the year; spring is higher."}),
    ("STRATEGY-638", "shop", {"management.tasks[letter_reasons].title": "Buy stamps for 300 addresses"}),
    ("STRATEGY-638", "saas", {"management.tasks[clean_groups].title": "Buy a tool that keeps e-mail lists clean"}),
    ("STRATEGY-639", "local_trade", {"management.tasks[ask_reviews].title": "Review the made-up names in our adverts"}),
]  # fmt: skip


@pytest.mark.parametrize("planting", QUICK, ids=lambda each: f"{each.name}-{each.example}")
def test_what_was_planted_blind_stays_found_and_nothing_is_said_beside_it(planting: blind_list.Planting):
    result = blind_trial.try_planting(planting)
    assert result.alarms == ()
    if planting.name not in MISSED | IN_PART:
        assert result.outcome == "found"


@pytest.mark.parametrize("fault", sorted(IN_PART))
def test_what_is_found_in_part_stays_found_in_one_example(fault: str):
    assert "found" in [blind_trial.try_planting(planting).outcome for planting in PLANTINGS[fault]]


@pytest.mark.parametrize("change", list(blind_list.sound_changes()), ids=lambda each: each.name)
def test_sound_changes_raise_only_what_they_left_out_themselves(change: blind_list.Planting):
    assert {said.code for said in blind_trial.new_about(change)} <= {"STRATEGY-110"}


@pytest.mark.parametrize(("code", "example", "put"), FINE, ids=lambda each: each if isinstance(each, str) else "")
def test_what_stands_close_to_a_fault_is_left_alone(code: str, example: str, put: dict[str, Any]):
    planting = blind_list.Planting("close by", example, put)
    assert code not in [said.code for said in blind_trial.new_about(planting)]


def test_the_blind_figure_is_kept_as_it_was():
    kept = blind_trial.first_run_of("blind").read_text(encoding="utf-8")
    assert "found: 38\n" in kept
    assert "found in part: 6\n" in kept
