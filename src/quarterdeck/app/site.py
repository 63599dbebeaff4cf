"""find_site, create_site, open_site: from a folder to a ledger that is ready to use."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quarterdeck.app.site_folder import SITE_FILE, read_folder, write_folder
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.durable import sync_folder
from quarterdeck.operations.site import Site

SITE_VARIABLE = "QUARTERDECK_SITE"
DATABASE_VARIABLE = "QUARTERDECK_DATABASE_URL"


def find_site(path: Path | str | None = None) -> Path:
    """The folder of the site: `path`, else QUARTERDECK_SITE, else the nearest folder upwards from here that is one.

    Raises Refused when there is none.
    """
    named = path or os.environ.get(SITE_VARIABLE)
    if named:
        folder = Path(named).expanduser().absolute()
        if (folder / SITE_FILE).is_file():
            return folder
        raise Refused(
            f"{folder} is not a Quarterdeck site: it holds no {SITE_FILE}.",
            fix=f"Make one with `quarterdeck init {folder}`, or name another folder.",
            code="SITE-001",
        )
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SITE_FILE).is_file():
            return folder
    raise Refused(
        f"No Quarterdeck site was found in {here} or above it.",
        fix=f"Go to its folder, name it with --site or {SITE_VARIABLE}, or make one with `quarterdeck init <folder>`.",
        code="SITE-001",
    )


def create_site(path: Path | str, *, database_url: str | None = None) -> Path:
    """The folder of a new site. It is written aside and renamed, so that a kill leaves all of it or nothing at `path`.

    An empty folder at `path` is taken over. Raises Refused when something is there already, or nothing can be written there.
    """
    folder = Path(path).expanduser().absolute()
    if (folder / SITE_FILE).exists():
        raise Refused(f"There is a Quarterdeck site at {folder} already.", fix="Open it, or name another folder.", code="SITE-008")
    aside = folder.parent / f".{folder.name}.{secrets.token_hex(8)}.new"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside.mkdir(mode=0o700)
        write_folder(aside, database_url)
        aside.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise Refused(
            f"No site can be made at {folder}: {error.strerror}.",
            fix="Name a folder that is new or empty, in a place where this user may write.",
            code="SITE-008",
        ) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(aside)
    return folder


def open_site(path: Path | str | None = None, *, apps: tuple[str, ...] = (), extra: Mapping[str, Any] | None = None) -> Site:
    """The site at `path` (or as `find_site` finds it), with Django pointed at it and its tables up to date.

    `apps` are Django apps beyond the ledger, `extra` Django settings beyond those of `app.settings` (both for the cockpit); they
    count at the first call of a process. A later call may open another site; connections of other threads must be closed by then.
    Raises Refused when the folder is no site, was made by a newer version, or cannot be written.
    """
    from quarterdeck.app.schema import bring_up_to_date
    from quarterdeck.app.settings import point_django_at

    site = read_folder(find_site(path), os.environ.get(DATABASE_VARIABLE) or None)
    point_django_at(site, apps=apps, extra=extra or {})
    bring_up_to_date(site)
    return site
