"""Draft from your facts: the page says what was counted, takes corrections and targets, and makes a strategy or a draft beside one; all without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.context import Context

BAKERY, HARBOUR = "/w/north-bakery/strategy/", "/w/harbour/strategy/"
PAGE = f"{BAKERY}from-facts/"
DAYS = [date(2025, 9, 1) + timedelta(days=number) for number in range(448)]
"""64 whole weeks up to the day before the tests' own."""


def _context(site: Site, company: str) -> Context:
    from quarterdeck.operations.context import open_context

    return open_context(site, company, "Olena", now=datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def baked(empty: Site) -> Site:
    """North Bakery with spend on three channels and its new customers."""
    from quarterdeck.operations.play.load_sample import import_rows

    context = _context(empty, "north-bakery")
    channels = ["search"] * len(DAYS) + ["flugblatt"] * len(DAYS) + ["fair"] * 3
    days = [*DAYS, *DAYS, *DAYS[5:8]]
    costs = [Decimal(10)] * len(DAYS) + [Decimal(4)] * len(DAYS) + [Decimal(90)] * 3
    import_rows(context, "spend", {"day": days, "channel": channels, "cost": costs, "currency": ["GBP"] * len(days)}, source="google_ads.csv")
    outcomes = {"day": DAYS, "metric": ["new_customers"] * len(DAYS), "value": [Decimal(5 + day.weekday()) for day in DAYS]}
    import_rows(context, "outcomes", outcomes, source="till.csv")
    return empty


@pytest.fixture
def petra(baked: Site, browser_of: Callable[..., Client]) -> Client:
    return browser_of("Petra")


def _main(answer: Any) -> str:
    html = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def _words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", _main(answer)).split())


def _form(answer: Any) -> dict[str, Any]:
    """What a browser would send of the page as it stands."""
    html = _main(answer)
    fields: dict[str, Any] = {"take": re.findall(r'name="take" value="([^"]+)"[^>]* checked', html)}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in ("take", "csrfmiddlewaretoken"):
            fields[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]+)" selected', body)
        fields[name] = chosen[1] if chosen else ""
    return fields


def _strategy(site: Site, company: str = "north-bakery") -> Any:
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    return current_strategy(_context(site, company)).strategy


def test_the_page_says_what_was_counted_and_where_it_comes_from(petra: Client) -> None:
    page = _words(petra.get(PAGE))

    assert "Your facts tell of 1 figure and 2 channels" in page
    assert "728 a year before" in page and "Counted from outcomes" in page and "(till.csv)" in page
    assert "£910" in page and "The cap is the most that 13 weeks in a row ever cost" in page
    assert "It was seen on 3 days only" in page and "read from the word “search”" in page
    assert "Why do people choose you and not somebody else" in page


def test_looking_saves_nothing(baked: Site, petra: Client) -> None:
    from quarterdeck.ledger.models import Revision

    petra.get(PAGE)
    petra.post(PAGE, _form(petra.get(PAGE)) | {"target-metric-new_customers": "800", "_look": "1"})
    petra.get(f"{PAGE}chance/new_customers/", {"target-metric-new_customers": "800"})

    assert Revision.objects.count() == 0


def test_a_target_shows_its_chance_while_it_is_typed_and_by_a_button(petra: Client) -> None:
    typed = petra.get(f"{PAGE}chance/new_customers/", {"target-metric-new_customers": "600"}).content.decode()
    pressed = _words(petra.post(PAGE, _form(petra.get(PAGE)) | {"target-metric-new_customers": "600", "_look": "1"}))

    assert "Safe: the chance is over 99 % when nothing changes." in typed
    assert "Safe: the chance is over 99 % when nothing changes." in pressed
    assert (
        "a number" not in typed
        and "Write digits alone" in petra.get(f"{PAGE}chance/new_customers/", {"target-metric-new_customers": "x"}).content.decode()
    )
    assert petra.get(f"{PAGE}chance/revenue/", {"target-metric-revenue": "5"}).status_code == 404


def test_what_is_taken_corrected_and_given_becomes_the_strategy(baked: Site, petra: Client) -> None:
    sent = _form(petra.get(PAGE))
    assert "channel-fair" not in sent["take"] and sent["kind-channel-flugblatt"] == "other"
    sent |= {"name-channel-flugblatt": "Leaflets", "kind-channel-flugblatt": "print", "target-metric-new_customers": "800", "budget": "1,300"}

    answer = petra.post(PAGE, sent)

    assert (answer.status_code, answer["Location"]) == (302, BAKERY)
    strategy = _strategy(baked)
    assert [(each.id, each.name, each.kind) for each in strategy.channels] == [
        ("search", "Search", "search_ads"),
        ("flugblatt", "Leaflets", "print"),
    ]
    assert (strategy.objectives[0].target, strategy.objectives[0].baseline, strategy.management.budget.quarter) == (800, 728, 1300)
    assert "Nothing" not in _words(petra.get(BAKERY))[:50] and petra.get(f"{BAKERY}step/4/").status_code == 200


def test_every_room_opens_on_a_strategy_that_only_facts_have_written(petra: Client) -> None:
    petra.post(PAGE, _form(petra.get(PAGE)))

    rooms = [
        "",
        "strategy/",
        "plan/",
        "plan/work/",
        "do/",
        "results/",
        "results/channels/",
        "review/",
        *(f"strategy/step/{number}/" for number in range(1, 9)),
    ]

    assert {room: petra.get(f"/w/north-bakery/{room}").status_code for room in rooms} == dict.fromkeys(rooms, 200)


