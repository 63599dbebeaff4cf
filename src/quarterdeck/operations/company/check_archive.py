"""fault_of_archive: what keeps a file from being a company as Quarterdeck exports one. The file comes from outside: its rows may claim to be another's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args
from zoneinfo import available_timezones

from pydantic import ValidationError

from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.identity import content_hash
from quarterdeck.ledger.gateway.maturity import from_row
from quarterdeck.ledger.gateway.workspaces import is_slug
from quarterdeck.ledger.models import Member
from quarterdeck.ledger.models.appended import NAME_LENGTH
from quarterdeck.operations.first_strategy.read_examples import EXAMPLES
from quarterdeck.operations.papers.write_paper import Kind
from quarterdeck.report.papers.kept import parse_kept
from quarterdeck.strategy.document import Strategy

Row = Mapping[str, Any]
_HASH = re.compile(r"[0-9a-f]{64}")
_LAKE_FILE = re.compile(r"lake/[A-Za-z0-9_][\w.-]{0,99}/[A-Za-z0-9_][\w.-]{0,149}", re.ASCII)


def fault_of_archive(body: Mapping[str, Any], file_names: Sequence[str]) -> str | None:
    """The first thing that is wrong, to stand after a colon; None for an archive whose rows and file names are what an export writes.

    Hashes name things in memory and on the disk for the whole site, so each is worked out anew; so is that every row is of this company.
    """
    try:
        return next(_faults(body, file_names), None)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return f"a row is not as it was written ({type(error).__name__}: {error})"


def _faults(body: Mapping[str, Any], file_names: Sequence[str]) -> Iterator[str]:
    yield from _faults_of_company(body["workspace"])
    yield from (f"it holds a file with the name {name[:80]!r}" for name in file_names if not _LAKE_FILE.fullmatch(name))
    for name, rows in body["tables"].items():
        look = _LOOKS.get(name, _nothing)
        for row in rows:
            if "workspace_id" in row and (row["workspace_id"] is None or row["workspace_id"] != body["workspace"]["id"]):
                yield f"a row of {name} belongs to another company"
            if wrong := look(row):
                yield wrong
    yield from _fault_of_strategy(body["tables"].get("Revision", []))


def _faults_of_company(company: Row) -> Iterator[str]:
    if not isinstance(company["slug"], str) or not is_slug(company["slug"]):
        yield "its company's short name is none"  # the name becomes a folder
    if not _is_name(company["name"]):
        yield "its company has no name"
    if not isinstance(company["currency"], str) or not re.fullmatch(r"[A-Z]{3}", company["currency"]):
        yield "its company's currency is none"
    if company["timezone"] not in available_timezones():
        yield "its company's time zone is none"
    if company.get("business", "") not in ("", *EXAMPLES):
        yield "its company is of a kind that there is not"


def _member(row: Row) -> str | None:
    return None if row["role"] in Member.Role.values and _is_name(row["person"]) else "one of its people has no name, or a role that there is not"


def _revision(row: Row) -> str | None:
    from_row(row.get("maturity"))
    return None if content_hash(row["document"]) == row["hash"] else f"revision {row['number']} of the strategy is not what its hash says"


def _plan(row: Row) -> str | None:
    return None if content_hash(row["body"].encode()) == row["plan_id"] else f"plan {row['number']} is not what its hash says"


def _draft_plan(row: Row) -> str | None:
    return None if content_hash(row["body"].encode()) == row["plan_id"] else "the plan of a draft is not what its hash says"


def _share(row: Row) -> str | None:
    try:
        parse_kept(row["body"])
    except ValueError:
        return "a shared paper cannot be read"
    return None if row["paper"] in get_args(Kind) else "a link shows a paper that there is not"


def _review(row: Row) -> str | None:
    return None if content_hash(row["body"].encode()) == row["hash"] else "a review is not what its hash says"


def _load(row: Row) -> str | None:
    return None if row["table"] in TABLES and _HASH.fullmatch(row["load_id"]) else "an import of facts names no file of its own"


def _fit(row: Row) -> str | None:
    return None if _HASH.fullmatch(row["hash"]) else "a fit names no file of its own"


def _nothing(row: Row) -> str | None:
    del row
    return None


_LOOKS: dict[str, Callable[[Row], str | None]] = {
    "Member": _member,
    "Revision": _revision,
    "Plan": _plan,
    "DraftRevision": _revision,
    "DraftPlan": _draft_plan,
    "Share": _share,
    "ReviewRecord": _review,
    "Load": _load,
    "Fit": _fit,
}


def _fault_of_strategy(revisions: Sequence[Row]) -> Iterator[str]:
    """The newest revision is on every page: one that cannot be read would leave none."""
    if not revisions:
        return
    newest = max(revisions, key=lambda row: row["number"])
    try:
        Strategy.model_validate(newest["document"])
    except ValidationError as error:
        yield f"its strategy cannot be read ({error.error_count()} mistakes)"


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value.strip()) <= NAME_LENGTH and value.isprintable()
