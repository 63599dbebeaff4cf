"""Templates name only what the page hands them: a misspelled name would show nothing and tell nobody."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import pytest

MARK = "¬%s¬"
MAY_BE_MISSING = re.compile(r"typed\.\w+|card\.typed\.reason|token|label|save_label|level")
"""Names with a default of their own where they stand."""
PAGES = (
    "", "strategy/", "strategy/step/1/", "strategy/step/6/", "strategy/step/6/tasks/", "strategy/step/1/add/objectives/", "strategy/history/",
    "strategy/import/", "plan/", "plan/work/", "plan/work/?view=board", "plan/work/?view=timeline", "plan/calendar/", "plan/calendar/?view=week",
    "plan/calendar/?view=list", "plan/calendar/subscription/", "plan/conflicts/", "do/", "do/todo/", "do/files/", "do/gone/", "results/",
    "results/rows/", "results/channels/", "results/tracking/", "review/", "review/causes/", "review/causes/effect:search/", "review/close/",
    "review/close/1/", "review/close/2/", "review/close/3/", "review/close/4/", "review/lessons/", "play/", "settings/", "settings/people/",
    "settings/imports/", "settings/audit/", "settings/backup/", "help/", "search/?q=a",
)  # fmt: skip
OWN_PAGES = ("/account/", "/account/two-factor/", "/companies/")


@contextlib.contextmanager
def marked() -> Iterator[None]:
    """What a template names and nobody handed it stands in the page between marks."""
    from django.template import engines

    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, MARK
    yield
    engine.string_if_invalid = before


@pytest.mark.parametrize("state", ["played", "planned", "judged", "empty"])
@pytest.mark.parametrize("person", ["Olena", "Vera"])
def test_every_name_in_a_template_is_handed_to_it(open_copy, browser_of, state, person):
    open_copy(state)
    client, root = browser_of(person), f"/w/{'north-bakery' if state == 'empty' else 'harbour'}/"

    with marked():
        pages = {address: client.get(address).content.decode() for address in (*(root + page for page in PAGES), *OWN_PAGES)}

    unknown = {(name, at) for at, page in pages.items() for name in re.findall(r"¬([^¬]*)¬", page) if not MAY_BE_MISSING.fullmatch(name)}
    assert unknown == set()
