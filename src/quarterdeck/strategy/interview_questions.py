"""The questions of the interview, in the order in which they are asked, and the interview as it stands after some answers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from quarterdeck.strategy import interview_rows as rows
from quarterdeck.strategy.interview import Asked, Known, Question, Told, applies_now, put_question
from quarterdeck.strategy.interview_choices import CHECK_INS, COUNTED, Counted, options_of
from quarterdeck.strategy.interview_said import amount
from quarterdeck.strategy.wording import say_day

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
    Question("numbers", 1, "{numbers}", "A goal is a number and a date, so you can tell if you got there.",
             "number", "The goal, its date and the plan", "Leave a field empty if you do not know it.",
             after=("counted",), applies=lambda told: rows.counted_of(told) is not None, rows=rows.number_rows, days=SOON, minutes=3),
    Question("who", 2, "Who are the people you want to reach?", "You write and plan for them, so name them.", "list",
             "Everything that is said to people", "One group on each line, at most three. The most important one first.",
             most=rows.MOST_GROUPS, days=SOON, minutes=2),
    Question("needs", 2, "What do they need from you?", "What you say should answer a need.", "list",
             "What to promise and what to write", "One need on each line, at most three, in their words.",
             after=("who",), rows=rows.groups, most=rows.MOST_NEEDS, days=LATER, minutes=2),
    Question("how_known", 2, "How do you know what they need?", "A guess is a fine start, if it is marked as a guess.", "choice",
             "How far the picture of your customers can be trusted",
             after=("needs",), rows=rows.known_groups, options=rows.fixed(rows.evidence_options()), days=LAST, minutes=0.7),
    Question("event", 2, "When exactly do you count one?", "Two people should count the same way.", "text",
             "How the result is counted", "Say what must have happened.", after=("counted",), applies=lambda told: rows.counted_of(told) is not None, days=LATER, minutes=1),
    Question("worth", 2, "What is one of these worth to you?", "It shows what you can pay to win one.", "money",
             "What an advert may cost", "An average is fine.",
             after=("counted",), applies=rows.counts_heads, rows=rows.worth_rows, days=LATER, minutes=2),
    Question("left", 2, "Of each 100 that come in, how much is left?", "It shows what you can pay to win more.", "number",
             "What an advert may cost", "Take off what the goods or the work cost you. Leave out rent and adverts.",
             after=("counted",), applies=rows.counts_money, most_value=Decimal(100), days=LATER, minutes=1.5),
    Question("why_us", 3, "Why do people choose you, and not somebody else?", "It is the one thing that all you say comes back to.", "text",
             "What makes you different", "Think of what people say when they thank you.", days=LATER, minutes=2),
    Question("promises", 3, "What do you promise to those who need this?", "People look for an answer to their own need.", "text",
             "What your adverts and letters say", "One short sentence each.", after=("needs",), rows=rows.main_needs, days=LAST, minutes=2),
    Question("proof", 3, "How can you show that it is true?", "People believe what they can check.", "text",
             "Saying it in an advert", "A number, a test, a customer’s words.", after=("promises",), rows=rows.promises, days=LAST, minutes=2),
    Question("rivals", 3, "Who else could people choose?", "You are different only next to somebody.", "list",
             "What makes you different", "One on each line, at most three. After a colon you may add what they say: “Big Bikes: low prices”.",
             most=rows.MOST_RIVALS, days=LAST, minutes=1.5),
    Question("uses", 4, "How do people hear of you today?", "You begin with what is there.", "choices",
             "Which ways to reach people are planned", "Tick what you used in the last three months.", options=rows.all_ways, days=SOON, minutes=1),
    Question("in_the_way", 4, "What gets in the way?", "Each trouble becomes a piece of work.", "text",
             "The work of the quarter", "Leave a field empty where nothing does.",
             after=("uses",), rows=rows.ways_used, none_is_said=True, days=LAST, minutes=1.5),
    Question("found", 4, "Where would you meet these people?", "You should be where they are.", "choices",
             "Where to meet these people", "Tick all that are true.",
             after=("who",), rows=rows.groups, options=rows.places, days=LATER, minutes=1),
    Question("wants", 4, "What would you like to try that you do not use now?", "A trial gets a limit and a day on which you stop or go on.", "choices",
             "What is tried in the quarter", "Tick nothing if nothing comes to mind.", after=("uses",),
             applies=lambda told: bool(rows.ways_not_used(told)), options=rows.ways_not_used, none_is_said=True, days=LAST, minutes=1),
    Question("roles", 4, "What is each of these for?", "Then each is judged by what it is for.", "text",
             "How each of them is judged", "A few words each.", after=("uses", "wants"), rows=rows.ways_used_or_wanted, days=LAST, minutes=1.5),
    Question("tools", 4, "Which tools do you work with?", "They tell where your numbers come from.", "list",
             "Where the numbers come from", "The till, the web shop, the list of customers, a notebook. One on each line.",
             most=8, none_is_said=True, days=LAST, minutes=1),
    Question("sends", 5, "What do you send or show at fixed times?", "Each gets its days in the calendar.", "text",
             "The calendar", "Its name in your words, such as “News from the shop”. Leave a field empty where there is nothing.",
             after=("uses",), rows=rows.ways_to_send, none_is_said=True, days=LAST, minutes=1.5),
    Question("rhythm", 5, "How often do people hear from you?", "These are the dates in your calendar.", "choice", "The calendar, and how much people can bear",
             after=("uses", "sends", "who"), rows=rows.rhythm_rows, days=LATER, minutes=1.5),
    Question("money", 6, "What may it cost, and what must it bring?", "No plan goes above it, and you know when to stop.", "money",
             "The money: nothing can be planned without it", "From {first_day} to {last_day}.",
             after=("counted", "uses", "wants"), rows=rows.money_rows, days=SOON, minutes=3),
    Question("people", 6, "Who does this work?", "Work is planned on people.", "list",
             "Who does what, and when", "One name on each line, at most four. You first.", most=rows.MOST_PEOPLE, days=SOON, minutes=1),
    Question("hours", 6, "How many hours a week do they have for it?", "What does not fit in the week will not get done.", "number",
             "Who does what, and when", "An honest number, not a wish.", after=("people",), rows=rows.people,
             least_value=Decimal("0.25"), most_value=Decimal(80), days=SOON, minutes=1),
    Question("effort", 6, "How many hours would each of these take?", "Then it can be put into a week.", "number",
             "When this work is done", "All in all, up to {last_day}. Leave a field empty if you cannot say.",
             after=("uses", "in_the_way", "wants"), rows=rows.work_rows, least_value=Decimal("0.25"), most_value=Decimal(2000), days=LAST, minutes=1),
    Question("success", 7, "{judge}", "Said now, it cannot be bent later.", "text",
             "How the quarter is judged", "Say it in one sentence.", days=SOON, minutes=2),
    Question("check_in", 8, "How often will you look at the numbers?", "A slip seen early costs little.", "choice",
             "When you look again", options=rows.fixed(options_of({value: each[0] for value, each in CHECK_INS.items()})), days=LAST, minutes=0.5),
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
    plainly = "How will you know that it has worked?"
    return {
        "judge": plainly if target is None else f"You want {amount(told, target)}. What else will show that it has worked?",
        "noun": noun,
        "numbers": _ask_numbers(counted),
        "first_day": say_day(told.quarter.first_day),
        "last_day": say_day(told.quarter.last_day),
    }


def _ask_numbers(counted: Counted | None) -> str:
    if counted is None:
        return "How many are there now, and how many do you want?"
    if counted.is_money:
        return f"How much comes {counted.money_in} now, and how much do you want?"
    return f"How many {counted.noun} are there now, and how many do you want?"


def _is_open(question: Question, company: Known) -> bool:
    """The place is not asked when the company says it."""
    return question.id != "place" or not (company.markets and company.languages)
