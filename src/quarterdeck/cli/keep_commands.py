"""loads, members: what was imported, and who may do what."""

from __future__ import annotations

from typing import Annotated

import typer

from quarterdeck.cli import options
from quarterdeck.cli.desk import DESK, Where
from quarterdeck.cli.show import said_plainly, show


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(loads)
    app.command()(members)


@said_plainly
def loads(
    drop: Annotated[str | None, typer.Option("--drop", help="Take an import back: its id, or the first characters of it.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """List what was imported, or take an import back. Nothing is deleted: earlier facts count again.

    Examples:
      quarterdeck loads
      quarterdeck loads --drop 3fa9c01b2d
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.facts.manage_loads import drop_import, list_loads

    told = drop_import(context, drop) if drop else list_loads(context)
    show(told.sentences, told.facts, as_json=as_json, table=told.table)


@said_plainly
def members(
    person: Annotated[str | None, typer.Argument(help="Whose role is set.")] = None,
    role: Annotated[str | None, typer.Option("--role", help="owner, planner, contributor, approver or viewer.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """List who may do what, or give a person a role.

    Examples:
      quarterdeck members
      quarterdeck members Priya --role planner
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.company.manage_members import list_members, set_member

    told = set_member(context, person, role or "viewer") if person else list_members(context)
    show(told.sentences, told.facts, as_json=as_json, table=told.table)
