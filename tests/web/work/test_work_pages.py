"""Work says whether it fits, who has what to do when, and what is late."""

from __future__ import annotations

import re

import pytest
from plan_pages import HARBOUR, change, text_of

WORK = f"{HARBOUR}/plan/work/"


@pytest.mark.parametrize("view", ["matrix", "board", "timeline"])
def test_every_view_opens_with_whether_the_work_fits(played, browser_of, view):
    page = text_of(browser_of("Vera").get(f"{WORK}?view={view}"))

    assert "Work fits except in weeks 5 to 8: Mira has 210 hours of work for 95" in page
    assert "Design needs 210 hours from 1 February to 26 February" in page
    assert "34 tasks of 343 hours open" in page


def test_an_overload_comes_with_ways_out_and_their_price(played, browser_of):
    page = text_of(browser_of("Vera").get(WORK))

    assert "Put off “Design the sides of the delivery van”" in page
    assert "Find somebody with design from outside" in page


def test_the_matrix_names_four_fields_and_what_to_do_in_each(played, browser_of):
    html = browser_of("Vera").get(WORK).content.decode()

    assert [name for name in re.findall(r"<h2>([^<]+)</h2>", html) if name in ("Do now", "Plan", "Hand over", "Leave")] == [
        "Do now",
        "Plan",
        "Hand over",
        "Leave",
    ]
    now = html[html.index("q-now") : html.index("q-plan")]
    assert "Set up the clearance mail to members" in now  # importance 4, due 9 February
    assert "Write the moving-in list" not in now  # due 17 February


def test_the_rest_of_a_field_is_one_press_away(played, browser_of):
    html = browser_of("Vera").get(f"{WORK}?view=matrix&all=plan").content.decode()

    assert html.count('class="task') > 15
    assert "Show all of it" in html


def test_the_board_sorts_by_how_far_each_task_has_come(planned, browser_of):
    before = text_of(browser_of("Vera").get(f"{WORK}?view=board"))

    assert "To approve 81 tasks" in before


def test_the_board_shows_what_is_done_and_what_is_approved(played, browser_of):
    page = text_of(browser_of("Vera").get(f"{WORK}?view=board"))

    assert "Done 47 tasks" in page
    assert "Planned 34 tasks" in page


def test_a_task_started_and_past_its_day_is_late(played, browser_of):
    from quarterdeck.ledger.models import Action

    Action.objects.filter(key="task/seed_brief").update(state="approved")
    from quarterdeck.ledger.models import WorkLogLine

    WorkLogLine.objects.filter(ref="seed_brief")._raw_delete("default")

    page = text_of(browser_of("Vera").get(f"{WORK}?view=board"))

    assert "Started or late 1 task" in page


def test_the_timeline_shows_hours_asked_of_hours_there_and_absences(played, browser_of):
    html = browser_of("Vera").get(f"{WORK}?view=timeline").content.decode()

    assert "Week 5: 28 of 28 hours, more work than time" in html
    assert "Week 7: 11.2 of 11.2 hours, 3 days away, more work than time" in html
    assert "Good Friday on 26 March" in html
    assert "The same as a list" in html


def test_no_page_carries_a_style_attribute(played, browser_of):
    for path in (WORK, f"{WORK}?view=board", f"{WORK}?view=timeline", f"{HARBOUR}/plan/calendar/", f"{HARBOUR}/plan/conflicts/"):
        assert " style=" not in browser_of("Vera").get(path).content.decode()


def test_the_page_of_a_task_says_everything_about_it(played, browser_of):
    page = browser_of("Petra").get(f"{WORK}retouch_pictures/")

    words = text_of(page).replace(" :", ":")
    assert "is 7 days late: due on Friday 26 February, planned to be done by Mira Lindqvist on Friday 5 March" in words
    assert "Importance 2 of 5" in words
    assert f"{HARBOUR}/do/done/?key=task/retouch_pictures" in page.content.decode()


def test_a_done_task_has_no_form(played, browser_of):
    page = browser_of("Petra").get(f"{WORK}seed_brief/")

    assert "is done on" in text_of(page)
    assert "move-work" not in page.content.decode()


def test_a_task_that_is_not_there_is_not_found(played, browser_of):
    assert browser_of("Vera").get(f"{WORK}nothing/").status_code == 404


def test_without_a_plan_the_work_is_shared_out_by_rule(planned, browser_of):
    from quarterdeck.ledger.models import Plan

    Plan.objects.all()._raw_delete("default")

    page = browser_of("Petra").get(f"{WORK}?view=timeline")

    assert "has no plan yet" in text_of(page)
    assert 'action="/w/harbour/plan/make/"' in page.content.decode()
    assert "Mira Lindqvist" in text_of(page)


def test_a_company_without_tasks_is_told_what_a_task_is(played, browser_of):
    from quarterdeck.ledger.gateway.revisions import latest_revision
    from quarterdeck.ledger.models import Workspace

    document = latest_revision(Workspace.objects.get(slug="harbour")).document
    changes = {f"management.tasks[{task['id']}]": None for task in document["management"]["tasks"]}
    changes |= {f"content.items[{item['id']}].needs": "[]" for item in document["content"]["items"]}
    changes["management.kpis"] = "[]"
    changes |= {f"channels[{each['id']}].challenges": "[]" for each in document["channels"]}
    change(played, changes)

    page = text_of(browser_of("Petra").get(WORK))

    assert "There is no work in this quarter yet." in page
    assert "Write the first task" in page
