"""Accounts as whoever runs the site sees them: made, listed, given a new password, freed of an authenticator that was lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway import accounts
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.authenticators import drop_authenticator, has_authenticator
from quarterdeck.ledger.models import Member, Workspace
from quarterdeck.operations.accounts.count_tries import forgive
from quarterdeck.operations.accounts.new_words import new_password
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Told

FIRST_PERSON = "owner"
_ONCE = "It is shown only now; only a hash of it is kept."


@dataclass(frozen=True)
class NewAccount:
    """An account with the password that was made for it: to be shown once, and kept nowhere."""

    person: str
    password: str = field(repr=False)


def make_account(person: str, *, by: str, now: datetime) -> NewAccount:
    """The account, in words to sign in with. Raises InvalidInput for a name that is none, Refused when somebody has it."""
    password = new_password()
    return NewAccount(keep_account(person, accounts.hash_password(password), by=by, now=now), password)


def keep_account(person: str, password_hash: str, *, by: str, now: datetime) -> str:
    """The name of the new account: as its company spells it, when it knows the person. Raises as `make_account` does."""
    known = accounts.members_named(person)
    with transaction.atomic():
        account = accounts.add_account(known[0].person if known else person, password_hash, now=now)
        record_audit(None, who=by, verb="add_account", what=f"an account for {account.person}", now=now)
    return account.person


def ensure_first_account(site: Site, now: datetime) -> NewAccount | None:
    """An account for the first owner of the oldest company, when nobody has one yet; None when somebody has.

    `site` is the one that is open.
    """
    if accounts.all_accounts():
        return None
    oldest = Workspace.objects.order_by("made_at", "pk").first()
    owner = oldest.members.filter(role=Member.Role.OWNER).order_by("pk").first() if oldest else None
    try:
        return make_account(owner.person if owner else FIRST_PERSON, by="Quarterdeck", now=now)
    except Refused:  # another process was quicker, and has shown the password
        return None


def list_accounts() -> Told:
    """Everybody who may sign in, with their companies."""
    rows = []
    for account in accounts.all_accounts():
        companies = list(Member.objects.filter(person=account.person).order_by("workspace__slug").values_list("workspace__slug", "role"))
        rows.append((account, companies, has_authenticator(account)))
    return Told(
        [_how_many(len(rows))],
        {
            "accounts": [
                {
                    "person": account.person,
                    "companies": dict(companies),
                    "has_two_factor": two_factor,
                    "last_here": account.last_login.isoformat() if account.last_login else None,
                }
                for account, companies, two_factor in rows
            ]
        },
        (
            ("Person", "Companies", "Two-factor", "Last here"),
            [
                (
                    account.person,
                    ", ".join(f"{slug} ({role})" for slug, role in companies) or "none",
                    "on" if two_factor else "off",
                    f"{account.last_login:%Y-%m-%d %H:%M} UTC" if account.last_login else "never",
                )
                for account, companies, two_factor in rows
            ],
        ),
    )


def add_account(person: str, *, by: str, now: datetime) -> Told:
    """The new account with its password. Raises InvalidInput for a name that is none, Refused when somebody has it."""
    made = make_account(person, by=by, now=now)
    sentences = [f"{made.person} can sign in with this password: {made.password}", f"{_ONCE} Say it to {made.person} in person."]
    if not Member.objects.filter(person=made.person).exists():
        sentences.append(f'{made.person} belongs to no company yet: `quarterdeck members "{made.person}" --role viewer`.')
    return Told(sentences, {"person": made.person, "password": made.password})


def renew_password(site: Site, person: str, *, by: str, now: datetime) -> Told:
    """The account with a new password; whoever was signed in under the old one no longer is. Raises Refused for a name that nobody has."""
    account = accounts.find_account(person)
    password = new_password()
    password_hash = accounts.hash_password(password)
    with transaction.atomic():
        if not accounts.replace_password(account, password_hash):
            raise Refused(f"The password of {account.person} was changed meanwhile.", fix="Run this again.", code="ACCOUNT-041")
        forgive(site, account.person, now=now)
        record_audit(None, who=by, verb="renew_password", what=f"the password of {account.person}", now=now)
    return Told(
        [f"{account.person} signs in with this password from now on: {password}", f"{_ONCE} Every session of {account.person} has ended."],
        {"person": account.person, "password": password},
    )


def drop_two_factor(person: str, *, by: str, now: datetime) -> Told:
    """The account, which needs the password alone from now on. Raises Refused for a name that nobody has."""
    account = accounts.find_account(person)
    with transaction.atomic():
        was_on = drop_authenticator(account)
        if was_on:
            record_audit(None, who=by, verb="two_factor_off", what=f"two-factor sign-in of {account.person}", now=now)
    said = (
        f"{account.person} signs in with the password alone from now on, and can set up an app again on the page of the account."
        if was_on
        else f"Two-factor sign-in of {account.person} was off already."
    )
    return Told([said], {"person": account.person, "was_on": was_on})


def _how_many(number: int) -> str:
    if number == 0:
        return 'Nobody can sign in yet. Make an account with `quarterdeck account add "Your name"`.'
    return f"{number} {'person' if number == 1 else 'people'} can sign in."
