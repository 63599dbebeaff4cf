"""What to know before judging a period's figures."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.facts.tracking_audit import TrackingFault
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.results.look_at_results import Results
from quarterdeck.report.charts.labels import name_of
from quarterdeck.report.say_results import say_lost_days, weeks_in_words

STILL_MOVES_DAYS = 2


@dataclass(frozen=True)
class Caveat:
    """Something to know before judging, with where to go."""

    icon: str
    look: str
    text: str
    link: str | None = None
    link_text: str = ""


def caveats_of(desk: Desk, results: Results) -> tuple[Caveat, ...]:
    """What tracking lost, weeks that are not known whole, and figures that still move."""
    found = []
    health = f"/w/{desk.slug}/results/tracking/"
    if lost := _lost(desk, results):
        found.append(Caveat("triangle-alert", "warn", lost, health, "What was lost, and what to do"))
    if gaps := _weeks_with_gaps(results):
        has, are = ("has", "is") if gaps == 1 else ("have", "are")
        text = f"{weeks_in_words(gaps).capitalize()} that {has} begun {are} not known whole, and {are} not counted here."
        found.append(Caveat("circle-question-mark", "", text, health, "See which days are missing"))
    if results.last_fact is not None and 0 <= (desk.day - results.last_fact).days <= STILL_MOVES_DAYS and not desk.is_rehearsal:
        found.append(Caveat("hourglass", "", "Figures of the last 48 hours still move: ad accounts and analytics correct them afterwards."))
    return tuple(found)


def _weeks_with_gaps(results: Results) -> int:
    """Weeks that have begun, as far as facts reach, and are not known whole."""
    if results.last_fact is None or not results.chosen.counted.known:
        return 0
    begun = sum(week <= results.last_fact for week in results.period.weeks)
    return max(0, begun - len(results.chosen.counted.known))


def _lost(desk: Desk, results: Results) -> str:
    """Which figures of the period tracking lost days of; empty when none. What the first sentences say already is not said again."""
    affected = [each for each in results.figures if each.faults and each.rows]
    if not affected:
        return ""
    chosen = results.chosen if results.chosen in affected else affected[0]
    last = chosen.faults[-1]
    others = [each for each in affected if each is not chosen]
    alike = [name_of(each.metric).lower() for each in others if _is_alike(each.faults[-1], last)]
    unlike = [each for each in others if not _is_alike(each.faults[-1], last)]
    said = (
        [] if chosen is results.chosen else [say_lost_days([name_of(chosen.metric)], last, desk.words, today=desk.day, known_until=results.last_fact)]
    )
    if alike:
        said.append(f"The same days are missing in {desk.words.join(alike)}{'' if said else ', too'}.")
    elif not said:
        said.append("Tracking lost days of this figure: what it shows is too low.")
    return " ".join(
        [
            *said,
            *(
                say_lost_days([name_of(each.metric)], each.faults[-1], desk.words, today=desk.day, known_until=results.last_fact)
                for each in unlike[:2]
            ),
        ]
    )


def _is_alike(one: TrackingFault, other: TrackingFault) -> bool:
    return one.kind != "not_over" and other.kind != "not_over" and one.first_day <= other.last_day and other.first_day <= one.last_day