def test_a_wrong_figure_is_corrected_on_the_page_and_a_target_below_it_is_told(baked: Site, petra: Client) -> None:
    sent = _form(petra.get(PAGE)) | {"figure-metric-new_customers": "750", "figure-channel-search": "1.200", "target-metric-new_customers": "740"}

    wrong = petra.post(PAGE, sent | {"_look": "1"})
    looked = _words(petra.post(PAGE, sent | {"figure-channel-search": "1200", "_look": "1"}))

    assert wrong.status_code == 422 and "It could be read in two ways." in _words(wrong)
    assert "It does not go beyond 750, which it was. A slip? Correct it here." in looked

    asked = {"target-metric-new_customers": "740", "figure-metric-new_customers": "700"}
    assert "does not go beyond" not in petra.get(f"{PAGE}chance/new_customers/", asked).content.decode()

    petra.post(PAGE, sent | {"figure-channel-search": "1200"})

    assert "Look once more at New customers" in _words(petra.get(BAKERY))
    strategy = _strategy(baked)
    assert (strategy.objectives[0].target, strategy.objectives[0].baseline, strategy.channels[0].spend.cap) == (740, None, 1200)


def test_empty_targets_stay_questions(baked: Site, petra: Client) -> None:
    petra.post(PAGE, _form(petra.get(PAGE)))

    strategy = _strategy(baked)

    assert (strategy.objectives, strategy.goals, strategy.management.budget) == ((), (), None)
    asked = {each.id: each for each in strategy.questions}
    assert asked["facts_target_new_customers"].owner == "Petra" and asked["facts_target_new_customers"].due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    "wrong", [{"target-metric-new_customers": "many"}, {"budget": "-4"}, {"kind-channel-search": "magic"}, {"name-channel-search": "x" * 300}]
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(baked: Site, petra: Client, wrong: dict[str, str]) -> None:
    from quarterdeck.ledger.models import Revision

    answer = petra.post(PAGE, _form(petra.get(PAGE)) | wrong)

    assert answer.status_code == 422 and Revision.objects.count() == 0
    assert re.search(r'class="wrong"[^>]*role="alert"', _main(answer))
    assert all(value in _main(answer) for name, value in wrong.items() if not name.startswith("kind-"))


def test_ticks_and_texts_come_back_after_a_mistake(petra: Client) -> None:
    sent = _form(petra.get(PAGE)) | {"take": ["metric-new_customers", "channel-fair"], "name-channel-fair": "Spring fair", "budget": "lots"}
    again = _form(petra.post(PAGE, sent))
    assert again["take"] == ["metric-new_customers", "channel-fair"] and again["name-channel-fair"] == "Spring fair" and again["budget"] == "lots"


def test_where_there_is_a_strategy_it_becomes_a_draft_and_the_strategy_stays(planned: Site, browser_of: Callable[..., Client]) -> None:
    petra, before = browser_of("Petra"), _strategy(planned, "harbour")
    sent = _form(petra.get(f"{HARBOUR}from-facts/"))

    answer = petra.post(f"{HARBOUR}from-facts/", sent)

    assert (answer.status_code, answer["Location"]) == (302, f"{HARBOUR}drafts/from-our-facts/")
    assert _strategy(planned, "harbour") == before
    assert "Search" in _words(petra.get(f"{HARBOUR}drafts/from-our-facts/"))
    assert petra.post(f"{HARBOUR}from-facts/", sent).status_code == 409
    assert petra.post(f"{HARBOUR}from-facts/", sent | {"draft": ""}).status_code == 422


def test_without_facts_the_page_says_how_they_come_in(empty: Site, browser_of: Callable[..., Client]) -> None:
    page = _words(browser_of("Petra").get(PAGE))
    assert "There are no facts to draft from yet." in page and "Bring in facts" in page


def test_who_may_only_look_finds_no_button_and_cannot_post(baked: Site, browser_of: Callable[..., Client]) -> None:
    vera = browser_of("Vera")
    assert "Make it my strategy" not in _words(vera.get(PAGE)) and vera.post(PAGE, {}).status_code == 403


def test_the_ways_lead_here(petra: Client) -> None:
    assert f'href="{PAGE}"' in petra.get(f"{BAKERY}start/").content.decode()
    assert f'href="{PAGE}"' in petra.get("/w/north-bakery/settings/imports/").content.decode()


def test_what_comes_when_nothing_changes_is_what_the_plan_says_with_last_quarters_spending(planned: Site, browser_of: Callable[..., Client]) -> None:
    from quarterdeck.ledger.gateway.plans import latest_plan
    from quarterdeck.operations.plan.read_plan import plan_of

    plan = plan_of(latest_plan(_context(planned, "harbour").workspace, date(2027, 1, 4)))
    outlook = next(each for each in plan.outlook if each.metric == "new_customers")

    answer = browser_of("Petra").get(f"{HARBOUR}from-facts/chance/new_customers/", {"target-metric-new_customers": f"{outlook.target}"})

    assert outlook.chance_unchanged is not None
    assert f"the chance is {round(outlook.chance_unchanged * 100)} % when nothing changes" in answer.content.decode().replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )
