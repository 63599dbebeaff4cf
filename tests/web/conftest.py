"""Companies in the states that pages show, and browsers signed in to them. Django runs here with the cockpit's apps, in a process of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from world import NOW, OWNER, PEOPLE

from quarterdeck.operations.site import Site

if TYPE_CHECKING:
    from django.test import Client

KEPT = "QUARTERDECK_TEST_SITES"
"""A folder of prepared companies that several processes share (`make test`), or that is kept between runs by those who run these tests often."""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a site in a state: `planned` (Harbour in week 1, its plan waits), `played` (week 5, reviewed, corrections wait), `over` (all
    thirteen weeks passed), `judged` (and reviewed), `empty` (a company with nothing in it yet). Each is made once a run; never opened again, only copied."""
    kept = os.environ.get(KEPT)
    mine = tmp_path_factory.getbasetemp()
    run = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine  # shared by the workers of one run, and by no other run
    root = Path(kept) if kept else run / "prepared"
    root.mkdir(parents=True, exist_ok=True)

    def find(state: str) -> Path:
        with _locked(root / f"{state}.lock"):
            if not (root / state / "ready").exists():
                shutil.rmtree(root / state, ignore_errors=True)
                _MAKERS[state](root / state, find)
                (root / state / "ready").write_text("")
        return root / state

    return find


@pytest.fixture
def open_copy(prepared: Callable[[str], Path], tmp_path: Path) -> Iterator[Callable[[str], Site]]:
    """Opens a copy of a prepared site."""

    def copy(state: str) -> Site:
        folder = tmp_path / state
        shutil.copytree(prepared(state), folder)
        return open_web_site(folder)

    yield copy
    close_connections()


@pytest.fixture
def played(open_copy: Callable[[str], Site]) -> Site:
    """Harbour in week 5, reviewed, with corrections to decide."""
    return open_copy("played")


@pytest.fixture
def planned(open_copy: Callable[[str], Site]) -> Site:
    """Harbour in week 1, with a plan that waits for approval."""
    return open_copy("planned")


@pytest.fixture
def over(open_copy: Callable[[str], Site]) -> Site:
    """Harbour after the thirteenth week, which nobody has reviewed as a whole."""
    return open_copy("over")


@pytest.fixture
def judged(open_copy: Callable[[str], Site]) -> Site:
    """Harbour after the thirteenth week, reviewed: ready to be closed."""
    return open_copy("judged")


@pytest.fixture
def empty(open_copy: Callable[[str], Site]) -> Site:
    """A company with nothing in it yet, North Bakery."""
    return open_copy("empty")


@pytest.fixture
def browser_of() -> Callable[..., Client]:
    """A client in which the person is signed in."""

    def sign_in(person: str = OWNER, **options: object) -> Client:
        from django.test import Client

        from quarterdeck.ledger.models import Account

        client = Client(**options)
        client.force_login(Account.objects.get(person=person))
        return client

    return sign_in


def open_web_site(folder: Path) -> Site:
    """The site with the cockpit's apps, a fixed clock and jobs that run at once."""
    from quarterdeck.app.site import open_site
    from quarterdeck.app.web_settings import WEB_APPS, build_web_settings

    settings = {
        **build_web_settings(hosts=("testserver", "127.0.0.1", "localhost")),
        "QUARTERDECK_CLOCK": lambda: NOW,
        "QUARTERDECK_JOBS_AT_ONCE": True,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    return open_site(folder, apps=WEB_APPS, extra=settings)


def close_connections() -> None:
    """So that the next test may open another site."""
    from django.db import connections

    connections.close_all()


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Only one process at a time is inside."""
    with file.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _new_site(folder: Path) -> Site:
    from quarterdeck.app.site import create_site

    return open_web_site(create_site(folder))


def _add_people(workspace: object) -> None:
    from quarterdeck.ledger.gateway.workspaces import set_role
    from quarterdeck.ledger.models import Account

    for person, role in PEOPLE.items():
        set_role(workspace, person, role, now=NOW)
        account, is_new = Account.objects.get_or_create(person=person, defaults={"made_at": NOW})
        if is_new:
            account.set_password(f"{person}-sails-at-dawn")
            account.save()


def _make_planned(folder: Path, _: Callable[[str], Path]) -> None:
    site = _new_site(folder)
    from quarterdeck.ledger.gateway.workspaces import add_workspace, set_role
    from quarterdeck.ledger.models import Account
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.play.load_sample import make_sample
    from quarterdeck.operations.told import tell_nobody

    context, _, _ = make_sample(site, "harbour", owner=OWNER, now=NOW, tell=tell_nobody)
    make_plan(context, quarter=None, overrule=None, seed=1)
    _add_people(context.workspace)
    # Somebody else's company in the same site, which nobody of Harbour may look into.
    other = add_workspace("other-shop", name="Other Shop", currency="EUR", timezone="Europe/Berlin", now=NOW)
    set_role(other, "Stranger", "owner", now=NOW)
    Account.objects.create(person="Stranger", made_at=NOW)
    close_connections()


def _make_played(folder: Path, find: Callable[[str], Path]) -> None:
    shutil.copytree(find("planned"), folder)
    site = open_web_site(folder)
    from quarterdeck.operations.act.approve import approve_actions
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.review.review_quarter import make_review
    from quarterdeck.operations.told import tell_nobody

    context = open_context(site, "harbour", OWNER, now=NOW)
    approve_actions(context, everything=True)
    pass_weeks(context, 4, tell=tell_nobody)
    make_review(context, quarter=None, tell=tell_nobody)
    close_connections()


def _make_empty(folder: Path, _: Callable[[str], Path]) -> None:
    _new_site(folder)
    from quarterdeck.operations.company.create_workspace import create_workspace

    _add_people(create_workspace(name="North Bakery", currency="GBP", timezone="Europe/London", owner=OWNER, now=NOW))
    close_connections()


def _make_over(folder: Path, find: Callable[[str], Path]) -> None:
    shutil.copytree(find("played"), folder)
    site = open_web_site(folder)
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.told import tell_nobody

    pass_weeks(open_context(site, "harbour", OWNER, now=NOW), 9, tell=tell_nobody)
    close_connections()


def _make_judged(folder: Path, find: Callable[[str], Path]) -> None:
    shutil.copytree(find("over"), folder)
    site = open_web_site(folder)
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.review.review_quarter import make_review
    from quarterdeck.operations.told import tell_nobody

    make_review(open_context(site, "harbour", OWNER, now=NOW), quarter=None, tell=tell_nobody)
    close_connections()


_MAKERS = {"planned": _make_planned, "played": _make_played, "over": _make_over, "judged": _make_judged, "empty": _make_empty}
