"""Django's settings, made from a site.

SQLite: WAL (readers never wait for the writer), transactions that write take the write lock at their start (IMMEDIATE: no
deadlock half-way, waiting instead of failing) and `synchronous=FULL`. FULL costs one more sync a commit than NORMAL, and is worth it:
with NORMAL a power cut may forget the last commits, among them "this e-mail is being sent", and what is forgotten is sent twice.
"""

from __future__ import annotations

import base64
import importlib.util
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.site import Site

BUSY_SECONDS = 30
"""How long a writer waits for another before it gives up."""


def build_settings(site: Site, *, apps: Sequence[str] = (), extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Everything that Django is told. Raises Refused when the database needs a driver that is not installed."""
    return {
        "SECRET_KEY": base64.b64encode(site.derive_key("django")).decode(),
        "DATABASES": {"default": database_of(site)},
        "INSTALLED_APPS": ["quarterdeck.ledger", *apps],
        "AUTH_USER_MODEL": "ledger.Account",
        # Each try costs a guesser 16 MB of memory, not only time; a hash of the second kind is still understood.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LOGGING_CONFIG": None,  # the programs that start here say how they log
        **(extra or {}),
    }


def database_of(site: Site) -> dict[str, Any]:
    """Django's words for the ledger's database."""
    return _sqlite(site) if site.database_url is None else _postgresql(site.database_url)


def point_django_at(site: Site, *, apps: Sequence[str] = (), extra: Mapping[str, Any] | None = None) -> None:
    """Sets Django up at the first call; at a later one gives it the database and the key of `site`."""
    from django.apps import apps as registry
    from django.conf import settings

    if not settings.configured:
        settings.configure(**build_settings(site, apps=apps, extra=extra), QUARTERDECK_SITE=site)
        # What django.setup() does beyond this (logging, the prefix of URLs) is for web servers, which call it themselves, and costs time.
        registry.populate(settings.INSTALLED_APPS)
        return
    settings.QUARTERDECK_SITE = site
    wanted = build_settings(site)
    if wanted["SECRET_KEY"] == settings.SECRET_KEY and settings.DATABASES["default"].items() >= wanted["DATABASES"]["default"].items():
        return
    _change_database(wanted)


def _change_database(wanted: Mapping[str, Any]) -> None:
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.SECRET_KEY = wanted["SECRET_KEY"]
    settings.DATABASES = wanted["DATABASES"]
    connections.settings["default"] = connections.configure_settings(wanted["DATABASES"])["default"]
    del connections["default"]


def _sqlite(site: Site) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(site.ledger_path),
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            # The file says itself that it is in WAL mode; a switch here could meet another process's lock.
            "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    if importlib.util.find_spec("psycopg") is None:
        raise Refused(
            "This site keeps its ledger in PostgreSQL, and the driver for it is not installed.",
            fix="Install it with `pip install quarterdeck[postgres]`.",
            code="SITE-009",
        )
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": "10", **dict(parse_qsl(parts.query))},
    }
