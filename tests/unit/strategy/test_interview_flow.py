"""The interview question by question: what is asked after which answers, how far one is, and what is wrong with an answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
import textstat
from interview_owners import NAMES, QUARTER, owner

from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.strategy.interview import rows
from quarterdeck.strategy.interview.examples import examples_of
from quarterdeck.strategy.interview.file import answer_template, parse_answer_file, read_answers
from quarterdeck.strategy.interview.interview import BUSINESSES, Answer, Known, Told, next_to_ask, progress_of
from quarterdeck.strategy.interview.people import Person, read_person
from quarterdeck.strategy.interview.questions import QUESTIONS, hold_interview
from quarterdeck.strategy.interview.read import read_answer
from quarterdeck.strategy.wording.typed_numbers import read_number

SPOKE = Known("Spoke & Chain", "GBP", "Europe/London", ("GB",), ("en",))
HARDEST_GRADE, AN_HOUR = 8, 60


def _told(**answers: Answer) -> Told:
    return Told(answers, SPOKE, QUARTER)


def _ids(told: Told) -> list[str]:
    return [each.id for each in hold_interview(told)]


def _wrong(question: str, typed: object, **before: Answer) -> list[tuple[str, str]]:
    told = _told(**before)
    asked = next(each for each in hold_interview(told) if each.id == question)
    return [(problem.code, problem.where) for problem in read_answer(asked, typed, told).problems]


def _labels(told: Told, question: str) -> list[str]:
    return [row.label for each in hold_interview(told) if each.id == question for row in each.rows]


def test_who_uses_no_paid_way_is_asked_for_all_of_the_money_and_not_for_adverts() -> None:
    said: dict[str, Answer] = {"uses": ["window", "website"], "wants": []}

    assert _labels(_told(counted="orders", **said), "money") == ["At most; 0 if it should cost nothing"]
    assert len(_labels(_told(counted="orders", uses=["window", "radio_adverts"], wants=[]), "money")) == 3


def test_what_is_counted_in_money_asks_what_is_left_of_a_hundred_and_not_what_one_is_worth() -> None:
    assert [row.key for row in rows.one_rows(_told(counted="donations"))] == ["event", "left"]
    assert [row.key for row in rows.one_rows(_told(counted="leads"))] == ["event", "value", "margin"]


def test_a_goal_is_asked_for_together_with_the_figures_of_the_year_before() -> None:
    assert _labels(_told(counted="leads"), "numbers") == [
        "You want, from 4 January 2027 to 4 April 2027",
        "It was, in the same weeks a year before",
        "Not known? Then in the last three months",
        "You want, in the whole of 2027",
        "It was, in the last twelve months",
    ]


def test_a_question_about_several_things_has_a_field_for_each_and_asks_again_when_one_is_added() -> None:
    known = {f"{group} {rows.KNOWN}": "" for group in ("Riders", "Students")}
    two: dict[str, Answer] = {"who": ["Riders", "Students"], "needs": {"Riders": ["Speed"], "Students": [], **known}}
    asked = {each.id: each for each in hold_interview(_told(**two))}
    assert [row.of for row in asked["needs"].rows] == ["Riders", "Riders", "Students", "Students"]
    assert asked["needs"].is_answered

    three = {**two, "who": ["Riders", "Students", "Clubs"]}

    assert next_to_ask(hold_interview(_told(**three)), "who") == "needs"


def test_the_way_gets_shorter_with_each_answer_and_never_longer() -> None:
    bicycles, said, before = owner("bicycles"), dict[str, Answer](), 99
    while (question := next_to_ask(hold_interview(Told(said, bicycles.company, QUARTER)))) is not None:
        progress = progress_of(hold_interview(Told(said, bicycles.company, QUARTER)))
        assert progress.of <= before
        assert progress.done == len(said)
        before = progress.of
        said[question] = bicycles.answers.get(question)

    assert said.keys() == bicycles.answers.keys()


@pytest.mark.parametrize("name", NAMES)
def test_an_interview_takes_under_an_hour_by_its_own_count(name: str) -> None:
    assert sum(each.minutes for each in hold_interview(owner(name).told)) < AN_HOUR


def test_every_question_says_why_has_five_examples_and_reads_easily() -> None:
    said = [text for question in QUESTIONS for text in (question.text, question.why, question.hint) if text]
    sentences = " ".join(text if text[-1] in ".?!" else f"{text}." for text in said)

    assert all(question.why and set(examples_of(question.id)) == set(BUSINESSES) for question in QUESTIONS)
    assert textstat.automated_readability_index(sentences) <= HARDEST_GRADE
    assert max(len(question.text.split()) for question in QUESTIONS) <= 15


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("1,200", 1200), ("1.200", 1200), ("1 200", 1200), ("£1,200.50", "1200.50"), ("1.850,50 €", "1850.50"), ("12,5", "12.5"), ("0.125", "0.125"), ("about 40", 40),
        ("0", 0), ("4 hours", 4), ("forty", None), ("-3", None), ("10-20", None), ("2k", None), ("1,2,3", None), ("", None), ("٣", None), ("9" * 30, None),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it_and_never_guessed(typed: str, figure: object) -> None:
    assert read_number(typed) == (None if figure is None else Decimal(str(figure)))


@pytest.mark.parametrize(("typed", "decimal", "figure"), [
    ("1,200", ".", 1200), ("1.200", ".", None), ("1.200", ",", 1200), ("1,200", ",", None), ("12,5", ".", "12.5"), ("12.50", ",", "12.5"),
    ("1,200.50", ",", "1200.5"), ("1.234.567", ",", 1234567), ("about 1.200", ".", None),
])  # fmt: skip
def test_what_could_be_read_in_two_ways_where_a_company_writes_is_not_read(typed: str, decimal: str, figure: object) -> None:
    assert read_number(typed, decimal=decimal) == (None if figure is None else Decimal(str(figure)))


@pytest.mark.parametrize(("line", "name", "hours"), [
    ("Ann 6", "Ann", 6), ("Mag. Leitner: 2,5", "Mag. Leitner", "2.5"), ("Cleo, about 4 hours a week", "Cleo", 4), ("Lou (3 h)", "Lou", 3), ("Gaz", "Gaz", None),
])  # fmt: skip
def test_a_person_and_their_hours_are_read_from_one_line(line: str, name: str, hours: object) -> None:
    assert read_person(line) == Person(name, None if hours is None else Decimal(str(hours)))


def test_every_field_that_cannot_be_read_is_named_and_the_others_are_kept() -> None:
    told = _told(counted="orders")
    asked = next(each for each in hold_interview(told) if each.id == "numbers")

    read = read_answer(asked, {"before": "a few", "quarter": "120", "year": "lots"}, told)

    assert [(problem.code, problem.where) for problem in read.problems] == [("STRATEGY-932", "numbers[before]"), ("STRATEGY-932", "numbers[year]")]
    assert read.answer == {"before": "a few", "quarter": "120", "year": "lots", "recent": "", "year_before": ""}


@pytest.mark.parametrize(
    ("question", "typed", "before", "codes"),
    [
        ("wish", "", {}, ["935"]),
        ("wish", "x" * 2001, {}, ["934"]),
        ("counted", "more of everything", {}, ["931"]),
        ("who", "a\nb\nc\nd", {}, ["933"]),
        ("uses", ["window", "carrier pigeons"], {}, ["931"]),
        ("needs", "speed", {"who": ["Riders"]}, ["930"]),
        ("needs", {"Nobody": "speed"}, {"who": ["Riders"]}, ["931"]),
        ("numbers", {"before": "300", "quarter": "200"}, {"counted": "orders"}, ["932"]),
        ("numbers", {"year_before": "300", "year": "200"}, {"counted": "orders"}, ["932"]),
        ("numbers", {"year": "4310.5"}, {"counted": "orders"}, ["932"]),
        ("numbers", {"year": "4310.5"}, {"counted": "revenue"}, []),
        ("numbers", {"recent": "300", "quarter": "200"}, {"counted": "orders"}, []),
        ("one", {"left": "120"}, {"counted": "revenue"}, ["932"]),
        ("people", "Gaz 100", {}, ["932"]),
        ("people", "Gaz 4 hours Mondays", {}, ["932"]),
        ("people", "Gaz", {}, []),
        ("in_the_way", {"window hours": "9999"}, {"uses": ["window"], "wants": []}, ["932"]),
        ("in_the_way", {}, {"uses": ["window"], "wants": []}, []),
        ("unsure", "", {}, []),
    ],
)
def test_an_answer_of_the_wrong_form_is_refused_with_its_code(question: str, typed: object, before: dict[str, Answer], codes: list[str]) -> None:
    assert [code for code, _ in _wrong(question, typed, **before)] == [f"STRATEGY-{code}" for code in codes]


def test_where_people_are_is_read_by_name_or_by_two_letters() -> None:
    told = Told({}, Known("Kanzlei", "EUR", "Europe/Vienna"), QUARTER)
    place = hold_interview(told)[0]

    assert read_answer(place, {"country": "Austria and DE", "language": "german"}, told).problems == ()
    assert [problem.where for problem in read_answer(place, {"country": "Atlantis", "language": "de"}, told).problems] == ["place[country]"]


def test_a_file_of_answers_is_refused_as_a_whole_with_everything_that_is_wrong() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_answers({"counted": "happiness", "who": "a\nb\nc\nd", "numbers": {"before": "x"}, "moat": "deep"}, SPOKE, QUARTER)

    assert {problem.where for problem in refused.value.problems} == {"counted", "who", "moat"}


@pytest.mark.parametrize("text", ["", "- a\n- b", "wish: [", "company: {name: Spoke}"])
def test_a_file_that_holds_no_answers_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_answer_file(text)


def test_the_template_names_every_question_and_is_a_file_of_answers_itself() -> None:
    found = parse_answer_file(answer_template(QUARTER))

    assert set(found.typed) == {question.id for question in QUESTIONS} - {"place"}
    assert found.company is not None
    assert set(read_answers(found.typed, found.company, QUARTER).values()) == {None}
    assert all(f"  {key}:" in answer_template(QUARTER) for key in ("recent", "year_before", "margin", "rivals", "check_in"))
