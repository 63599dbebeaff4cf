"""The overview as ready strings: the finding, the course by week, and every metric against plan and last year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.update_fit import say_picture
from quarterdeck.operations.results.look_at_results import RATIOS, MetricFigures, Results
from quarterdeck.report.charts.chart import Chart
from quarterdeck.report.charts.labels import name_of, whole_percent
from quarterdeck.report.charts.sheet import WIDE
from quarterdeck.report.charts.weeks_chart import WeekByWeek, weeks_chart
from quarterdeck.report.say_results import (
    SAME,
    day_and_month,
    days_in_words,
    gap_words,
    say_counted,
    say_lost_days,
    say_missing,
    weeks_in_words,
)
from quarterdeck.report.weekly import Against, Weekly, against
from quarterdeck.report.words import Words, how_many
from quarterdeck.web.results.caveats import Caveat, caveats_of
from quarterdeck.web.results.chooser import Choice, Chooser, chooser_of, period_name
from quarterdeck.web.results.learning_shown import Learning, test_on_overview
from quarterdeck.web.results.tabs import rows_link

NOT_KNOWN, NO_PLAN = "not known", "no plan"
WHOLE_PAGE = 1110
"""Width of a chart in a card as wide as the page, px."""


@dataclass(frozen=True)
class Beside:
    """A figure beside another: the other, the gap in words, and whether that is good, bad or neither."""

    other: str
    gap: str = ""
    look: str = ""
    over: str = ""


@dataclass(frozen=True)
class MetricRow:
    """One line of the table."""

    name: str
    link: str
    is_chosen: bool
    counted: str
    over: str
    """Of how many weeks, where that is not all of them."""
    rows_link: str | None
    plan: Beside
    year: Beside
    evidence: str
    strength: int


@dataclass(frozen=True)
class Overview:
    """The whole page."""

    say: str
    more: str
    chooser: Chooser
    metrics: tuple[Choice, ...]
    chart: Chart
    rows: tuple[MetricRow, ...]
    rows_title: str
    caveats: tuple[Caveat, ...]
    rows_link: str | None
    csv_link: str
    review_link: str | None
    test: Learning | None
    picture: str | None
    """How the curves of the aim changed since last week, where they did."""


def overview_shown(desk: Desk, results: Results) -> Overview:
    """The page of `results`."""
    chosen, words = results.chosen, desk.words
    query = chooser_of(desk, results.period).query
    return Overview(
        say=_say(desk, results),
        more=_more(desk, results),
        chooser=chooser_of(desk, results.period),
        metrics=tuple(Choice(each.metric, name_of(each.metric), each is chosen) for each in results.figures),
        chart=_chart(desk, results, words),
        rows=tuple(_row(desk, results, each, query) for each in results.figures),
        rows_title=_rows_title(results),
        caveats=caveats_of(desk, results),
        rows_link=_rows_of(desk, results, chosen),
        csv_link=f"/w/{desk.slug}/results/results.csv?{query}",
        review_link=f"/w/{desk.slug}/review/" if results.has_promise and against(chosen.counted, chosen.planned) else None,
        test=test_on_overview(desk, results.learned),
        picture=_picture(desk, results),
    )


def _picture(desk: Desk, results: Results) -> str | None:
    learned = results.learned
    return say_picture(desk.context, desk.strategy, learned.metric) if desk.strategy and learned and learned.fitted else None


def _say(desk: Desk, results: Results) -> str:
    chosen, words = results.chosen, desk.words
    total = chosen.counted.total()
    if total is None:
        span = period_name(desk, results.period, desk.day)
        if results.last_fact is not None and results.last_fact < results.period.first_day:
            return f"Nothing has been counted of {span} yet: the figures end on {day_and_month(results.last_fact, words, today=desk.day)}."
        return f"No whole week of {span} is known of {name_of(chosen.metric).lower()}."
    plan, year = _both(chosen)
    return say_counted(chosen.metric, total, len(chosen.counted.known), words, plan=plan, year=year, past=_past(desk, results))


def _past(desk: Desk, results: Results) -> str | None:
    """The name of a period that is over; None for one that runs."""
    period, known = results.period, len(results.chosen.counted.known)
    if period.kind == "weeks" or period.last_day >= desk.day:
        return None
    name = period_name(desk, period, desk.day)
    return name if known == len(period.weeks) else f"{weeks_in_words(known)} of {name}"


def _more(desk: Desk, results: Results) -> str:
    chosen, words = results.chosen, desk.words
    total, (plan, year) = chosen.counted.total(), _both(results.chosen)
    if total is None:
        if desk.is_rehearsal and results.period.last_day >= desk.day:
            return "A week counts when it is over: let one pass, or choose another period."
        return "Choose another period, or bring in newer figures."
    said = []
    if chosen.faults and chosen.faults[-1].kind != "not_over" and chosen.missing > 0:
        said += [
            say_lost_days([name_of(chosen.metric)], chosen.faults[-1], words, today=desk.day, known_until=results.last_fact),
            say_missing(chosen.metric, total, chosen.missing, plan, words),
        ]
    elif chosen.faults:
        said.append(say_lost_days([name_of(chosen.metric)], chosen.faults[-1], words, today=desk.day, known_until=results.last_fact))
    if plan is None:
        said.append("No approved plan speaks of these weeks." if not results.has_promise else "The plan does not forecast it.")
    if year is None:
        said.append("What it was a year before is not known.")
    first, last = counted_days(results, chosen)
    return " ".join(said) or f"Counted in whole weeks, {days_in_words(first, last, words, today=desk.day)}."


def _both(figures: MetricFigures) -> tuple[Against | None, Against | None]:
    return against(figures.counted, figures.planned), against(figures.counted, figures.last_year)


def _chart(desk: Desk, results: Results, words: Words) -> Chart:
    chosen = results.chosen
    shown = WeekByWeek(
        metric=chosen.metric,
        weeks=results.period.weeks,
        counted=chosen.counted.values,
        planned=chosen.planned.values if chosen.planned.known else (),
        last_year=chosen.last_year.values if chosen.last_year.known else (),
        name="weeks",
        evidence=_rests_on(desk, chosen),
        strength=1 if chosen.faults else 3,
    )
    return weeks_chart(shown, words, width=WHOLE_PAGE if not caveats_of(desk, results) else WIDE)


def _rests_on(desk: Desk, chosen: MetricFigures) -> str:
    if not chosen.counted.known:
        return "Nothing counted yet"
    if chosen.faults:
        fault = chosen.faults[-1]
        return f"Counted, but for {days_in_words(fault.first_day, fault.last_day, desk.words, today=desk.day)}"
    return "Counted in whole weeks"


def _row(desk: Desk, results: Results, figures: MetricFigures, query: str) -> MetricRow:
    words, metric, total = desk.words, figures.metric, figures.counted.total()
    weeks = len(figures.counted.known)
    plan, year = _both(figures)
    return MetricRow(
        name=name_of(metric),
        link=f"/w/{desk.slug}/results/?{query}&{urlencode({'metric': metric})}",
        is_chosen=figures is results.chosen,
        counted=NOT_KNOWN if total is None else words.amount(total, metric),
        over="" if weeks in (0, len(results.chosen.counted.known)) else weeks_in_words(weeks),
        rows_link=_rows_of(desk, results, figures),
        plan=_beside(figures, plan, figures.planned, words),
        year=_beside(figures, year, figures.last_year, words),
        evidence=_evidence(figures),
        strength=1 if figures.faults or total is None else 3,
    )


def _beside(figures: MetricFigures, found: Against | None, beside: Weekly, words: Words) -> Beside:
    metric, weeks = figures.metric, len(figures.counted.known)
    if found is None:
        whole = beside.total()
        empty = NO_PLAN if beside is figures.planned else NOT_KNOWN
        return Beside(empty) if whole is None or weeks else Beside(words.amount(whole, metric), over=f"in {weeks_in_words(len(beside.known))}")
    over = "" if found.weeks == weeks else f"over {weeks_in_words(found.weeks)}"
    other = words.amount(found.other, metric)
    if abs(found.gap) < SAME * abs(found.other) or found.share is None:
        return Beside(other, "the same" if found.share is not None else gap_words(found.gap, metric, words), "", over)
    known = METRICS.get(metric)
    sign = "+" if found.gap > 0 else "\N{MINUS SIGN}"
    is_plain = known is None or metric == "spend"  # more or less money gone is neither good nor bad by itself
    is_good = known is not None and (found.gap > 0) == (known.direction == "increase")
    return Beside(other, f"{sign}{whole_percent(found.share)}", "" if is_plain else "good" if is_good else "bad", over)


def _evidence(figures: MetricFigures) -> str:
    if figures.metric in RATIOS and figures.rows == 0:
        top, bottom = RATIOS[figures.metric]
        return f"{name_of(top)} ÷ {name_of(bottom).lower()}"
    if figures.rows == 0:
        return "no rows"
    said = how_many(figures.rows, "row")
    return f"{said}, days lost" if figures.faults else said


def _rows_of(desk: Desk, results: Results, figures: MetricFigures) -> str | None:
    """The rows of the weeks that were counted."""
    if figures.rows == 0:
        return None
    first, last = counted_days(results, figures)
    if figures.metric == "spend":
        return rows_link(desk, "spend", first=first, last=last)
    return rows_link(desk, "outcomes", metric=figures.metric, first=first, last=last)


def counted_days(results: Results, figures: MetricFigures) -> tuple[date, date]:
    """From the first Monday to the last Sunday of the weeks that were counted."""
    places = sorted(figures.counted.known)
    return results.period.weeks[places[0]], results.period.weeks[places[-1]] + timedelta(days=6)


def _rows_title(results: Results) -> str:
    """What the table says in a sentence."""
    plans = [(each, found) for each in results.figures if each.metric != "spend" and (found := against(each.counted, each.planned))]
    years = [(each, found) for each in results.figures if each.metric != "spend" and (found := against(each.counted, each.last_year))]
    compared, beside = (plans, "planned") if plans else (years, "a year before")
    if not compared:
        return "Every figure that is counted"
    worse = sum(_is_worse(each.metric, found) for each, found in compared)
    if worse == 0:
        return f"No figure is worse than {beside}"
    return f"Of {how_many(len(compared), 'figure')} that can be compared, {worse} {'is' if worse == 1 else 'are'} worse than {beside}"


def _is_worse(metric: str, found: Against) -> bool:
    share = found.share or 0.0
    return share < -SAME if metric not in METRICS or METRICS[metric].direction == "increase" else share > SAME
