"""Two people save the same step of the strategy: the second sees both sides, and nothing of either is lost."""

from __future__ import annotations

from loop_steps import heading, notices

OBJECTIVE = "strategy/step/1/objectives/new_customers/"


def test_two_browsers_save_the_same_step(fresh_site, visit):
    served = fresh_site("planned")
    olena, petra = visit(served), visit(served, person="Petra")
    petra.expects.add(409)
    olena.go(OBJECTIVE)
    petra.go(OBJECTIVE)

    olena.page.locator("#form [name='target']").fill("4800")
    olena.page.locator("#form .foot button.main").click()
    assert notices(olena)
    petra.page.locator("#form [name='target']").fill("5000")
    petra.page.locator("#form [name='note']").evaluate(
        "note => { for (let at = note; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true }"
    )
    petra.page.locator("#form [name='note']").fill("Petra thought of the spring fair.")
    petra.page.locator("#form .foot button.main").click()

    petra.says("What Olena changed")
    assert "Olena saved this step" in heading(petra)
    both = petra.page.locator(".st-sides").first.inner_text()
    assert "4,800" in both
    assert "5,000" in both
    assert "Petra thought of the spring fair." in petra.page.locator("#form [name='note']").input_value()
    petra.page.locator("#form .foot button.main").click()
    assert notices(petra)
    olena.go(OBJECTIVE)
    assert olena.page.locator("#form [name='target']").input_value() == "5,000"
    assert olena.page.locator("#form [name='note']").input_value() == "Petra thought of the spring fair."
    olena.go("strategy/history/")
    assert "Olena" in olena.page.locator("main").inner_text()
    assert "Petra" in olena.page.locator("main").inner_text()
