"""Papers: what stands in them, what is left out of a brief, and that no word of a user can become a command."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest
from markdown_it import MarkdownIt

from quarterdeck.kernel.periods import Quarter
from quarterdeck.report.papers.agency_brief import Scope, agency_brief
from quarterdeck.report.papers.full_report import full_report
from quarterdeck.report.papers.markdown import to_markdown
from quarterdeck.report.papers.one_page import one_page
from quarterdeck.report.papers.paper import Block, Line, Paper, Points, Section, Table
from quarterdeck.report.papers.subject import Planned, Subject
from quarterdeck.report.papers.typeset import TIGHTEST, to_typst
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.text import parse_strategy

QUARTER = Quarter(date(2027, 1, 4))
SAMPLES = ("harbour", "small_shop", "retailer", "template")
NASTY = (
    '#panic("no")',
    "*bold* _it_ `x`",
    'a "quote" and \\ back',
    "$ x^2 $",
    "[link](http://x) | cell",
    "<b>tag</b> @ref <label>",
    "= no heading",
    "1. no list",
)


def _strategy(sample: str) -> Strategy:
    return parse_strategy(resources.files("quarterdeck").joinpath("samples", sample, "strategy.yaml").read_text(encoding="utf-8"))


def _subject(strategy: Strategy) -> Subject:
    return Subject(
        strategy,
        QUARTER,
        revision=3,
        author="ann",
        saved_on=date(2027, 1, 2),
        problems=check_strategy(strategy, quarter=QUARTER),
        chances={objective.id: 0.38 for objective in strategy.objectives},
        chances_from="plan 2",
        planned=Planned(2, {channel.id: Decimal(1000 * (i + 1)) for i, channel in enumerate(strategy.paid_channels)}, True),
    )


def _text(paper: Paper) -> str:
    def of(block: Block) -> str:
        match block:
            case Line():
                return f"{block.strong} {block.text}"
            case Points():
                return " ".join(of(point) for point in block.points)
            case Table():
                return " ".join(cell for row in (block.header, *block.rows) for cell in row)
            case _:
                return " ".join(f"{bar.label} {bar.figure}" for bar in block.bars)

    return " ".join([paper.title, paper.subtitle, paper.lead, *(of(block) for section in paper.sections for block in section.blocks), paper.foot])


def _sheets(paper: Paper, tightness: int) -> int:
    import typst

    drawn = typst.compile(to_typst(paper, tightness=tightness).encode(), format="svg")
    return len(drawn) if isinstance(drawn, list) else 1


@pytest.mark.parametrize("sample", SAMPLES)
def test_one_page_fits_on_one_sheet(sample: str) -> None:
    assert any(_sheets(one_page(_subject(_strategy(sample))), tightness) == 1 for tightness in range(TIGHTEST + 1))


def test_one_page_says_vision_targets_chances_and_rules() -> None:
    strategy = _strategy("harbour")
    text = _text(one_page(_subject(strategy)))
    assert strategy.vision and strategy.vision in text
    for objective in strategy.objectives:
        assert f"{objective.target:,}".rstrip("0").rstrip(".") in text
    assert text.count("38 %") == len(strategy.objectives)
    overall = next(rule for rule in strategy.evaluation if rule.step == "overall")
    assert overall.question[:80] in text


def test_what_one_page_does_not_show_is_counted() -> None:
    strategy = _strategy("harbour")
    text = _text(one_page(_subject(strategy)))
    assert f"and {len(strategy.audiences) - 4} more audience" in text


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_full_report_names_every_member_of_every_list(sample: str) -> None:
    strategy = _strategy(sample)
    text = " ".join(_text(full_report(_subject(strategy))).split())
    for task in strategy.management.tasks:
        assert task.title in text
    for item in strategy.content.items:
        assert item.title in text
    for claim in strategy.proposition.claims:
        assert claim.text in text
    for audience in strategy.audiences:
        assert all(need.rstrip(".") in text for need in audience.needs)


def test_a_brief_leaves_out_margins_costs_and_chances() -> None:
    strategy = _strategy("harbour")
    planted = strategy.model_copy(
        update={
            "conversions": tuple(each.model_copy(update={"margin": Decimal("7654.25"), "note": None}) for each in strategy.conversions),
        }
    )
    subject = dataclasses.replace(_subject(planted), chances={objective.id: 0.4321 for objective in strategy.objectives})
    assert "7,654" in _text(full_report(subject))
    brief = _text(agency_brief(subject))
    assert "7,654" not in brief
    assert "43" + "\N{NARROW NO-BREAK SPACE}%" not in brief and "43 %" not in brief


def test_a_brief_of_one_channel_speaks_of_that_channel_alone() -> None:
    strategy = _strategy("harbour")
    brief = agency_brief(_subject(strategy), Scope(channels=("radio",)))
    out = next(section for section in brief.sections if section.title == "What goes out, and when")
    table = next(block for block in out.blocks if isinstance(block, Table))
    titles = {item.title for item in strategy.content.items if item.channel == "radio"}
    assert {row[0] for row in table.rows} == titles


def test_a_brief_of_a_team_asks_only_what_its_people_can_do() -> None:
    strategy = _strategy("harbour")
    team = next(team for team in strategy.management.teams if team.external)
    brief = agency_brief(_subject(strategy), Scope(team=team.id))
    rows = [
        row
        for section in brief.sections
        if section.title == "Your tasks"
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    able = [set(person.skills) for person in team.people]
    expected = {task.title for task in strategy.management.tasks if any(set(task.skills) <= skills for skills in able)}
    assert rows and {row[0] for row in rows} <= expected


def test_without_a_plan_no_money_is_drawn_and_limits_stand_in_the_table() -> None:
    text = _text(one_page(dataclasses.replace(_subject(_strategy("small_shop")), planned=None)))
    assert "plan 2" not in text.replace("Chances rest on plan 2", "")
    assert "£2,500 to £5,500" in text


def _paper(text: str) -> Paper:
    blocks = (Line(text, strong=text), Points((Line(text),)), Table((text, "b"), ((text, text),), caption=text))
    return Paper("report", text, text, text, (Section(text, blocks, "wide"),), text)


@pytest.mark.parametrize("text", NASTY)
def test_markdown_gives_back_the_words_as_they_were_written(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(_paper(text)))
    said = [
        "".join(child.content for child in token.children or () if child.type in ("text", "text_special"))
        for token in tokens
        if token.type == "inline"
    ]
    assert said[0] == text
    assert said.count(text) >= 6
    assert not any(child.type in ("link_open", "html_inline", "code_inline") for token in tokens for child in token.children or ())


@pytest.mark.parametrize("text", NASTY)
def test_no_word_becomes_a_command_of_the_typesetter(text: str) -> None:
    import typst

    found = json.loads(typst.query(to_typst(_paper(text)).encode(), "heading"))
    assert [each["body"]["text"] for each in found] == [text, text, text]  # the title, the section, the caption of its table


def test_the_same_paper_gives_the_same_bytes() -> None:
    import typst

    source = to_typst(one_page(_subject(_strategy("small_shop")))).encode()
    assert typst.compile(source) == typst.compile(source)


def test_paper_is_that_of_the_first_market() -> None:
    assert 'paper: "us-letter"' in to_typst(one_page(_subject(_strategy("retailer"))))
    assert re.search(r'paper: "a4"', to_typst(one_page(_subject(_strategy("harbour")))))
