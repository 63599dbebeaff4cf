"""What the questions of the interview are about: rows, options and conditions that follow from earlier answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from quarterdeck.strategy.interview.choices import (
    AT_MOST,
    CHECK_INS,
    COUNTED,
    KNOWN_BY,
    ONLINE_ADVERTS,
    PLACES,
    RHYTHMS,
    WAYS,
    WEEKDAYS,
    Counted,
    options_of,
)
from quarterdeck.strategy.interview.interview import Option, Row, Told
from quarterdeck.strategy.interview.people import Person, read_person
from quarterdeck.strategy.questions.of_checks import short_line
from quarterdeck.strategy.wording.wording import say_day

MOST_GROUPS, MOST_NEEDS, MOST_RIVALS, MOST_PEOPLE, MOST_UNSURE = 3, 3, 3, 4, 6
MOST_PROMISES = 5
ALL_MONEY, ONE_DAY, DAY, AT_MOST_ROW = "all", "one_day", "day", "at_most"
"""Rows that are about no channel in particular."""
BRINGS, KNOWN, PROOF, HOURS = "brings", "known by", "proof", "hours"
"""The end of the key of a second field about the same thing."""
TRY, DEAL = "try", "deal"


def counted_of(told: Told) -> Counted | None:
    """What there should be more of; None while nobody has said."""
    return COUNTED.get(told.text("counted"))


def place_rows(told: Told) -> tuple[Row, ...]:
    """Country and language, as far as the company does not say them."""
    rows = [] if told.company.markets else [Row("country", "The country, or countries")]
    return (*rows, *([] if told.company.languages else [Row("language", "The language that people read")]))


def number_rows(told: Told) -> tuple[Row, ...]:
    """In the quarter and a year before, in the year and in the twelve months before; the last three months for those who know no better."""
    counted, quarter = counted_of(told), told.quarter
    unit = told.company.currency if counted is not None and counted.is_money else ""
    first, last = say_day(quarter.first_day), say_day(quarter.last_day)
    what = "" if counted is None else f"how much came {counted.money_in}" if counted.is_money else f"how many {counted.noun} were there"
    made = (
        Row("quarter", f"You want, from {first} to {last}"),
        Row("before", "It was, in the same weeks a year before", asks=f"In the same weeks of the year before, {what}?"),
        Row("recent", "Not known? Then in the last three months", is_extra=True),
        Row("year", f"You want, in the whole of {told.year}"),
        Row("year_before", "It was, in the last twelve months", asks=f"In the last twelve months, {what}?"),
    )
    return tuple(replace(row, unit=unit, is_whole=not unit) for row in made)


def one_rows(told: Told) -> tuple[Row, ...]:
    """What must have happened, and what one brings in and leaves; of money, what is left of a hundred."""
    unit, event = told.company.currency, Row("event", "You count it when", kind="text", asks="When exactly do you count one?")
    if counts_money(told):
        left = Row(
            "left", "Of each 100 that come in, you keep", kind="number", most_value=Decimal(100), asks="Of each 100 that come in, how much is left?"
        )
        return (event, left)
    return (
        event,
        Row("value", "It brings in, on average", unit=unit, asks="What does one of these bring in?"),
        Row(
            "margin",
            "Of that is left once you have paid for what you sold",
            unit=unit,
            asks="What is left of one, once you have paid for what you sold?",
        ),
    )


def why_rows(told: Told) -> tuple[Row, ...]:
    """Why people choose it, and whom they could choose in its place."""
    return (
        Row("why", "They choose you because", asks="Why do people choose you, and not somebody else?"),
        Row("rivals", "Else they could choose", kind="list", asks="Who else could people choose?"),
    )


def success_rows(told: Told) -> tuple[Row, ...]:
    """The rule for the whole, and how often the numbers are looked at."""
    often = options_of({value: each[0] for value, each in CHECK_INS.items()})
    return (
        Row("success", "It has worked if", asks="How will you know that it has worked?"),
        Row("check_in", "You look at the numbers", often, kind="choice", asks="How often will you look at the numbers?", step=8),
    )


def groups(told: Told) -> tuple[Row, ...]:
    """The groups of people."""
    return _named(told.lines("who"))


def need_rows(told: Told) -> tuple[Row, ...]:
    """What each group needs, and how that is known."""
    made: list[Row] = []
    for group in groups(told):
        made.append(Row(group.key, "They need", of=group.label, asks=f"What do they need from you: “{group.label}”?"))
        how = Row(f"{group.key} {KNOWN}", "You know it because", options_of(KNOWN_BY), kind="choice", of=group.label)
        made.append(replace(how, asks=f"How do you know what they need: “{group.label}”?"))
    return tuple(made)


def main_needs(told: Told) -> tuple[Row, ...]:
    """What people need, the first group's needs first; as many as one page can ask about."""
    return _named(need for group in groups(told) for need in told.lines("needs", group.key))[:MOST_PROMISES]


def promise_rows(told: Told) -> tuple[Row, ...]:
    """For each need what is promised, and what shows that it is true."""
    made: list[Row] = []
    for need in main_needs(told):
        made.append(Row(need.key, "You promise", of=need.label, asks=f"What do you promise to those who need this: “{need.label}”?"))
        said = told.text("promises", need.key)
        asks = f"How can you show that it is true: “{short_line(said)}”?" if said else ""
        made.append(Row(f"{need.key} {PROOF}", "You can show it by", of=need.label, asks=asks))
    return tuple(made)


