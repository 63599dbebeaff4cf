"""How far a row of docs/proof/realism.md may be off by chance: series are drawn anew whole, because their quarters hang together."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def realism(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import realism

    return realism


def called(realism: ModuleType, series: int, reached: bool) -> object:
    return realism.Called(f"series {series}", f"series {series} 2024-01-01", "curves", 0.5, reached)


def test_four_targets_of_one_series_that_all_come_or_all_fail_count_as_one(realism: ModuleType):
    # given: 100 series of four targets each, reached in every other series
    own = [called(realism, number, number % 2 == 0) for number in range(100) for _ in range(4)]
    # when
    again = realism.redrawn_differences(own, [f"series {number}" for number in range(100)])
    # then: 0.5 / sqrt(100), and not 0.5 / sqrt(400)
    assert again.mean() == pytest.approx(0.0, abs=0.005)
    assert again.std() == pytest.approx(0.05, rel=0.1)


def test_series_that_are_all_alike_leave_nothing_to_chance(realism: ModuleType):
    own = [called(realism, number, reached) for number in range(20) for reached in (True, False)]
    assert realism.redrawn_differences(own, [f"series {number}" for number in range(20)]).std() == 0.0


def test_a_row_of_few_series_is_as_unsure_as_they_are_few(realism: ModuleType):
    # given: two of ten series have targets of this word; a draw may miss both
    own = [called(realism, 0, True), called(realism, 1, False)]
    again = realism.redrawn_differences(own, [f"series {number}" for number in range(10)])
    assert len(again) < realism.REPEATS
    assert again.std() > 0.25
