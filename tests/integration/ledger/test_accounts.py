"""Accounts: made once, with a password that is shown once, joined to companies by their owners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sign_in_steps import HOME, NOW, PASSWORD, make_person, quick_hashes

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.gateway.accounts import active_account, named, password_problems, session_mark
from quarterdeck.ledger.gateway.workspaces import add_workspace, role_of, set_role
from quarterdeck.ledger.models import Account, AuditEntry, Workspace
from quarterdeck.operations.accounts.manage_accounts import add_account, ensure_first_account, list_accounts, make_account, renew_password
from quarterdeck.operations.accounts.new_words import ALPHABET, new_password, new_recovery_codes
from quarterdeck.operations.accounts.own_account import change_password, choose_theme, look_at_account
from quarterdeck.operations.accounts.sign_in import SignedIn, sign_in
from quarterdeck.operations.company.add_member import add_member
from quarterdeck.operations.context import open_context
from quarterdeck.operations.site import Site

NEW = "a quiet harbour in winter"


@pytest.fixture(autouse=True)
def _quick(ledger_site: Site) -> Iterator[None]:
    with quick_hashes():
        yield


def audited() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(workspace=None).order_by("pk").values_list("who", "verb"))


def change(site: Site, account: Account, **said: str) -> SignedIn:
    return change_password(site, account.pk, address=HOME, now=NOW, **{"current": PASSWORD, "new": NEW, "again": NEW, **said})


def test_the_first_account_is_for_the_first_owner_of_the_oldest_company(ledger_site: Site, bakery: Workspace) -> None:
    set_role(bakery, "Sam", "viewer", now=NOW)
    set_role(bakery, "Olena", "owner", now=NOW)

    made = ensure_first_account(ledger_site, NOW)

    assert made is not None
    assert made.person == "Olena"
    assert isinstance(sign_in(ledger_site, "Olena", made.password, address=HOME, now=NOW), SignedIn)
    assert ensure_first_account(ledger_site, NOW) is None
    assert audited() == [("Quarterdeck", "add_account")]


def test_without_a_company_the_first_account_is_for_the_owner(ledger_site: Site) -> None:
    made = ensure_first_account(ledger_site, NOW)

    assert made is not None
    assert made.person == "owner"


def test_of_many_servers_that_start_together_one_makes_the_first_account(ledger_site: Site, in_threads) -> None:
    made = in_threads([lambda: ensure_first_account(ledger_site, NOW)] * 8)

    assert sum(each is not None for each in made) == 1
    assert Account.objects.count() == 1


def test_a_password_that_we_make_is_readable_different_each_time_and_kept_nowhere(ledger_site: Site) -> None:
    made = make_account("Olena", by="root", now=NOW)

    assert re.fullmatch(rf"(?:[{ALPHABET}]{{3}}-){{4}}[{ALPHABET}]{{3}}", made.password)
    assert not set("0o1il") & set(ALPHABET)
    assert len({new_password() for _ in range(1000)}) == 1000
    assert made.password not in repr(made)
    assert made.password not in str([*Account.objects.values_list("password", flat=True), *AuditEntry.objects.values_list("what", "details")])
    assert password_problems(made.password, "Olena", where="password") == []


def test_recovery_codes_are_ten_different_ones() -> None:
    assert len(set(new_recovery_codes())) == 10


@pytest.mark.parametrize("again", ["Olena Koval", "olena koval", "  OLENA   koval ", "Ｏlena Koval"])
def test_a_name_is_given_once_in_whatever_letters(ledger_site: Site, again: str) -> None:
    make_person("Olena Koval")

    with pytest.raises(Refused, match="already"):
        add_account(again, by="root", now=NOW)
    assert named(again) == Account.objects.get()


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\x00b", "a\x07b"])
def test_a_name_that_is_none_is_refused(ledger_site: Site, name: str) -> None:
    with pytest.raises(InvalidInput):
        add_account(name, by="root", now=NOW)
    assert Account.objects.count() == 0


def test_an_account_is_spelled_as_the_company_spells_the_person(ledger_site: Site, bakery: Workspace) -> None:
    set_role(bakery, "Olena Koval", "owner", now=NOW)

    assert make_account("olena koval", by="root", now=NOW).person == "Olena Koval"


def test_the_list_says_who_belongs_where(ledger_site: Site, bakery: Workspace) -> None:
    assert "Nobody can sign in yet" in list_accounts().sentences[0]
    set_role(bakery, "Olena", "owner", now=NOW)
    make_person("Olena")
    make_person("Sam")

    told = list_accounts()

    assert told.sentences == ["2 people can sign in."]
    assert [(each["person"], each["companies"]) for each in told.facts["accounts"]] == [("Olena", {"bakery": "owner"}), ("Sam", {})]


def test_a_new_password_ends_the_old_one_and_its_sessions(ledger_site: Site) -> None:
    account = make_person()
    mark = session_mark(account)

    told = renew_password(ledger_site, "olena", by="root", now=NOW)

    assert session_mark(Account.objects.get()) != mark
    assert isinstance(sign_in(ledger_site, "Olena", told.facts["password"], address=HOME, now=NOW), SignedIn)
    with pytest.raises(Refused, match="do not belong together"):
        sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=NOW)
    assert audited() == [("root", "renew_password")]
    with pytest.raises(Refused, match="Name one of: Olena"):
        renew_password(ledger_site, "Bob", by="root", now=NOW)


def test_a_person_changes_the_password(ledger_site: Site) -> None:
    account = make_person()
    mark = session_mark(account)

    signed_in = change(ledger_site, account)

    assert session_mark(signed_in.account) == session_mark(Account.objects.get()) != mark
    assert isinstance(sign_in(ledger_site, "Olena", NEW, address=HOME, now=NOW), SignedIn)
    assert audited() == [("Olena", "change_password")]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        pytest.param({"current": "zq9"}, ["ACCOUNT-019"], id="another_current_password"),
        pytest.param({"new": "zq7 vk", "again": "zq7 vk"}, ["ACCOUNT-011"], id="too_short"),
        pytest.param({"new": "iloveyou", "again": "iloveyou"}, ["ACCOUNT-011", "ACCOUNT-012"], id="short_and_common"),
        pytest.param({"new": "918273645546", "again": "918273645546"}, ["ACCOUNT-015"], id="digits"),
        pytest.param({"new": PASSWORD, "again": PASSWORD}, ["ACCOUNT-043"], id="the_old_one"),
        pytest.param({"new": "x" * 1001, "again": "x" * 1001}, ["ACCOUNT-014"], id="endless"),
        pytest.param(
            {"current": "zq9", "new": "olena", "again": "zq7"}, ["ACCOUNT-019", "ACCOUNT-011", "ACCOUNT-013", "ACCOUNT-044"], id="all_at_once"
        ),
    ],
)
def test_everything_that_is_wrong_with_a_new_password_is_said_at_once(ledger_site: Site, said: dict[str, str], codes: list[str]) -> None:
    account = make_person()

    with pytest.raises(InvalidInput) as refused:
        change(ledger_site, account, **said)

    assert [problem.code for problem in refused.value.problems] == codes
    assert not any(value in str(refused.value) for value in said.values())
    assert Account.objects.get().password == account.password


def test_of_two_changes_at_the_same_moment_one_counts(ledger_site: Site, in_threads) -> None:
    account = make_person()
    results = in_threads([lambda n=n: change(ledger_site, account, new=f"{NEW} {n}", again=f"{NEW} {n}") for n in range(4)])

    assert sum(isinstance(result, SignedIn) for result in results) == 1
    assert len(audited()) == 1


def test_wrong_tries_at_the_current_password_are_counted_like_those_at_sign_in(ledger_site: Site) -> None:
    account = make_person()
    for _ in range(5):
        with pytest.raises(InvalidInput):
            change(ledger_site, account, current="wrong")

    with pytest.raises(Refused, match="5 wrong tries") as refused:
        change(ledger_site, account)
    assert "Your password is as it was" in str(refused.value)


def test_a_person_chooses_the_colours(ledger_site: Site) -> None:
    account = make_person()
    choose_theme(account.pk, "dark")

    assert look_at_account(account.pk).theme == "dark"
    with pytest.raises(Refused, match="system, light, dark"):
        choose_theme(account.pk, "pink")


def test_an_account_that_was_closed_is_there_no_longer(ledger_site: Site) -> None:
    account = make_person()
    Account.objects.update(is_active=False)

    assert active_account(account.pk) is None
    with pytest.raises(Refused, match="no longer"):
        look_at_account(account.pk)
    with pytest.raises(Refused, match="do not belong together"):
        sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=NOW)


class TestAddMember:
    """What an owner may do, and what only whoever runs the site may."""

    @pytest.fixture
    def context(self, ledger_site: Site, bakery: Workspace) -> Any:
        set_role(bakery, "Olena", "owner", now=NOW)
        make_person("Olena")
        return open_context(ledger_site, "bakery", "Olena", now=NOW)

    def test_somebody_new_gets_an_account_and_a_role(self, ledger_site: Site, context: Any) -> None:
        added = add_member(context, "Priya", "planner")

        assert added.password is not None
        assert added.password not in repr(added)
        assert role_of(context.workspace, "Priya") == "planner"
        assert isinstance(sign_in(ledger_site, "Priya", added.password, address=HOME, now=NOW), SignedIn)

    def test_somebody_with_an_account_is_joined_and_keeps_the_password(self, ledger_site: Site, context: Any) -> None:
        make_person("Priya")

        added = add_member(context, "priya", "viewer")

        assert (added.person, added.password, role_of(context.workspace, "Priya")) == ("Priya", None, "viewer")
        assert isinstance(sign_in(ledger_site, "Priya", PASSWORD, address=HOME, now=NOW), SignedIn)

    def test_a_member_without_an_account_gets_one(self, context: Any) -> None:
        set_role(context.workspace, "Priya", "viewer", now=NOW)

        added = add_member(context, "PRIYA", "planner")

        assert (added.person, role_of(context.workspace, "Priya")) == ("Priya", "planner")
        assert added.password is not None

    def test_a_member_with_an_account_is_refused_and_keeps_the_role(self, context: Any) -> None:
        with pytest.raises(Refused, match="is owner of North Bakery already"):
            add_member(context, "olena", "viewer")
        assert role_of(context.workspace, "Olena") == "owner"

    def test_only_an_owner_adds_people(self, ledger_site: Site, context: Any) -> None:
        set_role(context.workspace, "Petra", "planner", now=NOW)

        with pytest.raises(Refused, match="may not do this"):
            add_member(open_context(ledger_site, "bakery", "Petra", now=NOW), "Priya", "viewer")
        assert Account.objects.count() == 1

    def test_an_unknown_role_leaves_no_account_behind(self, context: Any) -> None:
        with pytest.raises(Refused, match="no role"):
            add_member(context, "Priya", "king")
        assert Account.objects.count() == 1

    def test_the_last_owner_stays_one(self, context: Any) -> None:
        Account.objects.all().delete()

        with pytest.raises(Refused, match="only owner"):
            add_member(context, "Olena", "viewer")
        assert Account.objects.count() == 0

    def test_nobody_gets_the_password_of_a_name_that_acts_in_another_company(self, context: Any) -> None:
        mill = add_workspace("mill", name="Mill", currency="GBP", timezone="Europe/London", now=NOW)
        set_role(mill, "Priya", "owner", now=NOW)
        set_role(context.workspace, "Priya", "viewer", now=NOW)

        with pytest.raises(Refused, match='account add "Priya"'):
            add_member(context, "priya", "viewer")
        assert Account.objects.count() == 1

        set_role(mill, "Olena", "owner", now=NOW)
        assert add_member(context, "priya", "viewer").password is not None

    def test_a_name_is_added_once_when_two_owners_add_it_at_the_same_moment(self, context: Any, in_threads) -> None:
        results = in_threads([lambda: add_member(context, "Priya", "viewer")] * 4)

        assert sum(not isinstance(result, Exception) for result in results) == 1
        assert all(isinstance(result, Refused) for result in results if isinstance(result, Exception)), results
