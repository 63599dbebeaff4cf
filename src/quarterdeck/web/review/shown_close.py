"""The close of a quarter in words: where it stands, promises, rules with their answers, and the next plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.review.close_quarter import Close, Stand
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.report.say_plan import say_outlook
from quarterdeck.report.words import Words, how_many
from quarterdeck.web.review.shown_promises import ShownPromise, ShownRule, in_order, say_kept, say_rules_title, show_promise, show_rule

NAMES = ("What was promised and what came", "Why", "What you keep, change and learn", "The next quarter")
_STATES: dict[Stand, tuple[str, str]] = {"done": ("done", "circle-check"), "open": ("to do", "circle-dot"), "not_yet": ("not yet", "circle-dashed")}
LAST = 4


@dataclass(frozen=True)
class ShownStep:
    """One screen in the list of four."""

    number: int
    name: str
    state: str
    icon: str
    href: str
    is_here: bool
    is_done: bool


@dataclass(frozen=True)
class ShownClose:
    """Where the close stands."""

    before: str
    figure: str
    after: str
    look: str
    more: str
    steps: tuple[ShownStep, ...]
    here: int | None
    go_on: ShownStep | None
    is_over: bool
    is_reviewed: bool
    needs_facts: bool
    company: tuple[ShownPromise, ...]
    forecast: tuple[ShownPromise, ...]
    promises_title: str
    rules: tuple[ShownRule, ...]
    rules_title: str
    open_corrections: int
    next_label: str
    next_sentence: str
    next_number: int | None
    next_first_day: str


def show_close(close: Close, desk: Desk, *, here: int | None, typed: dict[int, tuple[str, str]] | None = None) -> ShownClose:
    """The close as its start page (`here` None) or one of its screens shows it; `typed`: rule -> what was typed as its answer, and why it was not kept."""
    words = desk.words
    steps = tuple(_step(number, close, desk, here) for number in range(1, LAST + 1))
    before, figure, after, look = _headline(close, desk, here)
    first = close.first_open
    next_plan = plan_of(close.next_plan) if close.next_plan else None
    return ShownClose(
        before=before,
        figure=figure,
        after=after,
        look=look,
        more=_more(close, desk, here),
        steps=steps,
        here=here,
        go_on=steps[first - 1] if first else None,
        is_over=close.is_over,
        is_reviewed=close.is_reviewed,
        needs_facts=not close.is_over and desk.day > close.quarter.last_day,
        company=tuple(show_promise(each, words) for each in close.promises if each.whose == "company"),
        forecast=tuple(show_promise(each, words) for each in close.promises if each.whose == "forecast"),
        promises_title=say_kept(close),
        rules=tuple(show_rule(each, words, (typed or {}).get(each.judged.number)) for each in in_order(close.rules)),
        rules_title=say_rules_title(close),
        open_corrections=close.open_corrections,
        next_label=close.quarter.next().label,
        next_sentence=" ".join(say_outlook(outlook, words) for outlook in next_plan.outlook[:1]) if next_plan else "",
        next_number=close.next_plan.number if close.next_plan else None,
        next_first_day=words.day(close.quarter.next().first_day),
    )


def _step(number: int, close: Close, desk: Desk, here: int | None) -> ShownStep:
    stand = close.stand(number)
    state, icon = _STATES[stand]
    return ShownStep(number, NAMES[number - 1], state, icon, f"/w/{desk.slug}/review/close/{number}/", number == here, stand == "done")


def _headline(close: Close, desk: Desk, here: int | None) -> tuple[str, str, str, str]:
    """Before the figure, the figure, after it, and its look."""
    if here == 2 and close.review is not None:
        return f"{NAMES[1]}: ", *_gap(close, desk.words)
    if here == 3:
        return _decisions(close)
    return _next_quarter(close, desk.words) if here == LAST else _standing(close, desk, here)


def _next_quarter(close: Close, words: Words) -> tuple[str, str, str, str]:
    following = close.quarter.next()
    if close.next_plan is None:
        return f"{following.label} begins on {words.day(following.first_day)}", "", ": carry the objectives over, then plan it.", ""
    if close.next_plan.approved_at is None:
        return f"The plan for {following.label} is made", "", ". It waits until somebody puts it in force.", ""
    return f"The plan for {following.label} is in force", "", ".", ""


def _standing(close: Close, desk: Desk, here: int | None) -> tuple[str, str, str, str]:
    label = close.quarter.label
    if not close.is_over:
        return _still_running(close, desk)
    if not close.is_reviewed:
        return f"{label} is over", "", ". Review all its thirteen weeks, then close it in four screens.", ""
    if close.first_open is None and here is None:
        return f"{label} is closed", "", f", and {close.quarter.next().label} is planned.", ""
    return _result(close, desk.words)


def _still_running(close: Close, desk: Desk) -> tuple[str, str, str, str]:
    words, label = desk.words, close.quarter.label
    if desk.day > close.quarter.last_day:
        return f"{label} ended on {words.day(close.quarter.last_day)}, but facts reach only to ", words.day(close.as_of), ".", ""
    left = sum(1 for week in close.quarter.weeks if week > close.as_of)
    first = date.fromordinal(close.quarter.last_day.toordinal() + 1)
    return f"{label} can be closed from {words.day(first)}: ", how_many(left, "week"), f" {'is' if left == 1 else 'are'} still to come.", ""


def _result(close: Close, words: Words) -> tuple[str, str, str, str]:
    main = next((each for each in close.promises if each.kind == "objective" and each.metric == close.plan.budget.aim), None)
    if main is None or main.fact is None or isinstance(main.promised, Range) or main.metric is None:
        return f"{close.quarter.label} is over", "", ". Four screens close it.", ""
    fact, wanted = words.with_unit(main.fact, main.metric), words.amount(main.promised, main.metric)
    return (
        f"{close.quarter.label} brought ",
        fact,
        f"; the target of {wanted} was {'reached' if main.kept else 'missed'}.",
        "" if main.kept else "bad",
    )


def _gap(close: Close, words: Words) -> tuple[str, str, str]:
    review = close.review
    assert review is not None
    figure = words.with_unit(abs(review.gap), review.metric)
    less = "fewer" if review.metric in METRICS and METRICS[review.metric].unit == "count" else "less"
    return figure, f" {'more' if review.gap >= 0 else less} than the plan said, in causes that add up.", "" if review.gap >= 0 else "bad"


def _decisions(close: Close) -> tuple[str, str, str, str]:
    waiting = [
        *([how_many(close.open_corrections, "correction")] if close.open_corrections else []),
        *([how_many(close.open_rules, "question")] if close.open_rules else []),
    ]
    if not waiting:
        return "Everything is decided", "", ": what is kept, what changes, and what was learned.", ""
    count = close.open_corrections + close.open_rules
    return "", " and ".join(waiting), f" {'waits' if count == 1 else 'wait'} for your word.", ""


def _more(close: Close, desk: Desk, here: int | None) -> str:
    if here is not None and not close.is_reviewed:
        return "This is how it stands so far; it becomes final when the whole quarter has been reviewed."
    by_screen = {
        1: "What you promised yourselves, and what the plan promised you. Counted figures are exact.",
        2: "Each cause is what the forecast says when one input is swapped from plan to fact. Choose one to see its rows.",
        3: "Judged by the rules that were fixed before the quarter began. What you write here is kept as a lesson.",
        LAST: "The targets that are proposed are a starting point, not an ambition: change them if you want more.",
    }
    if here is not None:
        return by_screen[here]
    if not close.is_over:
        return (
            "Nothing is lost by looking: below is what there is so far."
            if desk.day <= close.quarter.last_day
            else "Import what is missing, then review and close."
        )
    if not close.is_reviewed:
        return "The review is made once more over the whole quarter, with corrections for the next one."
    if close.first_open is None:
        return "You can go through the screens again at any time."
    return "You can leave at any point: what you decide is kept, and you go on where you stopped."
