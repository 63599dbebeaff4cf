"""What stands close to a fault and is none: the checks stay silent there, and speak one step further on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from harbour_strategy import AS_OF, QUARTER, harbour

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.wording.sentence_figures import days_in, other_figure

OBJECTIVE = "objectives[more-customers]"

_ORDER: dict[str, Any] = {"group": "Buyers", "event": "purchase", "metric": "revenue"}

# code: (changes that are fine, changes that are not)
BORDERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "STRATEGY-113": ({f"{OBJECTIVE}.milestones[0].on": "2027-01-04"}, {f"{OBJECTIVE}.milestones[0].on": "2027-01-03"}),
    "STRATEGY-118": ({"vision": "word " * 60}, {"vision": "word " * 61}),
    "STRATEGY-119": ({"goals[grow].target": "1450000.01"}, {"goals[grow].target": "1449999"}),
    "STRATEGY-121": ({"goals[grow].due_on": "2027-01-04"}, {"goals[grow].due_on": "2027-01-03"}),
    "STRATEGY-122": (
        {f"{OBJECTIVE}.statement": "Win 5.2 thousand new customers, 900 more than the 4,300 of 2026, in 13 weeks."},
        {f"{OBJECTIVE}.statement": "Win 5,300 new customers in 13 weeks."},
    ),
    "STRATEGY-123": ({f"{OBJECTIVE}.statement": "Win 5,200 by 28 March."}, {f"{OBJECTIVE}.statement": "Win 5,200 by 28 May."}),
    "STRATEGY-124": ({f"{OBJECTIVE}.statement": "Win 5,200 new customers."}, {f"{OBJECTIVE}.statement": "Win 5,200 more visits."}),
    "STRATEGY-125": ({f"{OBJECTIVE}.statement": "Double our customers."}, {f"{OBJECTIVE}.statement": "Grow our customers."}),
    "STRATEGY-128": ({f"{OBJECTIVE}.baseline": "1734"}, {f"{OBJECTIVE}.baseline": "1733"}),
    "STRATEGY-129": ({"goals[grow].due_on": "2027-03-28"}, {"goals[grow].due_on": "2027-03-27"}),
    "STRATEGY-208": (
        {"conversions[small]": _ORDER | {"value": 50, "margin": "20"}, "conversions[large]": _ORDER | {"value": 500, "margin": "200"}},
        {"conversions[small]": _ORDER | {"value": 50, "margin": "20"}, "conversions[large]": _ORDER | {"value": 500, "margin": "150"}},
    ),
    "STRATEGY-212": ({"audiences[regulars].who": "Everybody who came twice"}, {"audiences[regulars].who": "Everybody"}),
    "STRATEGY-214": ({"audiences[regulars].insights[0].on": "2022-01-01"}, {"audiences[regulars].insights[0].on": "2021-12-31"}),
    "STRATEGY-215": ({"audiences[regulars].insights[0].on": "2027-01-03"}, {"audiences[regulars].insights[0].on": "2027-01-04"}),
    "STRATEGY-218": (
        {"audiences[regulars].segment": "orders >= 2 and consent_email"},
        {"audiences[regulars].segment": "orders >= 2"},
    ),
    "STRATEGY-219": ({"audiences[regulars].segment": "took part in the bike race for health"}, {"audiences[regulars].segment": "religion = 'none'"}),
    "STRATEGY-221": ({"conversions[first-order].margin": "62.49"}, {"conversions[first-order].margin": "62.51"}),
    "STRATEGY-302": ({"proposition.claims[0].proof": "To be found on page 4"}, {"proposition.claims[0].proof": "To be found"}),
    "STRATEGY-306": ({"proposition.claims[0].text": "Low prices"}, {"proposition.claims[0].text": "Lowest prices!"}),
    "STRATEGY-310": ({"audiences[regulars].needs": '["hear first about what is new."]'}, {"audiences[regulars].needs": '["Be left alone"]'}),
    "STRATEGY-411": (
        {"tools[chat]": {"name": "Chat window", "kind": "other", "cost": "0"}},
        {"tools[chat]": {"name": "Chat window", "kind": "other", "cost": "9"}},
    ),
    "STRATEGY-417": (
        {"channels[search].expects": {"metric": "new_customers", "brings": 1, "spend": 21}},
        {"channels[search].expects": {"metric": "new_customers", "brings": 1, "spend": "21.01"}},
    ),
    "STRATEGY-428": (
        {"campaigns[spring].landing_page": "https://shop.harbour.example/spring"},
        {"campaigns[spring].landing_page": "https://harbor.example/spring"},
    ),
    "STRATEGY-430": ({"campaigns[spring].keywords": '["harbour gardens"]'}, {"campaigns[spring].keywords": '["the harbour garden"]'}),
    "STRATEGY-432": ({"offers[ten-off].value": "18.9"}, {"offers[ten-off].value": "21.01"}),
    "STRATEGY-433": ({"ads.guardrails.max_daily_spend": "22"}, {"ads.guardrails.max_daily_spend": "21.9"}),
    "STRATEGY-507": ({"company.markets": '["GB", "XK"]'}, {"company.markets": '["GB", "FR"]'}),
    "STRATEGY-509": ({"content.items[spring-letter].text": "What to do in March"}, {"content.items[spring-letter].text": "TODO"}),
    "STRATEGY-615": ({"management.tasks[write-letter].due_on": "2027-04-04"}, {"management.tasks[write-letter].due_on": "2027-04-05"}),
    "STRATEGY-616": ({"channels[search].spend.cap": "18667"}, {"channels[search].spend.cap": "17999"}),
    "STRATEGY-617": ({"management.budget.reserve": "30000"}, {"management.budget.reserve": "30001"}),
    "STRATEGY-623": ({"management.tasks[mend-tracking].effort_hours": "80"}, {"management.tasks[mend-tracking].effort_hours": "81"}),
    "STRATEGY-630": ({f"{OBJECTIVE}.owner": "SAM"}, {f"{OBJECTIVE}.owner": "Smam"}),
    "STRATEGY-705": ({"evaluation[0].on": "2027-03-21"}, {"evaluation[0].on": "2027-03-20"}),
    "STRATEGY-706": ({"evaluation[0].threshold": "5174"}, {"evaluation[0].threshold": "5173"}),
    "STRATEGY-707": ({"evaluation[2].metric": "people on the open day"}, {"evaluation[2].metric": "vists"}),
    "STRATEGY-708": ({"evaluation[4].threshold": "21"}, {"evaluation[4].threshold": "21.01"}),
}


def codes_of(changes: dict[str, Any]) -> list[str]:
    return [problem.code for problem in check_strategy(apply_changes(harbour(), changes), as_of=AS_OF, quarter=QUARTER)]


@pytest.mark.parametrize("code", BORDERS)
def test_a_check_is_silent_on_this_side_and_speaks_once_on_the_other(code: str):
    fine, wrong = BORDERS[code]
    assert code not in codes_of(fine)
    assert codes_of(wrong).count(code) == 1


@pytest.mark.parametrize(
    ("sentence", "field", "said"),
    [
        ("Win 4,500 new customers between 4 January and 4 April.", "4500", None),
        ("Win 4.500 Kunden bis zum 4. April 2027.", "4500", None),
        ("Take £1.18 million this spring.", "1180000", None),
        ("Take 1 180 000 this spring.", "1180000", None),
        ("Keep it if it costs £90 or less, seen after 12 weeks.", "90", None),
        ("Grow by 20 % in 2027.", "25", None),
        ("Win 3 towns.", "400", None),
        ("Win 4,800 new customers.", "4500", "4800"),
        ("Take 1.3m this spring.", "1180000", "1300000"),
    ],
)
def test_a_figure_is_another_only_when_it_was_meant_to_be_the_field(sentence: str, field: str, said: str | None):
    assert other_figure(sentence, Decimal(field)) == (None if said is None else Decimal(said))


def test_a_note_says_why_a_page_is_elsewhere_or_a_target_far_away():
    elsewhere = {"campaigns[spring].landing_page": "https://tickets.example/spring", "campaigns[spring].note": "Sold by the theatre."}
    far = {f"{OBJECTIVE}.baseline": "500", f"{OBJECTIVE}.note": "A second shop opens in February."}
    assert not {"STRATEGY-428", "STRATEGY-128"} & {*codes_of(elsewhere), *codes_of(far)}


def test_days_are_read_in_three_languages():
    assert days_in("between 4 January and April 4") == ((4, 1),)
    assert days_in("by April 4") == days_in("bis zum 4. April") == days_in("avant le 4 avril") == ((4, 4),)


def test_the_last_days_of_a_year_are_its_end_though_the_quarter_ends_after_new_year():
    """A quarter of thirteen whole weeks may end on 2 January."""
    ends_late = {f"{OBJECTIVE}.due_on": "2028-01-02", f"{OBJECTIVE}.milestones": None, "goals[grow].due_on": "2028-12-31"}
    sentence = "Win 5,200 new customers by the end of {}."
    codes = [
        {
            problem.code
            for problem in check_strategy(
                apply_changes(harbour(), ends_late | {f"{OBJECTIVE}.statement": sentence.format(month)}), quarter=Quarter(date(2027, 10, 4))
            )
        }
        for month in ("December", "November")
    ]
    assert "STRATEGY-138" not in codes[0]
    assert "STRATEGY-138" in codes[1]


def test_one_day_that_is_wrong_is_not_told_again_by_the_month_in_its_sentence():
    codes = codes_of({f"{OBJECTIVE}.due_on": "2027-06-30", f"{OBJECTIVE}.statement": "Win 5,200 new customers by the end of March."})
    assert "STRATEGY-111" in codes
    assert "STRATEGY-138" not in codes


def test_other_things_may_be_counted_in_a_sentence_that_says_its_target():
    takings = {f"{OBJECTIVE}.metric": "revenue", f"{OBJECTIVE}.baseline": "40000", f"{OBJECTIVE}.target": "50000"}
    assert "STRATEGY-124" not in codes_of({**takings, f"{OBJECTIVE}.statement": "Take £50,000 from 900 orders."})
    assert "STRATEGY-124" in codes_of({**takings, f"{OBJECTIVE}.statement": "Take 50,000 orders."})


def test_a_figure_is_held_against_an_objective_only_where_that_one_alone_counts_it():
    """One objective for new people and one for regulars: a channel's figure above the one may be right for both."""
    kpi = {"management.kpis[0]": {"metric": "new_customers", "channel": "search", "target": "800", "cadence": "week", "owner": "Sam"}}
    second = {"objectives[regulars]": {**harbour().objectives[0].model_dump(mode="json"), "id": "regulars", "audience": "regulars"}}
    assert "STRATEGY-632" in codes_of(kpi)
    assert "STRATEGY-632" not in codes_of({**kpi, **second})


