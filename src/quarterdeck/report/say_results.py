"""Results in sentences: what was counted in a period, beside the plan and the year before, and what tracking lost of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quarterdeck.facts.tracking_audit import FEWEST_DAYS_BACK, TrackingFault
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.charts.labels import agree, name_of, whole_percent
from quarterdeck.report.weekly import Against
from quarterdeck.report.words import Words

SAME = 0.005
"""A gap smaller than this share is none."""
_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def spelled(number: int) -> str:
    """`four`, `13`."""
    return _SPELLED[number] if 0 <= number < len(_SPELLED) else str(number)


def weeks_in_words(number: int) -> str:
    """`four weeks`, `one week`."""
    return f"{spelled(number)} {'week' if number == 1 else 'weeks'}"


def say_counted(metric: str, total: float, weeks: int, words: Words, *, plan: Against | None, year: Against | None, past: str | None = None) -> str:
    """ "New customers are 891 in four weeks: 423 fewer than planned, 18 % fewer than a year ago." `past` names a period that is over: "Q4 2026"."""
    parts = [part for part in (_beside_plan(metric, plan, weeks, words), _beside_year(metric, year, weeks, words)) if part]
    known = METRICS.get(metric)
    span = "in" if known is None or known.adds_up else "over"
    verb = agree(metric, "were", "was") if past else agree(metric, "are", "is")
    head = f"{name_of(metric)} {verb} {words.amount(total, metric)} {span} {past or weeks_in_words(weeks)}"
    return f"{head}: {', '.join(parts)}." if parts else f"{head}."


def say_missing(metric: str, total: float, missing: float, plan: Against | None, words: Words) -> str:
    """What it would be with the days that tracking lost: "About 388 more happened and were not counted; with them it would be about 1,280, 35 fewer
    than planned." """
    about = words.amount(missing, metric, about=True)
    whole = total + missing
    said = f"About {about} more {'happened and were' if _is_count(metric) else 'came in and was'} not counted; with {'them' if _is_count(metric) else 'it'}"
    said += f" it would be about {words.amount(whole, metric, about=True)}"
    if plan is None or plan.other <= 0:
        return f"{said}."
    gap = plan.counted + missing - plan.other
    if abs(gap) < SAME * plan.other:
        return f"{said}, as planned."
    return f"{said}, {words.amount(abs(gap), metric, about=True)} {_less(metric, gap)} than planned."


def say_lost_days(metric_names: Sequence[str], fault: TrackingFault, words: Words, *, today: date, known_until: date | None) -> str:
    """ "Between 18 and 25 January only 9 % of the usual orders were counted; since then it works." `known_until` is the last day that has figures."""
    names = words.join([name.lower() for name in metric_names])
    are = "were" if len(metric_names) > 1 or metric_names[0].endswith("s") else "was"
    share = whole_percent(fault.recorded_share)
    when = between_days(fault.first_day, fault.last_day, words, today=today)
    if fault.kind == "not_over":
        if known_until is not None and known_until > fault.last_day:
            return f"{when} only {share} of the usual {names} {are} counted; {_since(fault, known_until)}."
        return (
            f"Since {day_and_month(fault.first_day, words, today=today)} only {share} of the usual {names} {are} counted, and it has not come back."
        )
    if fault.kind == "nothing_recorded":
        return f"{when} no {names} {are} counted; since then it works."
    return f"{when} only {share} of the usual {names} {are} counted; since then it works."


def _since(fault: TrackingFault, known_until: date) -> str:
    if (known_until - fault.last_day).days < FEWEST_DAYS_BACK:
        return "whether that was a fault cannot be told yet"
    return "since then it has come back in part, so a fault and a real fall cannot be told apart"


def between_days(first: date, last: date, words: Words, *, today: date) -> str:
    """`Between 18 and 25 January`, `On 18 January`; with the year where it is not that of today."""
    if first == last:
        return f"On {day_and_month(first, words, today=today)}"
    end = day_and_month(last, words, today=today)
    is_short = (first.year, first.month) == (last.year, last.month) and end.startswith(str(last.day))
    return f"Between {first.day if is_short else day_and_month(first, words, today=today)} and {end}"


def days_in_words(first: date, last: date, words: Words, *, today: date) -> str:
    """`18 to 25 January`, `18 January`."""
    if first == last:
        return day_and_month(first, words, today=today)
    end = day_and_month(last, words, today=today)
    is_short = (first.year, first.month) == (last.year, last.month) and end.startswith(str(last.day))
    return f"{first.day if is_short else day_and_month(first, words, today=today)} to {end}"


def day_and_month(day: date, words: Words, *, today: date) -> str:
    """`18 January`, or `18 January 2026` where the year is another than today's."""
    from babel.dates import format_skeleton

    text: str = words.day(day) if day.year != today.year else format_skeleton("MMMMd", day, locale=words.locale)
    return text


def gap_words(gap: float, metric: str, words: Words) -> str:
    """`423 fewer`, `£2,000 more`, `£3 higher`."""
    return f"{words.amount(abs(gap), metric)} {_less(metric, gap)}"


def share_words(share: float, metric: str) -> str:
    """`18 % fewer`."""
    return f"{whole_percent(share)} {_less(metric, share)}"


def _beside_plan(metric: str, plan: Against | None, weeks: int, words: Words) -> str:
    if plan is None:
        return ""
    over = "" if plan.weeks == weeks else f" over the {weeks_in_words(plan.weeks)} that {'has' if plan.weeks == 1 else 'have'} a plan"
    if abs(plan.gap) < SAME * abs(plan.other):
        return f"as planned{over}"
    return f"{gap_words(plan.gap, metric, words)} than planned{over}"


def _beside_year(metric: str, year: Against | None, weeks: int, words: Words) -> str:
    if year is None:
        return ""
    over = "" if year.weeks == weeks else f" over the {weeks_in_words(year.weeks)} that are known of both"
    if abs(year.gap) < SAME * abs(year.other):
        return f"as many as a year ago{over}" if _is_count(metric) else f"as a year ago{over}"
    share = share_words(year.share, metric) if year.share is not None else gap_words(year.gap, metric, words)
    return f"{share} than a year ago{over}"


def _less(metric: str, gap: float) -> str:
    known = METRICS.get(metric)
    if known is not None and not known.adds_up:
        return "higher" if gap > 0 else "lower"
    if _is_count(metric):
        return "more" if gap > 0 else "fewer"
    return "more" if gap > 0 else "less"


def _is_count(metric: str) -> bool:
    known = METRICS.get(metric)
    return known is None or known.unit == "count"
