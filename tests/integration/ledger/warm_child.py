"""Imported once by the server that forks the tests' processes, so that each of them starts with everything slow already there."""

from pathlib import Path

from quarterdeck.app.settings import point_django_at
from quarterdeck.operations.site import Site

point_django_at(Site(Path("/nowhere"), bytes(32)))

import django.core.management.commands.migrate  # noqa: E402, F401
import duckdb  # noqa: E402, F401

import quarterdeck.app.schema  # noqa: E402
import quarterdeck.app.site  # noqa: E402
import quarterdeck.operations.facts.import_facts  # noqa: E402
import quarterdeck.operations.facts.keep_facts  # noqa: E402, F401
