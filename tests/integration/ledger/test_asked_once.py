"""Questions to the ledger while a page is shown: asked once, never remembered from one look to the next, and never where something changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from quarterdeck.operations.site import Site

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
def bakery(site: Site):
    """A company of which nobody is a member."""
    from quarterdeck.ledger.gateway.workspaces import add_workspace

    return add_workspace("bakery", name="Bakery", currency="GBP", timezone="Europe/London", now=NOW)


def _makes_owner(bakery) -> None:
    from quarterdeck.ledger.gateway.workspaces import set_role

    set_role(bakery, "Ann", "owner", now=NOW)


def test_only_looking_asks_once_and_forgets_at_the_end(bakery) -> None:
    from quarterdeck.ledger.gateway.asked_once import only_looking
    from quarterdeck.ledger.gateway.workspaces import role_of

    with only_looking():
        assert role_of(bakery, "Ann") is None
        _makes_owner(bakery)
        assert role_of(bakery, "Ann") is None
        assert role_of(bakery, "Ben") is None
    assert role_of(bakery, "Ann") == "owner"
    with only_looking():
        assert role_of(bakery, "Ann") == "owner"


def test_anywhere_else_each_question_goes_to_the_ledger(bakery) -> None:
    from quarterdeck.ledger.gateway.workspaces import role_of

    assert role_of(bakery, "Ann") is None
    _makes_owner(bakery)
    assert role_of(bakery, "Ann") == "owner"


def test_a_look_that_fails_leaves_nothing_behind(bakery) -> None:
    from quarterdeck.ledger.gateway.asked_once import only_looking
    from quarterdeck.ledger.gateway.workspaces import role_of

    with pytest.raises(ZeroDivisionError), only_looking():
        role_of(bakery, "Ann")
        raise ZeroDivisionError
    _makes_owner(bakery)
    assert role_of(bakery, "Ann") == "owner"
