"""read_geo_test_file: a geo test from files, in sentences and as JSON. No site is needed for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from quarterdeck.operations.experiments.read_geo_file import GeoColumns, GroupLabels, read_geo_file
from quarterdeck.operations.experiments.read_test import Named, ReadTest, check_json_file, write_json
from quarterdeck.operations.told import Told
from quarterdeck.report.experiment_contract import reading_json
from quarterdeck.report.say_experiments import say_reading


def read_geo_test_file(
    file: Path,
    columns: GeoColumns,
    *,
    before_from: date,
    test_from: date,
    test_to: date,
    cooldown_to: date | None,
    named: Named,
    assignment: Path | None = None,
    labels: GroupLabels = GroupLabels(),  # noqa: B008  # frozen
    json_file: Path | None = None,
) -> ReadTest:
    """What the test found, and `json_file` written. Raises InvalidInput with every problem, Refused when a file cannot be read."""
    from quarterdeck.response.experiments.geo_test import GeoDays
    from quarterdeck.response.experiments.reading import read_geo_test

    check_json_file(json_file, file, assignment)
    days = GeoDays(before_from, test_from, test_to, cooldown_to)
    found = read_geo_file(file, columns, days, assignment=assignment, labels=labels)
    reading = read_geo_test(found.test)
    evidence = reading.evidence(name=named.name, channel=named.channel, metric=named.metric)
    sentences = [found.understood, *say_reading(reading, evidence)]
    facts = reading_json(reading, evidence, channel=named.channel, metric=named.metric)
    if json_file is not None:
        write_json(json_file, facts)
        sentences.append(f"Written to {json_file}.")
    returns = None if reading.returns is None else reading.returns.summary()
    return ReadTest(Told(sentences, facts), returns, float(reading.cost.location.mean()), test_from, test_to, "geo test")
