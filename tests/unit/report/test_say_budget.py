"""The plan's money in words: true for every plan, aim and currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.plan.channel_money import ChannelMoney
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.quarter_plan import BudgetPlan, QuarterPlan, Range, WorkPlan
from quarterdeck.plan.reasons import ChannelCase, say_reason
from quarterdeck.plan.trial import Ask, Breach
from quarterdeck.report.say_budget import (
    Moves,
    headline_of_plan,
    headline_of_replan,
    headline_of_split,
    moves_between,
    next_header,
    say_bound,
    say_change,
    say_hold,
    say_limits,
    say_more,
    say_next,
    without_command,
)
from quarterdeck.report.say_trial import say_ask, say_breach, say_difference, say_held, say_price, say_reserve
from quarterdeck.report.words import Words

POUNDS = Words("GBP", "en_GB", (("search", "Search"), ("print", "Newspapers"), ("tv", "TV")))
YEN = Words("JPY", "ja_JP", (("search", "検索"), ("print", "新聞")))
EUROS = Words("EUR", "de_DE", (("search", "Suche"), ("print", "Zeitung")))
NO_WORK = WorkPlan(assignments=(), unassignable=(), overloads=(), weighted_lateness=0, bound=None, method="rule")
NARROW = "\N{NARROW NO-BREAK SPACE}"


def channel(name: str, planned: int, last: int | None, **changes: object) -> ChannelMoney:
    given = {"floor": Decimal(0), "cap": None, "brings": None, "next_unit": None, "why": "Kept."}
    return ChannelMoney(channel=name, planned=Decimal(planned), last_quarter=None if last is None else Decimal(last), **{**given, **changes})


def plan_of(*channels: ChannelMoney, aim: str = "new_customers", first_open: date = date(2027, 1, 4), **changes: object) -> QuarterPlan:
    budget = {
        "currency": "GBP",
        "budget": Decimal(100_000),
        "reserve": Decimal(0),
        "held_back": Decimal(0),
        "method": "best_known",
        "aim": aim,
        "value_per_unit": None,
        "lines": (),
        "channels": channels,
        "worth": 1000.0,
        "bound": 1000.4,
    }
    made_of = {"strategy": "s", "facts": "f", "curves": "c", "work_log": "w", "answers": "a", "as_of": date(2027, 1, 3), "seed": 1, "version": "1"}
    return QuarterPlan(
        company="Shop",
        quarter=date(2027, 1, 4),
        provenance=made_of,
        first_open_week=first_open,
        budget=BudgetPlan(**{**budget, **changes}),
        outlook=(),
        forecast=(),
        assumptions=(),
        work=NO_WORK,
        calendar=(),
        collisions=(),
    )


def span(low: float, expected: float, high: float) -> Range:
    return Range(low=low, expected=expected, high=high)


def test_moves_name_who_gives_and_takes_most_and_what_both_sides_share() -> None:
    before = {name: Decimal(amount) for name, amount in {"search": 100, "print": 100, "tv": 100, "mail": 50}.items()}
    after = {name: Decimal(amount) for name, amount in {"search": 190, "print": 20, "tv": 85, "mail": 52}.items()}

    assert moves_between(before, after) == Moves(92.0, ("print",), ("search",))
    assert moves_between({}, {}) == Moves(0, (), ())


SPLIT = (channel("search", 60_000, 50_000), channel("print", 40_000, 50_000))
MOVES = Moves(10_000, ("print",), ("search",))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            POUNDS,
            "With £10,000 moved from Newspapers to Search, the plan should bring 210 more new customers than last quarter’s split of the same £100,000.",
        ),
        (YEN, "With ￥10,000 moved from 新聞 to 検索, the plan should bring 210 more new customers than last quarter’s split of the same ￥100,000."),
    ],
)
def test_a_headline_says_what_moves_what_that_brings_and_for_how_much(words: Words, said: str) -> None:
    assert str(headline_of_plan(plan_of(*SPLIT), MOVES, words, gain=span(-20, 212, 400), rest=5000, open_money=Decimal(100_000))) == said


def test_a_headline_in_euros_and_for_an_aim_in_money() -> None:
    said = str(headline_of_plan(plan_of(*SPLIT, aim="revenue"), MOVES, EUROS, gain=span(0, 4180, 9000), rest=500_000, open_money=Decimal(100_000)))

    assert "4.200" in said
    assert "more revenue than last quarter’s split" in said
    assert "£" not in said


@pytest.mark.parametrize(
    ("gain", "moves", "changes", "part"),
    [
        (span(0, 3, 8), MOVES, {}, "the plan brings about as much this quarter as last quarter’s split of the same £100,000."),
        (span(-9, -4, 1), MOVES, {}, "about as much"),
        (span(5, 90, 300), Moves(300, ("print",), ("search",)), {}, "stays close to last quarter’s split"),
        (span(5, 90, 300), MOVES, {"held_back": Decimal(40_000)}, "holds back £40,000, which would bring less than it costs."),
        (None, MOVES, {"method": "as_last_quarter"}, "keeps last quarter’s split as far as your limits let it, £100,000 in all"),
        (None, MOVES, {}, "The plan moves £10,000 from Newspapers to Search, compared with last quarter’s split."),
    ],
)
def test_every_other_plan_has_a_true_headline_too(gain: Range | None, moves: Moves, changes: dict[str, object], part: str) -> None:
    said = str(headline_of_plan(plan_of(*SPLIT, **changes), moves, POUNDS, gain=gain, rest=5000, open_money=Decimal(100_000)))

    assert part in said


def test_in_the_middle_of_a_quarter_only_the_open_money_is_compared() -> None:
    plan = plan_of(*SPLIT, first_open=date(2027, 2, 1))

    said = str(headline_of_plan(plan, MOVES, POUNDS, gain=span(0, 90, 200), rest=5000, open_money=Decimal(70_000)))

    assert said.endswith("than last quarter’s split of the same £70,000 that is still open.")


@pytest.mark.parametrize(
    ("gain", "is_other", "said"),
    [
        (
            span(0, 40, 90),
            False,
            "Planning again would move £10,000 from Newspapers to Search and should bring 40 more new customers, from the £70,000 that is still open.",
        ),
        (span(-5, 4, 9), False, "The plan still stands: planning again would bring 4 more new customers from the £70,000 that is still open."),
        (span(-5, 0, 5), False, "The plan still stands: planning again would bring about as much from the £70,000 that is still open."),
        (
            span(-60, -19, 5),
            True,
            "Planning again would move £10,000 from Newspapers to Search, as your strategy now asks, and bring 19 fewer new customers.",
        ),
    ],
)
def test_a_stale_plan_says_what_planning_again_would_do(gain: Range, is_other: bool, said: str) -> None:
    found = headline_of_replan(MOVES, gain, POUNDS, open_money=Decimal(70_000), aim="new_customers", rest=3000, is_other_strategy=is_other)

    assert str(found) == said


def test_the_bound_is_rounded_up_and_never_said_to_be_nothing() -> None:
    assert f"0.1{NARROW}%" in say_bound(plan_of(*SPLIT))
    assert f"1.3{NARROW}%" in say_bound(plan_of(*SPLIT, worth=987.1, bound=1000.0))
    assert say_bound(plan_of(*SPLIT, worth=None, bound=None)) == ""


@pytest.mark.parametrize(
    ("next_unit", "metric", "words", "said"),
    [
        (1 / 250, "new_customers", POUNDS, "£250"),
        (1 / 3.4, "new_customers", POUNDS, "£3.40"),
        (0.0, "new_customers", POUNDS, "nothing to buy"),
        (None, "new_customers", POUNDS, "not known"),
        (1 / 4310, "leads", YEN, "￥4,310"),
        (1.84, "revenue", POUNDS, "£184"),
    ],
)
def test_the_next_result_is_said_in_words_of_the_aim(next_unit: float | None, metric: str, words: Words, said: str) -> None:
    assert say_next(next_unit, metric, words) == said


def test_the_heading_of_the_next_result_fits_the_aim() -> None:
    assert next_header("new_customers", POUNDS) == "Next new customer costs"
    assert next_header("revenue", POUNDS) == "Next £100 brings"


def test_changes_have_a_sign_and_a_new_channel_has_none() -> None:
    changes = [say_change(Decimal(before), Decimal(after)) for before, after in ((100, 137), (100, 93), (100, 100), (0, 5), (0, 0))]

    assert changes == [f"+37{NARROW}%", f"\N{MINUS SIGN}7{NARROW}%", f"0{NARROW}%", "new", ""]
    assert say_change(None, Decimal(5)) == ""


def case(**changes: object) -> ChannelCase:
    given = {
        "currency": "GBP",
        "aim": "leads",
        "last_quarter": Decimal(1000),
        "planned": Decimal(1500),
        "placed": Decimal(1500),
        "limit": ChannelLimit("search", cap=Decimal(1500)),
        "weeks_at_weekly_cap": 0,
        "open_weeks": 13,
        "is_trial": False,
        "is_wanted": True,
        "next_unit": 0.02,
        "before": 0.03,
        "elsewhere": 0.02,
        "pays_from": None,
    }
    return ChannelCase(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "No further up in one quarter"),
        ({"limit": ChannelLimit("search", floor=Decimal(1500)), "elsewhere": 0.5}, "No further down in one quarter"),
        ({"limit": ChannelLimit("search", weekly_cap=Decimal(115)), "weeks_at_weekly_cap": 13}, "More was never tried in a week"),
        ({"is_trial": True, "next_unit": None}, "A trial: nothing is known of it yet"),
        ({"next_unit": None}, "No curve yet: follows last quarter"),
        ({"open_weeks": 0}, "Spent: no week is open any more"),
        ({"limit": ChannelLimit("search")}, "Free to move"),
    ],
)
def test_what_holds_a_channel_is_read_from_the_plans_own_reason(changes: dict[str, object], said: str) -> None:
    row = channel("search", 1500, 1000, why=say_reason(case(**changes)))

    assert say_hold(row, POUNDS) == said


def test_the_strategys_own_limits_come_first() -> None:
    at_cap, at_floor = channel("search", 900, 800, cap=Decimal(900)), channel("search", 300, 800, floor=Decimal(300))

    assert say_hold(at_cap, POUNDS) == "At your limit of £900"
    assert say_hold(at_floor, POUNDS) == "At your least, £300"
    assert [say_limits(row, POUNDS) for row in (at_cap, at_floor)] == ["your limit: at most £900", "your limit: at least £300"]
    assert say_limits(channel("search", 5, 5), POUNDS) == ""


def test_the_title_of_the_split_names_the_large_changes_alone() -> None:
    plan = plan_of(channel("search", 60_000, 50_000), channel("print", 38_000, 50_000), channel("tv", 1000, 1001))

    assert headline_of_split(plan, POUNDS) == "More for Search, less for Newspapers than last quarter"
    assert headline_of_split(plan_of(channel("tv", 10, 10)), POUNDS) == "Every channel gets about what it got last quarter"
    assert headline_of_split(plan_of(channel("tv", 10, None)), POUNDS) == "What each channel gets"


def test_sentences_about_the_last_money_lose_what_speaks_of_files() -> None:
    assert without_command("The last £5 bring 1. To keep that money instead, write `spend: what_pays` under the budget.") == "The last £5 bring 1."
    assert without_command("Spending £5. If you want them all the same, write `spend: all` under the budget.") == "Spending £5."
    assert without_command(None) == ""


def test_more_and_fewer_fit_counts_and_money() -> None:
    assert say_more(213.0, "new_customers", POUNDS) == "210 more new customers"
    assert say_more(-18.4, "new_customers", POUNDS) == "18 fewer new customers"
    assert say_more(-4180.0, "revenue", POUNDS) == "£4,200 less revenue"


@pytest.mark.parametrize(
    ("ask", "words", "said"),
    [
        (Ask(), POUNDS, "If you change nothing"),
        (Ask("print", "search", Decimal(1200)), POUNDS, "If you move £1,200 a week from Newspapers to Search"),
        (Ask("print", "search", Decimal(120_000)), YEN, "If you move ￥120,000 a week from 新聞 to 検索"),
        (Ask(budget=Decimal(-5000)), POUNDS, "If you have £5,000 less in the quarter"),
        (
            Ask("print", "search", Decimal(200), Decimal(9000)),
            POUNDS,
            "If you move £200 a week from Newspapers to Search and have £9,000 more in the quarter",
        ),
    ],
)
def test_what_is_tried_is_said_as_it_was_asked(ask: Ask, words: Words, said: str) -> None:
    assert say_ask(ask, words) == said


def test_an_uncertain_difference_is_called_uncertain() -> None:
    ask = Ask("print", "search", Decimal(200))

    assert say_difference(ask, span(-15, 6, 31), "new_customers", POUNDS).endswith("It may go either way.")
    assert "either way" not in say_difference(ask, span(2, 6, 31), "new_customers", POUNDS)
    assert say_difference(Ask(), span(0, 0, 0), "new_customers", POUNDS).startswith("This is the plan as it stands.")


def test_more_money_has_a_price_for_each_result_and_less_money_saves_one() -> None:
    gain, less = span(40, 80, 120), span(-120, -80, -40)

    more = say_price(Ask(budget=Decimal(20_000)), Decimal(20_000), gain, POUNDS, aim="new_customers", value=Decimal(140))
    saved = say_price(Ask(budget=Decimal(-20_000)), Decimal(-20_000), less, POUNDS, aim="new_customers", value=None)

    assert more == "The £20,000 more on channels bring them at £250 each; one is worth £140 before marketing."
    assert saved == "The £20,000 less on channels save £250 for each of these new customers."
    assert say_price(Ask("print", "search", Decimal(5)), Decimal(0), gain, POUNDS, aim="new_customers", value=None) == ""


def test_money_that_would_stay_unspent_and_the_reserve_are_said() -> None:
    ask = Ask(budget=Decimal(9000))

    assert say_held(ask, Decimal(2000), POUNDS).startswith("£7,000 of it would stay unspent")
    assert say_held(ask, Decimal(9000), POUNDS) == ""
    assert "£3,000 more would have to be found" in say_reserve(ask, Decimal(6000), POUNDS)
    assert "could pay for it" in say_reserve(ask, Decimal(10_000), POUNDS)


@pytest.mark.parametrize(
    ("breach", "part"),
    [
        (Breach("floor", "print", Decimal(500), Decimal(900)), "below your least of £900"),
        (Breach("cap", "print", Decimal(950), Decimal(900)), "above your limit of £900"),
        (Breach("tried", "print", Decimal(950), Decimal(900)), "so much was never spent"),
        (Breach("reach", "print", Decimal(950), Decimal(900)), "a move up to £900 in one quarter"),
        (Breach("reach", "print", Decimal(850), Decimal(900)), "a move down to £900 in one quarter"),
    ],
)
def test_what_a_trial_breaks_is_said_with_both_figures(breach: Breach, part: str) -> None:
    assert part in say_breach(breach, POUNDS)


def test_a_rise_of_many_times_is_said_as_such() -> None:
    assert say_change(Decimal(4605), Decimal(216_000)) == "×47"
