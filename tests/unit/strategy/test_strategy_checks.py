"""Every check finds its fault, says where, and is silent about a strategy without faults."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harbour_strategy import AS_OF, QUARTER, harbour
from planted import trial
from ruamel.yaml import YAML

from quarterdeck.kernel.problems import Problem
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import CHECKS, Evidence, check_strategy
from quarterdeck.strategy.checks.checking import rule
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.wording.reach import reach_of

BLIND = Path(__file__).parents[3] / "benchmarks" / "blind_faults" / "judged.yaml"
THIRD = Path(__file__).parents[3] / "benchmarks" / "third_faults" / "judged.yaml"
LIKELY = Evidence(0.64, 0.3, 4510, 4870, 5240, "36 weeks of orders")
SECOND_OBJECTIVE = {
    "goal": "grow",
    "statement": "Sell to regulars.",
    "metric": "repeat_orders",
    "baseline": 10,
    "target": 20,
    "due_on": "2027-03-28",
    "owner": "Sam",
    "audience": "regulars",
}
WANTED = {"kind": "video_ads", "ownership": "paid", "use": "wanted", "role": "Be seen", "objectives": ["more-customers"], "spend": {"cap": 500}}
IDLE = {"kind": "radio", "ownership": "earned", "role": "Be heard"}
ITEM = {"title": "Post", "audience": "regulars", "channel": "newsletter", "format": "post", "deliver": {"on": "2027-02-01"}}

# code -> (changes to the shop's strategy, where the fault is found)
FAULTS: dict[str, list[tuple[dict[str, Any], str]]] = {
    "STRATEGY-101": [({"goals": None}, "goals")],
    "STRATEGY-102": [({"objectives": None}, "objectives")],
    "STRATEGY-103": [({"vision": None}, "vision")],
    "STRATEGY-104": [({"goals[calm]": {"statement": "Fewer complaints.", "metric": "nps", "target": 40, "due_on": "2027-12-31"}}, "goals[calm]")],
    "STRATEGY-105": [({"objectives[more-customers].audience": None}, "objectives[more-customers].audience")],
    "STRATEGY-106": [({"objectives[more-customers].baseline": None}, "objectives[more-customers].baseline")],
    "STRATEGY-107": [({"tools[analytics].use": "wanted", "conversions[first-order].metric": None}, "objectives[more-customers].metric")],
    "STRATEGY-108": [
        ({"objectives[more-customers].owner": None}, "objectives[more-customers].owner"),
        ({"objectives[more-customers].owner": ""}, "objectives[more-customers].owner"),
    ],
    "STRATEGY-109": [({"objectives[repeat]": SECOND_OBJECTIVE}, "objectives[repeat]")],
    "STRATEGY-110": [({"objectives[repeat]": SECOND_OBJECTIVE}, "objectives[repeat].metric")],
    "STRATEGY-111": [({"objectives[more-customers].due_on": "2027-06-30"}, "objectives[more-customers].due_on")],
    "STRATEGY-112": [({"objectives[more-customers].baseline": "5200"}, "objectives[more-customers].target")],
    "STRATEGY-113": [
        ({"objectives[more-customers].milestones[1].on": "2027-04-30"}, "objectives[more-customers].milestones[1]"),
        ({"objectives[more-customers].milestones[1].value": "1500"}, "objectives[more-customers].milestones[1]"),
        ({"objectives[more-customers].milestones[1].value": "5300"}, "objectives[more-customers].milestones[1]"),
    ],
    "STRATEGY-116": [({"company.markets": None}, "company.markets")],
    "STRATEGY-201": [({"audiences": None}, "audiences")],
    "STRATEGY-202": [({"audiences[new-gardeners].rank": "secondary"}, "audiences")],
    "STRATEGY-203": [({"audiences[regulars].needs": None}, "audiences[regulars].needs")],
    "STRATEGY-204": [
        ({"audiences[regulars].insights": None}, "audiences[regulars].insights"),
        ({"audiences[regulars].insights[0].evidence": "judgement"}, "audiences[regulars].insights"),
    ],
    "STRATEGY-205": [
        ({"audiences[regulars].found_on": None}, "audiences[regulars].found_on"),
        ({"channels[radio]": IDLE, "audiences[regulars].found_on": '["radio"]'}, "audiences[regulars].found_on"),
    ],
    "STRATEGY-206": [({"conversions": None}, "conversions")],
    "STRATEGY-207": [({"conversions[first-order].margin": None}, "conversions[first-order].margin")],
    "STRATEGY-208": [({"conversions[trade]": {"group": "Firms", "event": "purchase", "metric": "new_customers", "margin": 90}}, "conversions")],
    "STRATEGY-209": [({"conversions[first-order].metric": "new_customer"}, "conversions[first-order].metric")],
    "STRATEGY-210": [({"audiences[trade]": {"rank": "secondary", "who": "Gardeners by trade"}}, "audiences[trade]")],
    "STRATEGY-301": [({"proposition.statement": None}, "proposition.statement")],
    "STRATEGY-302": [({"proposition.claims[0].proof": None}, "proposition.claims[0].proof")],
    "STRATEGY-303": [
        ({"proposition.claims[0].answers": None}, "proposition.claims[0].answers"),
        ({"proposition.claims[0].answers": "Know what to plant"}, "proposition.claims[0].answers"),
    ],
    "STRATEGY-304": [({"proposition.claims[0].used_in": None}, "proposition.claims[0].used_in")],
    "STRATEGY-305": [({"proposition.competitors": None}, "proposition.competitors")],
    "STRATEGY-306": [({"proposition.claims[0].text": "lowest prices"}, "proposition.claims[0].text")],
    "STRATEGY-401": [({"channels": None}, "channels")],
    "STRATEGY-402": [({"channels[radio]": IDLE}, "channels[radio]")],
    "STRATEGY-403": [
        ({"channels[search].spend.cap": None}, "channels[search].spend.cap"),
        ({"channels[search].spend": None}, "channels[search].spend.cap"),
    ],
    "STRATEGY-404": [({"channels[search].challenges[0].task": None}, "channels[search].challenges[0]")],
    "STRATEGY-405": [
        ({"tools[chat]": {"name": "Chat", "kind": "other", "use": "wanted"}}, "tools[chat]"),
        ({"channels[film]": WANTED}, "channels[film]"),
    ],
    "STRATEGY-406": [
        ({"channels[film]": WANTED}, "channels[film]"),
        ({"channels[film]": {**WANTED, "spend": {}}, "evaluation[4].channel": "film"}, "channels[film].spend.cap"),
    ],
    "STRATEGY-407": [({"tools[mailer].use": "available"}, "channels[newsletter].tool")],
    "STRATEGY-408": [({"ads.brand_terms": None}, "ads.brand_terms")],
    "STRATEGY-409": [({"ads.guardrails": None}, "ads.guardrails")],
    "STRATEGY-410": [({"channels[search].role": None}, "channels[search].role")],
    "STRATEGY-420": [({"content.items[spring-letter].campaign": None}, "campaigns[spring]")],
    "STRATEGY-421": [({"campaigns[spring].landing_page": None}, "campaigns[spring].landing_page")],
    "STRATEGY-422": [({"campaigns[spring].audiences": None}, "campaigns[spring]"), ({"campaigns[spring].channels": "[]"}, "campaigns[spring]")],
    "STRATEGY-423": [({"campaigns[spring].ends_on": "2027-03-29"}, "campaigns[spring].ends_on")],
    "STRATEGY-424": [({"campaigns[spring].offer": None}, "offers[ten-off]")],
    "STRATEGY-425": [({"offers[ten-off].value": None}, "offers[ten-off].value")],
    "STRATEGY-501": [
        ({"content.items": None, "proposition.claims[0].used_in": '["spring"]', "management.tasks[write-letter].serves": "spring"}, "content.items")
    ],
    "STRATEGY-502": [
        ({"content.items[spring-letter].language": "fr"}, "content.items[spring-letter].language"),
        ({"audiences[regulars].languages": '["cy"]'}, "content.items[spring-letter].language"),
    ],
    "STRATEGY-503": [
        ({"content.items[spring-letter].deliver.on": "2027-03-29"}, "content.items[spring-letter].deliver.on"),
        ({"content.items[spring-letter].deliver.on": "2027-02-28"}, "content.items[spring-letter].deliver.on"),
    ],
    "STRATEGY-504": [
        ({"campaigns[spring].audiences": '["new-gardeners"]'}, "content.items[spring-letter].audience"),
        ({"campaigns[spring].channels": '["search"]'}, "content.items[spring-letter].channel"),
    ],
    "STRATEGY-505": [({"management.tasks[write-letter].due_on": "2027-03-02"}, "content.items[spring-letter].deliver.on")],
    "STRATEGY-506": [({"content.voice": None}, "content.voice")],
    "STRATEGY-601": [({"management.budget": None}, "management.budget")],
    "STRATEGY-602": [({"channels[search].spend": {"floor": "28000.01"}}, "channels")],
    "STRATEGY-603": [({"management.tasks[write-letter].budget": "2000.01"}, "management.tasks")],
    "STRATEGY-604": [({"management.tasks[write-letter].skills": '["copy", "design"]'}, "management.tasks[write-letter].skills")],
    "STRATEGY-605": [({"management.teams": None}, "management.teams")],
    "STRATEGY-606": [({"management.tasks[write-letter].effort_hours": "370"}, "management.tasks")],
    "STRATEGY-607": [
        ({"channels[radio]": IDLE, "management.tasks[write-letter].serves": "radio"}, "management.tasks[write-letter].serves"),
        (
            {"channels[radio]": IDLE, "content.items[spot]": {**ITEM, "channel": "radio"}, "management.tasks[write-letter].serves": "spot"},
            "management.tasks[write-letter].serves",
        ),
    ],
    "STRATEGY-608": [({"management.tasks[mend-tracking].due_on": None}, "management.tasks[mend-tracking].due_on")],
    "STRATEGY-609": [({"management.tasks[mend-tracking].due_on": "2027-02-27"}, "management.tasks[write-letter].due_on")],
    "STRATEGY-610": [({"management.contact_rules.at_most": None}, "management.contact_rules.at_most")],
    "STRATEGY-611": [({"management.kpis": None}, "management.kpis")],
    "STRATEGY-612": [({"management.kpis[0].target": None}, "management.kpis[0]"), ({"management.kpis[0].owner": None}, "management.kpis[0]")],
    "STRATEGY-613": [({"management.kpis[0].metric": "open_rate"}, "management.kpis[0].metric")],
    "STRATEGY-614": [({"channels[more-customers]": IDLE}, "channels[more-customers].id")],
    "STRATEGY-701": [({"evaluation[0].step": "7"}, "evaluation")],
    "STRATEGY-702": [({"evaluation[0].threshold": None}, "evaluation[0]"), ({"evaluation[0].metric": None}, "evaluation[0]")],
    "STRATEGY-703": [({"evaluation[8]": None}, "evaluation")],
    "STRATEGY-704": [({"evaluation[0].on": None}, "evaluation[0].on")],
    "STRATEGY-707": [({"evaluation[2].metric": "vists"}, "evaluation[2].metric")],
    "STRATEGY-801": [({"questions[phone-orders].due_on": "2027-01-03"}, "questions[phone-orders]")],
    "STRATEGY-802": [({"questions[phone-orders].owner": None}, "questions[phone-orders]")],
    "STRATEGY-803": [({"review.every_weeks": "26"}, "review.every_weeks"), ({"review.check_in_days": "30"}, "review.check_in_days")],
    "STRATEGY-804": [({"opportunities[shade-guide].effort": None}, "opportunities[shade-guide]")],
}
REFERRERS = {  # what must go with a list that is taken out as a whole
    "goals": {
        "objectives": None,
        "channels[search].goals": None,
        "channels[search].objectives": None,
        "channels[newsletter].objectives": None,
        "campaigns": None,
        "content.items": None,
        "management.tasks": None,
        "proposition.claims": None,
        "channels[search].challenges": None,
    },
    "audiences": {
        "objectives[more-customers].audience": None,
        "conversions[first-order].audience": None,
        "campaigns[spring].audiences": None,
        "content.items": None,
        "management.tasks[write-letter].serves": "spring",
        "proposition.claims": None,
    },
    "channels": {
        "audiences[new-gardeners].found_on": None,
        "audiences[regulars].found_on": None,
        "campaigns[spring].channels": None,
        "content.items": None,
        "management.tasks[write-letter].serves": "spring",
        "proposition.claims": None,
        "management.kpis": None,
        "management.contact_rules": None,
        "evaluation": None,
    },
}
REFERRERS["objectives"] = {key: value for key, value in REFERRERS["goals"].items() if key not in ("objectives", "channels[search].goals")}


def changed(changes: dict[str, Any]) -> Strategy:
    more = next((REFERRERS[key] for key in changes if key in REFERRERS and changes[key] is None), {})
    return apply_changes(harbour(), {**changes, **more})


def problems_of(strategy: Strategy, evidence: Evidence = LIKELY) -> tuple[Problem, ...]:
    return check_strategy(strategy, as_of=AS_OF, quarter=QUARTER, evidence={"more-customers": evidence})


CASES = [pytest.param(code, changes, where, id=f"{code}-{number}") for code, cases in FAULTS.items() for number, (changes, where) in enumerate(cases)]


@pytest.mark.parametrize(("code", "changes", "where"), CASES)
def test_a_fault_is_found_where_it_stands(code: str, changes: dict[str, Any], where: str):
    assert [problem.where for problem in problems_of(changed(changes)) if problem.code == code] == [where]


def test_a_strategy_without_faults_gets_nothing_but_its_chance():
    assert [problem.code for problem in problems_of(harbour())] == ["STRATEGY-114"]


def test_every_check_has_a_case_that_it_finds():
    judged = [*trial.judged().values()]
    for listed in (BLIND, THIRD):
        judged += YAML(typ="safe").load(listed.read_text(encoding="utf-8")).values()
    planted = {code for opinion in judged for code in opinion.get("found", "").split()}
    assert {check.code for check in CHECKS} <= {*FAULTS, *planted, "STRATEGY-114", "STRATEGY-115"}
    assert {code for code in (*FAULTS, *planted) if code.startswith("STRATEGY-") and code > "STRATEGY-100"} <= {check.code for check in CHECKS}


def test_codes_are_unique_and_every_check_is_explained():
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert all(check.title and len(check.explanation) > 30 for check in CHECKS)
    with pytest.raises(ValueError, match="docstring"):
        rule("STRATEGY-999", 1, "hint", "Nothing")(lambda situation: [])


@pytest.mark.parametrize(("code", "changes", "where"), CASES)
def test_every_sentence_says_what_is_expected_and_the_way_out(code: str, changes: dict[str, Any], where: str):
    for problem in problems_of(changed(changes)):
        assert problem.found
        assert problem.expected
        assert problem.fix.endswith((".", "...", "?"))
        assert "None" not in str(problem)
        assert "Decimal" not in str(problem)


@pytest.mark.parametrize(
    ("chance", "unchanged", "severity", "said"),
    [
        (
            0.9,
            0.3,
            "hint",
            "safe: the chance with the plan is 90 % (with last quarter's spending: 30 %); most likely 4,870 (4,510 to 5,240), from 36 weeks",
        ),
        (0.64, None, "hint", "likely: the chance with the plan is 64 %; most likely 4,870"),
        (0.21, 0.05, "hint", "stretch: the chance with the plan is 21 %"),
        (0.004, 0.0, "warning", "out of reach: the chance with the plan is under 1 % (with last quarter's spending: under 1 %)"),
        (None, 0.3, "hint", "stretch: the chance with last quarter's spending is 30 %;"),
        (None, None, "hint", "no evidence yet"),
    ],
)
def test_realistic_is_a_number(chance: float | None, unchanged: float | None, severity: str, said: str):
    evidence = Evidence(chance, unchanged, 4510, 4870, 5240, "36 weeks of orders")
    (problem,) = [problem for problem in problems_of(harbour(), evidence) if problem.code == "STRATEGY-114"]
    assert problem.severity == severity
    assert problem.found.startswith(said)


def test_an_objective_without_evidence_is_told_so_and_not_judged():
    (problem,) = [problem for problem in check_strategy(harbour()) if problem.code == "STRATEGY-114"]
    assert (problem.severity, problem.found) == ("hint", "no evidence yet")


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (1.0, "safe"),
        (0.8, "safe"),
        (0.79, "likely"),
        (0.5, "likely"),
        (0.49, "stretch"),
        (0.2, "stretch"),
        (0.19, "out of reach"),
        (0.0, "out of reach"),
    ],
)
def test_each_chance_has_its_word(chance: float, word: str):
    assert reach_of(chance) == word


@pytest.mark.parametrize(("unchanged", "codes"), [(0.8, ["STRATEGY-115"]), (0.79, [])])
def test_a_target_that_is_reached_anyway_is_named(unchanged: float, codes: list[str]):
    evidence = Evidence(0.9, unchanged, 5000, 5300, 5600, "orders")
    assert [problem.code for problem in problems_of(harbour(), evidence) if problem.code == "STRATEGY-115"] == codes


def test_dates_are_judged_by_the_day_where_no_quarter_is_given():
    late = [problem.found for problem in check_strategy(harbour(), as_of=date(2027, 3, 28)) if problem.code == "STRATEGY-111"]
    far = [problem.found for problem in check_strategy(harbour(), as_of=date(2026, 1, 1)) if problem.code == "STRATEGY-111"]
    fine = [problem.found for problem in check_strategy(harbour(), as_of=date(2027, 3, 27)) if problem.code == "STRATEGY-111"]
    assert (late, far, fine) == (["28 March 2027, which is past"], ["28 March 2027"], [])


def test_a_missing_budget_is_an_error_only_while_channels_cost_money():
    paid = apply_changes(harbour(), {"management.budget": None})
    free = apply_changes(paid, {"channels[search].ownership": "owned"})
    severities = [[problem.severity for problem in problems_of(each) if problem.code == "STRATEGY-601"] for each in (paid, free)]
    assert severities == [["error"], ["warning"]]


def test_absences_in_the_quarter_lower_the_hours_there_are():
    # 13 weeks x 30 hours = 390, less 5 working days of 2 hours = 380; the tasks need 12 + 368 = 380
    full = apply_changes(harbour(), {"management.tasks[write-letter].effort_hours": "368"})
    away = apply_changes(full, {"management.teams[shop].people[sam].away[0].last_day": "2027-02-22"})
    assert [[p.code for p in problems_of(each) if p.code == "STRATEGY-606"] for each in (full, away)] == [[], ["STRATEGY-606"]]


def test_a_trial_with_a_cap_a_stop_rule_and_a_question_is_fine():
    trial = apply_changes(
        harbour(),
        {
            "channels[film]": WANTED,
            "questions[film-pays]": {"step": 4, "text": "Does film pay?", "owner": "Sam", "due_on": "2027-02-01"},
            "evaluation[9]": {
                "step": 4,
                "question": "Does film pay?",
                "channel": "film",
                "metric": "new_customers",
                "threshold": 10,
                "on": "2027-02-15",
            },
        },
    )
    assert [problem.code for problem in problems_of(trial)] == ["STRATEGY-114"]


def test_british_english_serves_readers_of_english():
    assert "STRATEGY-502" not in {p.code for p in problems_of(apply_changes(harbour(), {"content.items[spring-letter].language": "en-GB"}))}


def test_broken_references_come_first_and_are_errors():
    broken = harbour().model_copy(update={"offers": ()})
    first = problems_of(broken)[0]
    assert (first.code, first.severity, first.where) == ("STRATEGY-021", "error", "campaigns[spring].offer")
