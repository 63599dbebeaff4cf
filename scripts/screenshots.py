"""Pictures of every page of the cockpit, for docs/screenshots: `python scripts/screenshots.py` (needs what `make test` needs).

A sample company is loaded, planned, approved, played for four weeks and reviewed; then each page is opened in the browser of the system, wide and
light, some of them also on a phone's width and in dark colours. Nothing is asked for from any other machine.
"""

from __future__ import annotations

import importlib.util
import io
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
from browser_for_tests import ARGUMENTS, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
MOST_HEIGHT = 2400
"""Pixels of a page that its picture shows; longer pages are cut there."""


@dataclass(frozen=True)
class Shot:
    """A page: name of the file, address below the company's, what the page answers, and whether it is also shown on a phone and in dark colours."""

    name: str
    path: str
    question: str
    in_all: bool = False


SHOTS = (
    Shot("this-quarter", "", "How is your digital marketing going?", in_all=True),
    Shot("strategy", "strategy/", "What does the company want, whole?"),
    Shot("strategy-step-1", "strategy/step/1/", "One step of eight: what you want, and by when"),
    Shot("strategy-objective", "strategy/step/1/objectives/new_customers/", "A target with its history, its forecast and its chance", in_all=True),
    Shot("strategy-history", "strategy/history/", "Who changed what, when and why"),
    Shot("strategy-begin", "/w/north-bakery/strategy/", "How does one begin?", in_all=True),
    Shot("strategy-interview", "/w/north-bakery/strategy/interview/", "Plain questions that write a first strategy"),
    Shot("strategy-from-facts", "strategy/from-facts/", "What do your own figures say already?"),
    Shot("strategy-example", "strategy/start/shop/", "How does another business do it?"),
    Shot("strategy-draft", "strategy/drafts/less-radio/beside/", "What if? A draft beside the strategy, both planned", in_all=True),
    Shot("strategy-papers", "strategy/papers/", "What can be handed over?"),
    Shot("strategy-one-page", "strategy/papers/one-page/", "The strategy on one page, for a board", in_all=True),
    Shot("plan-budget", "plan/?move=600", "What would another split of the money bring?", in_all=True),
    Shot("plan-work-matrix", "plan/work/?view=matrix", "What is urgent, what is important?"),
    Shot("plan-work-board", "plan/work/?view=board", "What is to be done, by whom?"),
    Shot("plan-work-timeline", "plan/work/?view=timeline", "Who has the hours?"),
    Shot("plan-calendar", "plan/calendar/?month=2027-02", "What goes out on which day, and what collides?", in_all=True),
    Shot("plan-calendar-list", "plan/calendar/?view=list", "The same as a list"),
    Shot("plan-conflicts", "plan/conflicts/", "What collides, and the cheapest ways out"),
    Shot("do-approvals", "do/", "What waits for your yes?"),
    Shot("do-to-do", "do/todo/", "What is to be done next, by whom?"),
    Shot("do-files", "do/files/", "What to take to the advertising accounts"),
    Shot("do-gone-out", "do/gone/", "What has gone out?"),
    Shot("results", "results/", "What came of it, against the plan and the year before?", in_all=True),
    Shot("results-channels", "results/channels/", "What does each channel bring?"),
    Shot("results-channel", "results/channels/search/", "One channel: its curve, and how sure it is"),
    Shot("results-tracking", "results/tracking/", "Can the figures be trusted?"),
    Shot("review", "review/", "Why did it go otherwise, and what is to be corrected?", in_all=True),
    Shot("review-causes", "review/causes/", "Every cause, adding up exactly"),
    Shot("review-close", "review/close/", "The close of the quarter, in four screens"),
    Shot("review-lessons", "review/lessons/", "What was learned"),
    Shot("play", "play/", "Thirteen weeks of a rehearsal"),
    Shot("search", "search/?q=seed", "Everything that holds a word"),
    Shot("help", "help/", "Every word, explained"),
    Shot("settings", "settings/", "The company"),
    Shot("settings-people", "settings/people/", "Who may do what"),
    Shot("settings-imports", "settings/imports/", "Facts that came in"),
    Shot("settings-audit", "settings/audit/", "Who did what, when"),
    Shot("settings-backup", "settings/backup/", "Everything can be taken away"),
    Shot("account", "/account/", "Your account"),
    Shot("companies", "/companies/", "Your companies, or a sample to play with"),
)
LOOKS = {"": (WIDE, "light"), "-phone": (PHONE, "light"), "-dark": (WIDE, "dark")}


