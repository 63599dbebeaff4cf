"""The first sentence of a review, and what can and cannot be changed about each cause: ready words for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quarterdeck.report.charts.waterfall import Step, Waterfall, waterfall_of
from quarterdeck.report.words import Words, how_many
from quarterdeck.review.record import CauseFound, ChannelVerdict, Review

SAME = 0.005
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
_SHARES = ((1.1, "more than all of it"), (0.9, "all of it"), (0.66, "most of it"), (0.5, "more than half of it"), (0.0, "the largest part of it"))


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence with the one figure that matters in it; `look` is bad or nothing."""

    before: str
    figure: str
    after: str
    look: Literal["bad", ""]


@dataclass(frozen=True, slots=True)
class Way:
    """One line of what can and cannot be changed: `code` names the cause, or its kind, or nothing."""

    subject: str
    text: str
    code: str | None


def number_word(number: int) -> str:
    """`four`, `13` from fourteen on."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def say_headline(review: Review, words: Words) -> Headline:
    """ "After four weeks you are 423 new customers behind plan, and orders that were not counted explain most of it." """
    weeks = len(review.weeks)
    before = f"After {number_word(weeks)} {'week' if weeks == 1 else 'weeks'} you are "
    if abs(review.gap) < SAME * abs(review.planned) or round(abs(review.gap)) == 0:
        return Headline(before, "where the plan said", f": {words.with_unit(review.counted, review.metric)} were counted.", "")
    fall = waterfall_of(review, words, links=_codes(review))
    side = "ahead of plan" if review.gap > 0 else "behind plan"
    return Headline(
        before,
        words.with_unit(abs(fall.counted - fall.planned), review.metric),
        f" {side}, and {_explained(review, fall, words)}.",
        "" if review.gap > 0 else "bad",
    )


def say_beside(review: Review, words: Words) -> tuple[str, ...]:
    """The figures of the headline, what worked against it, and whether the forecast knew."""
    counted, planned = words.amount(review.counted, review.metric), words.amount(review.planned, review.metric)
    sentences = [f"{counted} instead of {planned}."]
    other = _against(review, words)
    if other:
        sentences.append(other)
    inside = review.as_spent.low <= review.counted <= review.as_spent.high
    span = words.span(review.as_spent, review.metric)
    if inside:
        sentences.append(f"Knowing what was really spent and how the weeks really came, the forecast says {span}, and that is what was counted.")
    else:
        sentences.append(f"Even knowing what was really spent and how the weeks really came, the forecast would have said {span}.")
    return tuple(sentences)


def say_verdicts(verdicts: tuple[ChannelVerdict, ...], words: Words) -> str:
    """ "Keep Search, stop Radio; it is too early to judge the other six"."""
    by = {verdict: [words.name(each.channel) for each in verdicts if each.verdict == verdict] for verdict in ("keep", "stop", "change")}
    early = sum(each.verdict == "too_early" for each in verdicts)
    said = ", ".join(f"{verdict} {words.join(names)}" for verdict, names in by.items() if names)
    if not verdicts:
        return "No channel was judged"
    if not said:
        return "It is too early to judge any channel" if len(verdicts) > 1 else f"It is too early to judge {words.name(verdicts[0].channel)}"
    rest = f"; it is too early to judge the other {number_word(early)}" if early > 1 else "; it is too early to judge the other one" if early else ""
    return f"{said[0].upper()}{said[1:]}{rest}"


def say_ways(review: Review, words: Words) -> tuple[Way, ...]:
    """Each step of the waterfall with what can be done about it, in the waterfall's order."""
    fall = waterfall_of(review, words, links=_codes(review))
    causes = {cause.code: cause for cause in review.causes}
    return tuple(_way(step, causes, review, words) for step in fall.steps)


def _codes(review: Review) -> dict[str, str]:
    """Links that are the codes themselves, so that a step says which cause it is."""
    return {cause.code: cause.code for cause in review.causes} | {
        "spend": "spend",
        "context": "context",
        "exposure": "exposure",
        "rest": "",
        "chance": "chance",
    }


def _explained(review: Review, fall: Waterfall, words: Words) -> str:
    gap = fall.counted - fall.planned
    same_side = [step for step in fall.steps if step.is_named and step.is_material and step.amount * gap > 0]
    if not same_side:
        return "no single cause is large enough to be more than noise"
    main = max(same_side, key=lambda step: abs(step.amount))
    share = main.amount / gap
    subject, is_many = _subject(main, words)
    return f"{subject} {'explain' if is_many else 'explains'} {next(text for floor, text in _SHARES if share >= floor)}"


