"""read_split_result: a hold-out or an A/B test from its figures, in sentences and as JSON. No site is needed for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.operations.experiments.read_test import Named, ReadTest, check_json_file, write_json
from quarterdeck.operations.told import Told
from quarterdeck.report.experiment_contract import split_json
from quarterdeck.report.say_experiments import say_split

if TYPE_CHECKING:
    from quarterdeck.response.experiments.split import Group

METHOD = "hold-out"
Figures = tuple[int, int | None, float | None, float | None]
"""People, events, mean and sd of a group; events, or mean and sd."""


def read_split_result(
    treated: Figures,
    control: Figures,
    *,
    cost: float,
    days: tuple[date, date],
    named: Named,
    can_repeat: bool = False,
    planned_share: float | None = None,
    json_file: Path | None = None,
) -> ReadTest:
    """What the split found, and `json_file` written. Raises InvalidInput (RESPONSE-062: days, 066: figures, FILE-004: the file)."""
    from quarterdeck.response.experiments.split import read_split

    check_json_file(json_file)
    if days[1] < days[0]:
        found = f"{days[0].isoformat()} to {days[1].isoformat()}"
        raise InvalidInput([Problem("RESPONSE-062", "days", found, "the last day after the first", "Correct the days.")], state="Nothing was read.")
    groups = [_group(name, figures, can_repeat=can_repeat) for name, figures in (("treated", treated), ("control", control))]
    reading = read_split(groups[0], groups[1], cost=cost, planned_share=planned_share)
    evidence = reading.evidence(name=named.name, channel=named.channel, metric=named.metric, first_day=days[0], last_day=days[1], how=METHOD)
    sentences, facts = say_split(reading, evidence), split_json(reading, evidence, channel=named.channel, metric=named.metric)
    if json_file is not None:
        write_json(json_file, facts)
        sentences.append(f"Written to {json_file}.")
    return ReadTest(Told(sentences, facts), reading.returns, cost, days[0], days[1], METHOD)


def _group(name: str, figures: Figures, *, can_repeat: bool) -> Group:
    from quarterdeck.response.experiments.split import Counted, Measured

    people, events, mean, sd = figures
    if events is not None and mean is None and sd is None:
        return Counted(people, events, is_once=not can_repeat)
    if events is None and mean is not None and sd is not None:
        return Measured(people, mean, sd)
    given = [word for word, value in (("events", events), ("mean", mean), ("sd", sd)) if value is not None]
    found = " and ".join(given) or "nothing but people"
    raise InvalidInput(
        [Problem("RESPONSE-066", f"{name} group", found, "events, or a mean and an sd", "Give one of the two.")], state="Nothing was read."
    )
