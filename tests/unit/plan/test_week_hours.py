"""Hours of a person by week: asked and there."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.quarter_plan import Assignment
from quarterdeck.plan.week_hours import week_hours
from quarterdeck.strategy.parts.management import Person

Q1 = Quarter(date(2027, 1, 4))


def person(**more):
    return Person(id="mira", skills=("design",), hours_per_week=20, **more)


def task(first, last, half_days, *, start_half="morning", end_half="afternoon"):
    return Assignment(
        task="t",
        person="mira",
        starts_on=first,
        start_half=start_half,
        ends_on=last,
        end_half=end_half,
        half_days=half_days,
        due_on=None,
        late_days=0,
    )


def test_a_half_day_is_a_tenth_of_the_week():
    weeks = week_hours(person(), [task(date(2027, 1, 4), date(2027, 1, 5), 4)], Q1, ())

    assert len(weeks) == 13
    assert (weeks[0].needed, weeks[0].available, weeks[0].share) == (8, 20, 0.4)
    assert weeks[1].needed == 0


def test_work_over_a_weekend_lies_in_both_weeks():
    weeks = week_hours(person(), [task(date(2027, 1, 8), date(2027, 1, 11), 3, end_half="morning")], Q1, ())

    assert [week.needed for week in weeks[:2]] == [4, 2]


def test_absences_and_holidays_are_not_there_and_work_goes_on_after_them():
    away = person(away=[{"first_day": date(2027, 1, 12), "last_day": date(2027, 1, 13)}])

    weeks = week_hours(away, [task(date(2027, 1, 11), date(2027, 1, 14), 4)], Q1, (date(2027, 1, 15),))

    assert (weeks[1].needed, weeks[1].available, weeks[1].away_days) == (8, 8, 3)
    assert weeks[1].share == 1


def test_a_week_away_has_no_share():
    away = person(away=[{"first_day": date(2026, 12, 1), "last_day": date(2027, 1, 10)}])

    week = week_hours(away, [], Q1, ())[0]

    assert (week.available, week.share, week.away_days) == (0, None, 5)


def test_what_ends_after_the_quarter_counts_only_within_it():
    weeks = week_hours(person(), [task(date(2027, 4, 1), date(2027, 4, 7), 10)], Q1, ())

    assert sum(week.needed for week in weeks) == 8


def test_hours_stay_exact():
    weeks = week_hours(Person(id="p", hours_per_week="7.5"), [task(date(2027, 1, 4), date(2027, 1, 4), 1, end_half="morning")], Q1, ())

    assert weeks[0].needed == Fraction(3, 4)
