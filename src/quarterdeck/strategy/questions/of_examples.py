"""What comes from an example and is not yet the company's own: one open question a step, closed by its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Question

_PREFIX = "yours_"
_MONEY = f"{_PREFIX}money"
_WHAT: Mapping[int, str] = {
    1: "The goals, the objectives, their figures and the country",
    2: "The audiences, what they need, how that is known, and what one conversion is worth",
    3: "The proposition, every claim with its proof, and the competitors",
    4: "The channels, the tools, the landing pages, the offers and the limits of money",
    5: "The themes, the voice, the languages and every item with its day",
    6: "The money, the people with their hours, the tasks, the rules of contact and the KPIs",
    7: "The rules and thresholds by which success will be judged",
    8: "The open questions of the example, its ideas and the days of review",
}
_WEEKEND = 5


def ask_whether_it_is_so(example: str, *, owner: str, today: date, written_in: str, money_is: str) -> tuple[Question, ...]:
    """A question for each of the eight steps, and one about amounts when the example was written in another currency.

    `example` says what it is: "an online shop". They fall due on working days within two weeks of `today`.
    """
    asked = [
        Question(
            id=f"{_PREFIX}{step}",
            step=step,
            text=f"{what} come from the example of {example}. Is this so at your company?",
            blocks="Until this is answered, the step is the example's and not yours.",
            owner=owner,
            due_on=_working_day(today, step + 1),
        )
        for step, what in _WHAT.items()
    ]
    if written_in != money_is:
        asked.append(
            Question(
                id=_MONEY,
                step=6,
                text=f"Is every amount right in {money_is}? The example was written in {written_in} and its figures were kept as they are.",
                blocks="The budget, the limits of the channels, and what a conversion is worth.",
                owner=owner,
                due_on=_working_day(today, 2),
            )
        )
    return tuple(asked)


def still_open(questions: Iterable[Question], *, today: date) -> tuple[Question, ...]:
    """The example's own questions; one whose day is past when a company starts in the middle of a quarter gets two weeks."""
    later = _working_day(today, 10)
    return tuple(each.model_copy(update={"due_on": later}) if each.due_on is None or each.due_on <= today else each for each in questions)


def not_yet_yours(strategy: Strategy) -> tuple[Question, ...]:
    """The questions about the example that nobody has answered, by step; empty when the strategy is the company's own."""
    return tuple(sorted((each for each in strategy.questions if each.id.startswith(_PREFIX) and not each.answer), key=lambda each: each.step))


def money_is_asked(strategy: Strategy, *, as_of: date | None) -> bool:
    """Whether somebody still has time to say if the amounts of the example are right in the company's currency."""
    asked = (each for each in strategy.questions if each.id == _MONEY and not each.answer)
    return any(as_of is None or (each.due_on is not None and each.due_on > as_of) for each in asked)


def _working_day(today: date, number: int) -> date:
    """The working day of that number after `today`."""
    day = today
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < _WEEKEND
    return day