def ways_used(told: Told) -> tuple[Row, ...]:
    """The ways to reach people that are in use."""
    return _ways(told.lines("uses"))


def ways_wanted(told: Told) -> tuple[Row, ...]:
    """Those that shall be tried."""
    return _ways(value for value in told.lines("wants") if value not in told.lines("uses"))


def all_ways(told: Told) -> tuple[Option, ...]:
    """Every way to reach people that there is to choose from."""
    return tuple(Option(value, way.words) for value, way in WAYS.items())


def places() -> tuple[Option, ...]:
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
        rows.append(Row(row.key, "It may cost at most", unit=unit, of=row.label, asks=f"How much may “{row.label}” cost at most?"))
        if counted is not None:
            brings = Row(f"{row.key} {BRINGS}", "It must bring, or you stop it", unit=unit if counted.is_money else counted.noun, of=row.label)
            rows.append(replace(brings, asks=f"What must “{row.label}” bring, so that you go on with it?"))
    if any(row.key in ONLINE_ADVERTS and row.key in told.lines("uses") for row in paid):
        rows.append(Row(ONE_DAY, "All adverts on the internet together: at most in one day", unit=unit))
    together = "All of this together: at most" if paid else "At most; 0 if it should cost nothing"
    return (*rows, Row(ALL_MONEY, together, unit=unit, asks="How much money is there for all of it, at most?"))


def ways_used_or_wanted(told: Told) -> tuple[Row, ...]:
    """All that is in use or shall be."""
    return (*ways_used(told), *ways_wanted(told))


def role_rows(told: Told) -> tuple[Row, ...]:
    """What each way is for."""
    return tuple(replace(row, asks=f"What is this for: “{row.label}”?") for row in ways_used_or_wanted(told))


def trouble_rows(told: Told) -> tuple[Row, ...]:
    """What gets in the way of each that is used, with the hours to deal with it; and the hours of each trial."""
    made: list[Row] = []
    for row in ways_used(told):
        said = told.text("in_the_way", row.key)
        asks = f"How many hours would it take to deal with this: “{short_line(said)}”?" if said else ""
        made.append(Row(row.key, "In the way is", kind="text", of=row.label, is_extra=True))
        made.append(Row(f"{row.key} {HOURS}", "To deal with it takes", unit="hours", of=row.label, asks=asks, is_extra=not said))
    for row in ways_wanted(told):
        asks = f"How many hours would it take to try this: “{row.label}”?"
        made.append(Row(f"{row.key} {HOURS}", "To try it takes", unit="hours", of=row.label, asks=asks))
    return tuple(made)


def work_rows(told: Told) -> tuple[Row, ...]:
    """What must be done, by the name that it has in the plan: each thing that stands in the way, and each trial. The key ends in the way's."""
    hard = [(row, told.text("in_the_way", row.key)) for row in ways_used(told)]
    deals = [Row(f"{DEAL} {row.key}", f"Deal with this: {said}") for row, said in hard if said]
    return (*deals, *(Row(f"{TRY} {row.key}", f"Try: {row.label}") for row in ways_wanted(told)))


def ways_to_send(told: Told) -> tuple[Row, ...]:
    """Ways in use by which something can be sent at fixed times."""
    return tuple(row for row in ways_used(told) if WAYS[row.key].sends)


def rhythm_rows(told: Told) -> tuple[Row, ...]:
    """For each thing that is sent how often, for whom where there are several groups, the day of the week; and how much one person can bear."""
    sent, many = told.rows("sends"), groups(told)
    rows: list[Row] = []
    for way in (row.key for row in ways_to_send(told) if row.key in sent):
        rows.append(Row(way, "How often?", options_of(RHYTHMS), of=f"“{sent[way]}”", asks=f"How often does “{sent[way]}” go out?"))
        if len(many) > 1:
            to = tuple(Option(group.key, group.label) for group in many)
            rows.append(Row(f"{way} for", "For whom?", to, of=f"“{sent[way]}”", asks=f"For whom is “{sent[way]}”?"))
    if rows:
        rows.append(Row(DAY, "On which day of the week does it go out?", options_of(WEEKDAYS)))
    if {"letter", "text_messages"} & set(told.lines("uses")):
        rows.append(Row(AT_MOST_ROW, "The same person hears from you at most:", options_of({key: each[0] for key, each in AT_MOST.items()})))
    return tuple(rows)


def people(told: Told) -> tuple[Person, ...]:
    """Who does the work, with their hours as far as they were said; nobody twice."""
    read = [read_person(line, decimal=told.company.decimal) for line in told.lines("people")]
    return tuple({person.name: person for person in reversed(read)}.values())[::-1]


def counts_money(told: Told) -> bool:
    """Whether what there should be more of is money."""
    counted = counted_of(told)
    return counted is not None and counted.is_money


def fixed(pairs: tuple[Option, ...]) -> Callable[[Told], tuple[Option, ...]]:
    """Options that no answer changes."""
    return lambda told: pairs


def _named(texts: Iterable[str]) -> tuple[Row, ...]:
    return tuple(Row(text, text) for text in dict.fromkeys(texts))


def _ways(values: Iterable[str]) -> tuple[Row, ...]:
    return tuple(Row(value, WAYS[value].words) for value in values if value in WAYS)
