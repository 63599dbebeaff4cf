"""load_sample: a sample company with its strategy and its history, ready to fit and plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from importlib.resources.abc import Traversable

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.models import Workspace
from quarterdeck.operations.company.create_workspace import create_workspace
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.import_facts import import_facts
from quarterdeck.operations.play.rehearse import Columns, facts_of, market_of, to_cents
from quarterdeck.operations.site import Site
from quarterdeck.operations.strategy.save_strategy import save_strategy
from quarterdeck.operations.told import Tell, Told
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.text import parse_strategy


@dataclass(frozen=True)
class Sample:
    """A sample company: its folder, what it is, and how it rehearses."""

    folder: str
    kind: str
    told: str
    rehearsal: dict[str, object]


SAMPLES: dict[str, Sample] = {
    "harbour": Sample(
        "harbour",
        Workspace.Kind.SAMPLE_SIMULATED,
        "invented; its two years of figures come from a simulated market",
        {
            "preset": "shop",
            "seed": 11,
            "first_day": "2025-01-06",
            "last_day": "2027-01-03",
            # What nobody in the company knows beforehand: people buy less until spring, and orders are not counted for eight days.
            "shocks": [
                {"kind": "demand", "first_day": "2027-01-04", "last_day": "2027-02-28", "size": -0.1, "hidden": True},
                {"kind": "tracking_lost", "first_day": "2027-01-18", "last_day": "2027-01-25", "size": 0.9},
            ],
        },
    ),
    "small_shop": Sample(
        "small_shop",
        Workspace.Kind.SAMPLE_SIMULATED,
        "invented; its 20 weeks of figures come from a simulated market",
        {"preset": "small_shop", "seed": 5, "first_day": "2026-08-17", "last_day": "2027-01-03", "shocks": []},
    ),
    "retailer": Sample(
        "retailer",
        Workspace.Kind.SAMPLE_REAL,
        "a real retailer, anonymised; its weekly figures are real, its dates are shifted",
        {"replay": "retailer", "last_day": "2026-05-03"},
    ),
}


def load_sample(site: Site, name: str, *, owner: str, now: datetime, tell: Tell) -> Told:
    """The sample as a workspace of its own. Raises Refused for an unknown name, or when it is there already."""
    context, strategy, rows = make_sample(site, name, owner=owner, now=now, tell=tell)
    return Told(
        [
            f"{strategy.company.name} is ready in {site.folder} (workspace {context.workspace.slug}): {SAMPLES[name].told}.",
            f"{sum(rows.values()):,} rows of facts: {', '.join(f'{count:,} of {table}' for table, count in rows.items())}.",
            "Next: `quarterdeck fit`, then `quarterdeck plan`.",
        ],
        {"workspace": context.workspace.slug, "kind": SAMPLES[name].kind, "rows": rows},
    )


def make_sample(site: Site, name: str, *, owner: str, now: datetime, tell: Tell) -> tuple[Context, Strategy, dict[str, int]]:
    """The workspace of a sample, its strategy, and how many rows of each table it holds."""
    if name not in SAMPLES:
        raise Refused(
            f"There is no sample company “{name}”.", fix=f"Choose one of {', '.join(SAMPLES)}.", code="SAMPLE-001", state="No company was added."
        )
    sample = SAMPLES[name]
    text = sample_folder(name).joinpath("strategy.yaml").read_text(encoding="utf-8")
    strategy = parse_strategy(text, name=f"{name}/strategy.yaml")
    company = strategy.company
    with transaction.atomic():  # all of the sample or nothing of it
        workspace = create_workspace(
            name=company.name,
            currency=company.currency,
            timezone=company.timezone,
            owner=owner,
            now=now,
            kind=sample.kind,
            rehearsal=sample.rehearsal,
            slug=name.replace("_", "-"),
        )
        context = Context(site, workspace, workspace.members.get(), now)
        save_strategy(context, strategy, text=text, note="As it comes with Quarterdeck")
        tell(f"Loading the facts of {company.name}")
        history: Callable[[Workspace, str], dict[str, Columns]] = _replayed_history if "replay" in sample.rehearsal else _simulated_history
        rows = {}
        for table, columns in history(workspace, company.currency).items():
            import_rows(context, table, columns, source=f"sample company {name}: {sample.told}")
            rows[table] = len(columns["day"])
    return context, strategy, rows


def import_rows(context: Context, table: str, columns: Columns, *, source: str) -> None:
    """Rows made by a rehearsal, recorded like any others."""
    if columns["day"]:
        import_facts(
            context.site,
            context.workspace,
            table,
            columns,
            source=source,
            file_name=f"rehearsal {table} to {max(columns['day']).isoformat()}",
            by=context.member.person,
            now=context.now,
        )


def sample_folder(name: str) -> Traversable:
    """Where the files of a sample stand in the package."""
    return resources.files("quarterdeck").joinpath("samples", name)


def _simulated_history(workspace: Workspace, currency: str) -> dict[str, Columns]:
    market = market_of(workspace)
    spend = to_cents(market.usual_spend(date.fromisoformat(workspace.rehearsal["last_day"])))
    return facts_of(market.run(spend), first_day=market.first_day, currency=currency)


def _replayed_history(workspace: Workspace, currency: str) -> dict[str, Columns]:
    from quarterdeck.operations.play.replay import replay_rows

    return replay_rows(
        first_day=date.min, last_day=date.fromisoformat(workspace.rehearsal["last_day"]), known_ahead=timedelta(weeks=13), currency=currency
    )