def test_dollars_of_brazil_are_its_own():
    reals = {"company.currency": "BRL", "company.markets": '["BR"]', "offers[ten-off].text": "R$ 20 off the first order"}
    assert "STRATEGY-139" not in codes_of(reals)
    assert "STRATEGY-139" in codes_of({**reals, "offers[ten-off].text": "£20 off the first order"})


def test_one_cause_is_told_once():
    """Fifty tasks without an objective, twenty items in another language: one finding each."""
    goals_gone = {"goals": None, "objectives": None, "campaigns": None, "content.items": None, "proposition.claims": None}
    goals_gone |= {"channels[search].goals": None, "channels[search].objectives": None, "channels[newsletter].objectives": None}
    goals_gone |= {"management.tasks[mend-tracking].serves": "search", "management.tasks[write-letter].serves": "newsletter"}
    codes = codes_of(goals_gone)
    assert {"STRATEGY-101", "STRATEGY-102"} <= set(codes)
    assert "STRATEGY-607" not in codes
    assert "STRATEGY-413" not in codes
    two = {
        "content.items[second]": {
            "title": "Two",
            "audience": "regulars",
            "channel": "newsletter",
            "format": "letter",
            "deliver": {"on": "2027-02-01"},
        }
    }
    assert codes_of({**two, "audiences[regulars].languages": '["cy"]'}).count("STRATEGY-502") == 1