def main() -> int:
    """The exit code; the pictures are written anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder) / "site") as (address, session):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as driver:
            started = driver.chromium.launch(executable_path=str(browser()), args=list(ARGUMENTS))
            _take_sign_in(started, address)
            for suffix, (viewport, colours) in LOOKS.items():
                context = started.new_context(viewport=viewport, color_scheme=colours, reduced_motion="reduce")
                context.add_cookies([{"name": "quarterdeck_session", "value": session, "url": address}])
                for shot in SHOTS:
                    if not suffix or shot.in_all:
                        _take(context, address, shot, suffix)
            started.close()
    (FOLDER / "README.md").write_text("\n".join(_list()) + "\n", encoding="utf-8")
    total = sum(picture.stat().st_size for picture in FOLDER.glob("*.png"))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {total / 1e6:.1f} MB, in {FOLDER.relative_to(ROOT)}")
    return 0


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, str]]:
    """Address of a server on a played sample, and a session in which its owner is signed in."""
    from quarterdeck.app.serve import _bind
    from quarterdeck.app.site import create_site, open_site
    from quarterdeck.app.static_files import collect_static_files, static_settings
    from quarterdeck.app.web_settings import WEB_APPS, build_web_settings
    from quarterdeck.cli.desk import Door

    settings = {**build_web_settings(hosts=("127.0.0.1",)), **static_settings(create_site(folder)), "QUARTERDECK_CLOCK": lambda: NOW}
    site = open_site(folder, apps=WEB_APPS, extra=settings)
    _play(site)
    from django.core.wsgi import get_wsgi_application

    collect_static_files()
    session = _session()
    server = _bind(get_wsgi_application(), Door(port=0))
    threading.Thread(target=server.serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.bind_addr[1]}", session
    server.stop()


def _play(site: Any) -> None:
    from quarterdeck.operations.act.approve import approve_actions
    from quarterdeck.operations.jobs.child_process import stop
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.play.load_sample import make_sample
    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.review.review_quarter import make_review
    from quarterdeck.operations.told import tell_nobody

    context, _, _ = make_sample(site, "harbour", owner="Olena", now=NOW, tell=tell_nobody)
    make_plan(context, quarter=None, overrule=None, seed=1)
    approve_actions(context, everything=True)
    pass_weeks(context, 4, tell=tell_nobody)
    make_review(context, quarter=None, tell=tell_nobody)
    # A plan made again for the weeks that are left: its changes wait for approval.
    make_plan(context, quarter=None, overrule=None, seed=1)
    _begin_others(site, context)
    stop()


def _begin_others(site: Any, context: Any) -> None:
    """A company with nothing in it yet, and a draft of the sample's strategy, planned beside it."""
    from quarterdeck.operations.company.create_workspace import create_workspace
    from quarterdeck.operations.drafts.open_draft import begin_draft
    from quarterdeck.operations.drafts.plan_draft import plan_draft
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    create_workspace(name="North Bakery", currency="GBP", timezone="Europe/London", owner="Olena", now=NOW)
    drafted = replace(context, draft=begin_draft(context, "Less radio", why="Is radio worth what it costs?"))
    change_strategy(drafted, {"channels[radio].spend.cap": "9500"})
    plan_draft(drafted)


def _session() -> str:
    from django.db import connections
    from django.test import Client

    from quarterdeck.ledger.models import Account

    account, _ = Account.objects.get_or_create(person="Olena", defaults={"made_at": NOW, "tour_ended_at": NOW})
    client = Client()
    client.force_login(account)
    connections.close_all()
    return str(client.cookies["quarterdeck_session"].value)


def _take_sign_in(started: Browser, address: str) -> None:
    context = started.new_context(viewport=WIDE, color_scheme="light")
    _take(context, address, Shot("sign-in", "/sign-in/", ""), "")


def _take(context: BrowserContext, address: str, shot: Shot, suffix: str) -> None:
    page = context.new_page()
    place = address + (shot.path if shot.path.startswith("/") else f"/w/harbour/{shot.path}")
    page.goto(place, wait_until="load")  # a first time, so that the typeface is there
    page.wait_for_timeout(300)
    answer = page.goto(place, wait_until="load")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{shot.path} answers {answer and answer.status}")
    page.evaluate("document.fonts.ready")
    width = page.viewport_size["width"] if page.viewport_size else WIDE["width"]
    # A window as high as the page: what stays at the edge of the window is at the edge of the picture.
    page.set_viewport_size({"width": width, "height": min(MOST_HEIGHT, page.evaluate("document.documentElement.scrollHeight"))})
    picture = page.screenshot(animations="disabled")
    (FOLDER / f"{shot.name}{suffix}.png").write_bytes(_smaller(picture))
    page.close()


def _smaller(picture: bytes) -> bytes:
    """The same with a palette of 256 colours, where Pillow is installed."""
    if importlib.util.find_spec("PIL") is None:
        return picture
    from PIL import Image

    kept = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _list() -> Iterator[str]:
    yield "# What the cockpit looks like"
    yield ""
    yield "Harbour Home & Garden, the sample company, four weeks into its quarter. Made by `python scripts/screenshots.py`; not edited."
    yield ""
    yield "| page | what it answers | also |"
    yield "|---|---|---|"
    yield "| [sign-in](sign-in.png) | Who are you? | |"
    for shot in SHOTS:
        also = f"[phone]({shot.name}-phone.png), [dark]({shot.name}-dark.png)" if shot.in_all else ""
        yield f"| [{shot.name}]({shot.name}.png) | {shot.question} | {also} |"


if __name__ == "__main__":
    sys.exit(main())
