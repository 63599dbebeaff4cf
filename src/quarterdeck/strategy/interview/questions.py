"""The questions of the interview, in the order in which they are asked, and the interview as it stands after some answers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from quarterdeck.strategy.interview import rows
from quarterdeck.strategy.interview.choices import COUNTED, Counted, options_of
from quarterdeck.strategy.interview.interview import Asked, Known, Question, Told, applies_now, put_question
from quarterdeck.strategy.interview.said import amount
from quarterdeck.strategy.wording.wording import say_day

SOON, LATER, LAST = 3, 6, 10
"""Working days until an open question is due: those without which nothing can be planned come first."""

QUESTIONS: tuple[Question, ...] = (
    Question("place", 1, "In which country do you work, and in which language do you write?", "Holidays and dates hang on the country.", "text",
             "Holidays and the language of what you send", "Write names or two letters: Austria, AT, German, de.",
             rows=rows.place_rows, days=LATER, minutes=0.7),
    Question("wish", 1, "What should be better a year from now?", "All that follows is checked against it.", "text",
             "The aim of the whole year", "One sentence, as you would say it to a friend.", days=SOON, minutes=2),
    Question("counted", 1, "What should there be more of?", "A goal needs one thing that can be counted.", "choice",
             "The goal, and where money and work go", "If there are two, choose the one that matters more now.",
             options=rows.fixed(options_of({value: each.words for value, each in COUNTED.items()})), days=SOON, minutes=1),
    Question("numbers", 1, "{numbers}", "A goal is a number and a date, next to what was.",
             "number", "The goal, its date and the plan", "Leave a field empty if you do not know it.",
             after=("counted",), applies=lambda told: rows.counted_of(told) is not None, rows=rows.number_rows, days=SOON, minutes=3),
    Question("one", 2, "When do you count one, and what is it worth to you?", "It shows what you can pay to win one.", "money",
             "How the result is counted, and what an advert may cost", "First what must have happened. An average is fine for the money.",
             after=("counted",), applies=lambda told: rows.counted_of(told) is not None, rows=rows.one_rows, days=LATER, minutes=2),
    Question("who", 2, "Who are the people you want to reach?", "You write and plan for them, so name them.", "list",
             "Everything that is said to people", "One group on each line, at most three. The most important one first.",
             most=rows.MOST_GROUPS, days=SOON, minutes=2),
    Question("needs", 2, "What do they need from you, and how do you know?", "What you say should answer a need.", "list",
             "What to promise and what to write", "One need on each line, at most three, in their words. A guess is a fine start, if it is marked as one.",
             after=("who",), rows=rows.need_rows, most=rows.MOST_NEEDS, days=LATER, minutes=2),
    Question("found", 2, "Where would you meet these people?", "You should be where they are.", "choices",
             "Where to meet these people", "Tick all that are true.",
             after=("who",), rows=rows.groups, options=rows.fixed(rows.places()), days=LATER, minutes=1),
    Question("why_us", 3, "Why do people choose you, and whom could they choose in your place?", "You are different only next to somebody.", "text",
             "What makes you different", "Think of what people say when they thank you. The others one on each line: “Big Bikes: low prices”.",
             rows=rows.why_rows, most=rows.MOST_RIVALS, days=LATER, minutes=2),
    Question("promises", 3, "What do you promise them, and how can you show that it is true?", "People look for an answer to their own need, and believe what they can check.",
             "text", "What your adverts and letters say", "One short sentence each. To show it: a number, a test, a customer’s words.",
             after=("needs",), rows=rows.promise_rows, days=LAST, minutes=2.5),
    Question("uses", 4, "How do people hear of you today?", "You begin with what is there.", "choices",
             "Which ways to reach people are planned", "Tick what you used in the last three months.", options=rows.all_ways, days=SOON, minutes=1),
    Question("wants", 4, "What would you like to try that you do not use now?", "A trial gets a limit and a day on which you stop or go on.", "choices",
             "What is tried in the quarter", "Tick nothing if nothing comes to mind.", after=("uses",),
             applies=lambda told: bool(rows.ways_not_used(told)), options=rows.ways_not_used, none_is_said=True, days=LAST, minutes=1),
    Question("roles", 4, "What is each of these for?", "Then each is judged by what it is for.", "text",
             "How each of them is judged", "A few words each.", after=("uses", "wants"), rows=rows.role_rows, days=LAST, minutes=2),
    Question("in_the_way", 4, "What gets in the way, and how many hours would it take?", "Each trouble and each trial becomes a piece of work.", "number",
             "The work of the quarter", "Leave out where nothing does. All hours up to {last_day}.",
             after=("uses", "wants"), rows=rows.trouble_rows, none_is_said=True,
             least_value=Decimal("0.25"), most_value=Decimal(2000), days=LAST, minutes=4),
    Question("tools", 4, "Which tools do you work with?", "They tell where your numbers come from.", "list",
             "Where the numbers come from", "The till, the web shop, the list of customers, a notebook. One on each line.",
             most=8, none_is_said=True, days=LAST, minutes=1),
    Question("voice", 5, "How should it sound when you write to people?", "Then all of it sounds like you, whoever writes it.", "text",
             "How everything is written", "A few words, as you would tell a new helper: “short, warm, no big words”.", days=LAST, minutes=1),
    Question("sends", 5, "What do you send or show at fixed times?", "Each gets its days in the calendar.", "text",
             "The calendar", "Its name in your words, such as “News from the shop”. Leave a field empty where there is nothing.",
             after=("uses",), rows=rows.ways_to_send, none_is_said=True, days=LAST, minutes=1.5),
    Question("rhythm", 5, "How often do people hear from you?", "These are the dates in your calendar.", "choice", "The calendar, and how much people can bear",
             after=("uses", "sends", "who"), rows=rows.rhythm_rows, days=LATER, minutes=1.5),
    Question("money", 6, "{cost}", "No plan goes above it, and you know when to stop.", "money",
             "The money: nothing can be planned without it", "From {first_day} to {last_day}.",
             after=("counted", "uses", "wants"), rows=rows.money_rows, days=SOON, minutes=3),
    Question("people", 6, "Who does this work, and how many hours a week do they have for it?", "What does not fit in the week will not get done.", "list",
             "Who does what, and when", "One on each line, you first, at most four: “Ann 6”. Honest hours, not a wish.", most=rows.MOST_PEOPLE, days=SOON, minutes=1.5),
    Question("success", 7, "{judge}", "Said now, it cannot be bent later.", "text",
             "How the quarter is judged", "One sentence to which you could say yes or no.", rows=rows.success_rows, days=SOON, minutes=2),
    Question("unsure", 8, "What else would you like to know?", "A good question is worth more than a wrong answer.", "list",
             "What you want to find out", "One question on each line. Leave it empty if there is nothing.",
             most=rows.MOST_UNSURE, none_is_said=True, days=LAST, minutes=1),
)  # fmt: skip
_BY_ID: Mapping[str, Question] = {question.id: question for question in QUESTIONS}


def find_question(question_id: str) -> Question | None:
    """The question of that id, or None when there is no such one."""
    return _BY_ID.get(question_id)


def hold_interview(told: Told) -> tuple[Asked, ...]:
    """Every question that is asked after these answers, in order, with its words filled in."""
    words, still_to_come = words_for(told), set[str]()
    asked: list[Asked] = []
    for question in QUESTIONS:
        if _is_open(question, told.company) and applies_now(question, told, still_to_come):
            asked.append(put_question(question, told, words))
            if not told.has(question.id):
                still_to_come.add(question.id)
    return tuple(asked)


def words_for(told: Told) -> Mapping[str, str]:
    """What stands in braces in the questions."""
    counted = rows.counted_of(told)
    noun = counted.noun if counted is not None else "of these"
    target = told.number("numbers", "quarter") if counted is not None else None
    plainly = "How will you know that it has worked, and how often will you look?"
    return {
        "judge": plainly
        if target is None
        else f"You want {amount(told, target)}. What else will show that it has worked, and how often will you look?",
        "cost": "What may it cost, and what must it bring?" if rows.paid_ways(told) else "What may all of this cost?",
        "noun": noun,
        "numbers": _ask_numbers(counted),
        "first_day": say_day(told.quarter.first_day),
        "last_day": say_day(told.quarter.last_day),
    }


def _ask_numbers(counted: Counted | None) -> str:
    if counted is None:
        return "How many do you want, and how many were there before?"
    if counted.is_money:
        return f"How much should come {counted.money_in}, and how much came before?"
    return f"How many {counted.noun} do you want, and how many were there before?"


def _is_open(question: Question, company: Known) -> bool:
    """The place is not asked when the company says it."""
    return question.id != "place" or not (company.markets and company.languages)
