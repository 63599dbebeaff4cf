"""init, demo, export: a site and its companies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quarterdeck.cli import options, serve_commands
from quarterdeck.cli.desk import DESK, Door, Where
from quarterdeck.cli.show import progress, said_plainly, show


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(init)
    app.command()(demo)
    app.command()(export)


@said_plainly
def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the site; it is made when there is none.")],
    name: Annotated[str | None, typer.Option("--name", help="Name of the company.")] = None,
    currency: Annotated[str, typer.Option("--currency", help="Three letters, such as GBP, EUR or USD.")] = "GBP",
    timezone: Annotated[str, typer.Option("--timezone", help="Such as Europe/London.")] = "Europe/London",
    sample: Annotated[str | None, typer.Option("--sample", help="Start from a sample company: harbour, small_shop or retailer.")] = None,
    restore: Annotated[Path | None, typer.Option("--from", help="Start from a file that `quarterdeck export --what workspace` wrote.")] = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Make a site, or add a company to one.

    Examples:
      quarterdeck init shop --name "Harbour Home & Garden" --currency GBP
      quarterdeck init shop --sample harbour
      quarterdeck init copy --from harbour.quarterdeck.zip
    """
    site = DESK.root.site_at(folder)
    from quarterdeck.operations.company.add_company import add_company

    with progress(quiet=as_json) as tell:
        made = add_company(
            site,
            name=name,
            currency=currency,
            timezone=timezone,
            sample=sample,
            restore=restore,
            owner=member or DESK.root.user(),
            now=DESK.root.now(),
            tell=tell,
        )
    show(made.sentences, made.facts, as_json=as_json)


@said_plainly
def demo(
    site: Annotated[Path, typer.Option("--site", help="Folder for the sample companies.")] = Path("demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the folder away first, if it is a demo.")] = False,
    only: Annotated[str | None, typer.Option("--only", help="harbour or retailer; default both.")] = None,
    serve: Annotated[bool, typer.Option("--serve", help="Prepare the companies up to a plan, and open the cockpit on them.")] = False,
    host: serve_commands.Host = "127.0.0.1",
    port: serve_commands.Port = None,
    open_: serve_commands.Open = False,
    as_json: options.Json = False,
) -> None:
    """Run the whole loop once on sample companies: strategy, facts, response, plan, act, weeks that pass, review, next plan.

    Harbour Home & Garden is simulated. The retailer's figures by week are real; its name is not known. Nothing is sent, no money is spent.

    Examples:
      quarterdeck demo
      quarterdeck demo --site try --only retailer --fresh
      quarterdeck demo --serve
    """
    from quarterdeck.operations.play.demo_companies import require_company

    require_company(only)
    if serve:
        _serve_demo(site, Door(host, port, opens_browser=open_), fresh=fresh, only=only, as_json=as_json)
    opened = DESK.root.demo_site(site, fresh=fresh)
    from quarterdeck.operations.play.run_demo import run_demo

    steps = []
    with progress(quiet=as_json) as tell:
        for step in run_demo(opened, only=only, now=DESK.root.now(), tell=tell):
            if as_json:
                steps.append({**step.facts, "sentences": list(step.sentences)})
            else:
                show(step.sentences, step.facts, as_json=False, table=step.table)
    if as_json:
        show([sentence for step in steps for sentence in step["sentences"]], {"steps": steps}, as_json=True)


@said_plainly
def export(
    to: Annotated[Path, typer.Argument(help="File (or, for hand-offs, folder) to write.")],
    what: Annotated[str, typer.Option("--what", help="workspace, strategy, plan, review, facts or hand-offs.")] = "workspace",
    week: Annotated[str | None, typer.Option("--week", help="Hand-offs: any day of the week they are for. Default: the first open one.")] = None,
    site: options.Site = None,
    workspace: options.Workspace = None,
    member: options.Member = None,
    as_json: options.Json = False,
) -> None:
    """Write a company, or a part of it, to a file that other programs can read.

    Examples:
      quarterdeck export harbour.quarterdeck.zip
      quarterdeck export plan.json --what plan
      quarterdeck export this-week --what hand-offs --week 2027-02-01
    """
    context = DESK.open(Where(site, workspace, member))
    from quarterdeck.operations.company.export import export_part

    written = export_part(context, what, to, week=options.parse_day(week))
    show(written.sentences, written.facts, as_json=as_json)


def _serve_demo(site: Path, door: Door, *, fresh: bool, only: str | None, as_json: bool) -> None:
    """What was prepared or played before stays as it is; ends the command."""
    opened = DESK.root.demo_site(site, fresh=fresh, door=door)
    from quarterdeck.operations.play.run_demo import prepare_demo

    with progress(quiet=as_json) as tell:
        for told in prepare_demo(opened, only=only, now=DESK.root.now(), tell=tell):
            if not as_json:
                show(told.sentences, told.facts, as_json=False)
    serve_commands.serve_site(opened, door, as_json=as_json)
