"""The eight steps over the revisions as bars, words and a table."""

from __future__ import annotations

import pytest

from quarterdeck.report.strategy.maturity_rows import HEIGHT, PITCH, Measured, maturity_rows

SPACE = "\N{NARROW NO-BREAK SPACE}"


def steps(share: float, **others: float) -> dict[int, float]:
    return {step: others.get(f"s{step}", share) for step in range(1, 9)}


def saved(revision: int, shares: dict[int, float], checks: str = "one", *, is_later: bool = False) -> Measured:
    return Measured(revision, shares, sum(shares.values()) / 8, checks, is_later)


def test_each_step_is_a_row_whose_bars_are_as_high_as_its_shares_the_newest_last():
    rows = maturity_rows([saved(3, steps(0.5)), saved(4, steps(1.0, s2=0.0))])
    assert [len(row.bars) for row in rows.rows] == [2] * 8
    assert [bar.height for bar in rows.rows[0].bars] == [HEIGHT / 2, HEIGHT]
    assert [bar.is_last for bar in rows.rows[0].bars] == [False, True]
    assert rows.width == 2 * PITCH
    assert all(bar.y >= 0 and bar.y + bar.height == pytest.approx(HEIGHT) for row in rows.rows for bar in row.bars)


def test_nothing_is_drawn_as_a_line_and_said_as_nothing():
    row = maturity_rows([saved(1, steps(0.4)), saved(2, steps(0.4, s2=0.0))]).rows[1]
    assert 0 < row.bars[1].height < 2
    assert row.now == f"0{SPACE}%"
    assert row.alt == f"2 Audience: from 40{SPACE}% at revision 1 to 0{SPACE}% at revision 2."


def test_what_is_nearly_complete_is_not_called_complete_and_a_third_is_not_lost():
    row = maturity_rows([saved(1, steps(0.999)), saved(2, steps(0.29))]).rows[0]
    assert row.alt.startswith(f"1 Goals: from 99{SPACE}%")
    assert row.now == f"29{SPACE}%"


def test_the_table_has_a_line_a_revision_the_newest_first_and_the_whole_beside_the_steps():
    rows = maturity_rows([saved(1, steps(0.0)), saved(2, steps(0.5, s1=1.0))])
    assert rows.header == ("Revision", "Whole", "1", "2", "3", "4", "5", "6", "7", "8")
    assert rows.lines[0][:3] == ("2", f"56{SPACE}%", f"100{SPACE}%")
    assert rows.lines[1][:3] == ("1", f"0{SPACE}%", f"0{SPACE}%")


def test_one_revision_alone_has_not_grown():
    assert maturity_rows([saved(1, steps(0.5))]) is None
    assert maturity_rows([]) is None


def test_where_other_checks_began_to_count_a_line_and_a_sentence_say_so():
    rows = maturity_rows([saved(3, steps(0.5)), saved(4, steps(0.5)), saved(5, steps(1.0), "two"), saved(6, steps(1.0), "two")])
    assert rows.notes == ("The checks changed between revision 4 and 5: what moved there may be their doing, not yours.",)
    bars = rows.rows[0].bars
    assert bars[1].x < rows.marks[0] < bars[2].x
    assert len(rows.marks) == 1


def test_figures_by_the_same_checks_need_no_sentence():
    rows = maturity_rows([saved(3, steps(0.5)), saved(4, steps(1.0))])
    assert (rows.notes, rows.marks) == ((), ())
    assert "Worked out" not in rows.header


def test_which_figures_were_worked_out_later_is_said_and_stands_in_the_table():
    rows = maturity_rows([saved(1, steps(0.5), is_later=True), saved(2, steps(0.5), is_later=True), saved(3, steps(1.0))])
    assert rows.notes == ("Revisions 1 and 2 were saved before the figures were kept. Theirs were worked out later, by newer checks.",)
    assert rows.header[-1] == "Worked out"
    assert [line[-1] for line in rows.lines] == ["when saved", "later", "later"]
    assert all(len(line) == len(rows.header) for line in rows.lines)
