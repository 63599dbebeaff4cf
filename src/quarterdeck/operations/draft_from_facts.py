"""draft_from_facts: what the facts say as a first strategy, or as a named draft beside the one that counts; and the chance of a target while it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

import numpy as np
from django.db import transaction

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.revisions import AnyRevision, latest_revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.count_facts import count_facts
from quarterdeck.operations.open_draft import begin_draft
from quarterdeck.operations.save_strategy import save_strategy
from quarterdeck.operations.told import Told
from quarterdeck.strategy.from_facts.draft import Drafted, draft_strategy
from quarterdeck.strategy.from_facts.findings import Findings, find_in
from quarterdeck.strategy.from_facts.proposals import Choices, Proposal
from quarterdeck.strategy.means import ChannelKind
from quarterdeck.strategy.yaml_text import render_strategy

LONGEST_NAME = 200
MOST_DIGITS = 15
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
"""1,234.56: a comma is a mark of thousands here and nothing else; 4,5 is refused and not taken for 45."""
_KINDS: Mapping[str, ChannelKind] = {kind: kind for kind in get_args(ChannelKind)}


@dataclass(frozen=True)
class Kept:
    """What the draft became: a revision of the strategy, or a draft of this short name."""

    revision: AnyRevision
    draft: str | None


@dataclass(frozen=True)
class TargetChance:
    """A target and its chance when nothing changes; None where no forecast can be made."""

    target: Decimal
    chance: float | None


def find_statements(context: Context) -> Findings:
    """What this company's facts say. Raises Refused (STRATEGY-960) when there are none that a strategy could begin with."""
    context.require("see")
    found = find_in(count_facts(context).counted)
    if found.is_empty:
        raise Refused(
            "There are no facts yet to draft a strategy from.", fix="Bring in what you spent and what came of it first.", code="STRATEGY-960"
        )
    return found


def read_choices(
    found: Findings, taken: frozenset[str], *, names: Mapping[str, str], kinds: Mapping[str, str], targets: Mapping[str, str], budget: str
) -> Choices:
    """What a person chose and typed; empty fields say nothing. Raises InvalidInput with everything that is wrong."""
    problems: list[Problem] = []
    metrics = {each.key: each.metric for each in found.metrics if each.key in taken}
    typed = {metrics[key]: _number(text, f"target of {METRICS[metrics[key]].name.lower()}", "STRATEGY-961", problems)
             for key, text in targets.items() if text.strip() and key in metrics}  # fmt: skip
    money = _number(budget, "budget", "STRATEGY-962", problems) if budget.strip() else None
    known = {each.key: text.strip() for each in _named(found) if (text := names.get(each.key, "")).strip()}
    problems += [
        Problem(
            "STRATEGY-963", key, f"“{text[:40]}”", f"a name of at most {LONGEST_NAME} readable signs", "Write it shorter, without invisible signs."
        )
        for key, text in known.items()
        if len(text) > LONGEST_NAME or not text.isprintable()
    ]
    read = {each.key: kind for each in found.channels if (kind := kinds.get(each.key)) is not None}
    problems += [
        Problem("STRATEGY-964", key, f"“{kind[:40]}”", "a kind of channel", "Choose one of the list.")
        for key, kind in read.items()
        if kind not in _KINDS
    ]
    if problems:
        raise InvalidInput(problems, state="Nothing was drafted.")
    return Choices(
        taken=taken,
        names=known,
        kinds={key: _KINDS[kind] for key, kind in read.items()},
        targets={metric: number for metric, number in typed.items() if number is not None},
        budget=money,
    )


def keep_draft(context: Context, choices: Choices | None = None, *, name: str = "") -> Kept:
    """The draft as the first revision or, where there is a strategy, as a draft of that name; the strategy itself stays as it is.

    Raises Refused without facts, InvalidInput or Refused for a name that a draft cannot have.
    """
    context.require("save_strategy")
    found = find_statements(context)
    drafted = draft_strategy(found, choices)
    why = f"Drafted from facts up to {found.counted.today.isoformat()}"
    with transaction.atomic():
        draft = None if latest_revision(context.workspace) is None else begin_draft(context, name, why=why)
        where = replace(context, draft=draft)
        revision = save_strategy(where, drafted.strategy, text=render_strategy(drafted.strategy), note=why)
        context.audit("draft_from_facts", str(draft or f"revision {revision.number}"), facts=snapshot_of(context.workspace).hash)
    return Kept(revision, None if draft is None else draft.slug)


def chance_of_target(context: Context, metric: str, typed: str) -> TargetChance:
    """How likely a target that is being typed is when nothing changes. Raises InvalidInput for what is no number, Refused for a metric that was not counted."""
    facts = count_facts(context)
    if metric not in {each.metric for each in find_in(facts.counted).metrics}:
        raise Refused("This figure was not counted.", fix="Choose one that the facts hold.", code="STRATEGY-965")
    problems: list[Problem] = []
    target = _number(typed, f"target of {METRICS[metric].name.lower()}", "STRATEGY-961", problems)
    if target is None:
        raise InvalidInput(problems, state="Nothing was drafted.")
    draws = facts.draws.get(metric)
    if draws is None:
        return TargetChance(target, None)
    hit = draws >= float(target) if METRICS[metric].direction == "increase" else draws <= float(target)
    return TargetChance(target, float(np.mean(hit)))


def write_draft(context: Context, out: Path | None) -> Told:
    """The draft as YAML, in a file or to be shown; nothing is saved in the company. Raises Refused for a file that is there already."""
    found = find_statements(context)
    drafted = draft_strategy(found)
    text = render_strategy(drafted.strategy)
    facts = {"text": text, "origins": {place: {"how": origin.how, "said": origin.said} for place, origin in drafted.origins.items()}}
    if out is None:
        return Told([text.rstrip("\n")], facts)
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{out} is there already.", fix="Name another file, or delete it first.", code="STRATEGY-966") from None
    except OSError as error:
        raise Refused(f"{out} cannot be written: {error.strerror}.", fix="Name another file.", code="STRATEGY-966") from error
    return Told([say_draft_written(drafted, out), f"Read it, correct it, then: `quarterdeck strategy save {out}`."], facts)


def say_draft_written(drafted: Drafted, out: Path) -> str:
    """How much the facts gave, and how much is asked."""
    strategy = drafted.strategy
    return (
        f"{out}: {len(strategy.channels)} channels, {len(strategy.conversions)} conversions and {len(strategy.audiences)} groups of people from the facts; "
        f"{len(strategy.questions)} open questions for what they do not tell."
    )


def _named(found: Findings) -> Iterator[Proposal[Any]]:
    """Proposals whose name can be corrected."""
    yield from (each.proposal for each in found.channels)
    for proposals in (found.audiences, found.conversions, found.tools):
        yield from proposals


def _number(text: str, where: str, code: str, problems: list[Problem]) -> Decimal | None:
    """A figure above zero as people type it: 4,300 and 4 300 alike."""
    plain = "".join(text.split()).lstrip("£$€")
    plain = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < Decimal("0.01") or number.adjusted() >= MOST_DIGITS:
        problems.append(Problem(code, where, f"“{text[:40]}”", "a number above 0 such as 4300", "Write digits alone, or leave it empty."))
        return None
    return number.quantize(Decimal("0.01"))
