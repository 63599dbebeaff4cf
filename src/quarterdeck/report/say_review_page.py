"""The first sentences of a review and of its verdicts: ready words for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quarterdeck.report.charts.waterfall import Step, Waterfall, waterfall_of
from quarterdeck.report.words import Words
from quarterdeck.review.record import ChannelVerdict, Review

SAME = 0.005
MOST_NAMED = 4
"""More channels of one verdict are counted, not named."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
_SHARES = ((1.1, "more than all of it"), (0.9, "all of it"), (0.66, "most of it"), (0.5, "more than half of it"), (0.0, "the largest part of it"))


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence with the one figure that matters in it; `look` is bad or nothing."""

    before: str
    figure: str
    after: str
    look: Literal["bad", ""]


def number_word(number: int) -> str:
    """`four`, `13` from fourteen on."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def say_headline(review: Review, words: Words) -> Headline:
    """ "After four weeks you are 423 new customers behind plan, and orders that were not counted explain most of it." """
    weeks = len(review.weeks)
    before = f"After {number_word(weeks)} {'week' if weeks == 1 else 'weeks'} you are "
    if abs(review.gap) < SAME * abs(review.planned) or round(abs(review.gap)) == 0:
        return Headline(before, "where the plan said", f": {words.with_unit(review.counted, review.metric)} were counted.", "")
    fall = waterfall_of(review, words, links=step_codes(review))
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
        sentences.append(
            f"Knowing what was really spent and recorded and how the weeks really came, the forecast says {span}; what was counted lies within it."
        )
    else:
        sentences.append(f"Even knowing what was really spent and recorded and how the weeks really came, the forecast would have said {span}.")
    return tuple(sentences)


def say_verdicts(verdicts: tuple[ChannelVerdict, ...], words: Words) -> str:
    """ "Keep Search, stop Radio; it is too early to judge the other six"."""
    by = {verdict: [words.name(each.channel) for each in verdicts if each.verdict == verdict] for verdict in ("keep", "stop", "change")}
    early = sum(each.verdict == "too_early" for each in verdicts)
    said = ", ".join(f"{verdict} {_named(names, len(verdicts), words)}" for verdict, names in by.items() if names)
    if not verdicts:
        return "No channel was judged"
    if not said:
        return "It is too early to judge any channel" if len(verdicts) > 1 else f"It is too early to judge {words.name(verdicts[0].channel)}"
    rest = f"; it is too early to judge the other {number_word(early)}" if early > 1 else "; it is too early to judge the other one" if early else ""
    return f"{said[0].upper()}{said[1:]}{rest}"


def _named(names: list[str], judged: int, words: Words) -> str:
    """The channels by name; where they are many, how many they are."""
    if len(names) <= MOST_NAMED:
        return words.join(names)
    return f"all {number_word(judged)} channels" if len(names) == judged else f"{number_word(len(names))} channels"


def step_codes(review: Review) -> dict[str, str]:
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
    fall = waterfall_of(review, words, links=step_codes(review))
    gap = fall.counted - fall.planned
    other = [step for step in fall.steps if step.is_named and step.is_material and step.amount * gap < 0]
    if not other:
        return None
    best = max(other, key=lambda step: abs(step.amount))
    subject, _ = _subject(best, words)
    amount = words.amount(abs(best.amount), review.metric)
    said = subject[0].upper() + subject[1:]
    return f"{said} {'won' if best.amount > 0 else 'cost'} {amount}{' back' if best.amount > 0 else ''}."
