"""Papers as they come out of the typesetter: letters as large as one page allows, contents of a long report, pictures, the language of the words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from quarterdeck.kernel.periods import Quarter
from quarterdeck.report.charts.chart import Chart, TableView
from quarterdeck.report.charts.history_chart import History, history_chart
from quarterdeck.report.charts.theme import LIGHT, concrete
from quarterdeck.report.papers.agency_brief import Scope, agency_brief
from quarterdeck.report.papers.full_report import full_report
from quarterdeck.report.papers.markdown import to_markdown
from quarterdeck.report.papers.one_page import one_page
from quarterdeck.report.papers.paper import Paper, Pictures, Section, Table
from quarterdeck.report.papers.subject import Subject
from quarterdeck.report.papers.tongue import language_of
from quarterdeck.report.papers.typeset import CONTENTS_FROM, MOST_ON_A_PAGE, TIGHTEST, to_typst
from quarterdeck.report.strategy.around import cut_at_word
from quarterdeck.report.words import Words
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.questions.of_examples import ask_whether_it_is_so
from quarterdeck.strategy.yaml.text import parse_strategy

EXAMPLES = ("b2b_service", "local_trade", "non_profit", "saas", "shop")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="10" height="5" fill="red"/></svg>'


def _subject(path: str) -> Subject:
    strategy = parse_strategy(resources.files("quarterdeck").joinpath("samples", *path.split("/")).read_text(encoding="utf-8"))
    quarter = Quarter.holding(strategy.objectives[0].due_on, anchor=strategy.objectives[0].due_on)
    return Subject(strategy, quarter, revision=3, author="ann", problems=check_strategy(strategy, quarter=quarter))


def _example(name: str) -> Subject:
    return _subject(f"examples/{name}.yaml")


def _harbour() -> Subject:
    return _subject("harbour/strategy.yaml")


def _pages(paper: Paper, **how: object) -> int:
    import typst

    drawn = typst.compile(to_typst(paper, **how).encode(), format="svg")  # type: ignore[arg-type]
    return len(drawn) if isinstance(drawn, list) else 1


def _found(paper: Paper, what: str) -> list[dict[str, object]]:
    import typst

    found: list[dict[str, object]] = json.loads(typst.query(to_typst(paper).encode(), what))
    return found


def _with_history(subject: Subject) -> Subject:
    history = History("new_customers", subject.quarter, (3900.0, 4000.0, 4100.0, 4200.0, 4300.0), 4500.0, None)
    return replace(subject, charts=(history_chart(history, Words.of(subject.strategy), name="history-1"),))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_fits_on_one_sheet(name: str) -> None:
    assert _pages(one_page(_example(name)), tightness=TIGHTEST) == 1


def test_letters_are_smaller_step_by_step_so_that_the_largest_that_fit_can_be_chosen() -> None:
    sizes = [re.findall(r"\), size: ([\d.]+)pt", to_typst(one_page(_harbour()), tightness=step))[0] for step in range(TIGHTEST + 1)]
    assert sizes == sorted(sizes, key=float, reverse=True) and float(sizes[0]) >= 10


def test_a_long_report_has_contents_and_a_short_one_has_none() -> None:
    long, short = full_report(_harbour()), full_report(_subject("small_shop/strategy.yaml"))
    assert _pages(long) > 6 >= _pages(short)
    assert len(_found(long, "outline")) == 1
    assert _found(short, "outline") == []


def _report(*tables: Table) -> Paper:
    return Paper("report", "A report", "", "", (Section("Goals", tables, "wide", 1),), "")


def test_a_report_that_is_given_contents_without_counting_its_pages_is_a_long_one_indeed() -> None:
    rows = tuple((str(number),) for number in range(MOST_ON_A_PAGE * CONTENTS_FROM + 1))
    assert "counter(page).final()" not in to_typst(_report(Table(("It",), rows)))
    assert "counter(page).final()" in to_typst(_report(Table(("It",), rows[1:])))
    assert _pages(_report(Table(("It",), rows))) > CONTENTS_FROM + 1


def test_a_cell_longer_than_a_page_goes_on_overleaf_whatever_tables_stand_before() -> None:
    short, long = Table(("It",), (("short",),)), Table(("It",), (("word " * 5_000,),))
    assert _pages(_report(short, long)) >= _pages(_report(long)) >= 5


def test_the_contents_name_each_step_and_each_list() -> None:
    named = [each["body"]["text"] for each in _found(full_report(_harbour()), "heading")]  # type: ignore[index]
    assert [name for name in named if name.startswith("4")] == ["4 Channels and tools"]
    assert "Channels (13)" in named


def test_columns_are_read_down_the_left_one_and_then_down_the_right() -> None:
    source = to_typst(one_page(_harbour()))
    places = [source.index(f'"{section.number} {section.title}"') for section in one_page(_harbour()).sections]
    assert places == sorted(places)


def test_a_picture_stands_with_its_finding_on_paper_and_in_markdown() -> None:
    paper = full_report(_with_history(_harbour()))
    picture = next(block for section in paper.sections for block in section.blocks if isinstance(block, Pictures)).pictures[0]
    assert concrete(picture.spec, LIGHT)  # every colour is one that print knows
    assert f"**{' '.join(picture.finding.split())}.**" in to_markdown(paper)
    assert 'format: "svg"' in to_typst(paper, drawn={"history-1": SVG})
    assert _pages(paper, drawn={"history-1": SVG}) > 6


def test_a_picture_that_cannot_be_drawn_is_told_in_words() -> None:
    paper = full_report(_with_history(_harbour()))
    assert 'format: "svg"' not in to_typst(paper)
    assert "Bar chart" in to_typst(paper) or "chart of" in to_typst(paper)


def test_a_chart_without_a_picture_is_left_out() -> None:
    nothing = Chart("history-1", "Nothing is known yet", "", "", TableView((), ()))
    paper = full_report(replace(_harbour(), charts=(nothing,)))
    assert not any(isinstance(block, Pictures) for section in paper.sections for block in section.blocks)


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        pytest.param("Win the customers that look for us in the town", ("de",), "en", id="english_words_of_a_german_company"),
        pytest.param("Wir gewinnen Kunden, die uns in der Stadt suchen und nicht kennen", ("de", "en"), "de", id="german"),
        pytest.param("Zdobyć klientów, którzy szukają nas w mieście i na mapie, do końca roku", ("pl", "uk"), "pl", id="polish"),
        pytest.param("Gagner les clients qui nous cherchent dans la ville et sur le plan", ("en", "fr"), "fr", id="french_second"),
        pytest.param("Hitta kunder", ("fi",), "fi", id="a_language_that_is_not_known_here"),
        pytest.param("", ("fr",), "fr", id="no_words"),
        pytest.param("", (), "en", id="nothing_at_all"),
    ],
)
def test_the_language_is_that_of_the_words(text: str, spoken: tuple[str, ...], language: str) -> None:
    assert language_of([text], spoken) == language


def test_a_line_is_cut_between_words() -> None:
    assert cut_at_word("so that we depend less on paid adverts", 34) == "so that we depend less on paid…"
    assert cut_at_word("short enough", 12) == "short enough"
    assert len(cut_at_word("a" * 50, 20)) == 20


def test_a_brief_for_somebody_who_is_no_team_lists_no_work_that_people_of_the_company_can_do() -> None:
    subject = _harbour()
    able = [set(person.skills) for team in subject.strategy.management.teams for person in team.people]
    own = {each.title for each in subject.strategy.management.tasks if any(set(each.skills) <= skills for skills in able)}
    tasks = [
        row[0]
        for section in agency_brief(subject, Scope()).sections
        if section.title == "Your tasks"
        for block in section.blocks
        for row in block.rows
    ]  # type: ignore[union-attr]
    assert own and not own & set(tasks)


def test_a_brief_leaves_out_a_rule_whose_sentence_names_a_margin() -> None:
    subject = _harbour()
    assert "no more than the £140" in to_markdown(one_page(subject))
    text = to_markdown(agency_brief(subject, Scope()))
    assert "£140" not in text and "The quarter was a success" not in text
    assert "How it will be judged" in text


def test_a_brief_leaves_out_notes() -> None:
    subject = _harbour()
    notes = {
        each.note
        for each in (subject.strategy.company, *subject.strategy.campaigns, *subject.strategy.audiences, *subject.strategy.channels)
        if each.note
    }
    text = to_markdown(agency_brief(subject, Scope()))
    assert notes and not [note for note in notes if " ".join(note.split()) in text]


def test_a_paper_of_an_example_that_nobody_made_their_own_says_so_and_asks_the_board_nothing() -> None:
    subject = _example("shop")
    asked = ask_whether_it_is_so("an online shop", owner="ann", today=date(2026, 12, 1), written_in="GBP", money_is="GBP")
    began = replace(subject, strategy=subject.strategy.model_copy(update={"questions": (*asked, *subject.strategy.questions)}))
    for paper in (one_page(began), agency_brief(began)):
        assert "this is still the example" in paper.subtitle
    assert "Is this so at your company" not in to_markdown(one_page(began))
    assert "example" not in one_page(subject).subtitle


def test_a_brief_says_what_it_is_about_and_not_what_it_hides() -> None:
    paper = agency_brief(_harbour(), Scope(channels=("search",)))
    assert paper.subtitle.endswith("; about Search")
    assert "left out" not in to_markdown(paper)


def test_the_report_names_places_in_words() -> None:
    text = to_markdown(full_report(_harbour()))
    assert "\\[0\\]" not in text and "audiences\\[" not in text
