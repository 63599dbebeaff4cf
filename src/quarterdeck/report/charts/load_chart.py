"""The load chart: does everyone have the hours? One row a person: hours needed against hours there, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quarterdeck.report.charts import sheet as on
from quarterdeck.report.charts import theme
from quarterdeck.report.charts.chart import Chart, Key, Spec, TableView
from quarterdeck.report.charts.labels import short_day, text_width, wrapped
from quarterdeck.report.charts.sheet import Layer, Scale, Sheet
from quarterdeck.report.words import Words, how_many

ROW = 46
_HALF, _TALL = 0.38, 0.64
"""Half the width of a bar in weeks; how much of a row the tallest bar takes."""


@dataclass(frozen=True)
class PersonLoad:
    """A person's hours by week, in the order of the chart's weeks."""

    name: str
    needed: tuple[float, ...]
    there: tuple[float, ...]

    @property
    def short(self) -> tuple[float, ...]:
        """Hours missing in each week; 0 where there are enough."""
        return tuple(max(0.0, needed - there) for needed, there in zip(self.needed, self.there, strict=True))


@dataclass(frozen=True)
class TeamLoad:
    """The hours of everyone over `weeks` (their Mondays); `first_number` is the number of the first one in its quarter."""

    weeks: tuple[date, ...]
    people: tuple[PersonLoad, ...]
    first_number: int = 1
    evidence: str | None = None
    strength: int = 3


def load_chart(team: TeamLoad, words: Words, *, width: int = on.WIDE) -> Chart:
    """Who has too much to do, and when."""
    drawn = bool(team.people) and bool(team.weeks)
    return Chart(
        id="load",
        finding=finding_of(team, words),
        unit_line="Hours of work needed and hours there, by week",
        alt=_alt(team, words),
        table=_table(team, words),
        key=(Key("needed", "bar"), Key("more than there is", "bad"), Key("hours there", "limit")),
        evidence=team.evidence,
        strength=team.strength,
        wide=_picture(team, words, width, most_label=130, stops=13) if drawn else None,
        narrow=_picture(team, words, on.NARROW, most_label=76, stops=5) if drawn else None,
    )


def finding_of(team: TeamLoad, words: Words) -> str:
    """ "Marek is short of 14 hours in weeks 5 and 6"."""
    if not any(sum(person.needed) > 0 for person in team.people):
        return "No work is planned in these weeks"
    short = sorted((person for person in team.people if sum(person.short) >= 0.5), key=lambda person: (-sum(person.short), person.name))
    if not short:
        return "Everyone has the hours for what is planned"
    worst = short[0]
    hours = f"{words.count(sum(worst.short))} {'hour' if round(sum(worst.short)) == 1 else 'hours'} {_when(worst, team, words)}"
    if len(short) == 1:
        return f"{worst.name} is short of {hours}"
    if len(short) == 2:
        return f"{worst.name} is short of {hours}, {short[1].name} of {words.count(sum(short[1].short))}"
    return f"{len(short)} people are short of time, {worst.name} most of all: {hours}"


def _when(person: PersonLoad, team: TeamLoad, words: Words) -> str:
    numbers = [team.first_number + row for row, hours in enumerate(person.short) if hours >= 0.5]
    if not numbers:
        return f"over {how_many(len(team.weeks), 'week')}"
    if len(numbers) > 3:
        return f"in {how_many(len(numbers), 'week')}"
    return f"in {'week' if len(numbers) == 1 else 'weeks'} {words.join([str(number) for number in numbers])}"


def _alt(team: TeamLoad, words: Words) -> str:
    people = [f"{person.name} needs {words.count(sum(person.needed))} of {words.count(sum(person.there))} hours" for person in team.people]
    return f"Bars of hours by week and person. {'; '.join(people) or 'Nobody is planned'}. {finding_of(team, words)}."


def _table(team: TeamLoad, words: Words) -> TableView:
    header = ("Person", *(f"{team.first_number + row} ({short_day(week, words)})" for row, week in enumerate(team.weeks)))
    rows = [
        (person.name, *(f"{words.count(needed)} of {words.count(there)}" for needed, there in zip(person.needed, person.there, strict=True)))
        for person in team.people
    ]
    return TableView(header, tuple(rows))


def _picture(team: TeamLoad, words: Words, width: int, *, most_label: int, stops: int) -> Spec:
    names = [wrapped(person.name, most_label) for person in team.people]
    left = int(max(text_width(line, strong=True) for name in names for line in name)) + 12
    sheet = Sheet(width, ROW * len(names) + 30, left=left, right=2, top=4, bottom=26)
    every = -(-len(team.weeks) // stops)
    ticks = tuple(range(0, len(team.weeks), every))
    x = Scale(-0.5, len(team.weeks) - 0.5, tuple(float(tick) for tick in ticks), tuple(str(team.first_number + tick) for tick in ticks))
    y = Scale(float(len(names)), 0.0)
    layers = [*_bars(team), *_ground(team)]
    for row, name in enumerate(names):
        layers.append(on.words_at(x.low, row + 0.62, name, theme.INK, align="right", dx=-10, dy=-8 * (len(name) - 1)))
    return on.draw(sheet, x, y, [*layers, *_shortfalls(team, words, is_narrow=width <= on.NARROW)])


def _hour(team: TeamLoad) -> float:
    """The height of an hour, in rows: one measure for everyone."""
    most = max((hours for person in team.people for hours in (*person.needed, *person.there)), default=0.0)
    return _TALL / most if most > 0 else 0.0


def _bars(team: TeamLoad) -> list[Layer]:
    hour = _hour(team)
    within, beyond, there = [], [], []
    for row, person in enumerate(team.people):
        for week, (needed, has) in enumerate(zip(person.needed, person.there, strict=True)):
            x, x2 = week - _HALF, week + _HALF
            base, limit, top = row + 1.0, row + 1.0 - has * hour, row + 1.0 - needed * hour
            if needed > 0 and has > 0:
                within.append({"x": x, "x2": x2, "y": base, "y2": max(limit, top)})
            if needed > has:
                beyond.append({"x": x, "x2": x2, "y": limit, "y2": top})
            there.append((x, limit, x2, limit))
    return [
        *([on.boxes(within, theme.ACCENT)] if within else []),
        *([on.boxes(beyond, theme.BAD)] if beyond else []),
        on.segments(there, theme.LINE_STRONG, width=1.25),
    ]


def _ground(team: TeamLoad) -> list[Layer]:
    return [on.segments([(-0.5, row + 1.0, len(team.weeks) - 0.5, row + 1.0) for row in range(len(team.people))], theme.LINE)]


def _shortfalls(team: TeamLoad, words: Words, *, is_narrow: bool) -> list[Layer]:
    """ "+14" on the weeks with too much work; where there is little room, on each person's worst week alone."""
    hour, layers = _hour(team), []
    for row, person in enumerate(team.people):
        worst = max(person.short, default=0.0)
        for week, hours in enumerate(person.short):
            if hours < 0.5 or (is_narrow and hours < worst):
                continue
            top = row + 1.0 - person.needed[week] * hour
            layers.append(on.words_at(float(week), top, f"+{words.count(hours)}", theme.BAD, align="center", dy=-7, strong=True, size=11))
    return layers
