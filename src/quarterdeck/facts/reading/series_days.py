"""Which rows of a file follow each other: weeks or days, none missing, none twice, the same for every geo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.reading.problem_log import Fault, ProblemLog, listed
from quarterdeck.kernel.periods import DAYS_PER_WEEK

_NAMED = 10


@dataclass(frozen=True)
class RowCalendar:
    """`rows [row][geo]`: the place of each in the file. `days`: the first day of each row; `step_days`: 7 or 1."""

    step_days: int
    days: tuple[date, ...]
    geos: tuple[str, ...]
    rows: list[list[int]]


def arrange(days: Sequence[date], geos: Sequence[str], lines: Sequence[int], *, time: str, geo: str | None, log: ProblemLog) -> RowCalendar | None:
    """The rows in order. Rows twice, missing, or neither days nor weeks go to `log`."""
    place = _places(days, geos, lines, time=time, geo=geo, log=log)
    seen = sorted(set(days))
    step = _step(seen, time=time, log=log)
    if step is None:
        return None
    whole = tuple(seen[0] + timedelta(days=step * n) for n in range((seen[-1] - seen[0]).days // step + 1))
    names = tuple(dict.fromkeys(geos))
    missing = {name: [day for day in whole if (day, name) not in place] for name in names}
    for name, absent in missing.items():
        if absent:
            log.add(_missing(absent, whole, name, "week" if step == DAYS_PER_WEEK else "day"), column=time)
    if any(missing.values()):
        return None
    return RowCalendar(step, whole, names, [[place[day, name] for name in names] for day in whole])


def _places(
    days: Sequence[date], geos: Sequence[str], lines: Sequence[int], *, time: str, geo: str | None, log: ProblemLog
) -> dict[tuple[date, str], int]:
    place: dict[tuple[date, str], int] = {}
    for row, key in enumerate(zip(days, geos, strict=True)):
        if key in place:
            which = f"{key[0].isoformat()}{f' of {key[1]}' if geo else ''} again, as on line {lines[place[key]]}"
            ways = (
                "Keep one of them, or add them up."
                if geo
                else "Keep one of them, or add them up; where rows are places, name their column with --geo."
            )
            log.add(Fault(codes.REPEATED_ROW, which, "each day once" if not geo else "each day and geo once", ways), line=lines[row], column=time)
        place.setdefault(key, row)
    return place


def _step(seen: Sequence[date], *, time: str, log: ProblemLog) -> int | None:
    """7 or 1, as most of the steps are; None, and a fault, when the rows are something else."""
    steps = Counter((later - earlier).days for earlier, later in pairwise(seen))
    if not steps:
        log.add(Fault(codes.NO_ROWS, "one date alone", "at least eight weeks", f'Check that "{time}" is the column of dates.'), column=time)
        return None
    usual = steps.most_common(1)[0][0]
    if usual == 1 and all(step >= 1 for step in steps):
        return 1
    if usual == DAYS_PER_WEEK and all(step % DAYS_PER_WEEK == 0 for step in steps):
        return DAYS_PER_WEEK
    kind = "months" if usual in (28, 29, 30, 31) else "rows that begin " + listed([f"{step} days" for step in sorted(steps)], 4) + " after each other"
    odd = [later.isoformat() for earlier, later in pairwise(seen) if (later - earlier).days % DAYS_PER_WEEK]
    where = f" (odd ones: {listed(odd, _NAMED)})" if usual == DAYS_PER_WEEK else ""
    log.add(Fault(codes.BAD_DATE, f"{kind}{where}", "days, or weeks that begin on one weekday", "Export the facts by week or by day."), column=time)
    return None


def _missing(absent: list[date], whole: Sequence[date], geo: str, word: str) -> Fault:
    """The rows of a geo that are missing among `whole`, and which rows could be fitted without them."""
    place = f" for {geo}" if geo else ""
    after = whole.index(absent[-1]) + 1
    way_out = f"fit the rows after the gap: --from {whole[after].isoformat()}" if after < len(whole) else _before(absent, whole)
    named = listed((day.isoformat() for day in absent), _NAMED)
    return Fault(
        codes.DAYS_MISSING,
        f"no row{place} for {named}" if len(absent) > 1 else f"no row{place} for the {word} of {named}",
        f"a row for every {word}",
        f"Add {'them' if len(absent) > 1 else 'it'} (0 where nothing was spent), or {way_out}.",
    )


def _before(absent: Sequence[date], whole: Sequence[date]) -> str:
    """The way out where rows are missing at the end: the last ones before them that are all there, if there are any."""
    gap, gone = len(whole), set(absent)
    while gap and whole[gap - 1] in gone:
        gap -= 1
    return f"fit the rows before them: --to {whole[gap - 1].isoformat()}" if gap else "leave the geo out"