def _subject(step: Step, words: Words) -> tuple[str, bool]:
    """What a cause is called within a sentence, and whether the word is a plural."""
    kind, _, ref = (step.link or "").partition(":")
    name = words.name(ref)
    better = "better" if step.amount > 0 else "worse"
    fixed = {
        "tracking": ("orders that were not counted", True),
        "demand": ("demand that nothing else shows", False),
        "late": (f"late work on {name}", False),
        "context": (f"{name} other than assumed", False) if ref else ("season and context", True),
        "spend": (f"{'more' if step.amount > 0 else 'less'} money on {name}", False) if ref else ("money spent otherwise", False),
        "exposure": (f"{'more' if step.amount > 0 else 'less'} sent by {name}", False) if ref else ("unpaid messages", True),
        "effect": (f"{name}, which worked {better},", name.endswith("s") and not name.endswith("ss")),
    }
    return fixed.get(kind, (step.subject, False))


def _against(review: Review, words: Words) -> str | None:
    """The largest step on the other side of the gap."""
    fall = waterfall_of(review, words, links=_codes(review))
    gap = fall.counted - fall.planned
    other = [step for step in fall.steps if step.is_named and step.is_material and step.amount * gap < 0]
    if not other:
        return None
    best = max(other, key=lambda step: abs(step.amount))
    subject, is_many = _subject(best, words)
    amount = words.amount(abs(best.amount), review.metric)
    said = subject[0].upper() + subject[1:]
    return f"{said} {'won' if best.amount > 0 else 'cost'} {amount}{' back' if best.amount > 0 else ''}."


def _way(step: Step, causes: dict[str, CauseFound], review: Review, words: Words) -> Way:
    amount = words.amount(abs(step.amount), review.metric)
    lost = step.amount < 0
    kind, _, ref = (step.link or "").partition(":")
    name, cause = words.name(ref), causes.get(step.link or "")
    did = f"{'cost' if lost else 'brought'} {amount}"
    sure = "" if step.is_material else " That is within what chance can do, so nothing follows from it."
    if kind == "tracking":
        return Way("Orders that were not counted", f"took {amount} off the count. They happened, and no figure shows them.", step.link)
    if kind == "effect" and cause is not None:
        verb = "less" if lost else "more"
        return Way(
            name, f"brought {amount} {verb} than its curve says for the money that was spent ({_doubt(cause, review, words)}).{sure}", step.link
        )
    if kind == "late":
        return Way(f"Late work on {name}", f"{did}: the money waits for it and can still be spent.", step.link)
    if kind == "spend":
        subject = f"{'Less' if lost else 'More'} money on {name}" if ref else "Money spent otherwise than planned"
        return Way(subject, f"{did}. It is yours to change, week by week.", step.link)
    if kind == "context":
        return _context_way(step, did, review, words)
    if kind == "exposure":
        return Way(
            f"Messages by {name}" if ref else "Unpaid messages",
            f"{'fewer' if lost else 'more'} than assumed, {did}. How many go out is yours to decide.",
            step.link,
        )
    if kind == "demand" and cause is not None:
        than = "less" if lost else "more"
        return Way("Demand", f"people bought {amount} {than} than season and context explain ({_doubt(cause, review, words)}).{sure}", step.link)
    if step.link == "chance":
        return Way("Chance", f"{'took' if lost else 'gave'} {amount}: nothing that you could have done otherwise explains it.", step.link)
    return Way(step.label, f"come to {words.signed(step.amount, review.metric)} together; none is large enough to judge.", None)


def _context_way(step: Step, did: str, review: Review, words: Words) -> Way:
    """Prices and promotions of one's own are context to the curves and yet one's own doing."""
    members = [cause for cause in review.causes if cause.kind == "context" and (step.link in ("context", cause.code))]
    largest = max(members, key=lambda cause: abs(cause.amount) if cause.amount * step.amount > 0 else -1.0)
    most = "" if len(members) == 1 else f", most of it {words.name(largest.subject)} ({words.signed(largest.amount, review.metric)})"
    own = [words.name(cause.subject) for cause in members if cause.subject and is_own_doing(cause.subject) and cause.is_material]
    whose = (
        f"Of these, {words.join(own)} {'is' if len(own) == 1 else 'are'} yours to decide; the rest is not your doing."
        if own
        else "It is not your doing."
    )
    subject = f"{words.name(members[0].subject).capitalize()}" if len(members) == 1 else "Season and context"
    return Way(subject, f"came otherwise than assumed and {did}{most}. {whose}", step.link)


def is_own_doing(name: str) -> bool:
    """Whether a context figure is one that a company sets itself, judged by its name."""
    return name.startswith(("own_", "promotion", "price_", "discount")) or name in ("price", "promo")


def _doubt(cause: CauseFound, review: Review, words: Words) -> str:
    if cause.low is None or cause.high is None:
        return "counted"
    return f"in 8 cases of 10 {words.signed(cause.low, review.metric)} to {words.signed(cause.high, review.metric)}"


def say_early_weeks(weeks: int) -> str:
    """Why a verdict may wait."""
    return f"{how_many(weeks, 'week')} of facts; a channel is judged from the fourth on, and only where its rule is clearly met or missed."
