"""The cockpit as people meet it: a real server on a copy of a prepared site, and the system's own browser driven by Playwright."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from served_site import ServedSite
from watching import MEASURES, PASSWORD, WIDE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


@pytest.fixture(scope="package")
def browser(prepared: Callable[[str], Path]) -> Iterator[Browser]:
    """The browser, which reaches no other machine. Sites are prepared before it starts: beside it Django's queries are not allowed in this process."""
    for state in ("planned", "played", "empty"):
        prepared(state)
    from playwright.sync_api import sync_playwright

    script = browser_script()
    with sync_playwright() as driver:
        offline = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = driver.chromium.launch(executable_path=str(script.browser()), args=[*script.ARGUMENTS, offline])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def axe_script() -> str:
    """axe-core, to be run in a page."""
    return browser_script().axe().read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def lasting_site(
    browser: Browser, prepared: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], ServedSite]]:
    """Serves a prepared site for tests that only look; one server for each state."""
    started: dict[str, ServedSite] = {}

    def find(state: str) -> ServedSite:
        if state not in started:
            started[state] = _serve(prepared(state), tmp_path_factory.mktemp("served") / state, state)
        return started[state]

    yield find
    for served in started.values():
        served.end()


@pytest.fixture
def fresh_site(browser: Browser, prepared: Callable[[str], Path], tmp_path: Path) -> Iterator[Callable[[str], ServedSite]]:
    """Serves a copy of a prepared site for one test that changes it."""
    started: list[ServedSite] = []

    def start(state: str) -> ServedSite:
        started.append(_serve(prepared(state), tmp_path / state, state))
        return started[-1]

    yield start
    for served in started:
        served.end()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a window on a served site; what went wrong in any of them fails the test at its end."""
    opened: list[tuple[BrowserContext, Visit]] = []

    def open_window(served: ServedSite, *, person: str | None = "Olena", viewport: dict[str, int] = WIDE, **options: Any) -> Visit:
        context = browser.new_context(viewport=viewport, **{"color_scheme": "light", "reduced_motion": "reduce", **options})
        context.add_init_script(MEASURES)
        window = Visit(context.new_page(), served.address, served.slug)
        if person is not None:
            sign_in(window, person)
        opened.append((context, window))
        return window

    yield open_window
    faults = [fault for _, window in opened for fault in window.faults]
    for context, _ in opened:
        context.close()
    assert faults == []


def sign_in(window: Visit, person: str) -> None:
    """By the sign-in page."""
    window.go("/sign-in/")
    window.page.get_by_label("Name").fill(person)
    window.page.get_by_label("Password").fill(PASSWORD.format(person))
    window.page.get_by_role("button", name="Sign in").click()
    window.page.wait_for_url(lambda address: "/sign-in/" not in address)


def browser_script() -> ModuleType:
    """scripts/browser_for_tests.py, which knows where the browser and axe are."""
    name = "browser_for_tests"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parents[3] / "scripts" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def _serve(prepared: Path, folder: Path, state: str) -> ServedSite:
    shutil.copytree(prepared, folder)
    return ServedSite(folder, state)
