"""A paper that is kept is read again as it was, whatever blocks it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from quarterdeck.kernel.periods import Quarter
from quarterdeck.report.papers.agency_brief import agency_brief
from quarterdeck.report.papers.full_report import full_report
from quarterdeck.report.papers.kept import parse_kept, render_kept
from quarterdeck.report.papers.one_page import one_page
from quarterdeck.report.papers.subject import Planned, Subject
from quarterdeck.strategy.yaml.text import parse_strategy


@pytest.mark.parametrize("sample", ["harbour", "small_shop", "retailer", "template"])
@pytest.mark.parametrize("make", [one_page, full_report, agency_brief])
def test_every_paper_comes_back_as_it_was(sample: str, make) -> None:
    strategy = parse_strategy((resources.files("quarterdeck") / "samples" / sample / "strategy.yaml").read_text(encoding="utf-8"))
    money = {channel.id: Decimal("1250.50") for channel in strategy.channels}
    chances = {objective.id: 0.38 for objective in strategy.objectives}
    paper = make(Subject(strategy, Quarter(date(2027, 1, 4)), revision=7, chances=chances, planned=Planned(2, money, True)))

    assert parse_kept(render_kept(paper)) == paper


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"kind": "novel"}'])
def test_text_that_is_no_paper_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        parse_kept(text)
