"""Which of the eight steps a place of the document belongs to."""

from __future__ import annotations

from quarterdeck.strategy.checks.checking import Step


def step_of(place: str) -> Step:
    """The step whose page a place stands on."""
    return next((step for prefix, step in _STEP_OF_PLACE if place.startswith(prefix)), 1)


_STEP_OF_PLACE: tuple[tuple[str, Step], ...] = (
    ("audiences", 2),
    ("conversions", 2),
    ("proposition", 3),
    ("tools", 4),
    ("channels", 4),
    ("campaigns", 4),
    ("offers", 4),
    ("ads", 4),
    ("content", 5),
    ("management", 6),
    ("evaluation", 7),
    ("questions", 8),
    ("opportunities", 8),
    ("review", 8),
)
