"""The schemas are whole: keys exist, examples are valid, every code has a meaning; evidence says where a number comes from."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from quarterdeck.facts import problem_codes
from quarterdeck.facts.columns import SQL_TYPES
from quarterdeck.facts.evidence import Evidence
from quarterdeck.facts.parsed_table import CsvOptions
from quarterdeck.facts.read_csv import parse_table
from quarterdeck.facts.schemas import TABLES

ROOM = Path(problem_codes.__file__).parent


@pytest.mark.parametrize("schema", TABLES.values(), ids=lambda schema: schema.name)
def test_the_examples_of_a_table_are_a_file_that_can_be_imported(schema):
    header = ",".join(column.name for column in schema.columns)
    row = ",".join(column.example for column in schema.columns)

    table = parse_table(f"{header}\n{row}\n".encode(), schema, file_name="example.csv", options=CsvOptions(currency="GBP"))

    assert table.problems == ()
    assert len(table.facts) == 1
    assert None not in next(table.facts.rows())


@pytest.mark.parametrize("schema", TABLES.values(), ids=lambda schema: schema.name)
def test_a_table_is_well_formed(schema):
    assert set(schema.key) <= set(schema.names)
    assert len(set(schema.names)) == len(schema.names)
    assert all(column.required or column.default is not None for column in schema.columns if column.name in schema.key), "a key is never empty"
    assert all(column.meaning.endswith(".") and column.type in SQL_TYPES for column in schema.columns)
    assert schema.when is None or schema.column(schema.when).type in ("day", "instant")


def test_an_unknown_column_is_named_with_those_that_exist():
    with pytest.raises(KeyError, match="it has day, metric, geo, value"):
        TABLES["outcomes"].column("amount")


def test_every_code_has_one_meaning_and_is_used():
    codes = {name: value for name, value in vars(problem_codes).items() if name.isupper() and isinstance(value, str)}
    sources = "\n".join(path.read_text() for path in ROOM.rglob("*.py") if path.name != "problem_codes.py")

    assert sorted(codes.values()) == sorted(problem_codes.MEANINGS)
    assert [name for name in codes if f"codes.{name}" not in sources] == []


def test_evidence_is_one_sentence():
    label = Evidence("Google Ads", date(2027, 2, 1), date(2027, 3, 5), 1234, "no")

    assert label.sentence == "From Google Ads, 1 February to 5 March 2027, 1,234 rows; machine traffic still in it."
    assert Evidence("the shop", None, None, 0).sentence == "No facts yet from the shop."
    assert Evidence("answers", None, None, 1, "yes").sentence == "From answers, 1 row; machine traffic removed."


def test_evidence_of_two_sources_is_only_as_clean_as_the_worse():
    ads = Evidence("ads", date(2027, 2, 1), date(2027, 2, 5), 5, "yes")

    assert ads.joined(Evidence("shop", date(2027, 1, 1), date(2027, 2, 2), 2, "yes")) == Evidence(
        "ads and shop", date(2027, 1, 1), date(2027, 2, 5), 7, "yes"
    )
    assert ads.joined(Evidence("shop", None, None, 2, "no")).machine_removed == "no"
    assert ads.joined(Evidence("ads", None, None, 2)).machine_removed == "unknown"
    assert ads.joined(Evidence("ads", None, None, 2)).source == "ads"


@pytest.mark.parametrize("days", [(date(2027, 2, 2), date(2027, 2, 1)), (date(2027, 2, 1), None)])
def test_evidence_with_impossible_days_cannot_be_made(days):
    with pytest.raises(ValueError, match="evidence"):
        Evidence("x", *days, rows=1)
    with pytest.raises(ValueError, match="-1 rows"):
        Evidence("x", date(2027, 2, 1), date(2027, 2, 1) + timedelta(days=1), rows=-1)
