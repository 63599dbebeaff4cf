"""archive_workspace, restore_workspace: a whole company as one file and back, ids aside exactly as it was.

The file is a zip: `workspace.json` (every row of the ledger that belongs to the company, in tables by name) and its lake files under `lake/`.
Nothing that is secret is in it: the site's key stays in the site.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DataError, IntegrityError, models, transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.durable import sync_file, sync_folder
from quarterdeck.ledger.gateway.accounts import named
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.workspaces import set_role
from quarterdeck.ledger.models import (
    Action,
    Approval,
    Attempt,
    AuditEntry,
    Correction,
    Draft,
    DraftPlan,
    DraftReopening,
    DraftRevision,
    Fit,
    Lesson,
    Load,
    Member,
    Overrule,
    Plan,
    Receipt,
    ReviewRecord,
    Revision,
    Share,
    ShareReply,
    WorkLogLine,
    Workspace,
)
from quarterdeck.operations.company.check_archive import fault_of_archive
from quarterdeck.operations.context import Context
from quarterdeck.operations.site import Site
from quarterdeck.operations.told import Told

FORMAT = 1
MOST_BYTES = 2_000_000_000
MOST_FILES = 20_000
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_TABLES: tuple[tuple[type[models.Model], str], ...] = (
    (Member, "workspace"),
    (Revision, "workspace"),
    (Load, "workspace"),
    (Fit, "workspace"),
    (Overrule, "workspace"),
    (Plan, "workspace"),
    (WorkLogLine, "workspace"),
    (Action, "workspace"),
    (Approval, "action__workspace"),
    (Attempt, "action__workspace"),
    (Receipt, "action__workspace"),
    (ReviewRecord, "workspace"),
    (Correction, "review__workspace"),
    (Lesson, "workspace"),
    (Draft, "workspace"),
    (DraftReopening, "draft__workspace"),
    (DraftRevision, "draft__workspace"),
    (DraftPlan, "draft__workspace"),
    (Share, "workspace"),
    (ShareReply, "share__workspace"),
    (AuditEntry, "workspace"),
)
"""Every table of a company in an order in which each refers only to those before it, and the way from its rows to the company."""
_ADDED = {(Revision, "maturity"), (DraftRevision, "maturity"), (Workspace, "business"), (DraftPlan, "is_of_strategy")}
"""Columns that an archive of an earlier version does not have."""


def archive_workspace(context: Context) -> bytes:
    """The company as the bytes of a zip; the same company gives the same bytes."""
    workspace = context.workspace
    tables = {model.__name__: [_row(row) for row in model._default_manager.filter(**{way: workspace}).order_by("pk")] for model, way in _TABLES}
    body = {"format": FORMAT, "workspace": _row(workspace), "tables": tables}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("workspace.json", _EARLIEST), json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True))
        for file in sorted(path for path in context.lake_dir.rglob("*") if path.is_file() and not path.name.startswith(".")):
            archive.writestr(zipfile.ZipInfo(f"lake/{file.relative_to(context.lake_dir).as_posix()}", _EARLIEST), file.read_bytes())
    return out.getvalue()


def restore_workspace(site: Site, file: Path, *, owner: str, now: datetime, most: int = MOST_BYTES, knows_people: bool = True) -> Told:
    """The company that `archive_workspace` wrote, in this site. Its files are written first, then all its rows in one transaction: a kill leaves files
    that count for nothing. Raises Refused when the file is not such an archive, unpacks to more than `most` bytes, or the company is here already.

    `knows_people` False: whoever brought the file may be a stranger to the accounts of this site. `owner` then owns the company, and people who have
    an account here under a name of the archive are left out: they may be somebody else, and are for the owner to add.
    """
    body, files = _read(file, most)
    slug = body["workspace"]["slug"]
    if Workspace.objects.filter(slug=slug).exists():
        raise Refused(f"There is a company “{slug}” in this site already.", fix="Restore it into another folder.", code="SITE-017")
    is_new_lake = not site.lake_of(slug).exists()
    try:
        _write_lake(site.lake_of(slug), files)
        with transaction.atomic():
            workspace = _insert(body)
            left_out = () if knows_people else _leave_out_namesakes(workspace, owner)
            if not knows_people or not workspace.members.filter(role=Member.Role.OWNER).exists():
                set_role(workspace, owner, Member.Role.OWNER, now=now)
            record_audit(workspace, who=owner, verb="restore_workspace", what=file.name, now=now)
    except (IntegrityError, DataError, ValidationError, AttributeError, KeyError, ValueError, TypeError, OverflowError) as error:
        if is_new_lake and not Workspace.objects.filter(slug=slug).exists():
            shutil.rmtree(site.lake_of(slug), ignore_errors=True)
        raise Refused(
            f"{file.name} is damaged: {error}.", fix="Export it once more where it comes from.", code="EXPORT-006", state="No company was added."
        ) from error
    return Told(
        [f"{workspace.name} is restored in {site.folder} (workspace {slug}).", *_say_left_out(left_out)],
        {"workspace": slug, "name": workspace.name, "left_out": list(left_out), "rows": {name: len(rows) for name, rows in body["tables"].items()}},
    )


def _leave_out_namesakes(workspace: Workspace, owner: str) -> tuple[str, ...]:
    """Names of the archive's people, but for `owner`, under which somebody signs in here; they are members no more."""
    found = tuple(member.person for member in workspace.members.exclude(person=owner).order_by("person") if named(member.person) is not None)
    workspace.members.filter(person__in=found).delete()
    return found


