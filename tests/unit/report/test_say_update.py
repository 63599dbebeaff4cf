"""How the picture changed since last week, in words."""

from __future__ import annotations

from datetime import date

from quarterdeck.report.say_update import say_anew, say_update
from quarterdeck.report.words import Words
from quarterdeck.response.curves.summary import Summary
from quarterdeck.response.learning.updated import Change

WORDS = Words(names=(("search", "Search"), ("social", "Social adverts")))
WEEK = (date(2027, 3, 1),)


def change(channel: str, before: float, after: float, moved: float, spread: float = 1.0) -> Change:
    def figures(mean: float) -> Summary:
        return Summary(mean, mean, mean, mean, mean, mean)

    return Change(channel, figures(before), figures(after), moved, spread)


def test_what_moved_is_said_with_both_figures_and_how_sure_it_is():
    said = say_update([change("search", 0.017, 0.019, 0.3), change("social", 0.01, 0.01, 0.0)], "orders", WEEK, WORDS)
    assert said == (
        "Search looks a little better than last week: each £100 now brings 1.9 orders instead of 1.7; the answer is about as sure as before. "
        "New: the week of 1 March 2027. Everything else is as it was."
    )


def test_money_is_said_as_money_and_large_moves_are_not_little():
    said = say_update([change("social", 2.0, 1.0, -1.2, spread=0.7)], "revenue", WEEK, WORDS)
    assert said == (
        "Social adverts looks worse than last week: each £100 now brings £100 of revenue instead of £200; the answer is surer than before. "
        "New: the week of 1 March 2027."
    )


def test_nothing_is_said_when_nothing_moved_beyond_noise_or_the_figures_look_the_same():
    assert say_update([change("search", 0.017, 0.018, 0.1)], "orders", WEEK, WORDS) is None
    assert say_update([change("search", 0.01701, 0.01702, 0.5)], "orders", WEEK, WORDS) is None
    assert say_update([], "orders", WEEK, WORDS) is None


def test_after_the_three_largest_the_others_are_only_named():
    said = say_update([change(name, 0.01, 0.02, 1.0) for name in ("search", "social", "radio", "display", "print")], "orders", WEEK, WORDS)
    assert said is not None
    assert said.count("than last week") == 3
    assert "Display and Print moved too." in said
    assert "Everything else" not in said


def test_curves_learned_anew_are_announced_with_the_reason():
    assert say_anew("The new week was too far.", is_there=True) == (
        "The new week was too far. The curves were learned anew from all weeks, so what channels bring may move more than usual."
    )
    assert "with the next review or plan" in say_anew("Why.", is_there=False)
