"""The third list of planted faults: it is kept as it was written, what was found stays found, and sound changes are left alone."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
import blind_list  # a folder of scripts, not a package
import blind_trial

MISSED = {
    "a_persons_illness_in_a_letter",
    "answer_after_the_letter",
    "cents_for_a_trial",
    "claim_rests_on_what_we_lack",
    "hours_nobody_has",
    "one_person_answers_for_all",
    "other_clients_name",
    "pity_against_own_voice",
    "promise_against_own_words",
    "report_eats_the_work",
    "two_prices",
    "words_too_wide",
}
LEFT_OUT = {"audience_of_one": {"STRATEGY-223"}, "done_before_the_season": {"STRATEGY-423"}}
"""Two changes leave something behind that does not fit any more; what is said of it is right."""
PLANTINGS = list(blind_list.faults("third"))


def test_the_list_holds_twelve_kinds_for_each_of_five_sorts_of_people_and_thirty_sound_changes():
    assert len({planting.name for planting in PLANTINGS}) == 60
    assert len({change.name for change in blind_list.sound_changes("third")}) == 30


@pytest.mark.parametrize("planting", PLANTINGS, ids=lambda each: f"{each.name}-{each.example}")
def test_what_was_found_stays_found_and_nothing_is_said_beside_it(planting: blind_list.Planting):
    result = blind_trial.try_planting(planting, "third")
    assert result.alarms == ()
    assert (result.outcome == "found") == (planting.name not in MISSED)


@pytest.mark.parametrize("change", list(blind_list.sound_changes("third")), ids=lambda each: each.name)
def test_sound_changes_raise_only_what_they_left_out_themselves(change: blind_list.Planting):
    assert {said.code for said in blind_trial.new_about(change)} <= LEFT_OUT.get(change.name, set())


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Read the page on measuring as a nurse would", False),
        ("Write two more examples into the page", False),
        ("Write the page on measuring", True),
        ("Have the page approved by the board", True),
        ("Die Seite freigeben", True),
    ],
)
def test_a_page_may_be_worked_on_when_it_is_out_and_is_made_and_released_before(title: str, told: bool):
    nurse = {"id": "nurse_reads", "title": title, "serves": "gauge_page", "effort_hours": 2, "skills": ["writing"], "due_on": "2027-03-12"}
    planting = blind_list.Planting("a page", "shop", {"management.tasks+": nurse})
    assert ("STRATEGY-636" in [said.code for said in blind_trial.new_about(planting)]) == told


def test_the_figure_as_found_is_kept_as_it_was():
    totals = blind_trial.kept("third")["totals"]
    assert (totals["found"], totals["found in part"], totals["elsewhere"], totals["missed"]) == (20, 7, 1, 32)
    assert Counter(told.split(",")[0] for told in blind_trial.kept("third")["faults"].values())["found"] == 20
