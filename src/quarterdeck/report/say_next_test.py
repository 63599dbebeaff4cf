"""The one test that would teach most, in sentences: what to do, what it costs, what it would teach."""

from __future__ import annotations

from datetime import date, timedelta

from quarterdeck.report.charts.labels import is_money, whole_money, whole_percent
from quarterdeck.report.say_results import days_in_words, weeks_in_words
from quarterdeck.report.words import Words
from quarterdeck.response.learning.next_test import NextTest

_A_HALF = (0.4, 0.6)
_NOTHING = 0.5


def say_what_to_do(test: NextTest, name: str, other: str, words: Words, *, today: date) -> str:
    """`Switch newspaper inserts off for four weeks, 8 February to 7 March`; names as within a sentence."""
    design = test.design
    when = days_in_words(test.starts, test.starts + timedelta(weeks=design.weeks, days=-1), words, today=today)
    span = f"{weeks_in_words(design.weeks)}, {when}"
    return {
        "off": f"Switch {name} off for {span}",
        "half": f"Halve the money of {name} for {span}",
        "double": f"Double the money of {name} for {span}",
        "on_off": f"Switch {name} off every other week for {span}",
        "apart": f"Give the money of {name} to {other} for {span}",
    }[design.kind]


def say_what_it_teaches(test: NextTest, name: str) -> str:
    """How much less of the answer about the channel would be belief."""
    kept = test.doubt_after / test.doubt_before if test.doubt_before > 0 else 1.0
    much = "halves the doubt" if _A_HALF[0] <= kept <= _A_HALF[1] else f"takes away {whole_percent(max(0.0, 1 - kept))} of the doubt"
    waiting = " As many weeks as usual would teach next to nothing." if test.doubt_anyway > 0.9 * test.doubt_before else ""
    before, after = whole_percent(test.doubt_before), whole_percent(test.doubt_after)
    return f"It {much} about {name}: {before} of the answer is belief now, about {after} would be after it.{waiting}"


def say_what_it_costs(test: NextTest, metric: str, value: float | None, words: Words) -> str:
    """What is lost or won by the test itself, the money that it saves told beside it; never called a cost when it earns."""
    lost = words.with_unit(abs(test.loses), metric, about=True)
    saved = whole_money(_round(abs(test.saves)), words)
    if abs(test.loses) < _NOTHING and abs(test.saves) < _NOTHING:
        return "It costs next to nothing."
    effect = (
        f"about {lost} {'fewer' if test.loses > 0 else 'more'}" if not is_money(metric) else f"about {lost} {'less' if test.loses > 0 else 'more'}"
    )
    money = "" if abs(test.saves) < _NOTHING else f", and {saved} {'less' if test.saves > 0 else 'more'} spent"
    told = f"Expected: {effect}{money}."
    if value is None:
        return told
    net = whole_money(_round(abs(test.costs)), words)
    balance = f"On balance it costs about {net}" if test.costs > 0 else f"On balance it even saves about {net}"
    return f"{told} {balance}{_worth(test, words)}."


def _worth(test: NextTest, words: Words) -> str:
    worth = _round(test.worth)
    if test.is_worth_it and worth >= 1:
        return f"; what it teaches is worth about {whole_money(worth, words)} in the quarter after it"
    if test.is_worth_it:
        return ""
    if worth < 1:
        return ", more than knowing is worth in one quarter: do it for the years after, or not at all"
    return f", more than the {whole_money(worth, words)} that knowing is worth in one quarter: do it for the years after, or not at all"


def _round(amount: float) -> float:
    """Two digits that can be meant."""
    if amount < 10:
        return round(amount)
    size = 10 ** (len(str(int(amount))) - 2)
    return float(round(amount / size) * size)
