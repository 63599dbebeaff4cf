"""Signing in: what is said, what is counted, and when somebody has to wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sign_in_steps import HOME, NOW, PASSWORD, later, make_person, quick_hashes

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.gateway import accounts
from quarterdeck.ledger.models import Account, AuditEntry, SignInAttempt
from quarterdeck.operations.accounts.count_tries import network_of
from quarterdeck.operations.accounts.manage_accounts import renew_password
from quarterdeck.operations.accounts.sign_in import SignedIn, sign_in
from quarterdeck.operations.site import Site


@pytest.fixture(autouse=True)
def _quick(ledger_site: Site) -> Iterator[None]:
    with quick_hashes():
        yield


@pytest.fixture
def olena(ledger_site: Site) -> Account:
    return make_person("Olena")


def fail(site: Site, times: int, name: str = "Olena", address: str = HOME, at=NOW) -> None:
    for _ in range(times):
        with pytest.raises(Refused) as refused:
            sign_in(site, name, "wrong", address=address, now=at)
        assert refused.value.code == "ACCOUNT-020"


def refusal(site: Site, name: str, password: str, address: str = HOME, at=NOW) -> Refused:
    with pytest.raises(Refused) as refused:
        sign_in(site, name, password, address=address, now=at)
    return refused.value


@pytest.mark.parametrize("name", ["Olena", "olena", " OLENA "])
def test_name_and_password_let_a_person_in(ledger_site: Site, olena: Account, name: str) -> None:
    assert sign_in(ledger_site, name, PASSWORD, address=HOME, now=NOW) == SignedIn(olena)


def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(ledger_site: Site, olena: Account) -> None:
    words = {str(refusal(ledger_site, name, password)) for name, password in [("Olena", "wrong"), ("Bob", PASSWORD), ("Olena", PASSWORD.upper())]}

    assert len(words) == 1
    assert "You are not signed in." in words.pop()


def test_a_name_that_nobody_has_takes_a_hash_like_any_other(ledger_site: Site, olena: Account, monkeypatch) -> None:
    hashed = []
    monkeypatch.setattr(accounts, "make_password", lambda password: hashed.append(password) or "!")

    refusal(ledger_site, "Bob", "wrong")
    refusal(ledger_site, "Bob", "x" * 5000)

    assert [len(password) for password in hashed] == [5, 1000]


def test_empty_fields_are_said_at_once_and_count_as_no_try(ledger_site: Site, olena: Account) -> None:
    with pytest.raises(InvalidInput) as refused:
        sign_in(ledger_site, " ", "", address=HOME, now=NOW)

    assert [problem.where for problem in refused.value.problems] == ["name", "password"]
    assert SignInAttempt.objects.count() == 0


@pytest.mark.parametrize("name", ["Olena", "Bob"])
def test_after_five_wrong_tries_a_name_waits_whether_anybody_has_it_or_not(ledger_site: Site, olena: Account, name: str) -> None:
    fail(ledger_site, 4, name)
    fail(ledger_site, 1, name.upper(), "198.51.100.9", later(minutes=3))

    refused = refusal(ledger_site, name, PASSWORD, "192.0.2.1", later(minutes=4))

    assert refused.code == "ACCOUNT-021"
    assert "5 wrong tries for this name" in refused.message
    assert refused.fix == "Wait 11 minutes, then try again."
    assert refusal(ledger_site, name, PASSWORD, at=later(minutes=14, seconds=59)).fix == "Wait 1 minute, then try again."


def test_the_wait_ends_by_itself_and_knocking_does_not_lengthen_it(ledger_site: Site, olena: Account) -> None:
    fail(ledger_site, 5)
    for minute in range(15):
        assert refusal(ledger_site, "Olena", PASSWORD, at=later(minutes=minute)).code == "ACCOUNT-021"

    assert isinstance(sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=later(minutes=15)), SignedIn)


def test_a_person_who_gets_in_has_all_tries_again(ledger_site: Site, olena: Account) -> None:
    fail(ledger_site, 4)
    sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=later(minutes=1))

    fail(ledger_site, 5, at=later(minutes=2))
    assert refusal(ledger_site, "Olena", PASSWORD, at=later(minutes=2)).code == "ACCOUNT-021"


def test_after_twenty_wrong_tries_an_address_waits_and_getting_in_does_not_forgive_it(ledger_site: Site, olena: Account) -> None:
    for n in range(10):
        fail(ledger_site, 1, f"Somebody {n}")
    sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=NOW)
    for n in range(10):
        fail(ledger_site, 1, f"Somebody else {n}")

    refused = refusal(ledger_site, "Olena", PASSWORD)

    assert "20 wrong tries from your network" in refused.message
    assert isinstance(sign_in(ledger_site, "Olena", PASSWORD, address="192.0.2.1", now=NOW), SignedIn)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_an_address_is_what_one_person_can_have(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("tries", [50])
def test_fifty_tries_at_once_are_five(ledger_site: Site, olena: Account, in_threads, monkeypatch, tries: int) -> None:
    looked_at = []
    fits = accounts.password_fits
    monkeypatch.setattr(
        "quarterdeck.operations.accounts.sign_in.password_fits", lambda account, password: looked_at.append(1) or fits(account, password)
    )

    results = in_threads([lambda n=n: sign_in(ledger_site, "Olena", f"wrong {n}", address=f"198.51.100.{n}", now=NOW) for n in range(tries)])

    codes = [result.code for result in results if isinstance(result, Refused)]
    assert len(codes) == tries, [result for result in results if not isinstance(result, Refused)]
    assert (codes.count("ACCOUNT-020"), codes.count("ACCOUNT-021"), len(looked_at)) == (5, tries - 5, 5)


def test_fifty_tries_at_once_from_one_address_are_twenty(ledger_site: Site, in_threads) -> None:
    results = in_threads([lambda n=n: sign_in(ledger_site, f"Somebody {n}", "wrong", address=HOME, now=NOW) for n in range(50)])

    assert sorted(result.code for result in results) == ["ACCOUNT-020"] * 20 + ["ACCOUNT-021"] * 30


def test_the_right_password_among_many_tries_at_once_lets_in_only_within_the_limit(ledger_site: Site, olena: Account, in_threads) -> None:
    fail(ledger_site, 4)

    results = in_threads([lambda: sign_in(ledger_site, "Olena", "wrong", address=HOME, now=NOW)] * 10)

    assert [result.code for result in results].count("ACCOUNT-020") == 1
    assert refusal(ledger_site, "Olena", PASSWORD).code == "ACCOUNT-021"


def test_old_tries_are_forgotten_and_no_name_is_kept_in_clear(ledger_site: Site, olena: Account) -> None:
    fail(ledger_site, 3, "my password in the wrong field")
    assert "password" not in str(list(SignInAttempt.objects.values()))

    fail(ledger_site, 1, at=NOW + timedelta(minutes=15))

    assert SignInAttempt.objects.count() == 1


def test_a_refusal_by_the_limit_is_recorded_once_a_wait_and_without_what_was_typed(ledger_site: Site, olena: Account) -> None:
    fail(ledger_site, 5)
    fail(ledger_site, 5, "hunter2 hunter2")
    for _ in range(3):
        refusal(ledger_site, "Olena", PASSWORD)
        refusal(ledger_site, "hunter2 hunter2", "x")

    entries = list(AuditEntry.objects.order_by("pk").values_list("workspace", "who", "verb", "details"))

    assert entries == [
        (None, "Olena", "refuse_sign_in", {"by": "name", "address": HOME}),
        (None, "somebody", "refuse_sign_in", {"by": "name", "address": HOME}),
    ]


def test_whoever_runs_the_site_ends_the_wait_with_a_new_password(ledger_site: Site, olena: Account) -> None:
    fail(ledger_site, 5)
    told = renew_password(ledger_site, "Olena", by="root", now=later(minutes=1))

    assert isinstance(sign_in(ledger_site, "Olena", told.facts["password"], address=HOME, now=later(minutes=1)), SignedIn)
