"""The page of a cause in words: how large, how it was computed, week by week, and the rows that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.look_at_cause import CauseLook, CauseWeek, FactRow
from quarterdeck.report.charts.labels import short_day
from quarterdeck.report.charts.waterfall import add_up
from quarterdeck.report.say_review import say_cause
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import CauseFound, Review
from quarterdeck.web.review.says_how import ACTUAL, HOW, PLANNED, STRENGTH, WITHOUT_RANGE, metric_words

MOST_ROWS = 400
_COLUMNS = {"cost": "Spent", "impressions": "Shown or sent", "clicks": "Clicks", "value": "Value", "counted": "Counted"}
_GROUPS = {
    "spend": "Money spent otherwise",
    "context": "Season and context",
    "exposure": "Unpaid messages",
    "late": "Late work",
    "effect": "Channels",
}


@dataclass(frozen=True)
class ShownCauseWeek:
    """One week; `planned` and `actual` empty where several inputs were swapped."""

    day: str
    planned: str
    actual: str
    effect: str
    look: str


@dataclass(frozen=True)
class ShownRow:
    """A row of facts; `is_lost` on a day that was not measured."""

    cells: tuple[str, ...]
    is_lost: bool


@dataclass(frozen=True)
class ShownMember:
    """One cause of a kind, or of all."""

    name: str
    href: str
    amount: str
    doubt: str
    matters: str


@dataclass(frozen=True)
class ShownCause:
    """Everything that the page says."""

    title: str
    figure: str
    after: str
    look: str
    doubt: str
    how: str
    evidence: str
    strength: int
    planned: str
    actual: str
    effect: str
    effect_unit: str
    has_inputs: bool
    weeks: tuple[ShownCauseWeek, ...]
    total: str
    members: tuple[ShownMember, ...]
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    rows_left: int
    lost: tuple[str, ...]
    warning: str
    csv: str
    on: tuple[str, str] | None
    """Where one reads on: address and label."""


def show_cause(look: CauseLook, desk: Desk, *, tail: str) -> ShownCause:
    """The cause in words; `tail` is what names the review in an address."""
    words, review, first = desk.words, look.review, look.members[0]
    kind = first.kind
    many = len(look.members) > 1
    amount = words.with_unit(abs(look.amount), review.metric)
    return ShownCause(
        title=_GROUPS.get(look.code, "") if many else _subject(first, words),
        figure=amount,
        after=f" {'less' if look.amount < 0 else 'more'} than planned",
        look="bad" if look.amount < 0 else "",
        doubt=_doubt(look, words),
        how=HOW[kind],
        evidence=f"{_source(kind)}, {short_day(review.weeks[0].week, words)} to {words.day(review.as_of)}",
        strength=STRENGTH[kind],
        planned=PLANNED[kind],
        actual=ACTUAL[kind],
        effect=f"Effect on {metric_words(review.metric)}",
        effect_unit=metric_words(review.metric),
        has_inputs=all(week.planned is not None for week in look.weeks),
        weeks=tuple(_week(week, look, words) for week in look.weeks),
        total=words.signed(look.amount, review.metric),
        members=show_members(look.members, review, desk, tail=tail) if many else (),
        columns=_columns(look),
        rows=tuple(ShownRow(_row(row, look, words), _is_lost(row, look)) for row in look.rows[:MOST_ROWS]),
        rows_left=max(0, len(look.rows) - MOST_ROWS),
        lost=tuple(
            f"{words.day(each.first_day)} to {words.day(each.last_day)}: {round(100 * each.recorded_share)} % of the usual was recorded, "
            f"about {words.amount(each.missing, review.metric, about=True)} are missing."
            for each in look.lost
        ),
        warning=""
        if look.is_as_reviewed
        else "Facts, strategy or work log changed since this review was made: the weeks below were computed anew and may differ from what it says.",
        csv=f"/w/{desk.slug}/review/causes/{look.code}/",
        on=_reads_on(first, desk) if not many else None,
    )


def show_members(members: tuple[CauseFound, ...], review: Review, desk: Desk, *, tail: str) -> tuple[ShownMember, ...]:
    """A line a cause, in the order given, in whole units that add up to what they make together."""
    words = desk.words
    total = round(review.counted) - round(review.planned) if len(members) == len(review.causes) else round(sum(each.amount for each in members))
    amounts = add_up([cause.amount for cause in members], total)
    return tuple(
        ShownMember(
            name=_subject(cause, words),
            href=f"/w/{desk.slug}/review/causes/{cause.code}/{tail}",
            amount=words.signed(amount, review.metric),
            doubt=_range_of(cause, review, words),
            matters="yes" if cause.is_material else "" if cause.kind == "chance" else "within chance, or too small",
        )
        for cause, amount in zip(members, amounts, strict=True)
    )


def _range_of(cause: CauseFound, review: Review, words: Words) -> str:
    if cause.low is None or cause.high is None:
        return {"tracking": "estimated from other days", "chance": "what is left"}.get(cause.kind, "inputs counted")
    return f"{words.signed(cause.low, review.metric)} to {words.signed(cause.high, review.metric)}"


def week_cells(look: CauseLook) -> list[tuple[object, ...]]:
    """The weeks as bare figures, for a file."""
    return [(week.week.isoformat(), _digits(week.planned), _digits(week.actual), _digits(week.effect)) for week in look.weeks]


def row_cells(look: CauseLook) -> tuple[list[str], list[tuple[object, ...]]]:
    """Header and rows of facts as bare figures, for a file."""
    names = list(look.rows[0].figures) if look.rows else []
    return ["day", "name", *names], [(row.day.isoformat(), row.name, *(_digits(row.figures[name]) for name in names)) for row in look.rows]


def _reads_on(cause: CauseFound, desk: Desk) -> tuple[str, str] | None:
    root = f"/w/{desk.slug}/"
    if cause.kind in ("effect", "spend"):
        return f"{root}results/channels/{cause.subject}/", f"What {desk.words.name(cause.subject)} brings"
    by_kind = {"tracking": ("results/tracking/", "Health of the tracking"), "late": ("plan/work/", "Open the work")}
    return (root + by_kind[cause.kind][0], by_kind[cause.kind][1]) if cause.kind in by_kind else None


def _subject(cause: CauseFound, words: Words) -> str:
    """`Newspaper inserts worked worse than expected`."""
    return say_cause(cause, "", words).rpartition(": ")[0]


def _doubt(look: CauseLook, words: Words) -> str:
    cause = look.members[0]
    if len(look.members) > 1:
        return f"{how_many(len(look.members), 'cause')} of this kind together."
    if cause.kind in WITHOUT_RANGE:
        return WITHOUT_RANGE[cause.kind]
    if cause.low is None or cause.high is None:
        return "Its inputs were counted, so it has no range of its own; the curve that turns them into results is an estimate."
    span = f"{words.signed(cause.low, look.review.metric)} to {words.signed(cause.high, look.review.metric)}"
    holds = "" if cause.is_material else " The range is too wide to act on it."
    return f"Estimated: in 8 cases of 10 it lies in the range {span}.{holds}"


def _source(kind: str) -> str:
    return "Your own spend and work log" if kind in ("spend", "late") else "Your own context figures" if kind == "context" else "Your own figures"


def _week(week: CauseWeek, look: CauseLook, words: Words) -> ShownCauseWeek:
    metric = look.review.metric
    return ShownCauseWeek(
        day=short_day(week.week, words),
        planned=_figure(week.planned, look, words),
        actual=_figure(week.actual, look, words),
        effect=words.signed(week.effect, metric),
        look="bad" if week.effect <= -0.5 else "good" if week.effect >= 0.5 else "",
    )


def _figure(value: float | None, look: CauseLook, words: Words) -> str:
    if value is None:
        return ""
    if look.unit == "money":
        return words.money(value)
    if look.unit == "level":
        return words.count(value, digits=1)
    return words.count(value) if look.unit == "sent" else words.amount(value, look.review.metric)


def _columns(look: CauseLook) -> tuple[str, ...]:
    return tuple(_COLUMNS[name] for name in (look.rows[0].figures if look.rows else ()))


def _row(row: FactRow, look: CauseLook, words: Words) -> tuple[str, ...]:
    channel, _, campaign = row.name.partition("/")
    name = f"{words.name(channel)}, {words.name(campaign)}" if campaign else words.name(channel).capitalize()
    return (short_day(row.day, words), name, *(_cell(key, value, look, words) for key, value in row.figures.items()))


def _is_lost(row: FactRow, look: CauseLook) -> bool:
    return any(each.first_day <= row.day <= each.last_day for each in look.lost)


def _cell(key: str, value: float | None, look: CauseLook, words: Words) -> str:
    if value is None:
        return "not told"
    if key == "cost":
        return words.money(value)
    if key == "counted":
        return words.amount(value, look.review.metric)
    return words.count(value, digits=1 if key == "value" else 0)


def _digits(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
