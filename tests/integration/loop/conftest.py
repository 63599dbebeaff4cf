"""Sites that stand at a step of the loop: each step is gone once a session, and every test gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from loop_steps import OVERRULE, approve_all, copy_site, let_pass, make_plan, make_review, new_sample, the_company

from quarterdeck.operations.site import Site

At = Callable[[str], Site]

_STEPS: dict[str, tuple[str | None, Callable[[Site], object]]] = {
    "started": (None, new_sample),
    "planned": ("started", lambda site: make_plan(the_company(site), OVERRULE)),
    "approved": ("planned", lambda site: approve_all(the_company(site))),
    "four weeks later": ("approved", lambda site: let_pass(the_company(site), 4)),
    "reviewed": ("four weeks later", lambda site: make_review(the_company(site))),
    "the retailer": (None, lambda site: new_sample(site, "retailer")),
    "the retailer, reviewed": ("the retailer", lambda site: [step(the_company(site)) for step in (make_plan, approve_all, _four_weeks, make_review)]),
}
"""Name of a step -> the step before it (None: an empty site), and what happens."""


def _four_weeks(context: object) -> object:
    return let_pass(context, 4)  # type: ignore[arg-type]  # the annotation would import the ledger before Django is set up


@pytest.fixture(scope="session")
def step_folder(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a site that stands at a step, made when it is first asked for."""
    made: dict[str, Path] = {}
    root = tmp_path_factory.mktemp("steps")

    def folder_of(step: str) -> Path:
        if step not in made:
            from django.db import connections

            before, go = _STEPS[step]
            folder = root / step.replace(" ", "-").replace(",", "")
            go(copy_site(folder_of(before) if before else sqlite_template, folder))
            connections.close_all()
            made[step] = folder
        return made[step]

    return folder_of


@pytest.fixture
def site_at(step_folder: Callable[[str], Path], tmp_path: Path) -> Iterator[At]:
    """`site_at("reviewed")`: an open site of its own that stands at that step."""

    def at(step: str) -> Site:
        return copy_site(step_folder(step), tmp_path / f"at-{step.replace(' ', '-')}")

    yield at
    from django.db import connections

    connections.close_all()
    shutil.rmtree(tmp_path, ignore_errors=True)
