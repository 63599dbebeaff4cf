"""The ledger's models can only be imported once Django knows its settings: it is pointed at a place that no test uses."""

from __future__ import annotations

from pathlib import Path

from quarterdeck.app.settings import point_django_at
from quarterdeck.operations.site import Site

point_django_at(Site(Path("/nowhere"), bytes(32)))
