"""Forms while they are filled in and read: checks that answer, ways out, roles, odd signs, long lists."""

from __future__ import annotations

import os
import time

import pytest
from saved_forms import OBJECTIVE, ROOT, Browser, as_plain, change_as, form_at, newest_revision, newest_strategy

from quarterdeck.operations.site import Site

IS_PROOF = bool(os.environ.get("QUARTERDECK_PROOF"))


def test_the_checks_answer_while_it_is_written_and_save_nothing(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision().number
    form = form_at(browser, OBJECTIVE)

    part = browser.post(f"{OBJECTIVE}check/", {**form, "target": ["4,700"], "owner": [""]}, headers={"hx-request": "true"})
    wrong = browser.post(f"{OBJECTIVE}check/", {**form, "target": ["x"]}, headers={"hx-request": "true"})
    whole = browser.post(f"{OBJECTIVE}check/", {**form, "target": ["4,700"]})

    html = part.content.decode()
    assert part.status_code == 200 and "<html" not in html
    assert "4,700 is 9\u202f% more than the 4,300 it was." in html
    assert "chance of 4,700" in html and "not yet" in html
    assert "Not ready to save yet" in wrong.content.decode()
    assert "<html" in whole.content.decode() and 'value="4,700"' in whole.content.decode()
    assert newest_revision().number == before


def test_what_a_way_out_proposes_can_be_tried_and_is_not_saved(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Petra"), newest_revision().number

    page = browser.get(OBJECTIVE, {"try.target": "4400", "try._parent": "x", "try.nothing": "y"})

    assert 'value="4400"' in page.content.decode()
    assert "nothing is saved yet" in page.content.decode()
    assert newest_revision().number == before


def test_a_viewer_reads_everything_and_sees_no_button(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of("Vera"), newest_revision().number

    for address in (ROOT, f"{ROOT}step/1/", OBJECTIVE, f"{ROOT}step/6/tasks/", f"{ROOT}step/6/budget/", f"{ROOT}history/", f"{ROOT}revisions/1/"):
        page = browser.get(address)
        assert page.status_code == 200, address
        words = page.content.decode()
        for forbidden in ("Save objective", "/add/", "Restore", "Take this", "import/", "Make it the strategy"):
            assert forbidden not in words, (address, forbidden)
    form = form_at(browser, OBJECTIVE)
    for address in (
        OBJECTIVE,
        f"{OBJECTIVE}check/",
        f"{OBJECTIVE}take-out/",
        f"{ROOT}import/",
        f"{ROOT}history/",
        f"{ROOT}start/",
        f"{ROOT}step/6/add/tasks/",
    ):
        assert browser.post(address, form).status_code == 403, address
    assert browser.get(f"{ROOT}step/6/add/tasks/").status_code == 403
    assert newest_revision().number == before


def test_what_people_write_is_shown_as_they_wrote_it(planned: Site, browser_of: Browser) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    browser = browser_of("Petra")
    document = newest_revision().document
    change_as(
        planned,
        {
            "vision": evil,
            "objectives[new_customers].statement": evil,
            "objectives[new_customers].note": evil,
            "audiences[members].who": evil,
            "channels[print].name": evil,
            "channels[print].role": evil,
            "proposition.statement": evil,
            "company.name": evil,
            "questions": [*document["questions"], {"id": "evil", "step": 1, "text": evil, "owner": evil}],
        },
    )
    for address in (ROOT, f"{ROOT}?all=1", *(f"{ROOT}step/{n}/" for n in range(1, 9)), OBJECTIVE, f"{ROOT}step/4/channels/print/", f"{ROOT}history/",
                    f"{ROOT}compare/?from=1&to=2", f"{ROOT}step/8/questions/evil/", f"{ROOT}step/6/tasks/?q={evil}", f"{OBJECTIVE}?try.statement={evil}"):  # fmt: skip
        html = browser.get(address).content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html, address


def test_addresses_of_nothing_are_not_found(planned: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    for address in (
        "step/0/",
        "step/9/",
        "step/1/tasks/",
        "step/1/nothing/",
        "step/1/objectives/gone/",
        "step/7/evaluation/99/",
        "step/6/budget/x/",
        "step/1/add/vision/",
    ):
        assert browser.get(ROOT + address).status_code == 404, address
    assert browser.post(f"{ROOT}step/6/tasks/", {}).status_code == 404


@pytest.mark.slow
def test_long_lists_stay_quick(planned: Site, browser_of: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    strategy = newest_strategy()
    tasks, items = strategy.management.tasks, strategy.content.items
    many = {f"management.tasks[t{n}]": {**as_plain(tasks[n % len(tasks)]), "id": f"t{n}", "after": []} for n in range(420 if IS_PROOF else 120)}
    many |= {f"content.items[i{n}]": {**as_plain(items[n % len(items)]), "id": f"i{n}"} for n in range(950 if IS_PROOF else 300)}
    change_as(planned, many)
    browser = browser_of("Petra")

    for address in (ROOT, f"{ROOT}step/5/", f"{ROOT}step/6/", f"{ROOT}step/6/tasks/", f"{ROOT}step/6/tasks/?q=film&page=2", f"{ROOT}step/6/tasks/t100/",
                    f"{ROOT}step/5/items/i290/", f"{ROOT}step/6/add/tasks/", OBJECTIVE):  # fmt: skip
        times = []
        for _ in range(4 if IS_PROOF else 2):
            start = time.perf_counter()
            assert browser.get(address).status_code == 200
            times.append((time.perf_counter() - start) * 1000)
        with capsys.disabled():
            print(f"\n{address}: first {times[0]:.0f} ms, then {min(times[1:]):.0f} ms", end="")
    form = form_at(browser, OBJECTIVE)
    for address in (f"{OBJECTIVE}check/", OBJECTIVE):
        start = time.perf_counter()
        browser.post(address, {**form, "target": ["4,700"]}, headers={"hx-request": "true"} if "check" in address else {})
        with capsys.disabled():
            print(f"\nPOST {address}: {(time.perf_counter() - start) * 1000:.0f} ms")
