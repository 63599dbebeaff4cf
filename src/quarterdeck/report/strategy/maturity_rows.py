"""How the eight steps grew from revision to revision: a row of bars each, its words, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quarterdeck.report.strategy.outline import STEPS

HEIGHT, PITCH, WIDTH = 24, 8, 6
"""Of the picture, from bar to bar, and of a bar, in units of the picture."""
_LEAST = 1.5
"""Nothing is drawn as a line, so that it is seen to be nothing."""
_MOST_SAID = 3


@dataclass(frozen=True)
class Measured:
    """How complete the steps of one revision were, and the whole, 0 to 1; by which version of the checks, and whether only later than it was saved."""

    revision: int
    steps: Mapping[int, float]
    total: float
    checks: str = ""
    is_later: bool = False


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
    """The picture: eight rows, `width` units wide, with a line at each of `marks` where other checks began to count; the table has a line a revision, the
    newest first. `notes` say which figures are not to be held against each other, and which were worked out later."""

    rows: tuple[Row, ...]
    width: int
    marks: tuple[int, ...]
    notes: tuple[str, ...]
    title: str
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def maturity_rows(revisions: Sequence[Measured]) -> MaturityRows | None:
    """The oldest revision first. None for fewer than two: nothing has grown."""
    if len(revisions) < 2:
        return None
    first, last = revisions[0].revision, revisions[-1].revision
    rows = tuple(_row(f"{step.number} {step.name}", [(each.revision, each.steps[step.number]) for each in revisions]) for step in STEPS)
    changes = [at for at in range(1, len(revisions)) if revisions[at].checks != revisions[at - 1].checks]
    notes = (_say_changes([(revisions[at - 1].revision, revisions[at].revision) for at in changes]), _say_later(revisions))
    is_told = any(each.is_later for each in revisions)
    return MaturityRows(
        rows=rows,
        width=len(revisions) * PITCH,
        marks=tuple(at * PITCH - (PITCH - WIDTH) // 2 for at in changes),
        notes=tuple(note for note in notes if note),
        title=f"How complete each step was, revision {first} to {last}",
        header=("Revision", "Whole", *(str(step.number) for step in STEPS), *(("Worked out",) if is_told else ())),
        lines=tuple(_line(each, is_told=is_told) for each in reversed(revisions)),
    )


def _line(each: Measured, *, is_told: bool) -> tuple[str, ...]:
    when = ("later" if each.is_later else "when saved",) if is_told else ()
    return (str(each.revision), _percent(each.total), *(_percent(each.steps[step.number]) for step in STEPS), *when)


def _say_changes(pairs: Sequence[tuple[int, int]]) -> str:
    """Where other checks began to count; "" where the same ones gave all figures."""
    if not pairs:
        return ""
    where = " and ".join(f"between revision {before} and {after}" for before, after in pairs[-_MOST_SAID:])
    also = "also " if len(pairs) > _MOST_SAID else ""
    return f"The checks {also}changed {where}: what moved there may be their doing, not yours."


def _say_later(revisions: Sequence[Measured]) -> str:
    """Which figures were not kept at the moment of saving; "" where all were."""
    later = [each.revision for each in revisions if each.is_later]
    if not later:
        return ""
    if len(later) == len(revisions):
        return "These revisions were saved before the figures were kept. They were worked out later, by newer checks."
    several = f"Revisions {later[0]} {'and' if len(later) == 2 else 'to'} {later[-1]} were"
    which = f"Revision {later[0]} was" if len(later) == 1 else several
    return f"{which} saved before the figures were kept. Theirs were worked out later, by newer checks."


def _row(name: str, shares: Sequence[tuple[int, float]]) -> Row:
    bars = tuple(
        Bar(at * PITCH, round(HEIGHT - max(share * HEIGHT, _LEAST), 2), round(max(share * HEIGHT, _LEAST), 2), at == len(shares) - 1)
        for at, (_, share) in enumerate(shares)
    )
    (first, before), (last, now) = shares[0], shares[-1]
    moved = "unchanged at" if abs(now - before) < 0.005 else f"from {_percent(before)} at revision {first} to"
    return Row(name, bars, _percent(now), f"{name}: {moved} {_percent(now)} at revision {last}.")


def _percent(share: float) -> str:
    """Rounded down, so that only what is complete is 100 %."""
    return f"{int(share * 100 + 1e-9)}\N{NARROW NO-BREAK SPACE}%"