def _say_left_out(people: Sequence[str]) -> list[str]:
    if not people:
        return []
    names = people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}"
    return [f"In this site somebody signs in as {names}: add whoever is the same person under Settings, People."]


def _row(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _read(file: Path, most: int) -> tuple[dict[str, Any], dict[str, bytes]]:
    try:
        with zipfile.ZipFile(file) as archive:
            listed = archive.infolist()
            if sum(info.file_size for info in listed) > most or len(listed) > MOST_FILES:
                raise Refused(
                    f"{file.name} unpacks to more than {most / 1e6:,.0f} MB, or to more than {MOST_FILES:,} files.",
                    fix="Restore it on the server with `quarterdeck init`, or from a backup of its site folder.",
                    code="EXPORT-005",
                    state="No company was added.",
                )
            body: Any = json.loads(archive.read("workspace.json"))
            files = {info.filename: archive.read(info) for info in listed if info.filename.startswith("lake/") and not info.is_dir()}
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, KeyError, ValueError) as error:
        raise _not_an_archive(file, str(error).strip("'\"")) from error
    if not isinstance(body, dict) or not isinstance(body.get("workspace"), dict) or not isinstance(body.get("tables"), dict):
        raise _not_an_archive(file, "it does not say which company it holds")
    if body.get("format") != FORMAT:
        raise Refused(
            f"{file.name} is of format {body.get('format')}; this version reads format {FORMAT}.", fix="Update Quarterdeck.", code="EXPORT-005"
        )
    if fault := fault_of_archive(body, list(files)):
        raise _not_an_archive(file, fault)
    return body, files


def _not_an_archive(file: Path, why: str) -> Refused:
    return Refused(
        f"{file.name} is not a company that Quarterdeck exported: {why}.",
        fix="Write one with `quarterdeck export FILE`.",
        code="EXPORT-005",
        state="No company was added.",
    )


def _write_lake(folder: Path, files: dict[str, bytes]) -> None:
    """Every file under its own name, which `fault_of_archive` looked at."""
    for name, content in files.items():
        place = folder / PurePosixPath(name).relative_to("lake")
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.part")
        part.write_bytes(content)
        sync_file(part)
        part.replace(place)
        sync_folder(place.parent)


def _insert(body: dict[str, Any]) -> Workspace:
    """Rows with new ids; what they refer to is followed through a map from old ids to new ones."""
    workspace = _create(Workspace, {**body["workspace"], "id": None}, {})
    ids: dict[str, dict[int, int]] = {"Workspace": {body["workspace"]["id"]: workspace.pk}}
    for model, _ in _TABLES:
        ids[model.__name__] = {}
        for row in body["tables"].get(model.__name__, []):
            ids[model.__name__][row["id"]] = _create(model, {**row, "id": None}, ids).pk
    return Workspace.objects.get(pk=workspace.pk)


def _create(model: type[models.Model], row: dict[str, Any], ids: dict[str, dict[int, int]]) -> models.Model:
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        value = row.get(field.attname, field.get_default()) if (model, field.name) in _ADDED else row[field.attname]
        if isinstance(field, models.ForeignKey) and value is not None:
            value = ids[field.related_model.__name__][value]
        values[field.attname] = field.to_python(value) if not isinstance(field, models.ForeignKey | models.JSONField) else value
    made = model(**values)
    made.save(force_insert=True)
    return made
