"""Accounts by the command line: a password is printed once, and everything else is refused in a sentence."""

from __future__ import annotations

import re
import sqlite3

import pytest


def everything_kept(site):
    """Every byte of the site, but its key."""
    return b"".join(path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file() and path.name != "key")


def test_a_password_is_printed_once_and_kept_as_a_hash_that_costs_memory(call, shop):
    said = call("account", "add", "olena", "--site", shop)
    assert said.code == 0, said.err
    password = re.search(r"Olena can sign in with this password: (\S+)", said.out).group(1)

    with sqlite3.connect(shop / "ledger.sqlite3") as ledger:
        kept = ledger.execute("SELECT person, password FROM ledger_account").fetchall()
    ledger.close()
    assert [(person, hashed.split("$")[0]) for person, hashed in kept] == [("Olena", "scrypt")]
    assert password.encode() not in everything_kept(shop)
    assert password not in call("account", "list", "--site", shop).out


def test_accounts_speak_json(call, shop):
    added = call("account", "add", "Priya Shah", "--site", shop, "--json").facts
    renewed = call("account", "password", "priya shah", "--site", shop, "--json").facts
    off = call("account", "two-factor-off", "Priya Shah", "--site", shop, "--json").facts
    listed = call("account", "list", "--site", shop, "--json").facts

    assert added["person"] == renewed["person"] == "Priya Shah"
    assert added["password"] != renewed["password"]
    assert any('quarterdeck members "Priya Shah"' in sentence for sentence in added["sentences"])
    assert off["was_on"] is False
    assert listed["accounts"] == [{"person": "Priya Shah", "companies": {}, "has_two_factor": False, "last_here": None}]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        pytest.param(("add", " "), 2, "Write the person's name.", id="no_name"),
        pytest.param(("password", "Bob"), 1, "There is no account for Bob. Name one of: none yet.", id="a_password_for_nobody"),
        pytest.param(("two-factor-off", "Bob"), 1, "There is no account for Bob.", id="two_factor_of_nobody"),
    ],
)
def test_a_refusal_changes_nothing(call, shop_template, snapshot_of, words, code, sentence):
    before = snapshot_of(shop_template)
    said = call("account", *words, "--site", shop_template)
    assert said.code == code
    assert sentence in said.err
    assert said.out == ""
    assert snapshot_of(shop_template) == before


def test_a_name_is_taken_once(call, shop):
    assert call("account", "add", "Olena", "--site", shop).code == 0
    said = call("account", "add", "OLENA", "--site", shop)
    assert said.code == 1
    assert "There is an account for Olena already." in said.err
