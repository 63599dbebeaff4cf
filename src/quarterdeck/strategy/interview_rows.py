"""What the questions of the interview are about: rows, options and conditions that follow from earlier answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quarterdeck.strategy.interview import Option, Row, Told
from quarterdeck.strategy.interview_choices import AT_MOST, COUNTED, KNOWN_BY, ONLINE_ADVERTS, PLACES, RHYTHMS, WAYS, WEEKDAYS, Counted, options_of
from quarterdeck.strategy.wording import say_day

MOST_GROUPS, MOST_NEEDS, MOST_RIVALS, MOST_PEOPLE, MOST_UNSURE = 3, 3, 3, 4, 6
MOST_PROMISES = 5
ALL_MONEY, ONE_DAY, DAY, AT_MOST_ROW, BRINGS = "all", "one_day", "day", "at_most", "brings"
"""Rows that are about no channel in particular, and the end of the key of those that say what a channel must bring."""
TRY, DEAL = "try", "deal"


def counted_of(told: Told) -> Counted | None:
    """What there should be more of; None while nobody has said."""
    return COUNTED.get(told.text("counted"))


def place_rows(told: Told) -> tuple[Row, ...]:
    """Country and language, as far as the company does not say them."""
    rows = [] if told.company.markets else [Row("country", "The country, or countries")]
    return (*rows, *([] if told.company.languages else [Row("language", "The language that people read")]))


def number_rows(told: Told) -> tuple[Row, ...]:
    """Before, in the quarter, in the year."""
    counted, quarter = counted_of(told), told.quarter
    unit = told.company.currency if counted is not None and counted.is_money else ""
    return (
        Row("before", "In the last three months", unit=unit),
        Row("quarter", f"You want, from {say_day(quarter.first_day)} to {say_day(quarter.last_day)}", unit=unit),
        Row("year", f"You want, in the whole of {quarter.last_day.year}", unit=unit),
    )


def worth_rows(told: Told) -> tuple[Row, ...]:
    """What one brings in, and what stays."""
    unit = told.company.currency
    return (Row("value", "What comes in", unit=unit), Row("margin", "What is left once you have paid for what you sold", unit=unit))


def groups(told: Told) -> tuple[Row, ...]:
    """The groups of people."""
    return _named(told.lines("who"))


def known_groups(told: Told) -> tuple[Row, ...]:
    """The groups whose needs were told."""
    return tuple(row for row in groups(told) if told.lines("needs", row.key))


def main_needs(told: Told) -> tuple[Row, ...]:
    """What people need, the first group's needs first; as many as one page can ask about."""
    return _named(need for group in groups(told) for need in told.lines("needs", group.key))[:MOST_PROMISES]


def promises(told: Told) -> tuple[Row, ...]:
    """What is promised; the key is the promise itself."""
    said = told.rows("promises")
    return _named(" ".join(said[row.key].split()) for row in main_needs(told) if row.key in said)


def ways_used(told: Told) -> tuple[Row, ...]:
    """The ways to reach people that are in use."""
    return _ways(told.lines("uses"))


def ways_wanted(told: Told) -> tuple[Row, ...]:
    """Those that shall be tried."""
    return _ways(value for value in told.lines("wants") if value not in told.lines("uses"))


def all_ways(told: Told) -> tuple[Option, ...]:
    """Every way to reach people that there is to choose from."""
    return tuple(Option(value, way.words) for value, way in WAYS.items())


def places(told: Told) -> tuple[Option, ...]:
    """Where people may be met."""
    return tuple(Option(value, words) for value, (words, _) in PLACES.items())


def ways_not_used(told: Told) -> tuple[Option, ...]:
    """Those that are not in use."""
    return tuple(option for option in all_ways(told) if option.value not in told.lines("uses"))


def paid_ways(told: Told) -> tuple[Row, ...]:
    """Those that cost money, used or wanted."""
    return tuple(row for row in (*ways_used(told), *ways_wanted(told)) if WAYS[row.key].ownership == "paid")


def money_rows(told: Told) -> tuple[Row, ...]:
    """Each that costs money with what it must bring, online adverts in a day, and all of it together."""
    unit, paid, counted = told.company.currency, paid_ways(told), counted_of(told)
    rows: list[Row] = []
    for row in paid:
        rows.append(Row(row.key, f"{row.label}: at most", unit=unit))
        if counted is not None:
            rows.append(Row(f"{row.key} {BRINGS}", f"{row.label}: must bring, or you stop it", unit=unit if counted.is_money else counted.noun))
    if any(row.key in ONLINE_ADVERTS and row.key in told.lines("uses") for row in paid):
        rows.append(Row(ONE_DAY, "All adverts on the internet together: at most in one day", unit=unit))
    return (*rows, Row(ALL_MONEY, "All of this together: at most", unit=unit)) if paid else ()


def ways_used_or_wanted(told: Told) -> tuple[Row, ...]:
    """All that is in use or shall be."""
    return (*ways_used(told), *ways_wanted(told))


def work_rows(told: Told) -> tuple[Row, ...]:
    """What must be done: each thing that stands in the way, and each trial."""
    told_of = told.rows("in_the_way")
    hard = [Row(f"{DEAL} {row.key}", f"Deal with this: {told_of[row.key]}", unit="hours") for row in ways_used(told) if row.key in told_of]
    return (*hard, *(Row(f"{TRY} {row.key}", f"Try: {row.label}", unit="hours") for row in ways_wanted(told)))


def ways_to_send(told: Told) -> tuple[Row, ...]:
    """Ways in use by which something can be sent at fixed times."""
    return tuple(row for row in ways_used(told) if WAYS[row.key].sends)


def rhythm_rows(told: Told) -> tuple[Row, ...]:
    """For each thing that is sent how often, for whom where there are several groups, the day of the week; and how much one person can bear."""
    sent, many = told.rows("sends"), groups(told)
    rows: list[Row] = []
    for way in (row.key for row in ways_to_send(told) if row.key in sent):
        rows.append(Row(way, f"“{sent[way]}”: how often?", options_of(RHYTHMS)))
        if len(many) > 1:
            rows.append(Row(f"{way} for", f"“{sent[way]}”: for whom?", tuple(Option(group.key, group.label) for group in many)))
    if rows:
        rows.append(Row(DAY, "On which day of the week does it go out?", options_of(WEEKDAYS)))
    if {"letter", "text_messages"} & set(told.lines("uses")):
        rows.append(Row(AT_MOST_ROW, "The same person hears from you at most:", options_of({key: each[0] for key, each in AT_MOST.items()})))
    return tuple(rows)


def people(told: Told) -> tuple[Row, ...]:
    """Who does the work, with room for their hours."""
    return tuple(Row(name, name, unit="hours") for name in told.lines("people"))


def counts_money(told: Told) -> bool:
    """Whether what there should be more of is money."""
    counted = counted_of(told)
    return counted is not None and counted.is_money


def counts_heads(told: Told) -> bool:
    """Whether what there should be more of is counted one by one."""
    counted = counted_of(told)
    return counted is not None and not counted.is_money


def fixed(pairs: tuple[Option, ...]) -> Callable[[Told], tuple[Option, ...]]:
    """Options that no answer changes."""
    return lambda told: pairs


def evidence_options() -> tuple[Option, ...]:
    """How something is known."""
    return options_of(KNOWN_BY)


def _named(texts: Iterable[str]) -> tuple[Row, ...]:
    return tuple(Row(text, text) for text in dict.fromkeys(texts))


def _ways(values: Iterable[str]) -> tuple[Row, ...]:
    return tuple(Row(value, WAYS[value].words) for value in values if value in WAYS)
