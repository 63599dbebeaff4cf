"""account: who may sign in to the cockpit."""

from __future__ import annotations

from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK
from quarterdeck.cli.show import said_plainly, show

account = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who may sign in to the cockpit: accounts, passwords, the second step.")

Person = Annotated[str, typer.Argument(help="Name of the person, as members go by.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(account, name="account")


@account.command("list")
@said_plainly
def list_(site: options.Site = None, as_json: options.Json = False) -> None:
    """List who may sign in, with their companies.

    Example: quarterdeck account list
    """
    DESK.root.open_site(site)
    from quarterdeck.operations.accounts.manage_accounts import list_accounts

    told = list_accounts()
    show(told.sentences, told.facts, as_json=as_json, table=told.table)


@account.command()
@said_plainly
def add(person: Person, site: options.Site = None, as_json: options.Json = False) -> None:
    """Make an account and print its password, this once.

    Examples:
      quarterdeck account add "Olena Koval"
      quarterdeck members "Olena Koval" --role planner
    """
    DESK.root.open_site(site)
    from quarterdeck.operations.accounts.manage_accounts import add_account

    told = add_account(person, by=DESK.root.user(), now=DESK.root.now())
    show(told.sentences, told.facts, as_json=as_json)


@account.command()
@said_plainly
def password(person: Person, site: options.Site = None, as_json: options.Json = False) -> None:
    """Make a new password and print it, this once. Whoever is signed in under the old one no longer is.

    Example: quarterdeck account password "Olena Koval"
    """
    opened = DESK.root.open_site(site)
    from quarterdeck.operations.accounts.manage_accounts import renew_password

    told = renew_password(opened, person, by=DESK.root.user(), now=DESK.root.now())
    show(told.sentences, told.facts, as_json=as_json)


@account.command()
@said_plainly
def two_factor_off(person: Person, site: options.Site = None, as_json: options.Json = False) -> None:
    """Let a person who lost the phone and the recovery codes sign in with the password alone.

    Example: quarterdeck account two-factor-off "Olena Koval"
    """
    DESK.root.open_site(site)
    from quarterdeck.operations.accounts.manage_accounts import drop_two_factor

    told = drop_two_factor(person, by=DESK.root.user(), now=DESK.root.now())
    show(told.sentences, told.facts, as_json=as_json)
