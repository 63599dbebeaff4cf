"""What to do about what the audit found."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.facts.tracking_audit import FEWEST_DAYS_BACK
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.read_series import say_unknown_channels
from quarterdeck.operations.results.look_at_tracking import Reach, Tracking
from quarterdeck.report.charts.labels import name_of
from quarterdeck.report.say_results import days_in_words, spelled
from quarterdeck.report.words import how_many


@dataclass(frozen=True)
class ToDo:
    """What to do, in order; `link` may be None."""

    title: str
    text: str
    link: str | None = None
    link_text: str = ""


def todos_of(desk: Desk, found: Tracking) -> list[ToDo]:
    """What is open first, then what can be mended, then what is missing."""
    imports = f"/w/{desk.slug}/settings/imports/"
    todos = []
    over = [each for each in found.recent if each.fault.kind != "not_over"]
    open_ones = [each for each in found.recent if each.fault.kind == "not_over"]
    if open_ones:
        names = desk.words.join([name_of(each.metric).lower() for each in open_ones])
        text = "Place one test order and one test sign-up, and look whether both arrive in your figures. Until then do not judge these days."
        if any(found.known_until is not None and (found.known_until - each.fault.last_day).days < FEWEST_DAYS_BACK for each in open_ones):
            text += " Three more days of figures will tell."
        todos.append(ToDo(f"Find out whether {names} still {'go' if names.endswith('s') else 'goes'} uncounted", text))
    if over:
        span = days_in_words(min(each.fault.first_day for each in over), max(each.fault.last_day for each in over), desk.words, today=desk.day)
        text = f"Your shop's own order list knows what the tag missed. Import it for {span}: the later import counts, and what it replaces is kept."
        todos.append(ToDo("Bring in what was missed", text, imports, "Import outcomes"))
        text = "Find out what broke the counting (a new page, a consent banner, a removed tag), and test it once a month."
        todos.append(ToDo("Keep it from happening again", text, f"/w/{desk.slug}/review/", "See what the review proposes"))
    todos += _todos_about_reach(desk, found, imports)
    if found.unknown_channels:
        text = " ".join(say_unknown_channels(found.unknown_channels)).removeprefix("Warning: ")
        todos.append(ToDo("Give every channel its place", text[:1].upper() + text[1:], f"/w/{desk.slug}/strategy/", "Open the strategy"))
    if found.silent_channels:
        names = desk.words.join([desk.words.name(channel) for channel in found.silent_channels])
        text = f"No spend was ever brought in for {names}. Not known is not 0: their curve and budget rest on nothing until you do."
        todos.append(ToDo("Bring in spend that is missing", text, imports, "Import spend"))
    return todos


def _todos_about_reach(desk: Desk, found: Tracking, imports: str) -> list[ToDo]:
    todos = []
    late = [reach for reach in found.reaches if reach.days_short > 0]
    if late:
        worst = max(late, key=lambda reach: reach.days_short)
        text = f"{name_of_reach(worst)} ends {how_many(worst.days_short, 'day')} before yesterday." + (
            f" So {'does' if len(late) == 2 else 'do'} {spelled(len(late) - 1)} other{'s' if len(late) > 2 else ''}, in part."
            if len(late) > 1
            else ""
        )
        todos.append(ToDo("Bring in the newest days", text, imports, "Import figures"))
    gaps = [reach for reach in found.reaches if reach.gaps]
    if gaps:
        text = f"{desk.words.join([name_of_reach(reach) for reach in gaps])}: days without a row are not known, and a week with one is not counted."
        todos.append(ToDo("Fill the gaps", text, imports, "Import figures"))
    return todos


def name_of_reach(each: Reach) -> str:
    """The metric's name, or Spend."""
    return name_of(each.name) if each.name else "Spend"
