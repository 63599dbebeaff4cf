"""The interview as a new owner goes through it: on a phone, without scripts from end to end, by keyboard alone, and readable by everybody."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from page_checks import axe_findings, wrong_on_page
from watching import PHONE, Visit

from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.interview.file import parse_answer_file, read_answers

SAID = Path(__file__).parents[2] / "unit" / "strategy" / "interviews" / "bicycles.yaml"
PLACE = {"country": "England", "language": "English"}


def _answers() -> dict[str, Any]:
    found = parse_answer_file(SAID.read_text(encoding="utf-8"))
    assert found.company is not None
    return {"place": PLACE, **read_answers(found.typed, found.company, Quarter(date(2027, 1, 4)))}


def _fill(window: Visit, answer: Any) -> None:
    if not isinstance(answer, dict):
        _fill_field(window, "answer", answer)
        return
    for number, key in enumerate(window.page.locator('input[name^="key-"]').all()):
        _fill_field(window, f"row-{number}", answer.get(key.get_attribute("value"), ""))


def _fill_field(window: Visit, name: str, value: Any) -> None:
    field = window.page.locator(f'[name="{name}"]')
    kind = field.first.get_attribute("type") or field.first.evaluate("each => each.localName")
    if kind in ("radio", "checkbox"):
        for each in value if isinstance(value, list) else [value]:
            window.page.locator(f'[name="{name}"][value="{each}"]').check()
    elif kind == "select":
        field.select_option(value or "")
    else:
        field.fill("\n".join(value) if isinstance(value, list) else value)


def _question(window: Visit) -> str:
    return window.page.url.rstrip("/").rpartition("/")[2]


def test_a_shop_owner_answers_everything_on_a_phone_that_runs_no_script(fresh_site, visit):
    window, answers = visit(fresh_site("empty"), viewport=PHONE, java_script_enabled=False), _answers()
    window.go("strategy/")
    window.page.get_by_role("link", name="Answer plain questions").click()
    window.page.get_by_label("A local trade").check()
    window.page.get_by_role("button", name="Begin").click()

    asked = 0
    while (question := _question(window)) != "draft":
        asked += 1
        assert asked < 40, question
        _fill(window, answers[question])
        with window.page.expect_navigation():  # the next question is there before it is asked for
            window.page.get_by_role("button", name="Go on").click()
    window.page.get_by_role("button", name="Make it my strategy").click()

    assert asked == len(answers)
    assert window.page.get_by_text("You talk to the one who mends it").count()


def test_the_keyboard_alone_goes_on_and_back(fresh_site, visit):
    window = visit(fresh_site("empty"))
    window.go("strategy/interview/wish/")

    window.page.keyboard.type("Sell out by noon")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/counted/")
    window.page.keyboard.press("Space")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/numbers/")
    window.page.keyboard.type("340")
    window.page.keyboard.press("Tab")
    window.page.keyboard.type("300")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/one/")

    window.go("strategy/interview/numbers/")
    assert window.page.locator("#row-1").input_value() == "300"


def test_its_pages_can_be_read_by_everybody(fresh_site, visit, axe_script):
    window, answers, found = visit(fresh_site("empty"), viewport=PHONE), _answers(), []
    window.expects.add(422)
    window.go("strategy/interview/")
    window.page.get_by_label("A local trade").check()
    window.page.get_by_role("button", name="Begin").click()
    while (question := _question(window)) != "draft":
        found += [f"{question} {line}" for line in _faults(window, axe_script)]
        _fill(window, answers[question])
        window.page.locator('button[value="next"]').click()
        window.page.wait_for_url(lambda address, question=question: f"/{question}/" not in address)
    found += [f"draft {line}" for line in _faults(window, axe_script)]
    window.go("strategy/interview/numbers/")
    window.page.locator("#row-0").fill("a few")
    window.page.locator('button[value="next"]').click()
    window.says("Expected a number in digits")
    found += [f"wrong {line}" for line in _faults(window, axe_script)]

    sys.stdout.write("\n".join(found))
    assert found == []


def _faults(window: Visit, axe_script: str) -> list[str]:
    """What is wrong on the page; its contrast in the dark only where a kind of field is seen for the first time."""
    light = [*wrong_on_page(window), *axe_findings(window, axe_script)]
    if _question(window) not in ("wish", "counted", "needs", "found", "in_the_way", "rhythm", "draft"):
        return light
    window.page.emulate_media(color_scheme="dark")
    dark = axe_findings(window, axe_script, only_contrast=True)
    window.page.emulate_media(color_scheme="light")
    return [*light, *dark]
