"""The retailer: what its strategy calls counted is counted again from the file, and the file's dates and columns are mapped without gaps."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from sample_files import QUARTERS, SAMPLES, STRATEGIES, read_plain

RETAILER = STRATEGIES["retailer"]
COLUMNS = read_plain("retailer", "columns.yaml")
CSV_ROWS = list(csv.DictReader((SAMPLES / "retailer" / "case_study_data.csv").read_text(encoding="utf-8").splitlines()))
YEAR_BEFORE = (144, 157)
"""Rows, from 0, of the thirteen weeks a year before the quarter; the second is not included."""


def test_the_retailers_file_is_the_one_that_its_source_note_names() -> None:
    content = (SAMPLES / "retailer" / "case_study_data.csv").read_bytes()
    source = (SAMPLES / "retailer" / "SOURCE.md").read_text(encoding="utf-8")
    assert hashlib.sha256(content).hexdigest() in source
    assert "Copyright (c) 2021 Sibyl He" in source
    assert "Apache License 2.0" in source
    assert len(CSV_ROWS) == COLUMNS["week"]["rows"] == 209


def test_every_column_of_the_retailers_file_is_mapped_exactly_once_and_to_what_the_strategy_names() -> None:
    channels, exposures = COLUMNS["spend"]["channels"], COLUMNS["exposures"]["channels"]
    mapped = [
        COLUMNS["week"]["column"],
        COLUMNS["outcome"]["column"],
        *(each[key] for each in channels for key in ("money", "impressions")),
        *(each["column"] for part in (exposures, COLUMNS["context"], COLUMNS["holidays"]["names"]) for each in part),
        *(column for part in COLUMNS["unused"] for column in part["columns"]),
    ]
    assert sorted(mapped) == sorted(CSV_ROWS[0])
    assert [each["channel"] for each in channels] == [channel.id for channel in RETAILER.paid_channels]
    assert [each["channel"] for each in exposures] == [channel.id for channel in RETAILER.channels if channel.ownership != "paid"]
    assert COLUMNS["outcome"]["metric"] == RETAILER.objectives[0].metric


def test_the_shifted_weeks_start_on_mondays_and_the_last_thirteen_are_the_quarter() -> None:
    shift = timedelta(days=COLUMNS["week"]["shift_days"])
    weeks = [date.fromisoformat(row["wk_strt_dt"]) + shift for row in CSV_ROWS]
    assert weeks[0] == COLUMNS["week"]["first_week"]
    assert weeks == [COLUMNS["week"]["anchor"]["becomes"] + timedelta(weeks=n - COLUMNS["week"]["anchor"]["row"]) for n in range(len(weeks))]
    assert tuple(weeks[196:]) == QUARTERS["retailer"].weeks
    assert RETAILER.objectives[0].due_on == QUARTERS["retailer"].last_day


def test_the_retailers_baselines_and_budget_are_last_years_figures_recounted_from_the_file() -> None:
    paid = [each["money"] for each in COLUMNS["spend"]["channels"]]
    sales, spend = _sum(["sales"], *YEAR_BEFORE), _sum(paid, *YEAR_BEFORE)
    budget, objective = RETAILER.management.budget, RETAILER.objectives[0]
    assert budget is not None
    assert objective.baseline == sales
    assert objective.target == (sales * Decimal("1.04")).quantize(Decimal("1E3"))
    assert budget.quarter == spend.quantize(Decimal("1E4"))
    assert RETAILER.goals[0].baseline == _sum(["sales"], 144, 196)
    assert RETAILER.goals[0].target == (_sum(["sales"], 144, 196) * Decimal("1.02")).quantize(Decimal(1))
    reached = [(_sum(["sales"], 144, 144 + weeks) * Decimal("1.04")).quantize(Decimal("1E3")) for weeks in (4, 8)]
    assert [milestone.value for milestone in objective.milestones] == reached
    rules = {rule.channel: rule.threshold for rule in RETAILER.evaluation if rule.channel}
    cost = {each["channel"]: _sum([each["money"]], *YEAR_BEFORE) for each in COLUMNS["spend"]["channels"]}
    assert rules == {channel: amount.quantize(Decimal("1E3"), ROUND_CEILING) for channel, amount in cost.items()}
    assert RETAILER.management.kpis[0].baseline == (sales / 13).quantize(Decimal("0.01"))


def test_the_retailers_limits_are_the_least_and_most_of_any_thirteen_weeks_before_the_quarter() -> None:
    limits = {channel.id: channel.spend for channel in RETAILER.paid_channels}
    for each in COLUMNS["spend"]["channels"]:
        spans = [_sum([each["money"]], start, start + 13) for start in range(196 - 13 + 1)]
        limit = limits[each["channel"]]
        assert limit is not None
        assert (limit.floor, limit.cap) == (min(spans).quantize(Decimal("1E3"), ROUND_FLOOR), max(spans).quantize(Decimal("1E3"), ROUND_CEILING))


def test_what_the_retailers_strategy_calls_counted_can_be_counted() -> None:
    text = (SAMPLES / "retailer" / "strategy.yaml").read_text(encoding="utf-8")
    growth = [_sum(["sales"], start, start + 13) / _sum(["sales"], start - 52, start - 39) - 1 for start in range(52, 184)]
    assert (len(growth), sum(share > Decimal("0.04") for share in growth)) == (132, 39)
    offers = [column for column in CSV_ROWS[0] if column.startswith("va_pub")]
    assert sum(any(row[column] == "1" for column in offers) for row in CSV_ROWS) == 208
    assert sum(row["va_pub_0.2"] == "1" for row in CSV_ROWS) == 182
    assert {Decimal(row["st_ct"]) for row in CSV_ROWS[183:196]} == {Decimal(599)}
    paid = [each["money"] for each in COLUMNS["spend"]["channels"]]
    assert round(_sum(["mdsp_dm"], 0, 196) / _sum(paid, 0, 196), 2) == Decimal("0.33")
    assert round(_sum(["mdsp_sem"], 0, 196) / _sum(paid, 0, 196), 2) == Decimal("0.26")
    assert round(_sum(["mdsp_so"], 144, 196) / _sum(["mdsp_so"], 0, 52)) == 7
    assert round(_sum(["mdsp_nsp"], 0, 52) / _sum(["mdsp_nsp"], 144, 196)) == 12
    highest = sorted(CSV_ROWS[:196], key=lambda row: -Decimal(row["mdsp_vidtr"]))[:10]
    assert sum(row["wk_strt_dt"][5:7] in ("11", "12") for row in highest) == 9
    assert "39 grew by more than 4 %" in text and "sevenfold" in text and "a twelfth" in text


def test_the_retailer_says_nothing_of_its_margin_but_asks() -> None:
    assert [conversion.margin for conversion in RETAILER.conversions] == [None]
    assert [question.owner for question in RETAILER.questions if question.id == "q_margin"] == ["planner"]
    assert all(question.owner and question.due_on for question in RETAILER.questions)
    assert all("invented" in (person.note or "").lower() for person in RETAILER.management.people)


def _sum(columns: list[str], start: int, stop: int) -> Decimal:
    return sum((Decimal(row[column]) for row in CSV_ROWS[start:stop] for column in columns), Decimal(0))
