"""How the eight steps grew from revision to revision: a row of bars each, its words, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quarterdeck.report.strategy.outline import STEPS

HEIGHT, PITCH, WIDTH = 24, 8, 6
"""Of the picture, from bar to bar, and of a bar, in units of the picture."""
_LEAST = 1.5
"""Nothing is drawn as a line, so that it is seen to be nothing."""


@dataclass(frozen=True)
class Bar:
    """One revision: where its bar stands."""

    x: int
    y: float
    height: float
    is_last: bool


@dataclass(frozen=True)
class Row:
    """One step: its bars, the oldest first, how far it is now, and in words how it came there."""

    name: str
    bars: tuple[Bar, ...]
    now: str
    alt: str


@dataclass(frozen=True)
class MaturityRows:
    """The picture: eight rows, `width` units wide; the table has a line a revision, the newest first."""

    rows: tuple[Row, ...]
    width: int
    title: str
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def maturity_rows(revisions: Sequence[tuple[int, Mapping[int, float]]]) -> MaturityRows | None:
    """`revisions` are number and share by step, the oldest first. None for fewer than two: nothing has grown."""
    if len(revisions) < 2:
        return None
    first, last = revisions[0][0], revisions[-1][0]
    rows = tuple(_row(f"{step.number} {step.name}", [(number, shares[step.number]) for number, shares in revisions]) for step in STEPS)
    lines = [(str(number), _percent(_whole(shares)), *(_percent(shares[step.number]) for step in STEPS)) for number, shares in reversed(revisions)]
    title = f"How complete each step was, revision {first} to {last}"
    return MaturityRows(rows, len(revisions) * PITCH, title, ("Revision", "Whole", *(str(step.number) for step in STEPS)), tuple(lines))


def _row(name: str, shares: Sequence[tuple[int, float]]) -> Row:
    bars = tuple(
        Bar(at * PITCH, round(HEIGHT - max(share * HEIGHT, _LEAST), 2), round(max(share * HEIGHT, _LEAST), 2), at == len(shares) - 1)
        for at, (_, share) in enumerate(shares)
    )
    (first, before), (last, now) = shares[0], shares[-1]
    moved = "unchanged at" if abs(now - before) < 0.005 else f"from {_percent(before)} at revision {first} to"
    return Row(name, bars, _percent(now), f"{name}: {moved} {_percent(now)} at revision {last}.")


def _whole(shares: Mapping[int, float]) -> float:
    return sum(shares.values()) / len(shares)


def _percent(share: float) -> str:
    """Rounded down, so that only what is complete is 100 %."""
    return f"{int(share * 100 + 1e-9)}\N{NARROW NO-BREAK SPACE}%"
