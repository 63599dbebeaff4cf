"""The sentences that may be above grade 16, each with its reason."""

from __future__ import annotations

HARD: dict[str, str] = {}
