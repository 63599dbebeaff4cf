"""Corrections are decided once, by those who may; what was typed is never lost."""

from __future__ import annotations

import random

import pytest
from review_steps import context_of, correction_of, latest_record, money_correction, save_review, text_of, work_correction

PAGE = "/w/harbour/review/"


def decide(browser, site, key, decision, reason="", **more):
    return browser.post(f"{PAGE}corrections/{correction_of(site, key).pk}/decide/", {"decision": decision, "reason": reason, **more})


def strategy_of_site(site):
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    return current_strategy(context_of(site))


def cap_of_print(site):
    return next(channel.spend.cap for channel in strategy_of_site(site).strategy.channels if channel.id == "print")


def lessons(site):
    from quarterdeck.ledger.gateway.reviews import lessons_of

    return [lesson.text for lesson in lessons_of(context_of(site).workspace)]


def test_a_card_shows_what_was_and_what_becomes_in_words(played, browser_of):
    save_review(played, corrections=(money_correction(played), work_correction(played)))

    page = text_of(browser_of().get(PAGE))

    assert "Newspaper inserts, most for the quarter £30,000 £9,800" in page
    assert "+57 new customers 12 to 104 in 8 cases of 10" in page
    assert "the curves fitted up to 3 January 2027" in page
    assert "channels[print]" not in page
    assert "2027-" not in page


def test_a_new_task_is_a_card_of_its_own(played, browser_of):
    page = text_of(browser_of().get(PAGE))

    assert "New task Find out why orders were not counted" in page
    assert "Accept and add the task" in page


def test_accepting_changes_the_strategy_and_can_be_undone_while_the_decision_stays(played, browser_of):
    save_review(played, corrections=(money_correction(played),))
    before, browser = cap_of_print(played), browser_of("Olena")

    answer = decide(browser, played, "money", "accept", "The paper will not miss us.")

    assert answer.status_code == 302
    assert cap_of_print(played) == 9800
    notice = browser.session["notices"][0]
    assert "Most spend of channel Newspaper inserts lowered from £30,000 to £9,800." in notice["sentences"]
    assert lessons(played) == ["Move money from Newspaper inserts to Search. Accepted: The paper will not miss us."]

    undone = browser.post(notice["undo"]["address"], notice["undo"]["fields"])

    assert undone.status_code == 302
    assert cap_of_print(played) == before
    assert correction_of(played, "money").decision == "accepted"
    assert "The decision stays on record" in text_of(browser.get(PAGE))


def test_an_approver_decides_but_is_offered_no_undo_that_would_be_refused(played, browser_of):
    browser = browser_of("Anna")

    decide(browser, played, "tracking", "accept")

    assert browser.session["notices"][0]["undo"] is None
    assert correction_of(played, "tracking").decision == "accepted"


def test_a_refusal_needs_a_reason_and_keeps_it_as_a_lesson(played, browser_of):
    browser = browser_of("Anna")

    empty = decide(browser, played, "tracking", "refuse", "  ")
    assert empty.status_code == 409
    assert "A no needs a reason" in text_of(empty)
    assert correction_of(played, "tracking").decision is None

    given = decide(browser, played, "tracking", "refuse", "Hanna mended it on 26 January.")
    assert given.status_code == 302
    assert correction_of(played, "tracking").reason == "Hanna mended it on 26 January."
    assert lessons(played) == ["Mend the tracking. Refused: Hanna mended it on 26 January."]


def test_two_people_who_accept_at_once_make_one_revision_and_the_second_keeps_their_words(played, browser_of):
    number = strategy_of_site(played).revision.number
    decide(browser_of("Olena"), played, "tracking", "accept")

    second = decide(browser_of("Anna"), played, "tracking", "accept", "I <b>agree</b>")

    assert second.status_code == 409
    assert "was accepted before, by Olena" in text_of(second)
    assert "You had written: “I <b>agree</b>”" in text_of(second)
    assert strategy_of_site(played).revision.number == number + 1


def test_what_was_typed_stays_when_the_strategy_changed_meanwhile(played, browser_of):
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    save_review(played, corrections=(money_correction(played),))
    change_strategy(context_of(played), {"channels[print].spend.cap": "25000"})
    browser = browser_of("Olena")

    answer = decide(browser, played, "money", "accept", "They agreed <to> less")

    assert answer.status_code == 409
    assert 'value="They agreed &lt;to&gt; less"' in answer.content.decode()
    page = text_of(answer)
    assert "Newspaper inserts, most for the quarter” was changed after this was drafted" in page
    assert "Review again" in page
    assert "Accept and change the strategy" not in page
    assert cap_of_print(played) == 25000


def test_a_correction_of_an_earlier_review_is_not_decided(played, browser_of):
    old = correction_of(played, "tracking")
    save_review(played, corrections=(money_correction(played),))

    answer = browser_of().post(f"{PAGE}corrections/{old.pk}/decide/", {"decision": "accept"})

    assert answer.status_code == 409
    old.refresh_from_db()
    assert old.decision is None


def test_a_lesson_about_the_same_idea_stands_beside_the_next_correction(played, browser_of):
    decide(browser_of(), played, "tracking", "refuse", "It mends itself.")
    save_review(played, corrections=tuple(draft.model_copy(update={"title": "Mend the tracking now."}) for draft in _drafts(played)))

    page = text_of(browser_of().get(PAGE))

    assert "Tried before. Mend the tracking. Refused: It mends itself." in page


@pytest.mark.parametrize(("person", "status"), [("Olena", 302), ("Anna", 302), ("Petra", 403), ("Carl", 403), ("Vera", 403)])
def test_deciders_decide_and_others_look(played, browser_of, person, status):
    answer = decide(browser_of(person), played, "tracking", "refuse", "No.")

    assert answer.status_code == status
    assert ("An owner or an approver decides it" in text_of(browser_of(person).get(PAGE))) == (status == 403)


def test_nobody_of_another_company_decides(played, browser_of):
    assert decide(browser_of("Stranger"), played, "tracking", "accept").status_code == 404
    answer = browser_of("Stranger").post(f"/w/other-shop/review/corrections/{correction_of(played, 'tracking').pk}/decide/", {"decision": "accept"})
    assert answer.status_code == 409
    assert correction_of(played, "tracking").decision is None


def test_whatever_is_posted_no_page_fails(played, browser_of):
    rng = random.Random(7)
    browser = browser_of()
    browser.raise_request_exception = False
    odd = ["", "\x00", "a" * 5000, "<script>", "-1", "9" * 40, "ä\N{SNOWMAN}", "accept", "1", "=cmd()"]
    places = [
        "corrections/1/decide/",
        f"corrections/{9 * 10**30}/decide/",
        "close/answer/",
        "close/1/",
        "close/3/",
        "close/99/",
        "lessons/",
        "close/plan/",
    ]
    found = {}
    for _ in range(60):
        place = rng.choice(places)
        data = {name: rng.choice(odd) for name in ("decision", "reason", "back", "rule", "answer", "text", "q")}
        status = browser.post(f"{PAGE}{place}", data).status_code
        if status >= 500:
            found[place] = data
    for query in odd:
        for place in ("", "lessons/", "causes/", "causes/tracking/", "lessons.csv"):
            if browser.get(f"{PAGE}{place}", {"q": query, "review": query}).status_code >= 500:
                found[place] = query

    assert found == {}


def _drafts(site):
    from quarterdeck.operations.plan.read_plan import review_of

    return review_of(latest_record(site)).corrections
