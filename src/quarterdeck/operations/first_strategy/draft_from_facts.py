"""draft_from_facts: what the facts say as a first strategy, or as a named draft beside the one that counts; and the chance of a target while it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import numpy as np
from django.db import transaction

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.revisions import AnyRevision, latest_revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.open_draft import begin_draft
from quarterdeck.operations.first_strategy.count_facts import count_facts
from quarterdeck.operations.strategy.save_strategy import save_strategy, strategy_of
from quarterdeck.operations.told import Told
from quarterdeck.operations.write_file import write_new
from quarterdeck.report.strategy.figures import decimal_sign
from quarterdeck.report.words import DEFAULT_LOCALE, Words
from quarterdeck.strategy.from_facts.corrections import correct, correctable
from quarterdeck.strategy.from_facts.draft import Drafted, draft_strategy, is_short
from quarterdeck.strategy.from_facts.findings import Findings, find_in
from quarterdeck.strategy.from_facts.proposals import Choices, Proposal
from quarterdeck.strategy.parts.means import ChannelKind
from quarterdeck.strategy.wording.typed_numbers import has_two_readings, read_number
from quarterdeck.strategy.yaml.text import render_strategy

LONGEST_NAME = 200
LEAST = Decimal("0.01")
_KINDS: Mapping[str, ChannelKind] = {kind: kind for kind in get_args(ChannelKind)}


@dataclass(frozen=True)
class Kept:
    """What the draft became: a revision of the strategy, or a draft of this short name."""

    revision: AnyRevision
    draft: str | None


@dataclass(frozen=True)
class TargetChance:
    """A target and its chance when nothing changes; None where no forecast can be made. `short_of` is what was counted where it does not go beyond it."""

    target: Decimal
    chance: float | None
    short_of: Decimal | None = None


def find_statements(context: Context) -> Findings:
    """What this company's facts say. Raises Refused (STRATEGY-960) when there are none that a strategy could begin with."""
    context.require("see")
    found = find_in(count_facts(context).counted)
    if found.is_empty:
        raise Refused(
            "There are no facts yet to draft a strategy from.", fix="Bring in what you spent and what came of it first.", code="STRATEGY-960"
        )
    return found


def words_for(context: Context, found: Findings) -> Words:
    """How this company writes figures and days: as its strategy says or, before there is one, as the countries and languages of its facts do."""
    latest = latest_revision(context.workspace)
    return Words.of(draft_strategy(found).strategy if latest is None else strategy_of(latest))


def read_choices(  # one form
    found: Findings,
    taken: frozenset[str],
    *,
    names: Mapping[str, str],
    kinds: Mapping[str, str],
    targets: Mapping[str, str],
    budget: str,
    figures: Mapping[str, str] | None = None,
    locale: str = DEFAULT_LOCALE,
) -> Choices:
    """What a person chose and typed; empty fields say nothing, and so does a figure as it was counted. Raises InvalidInput with everything that is wrong."""
    problems: list[Problem] = []
    sign = decimal_sign(locale)
    metrics = {each.key: each.metric for each in found.metrics if each.key in taken}
    typed = {metrics[key]: _number(text, f"target of {METRICS[metrics[key]].name.lower()}", "STRATEGY-961", problems, sign)
             for key, text in targets.items() if text.strip() and key in metrics}  # fmt: skip
    money = _number(budget, "budget", "STRATEGY-962", problems, sign) if budget.strip() else None
    known, read = _renamed(found, names, problems), _of_kinds(found, kinds, problems)
    corrected = _corrected(found, figures or {}, sign, problems)
    if problems:
        raise InvalidInput(problems, state="Nothing was drafted.")
    return Choices(
        taken=taken,
        names=known,
        kinds=read,
        targets={metric: number for metric, number in typed.items() if number is not None},
        budget=money,
        figures=corrected,
    )


def keep_draft(context: Context, choices: Choices | None = None, *, name: str = "") -> Kept:
    """The draft as the first revision or, where there is a strategy, as a draft of that name; the strategy itself stays as it is.

    Raises Refused without facts, InvalidInput or Refused for a name that a draft cannot have.
    """
    context.require("save_strategy")
    found = find_statements(context)
    drafted = draft_strategy(found, choices)
    why = f"Drafted from facts up to {(found.counted.today - timedelta(days=1)).isoformat()}"
    with transaction.atomic():
        draft = None if latest_revision(context.workspace) is None else begin_draft(context, name, why=why)
        where = replace(context, draft=draft)
        revision = save_strategy(where, drafted.strategy, text=render_strategy(drafted.strategy), note=why)
        context.audit("draft_from_facts", str(draft or f"revision {revision.number}"), facts=snapshot_of(context.workspace).hash)
    return Kept(revision, None if draft is None else draft.slug)


def chance_of_target(context: Context, metric: str, typed: str, *, figures: Mapping[str, Decimal] | None = None) -> TargetChance:
    """How likely a target that is being typed is when nothing changes; `figures` were corrected, so they count for what it falls short of.

    Raises InvalidInput for what is no number, Refused for a metric that was not counted.
    """
    facts = count_facts(context)
    found = find_in(facts.counted)
    if metric not in {each.metric for each in found.metrics}:
        raise Refused("This figure was not counted.", fix="Choose one that the facts hold.", code="STRATEGY-965")
    problems: list[Problem] = []
    sign = decimal_sign(words_for(context, found).locale)
    target = _number(typed, f"target of {METRICS[metric].name.lower()}", "STRATEGY-961", problems, sign)
    if target is None:
        raise InvalidInput(problems, state="Nothing was drafted.")
    corrected = correct(found, figures or {})
    baseline = next(each.baseline for each in corrected.metrics if each.metric == metric)
    short_of = baseline.value if baseline is not None and is_short(corrected, metric, target) else None
    draws = facts.draws.get(metric)
    if draws is None:
        return TargetChance(target, None, short_of)
    hit = draws >= float(target) if METRICS[metric].direction == "increase" else draws <= float(target)
    return TargetChance(target, float(np.mean(hit)), short_of)


def write_draft(context: Context, out: Path | None) -> Told:
    """The draft as YAML, in a file or to be shown; nothing is saved in the company. Raises Refused for a file that is there already."""
    found = find_statements(context)
    drafted = draft_strategy(found)
    text = render_strategy(drafted.strategy)
    facts = {"text": text, "origins": {place: {"how": origin.how, "said": origin.said} for place, origin in drafted.origins.items()}}
    if out is None:
        return Told([text.rstrip("\n")], facts)
    write_new(out, text)
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


def _renamed(found: Findings, names: Mapping[str, str], problems: list[Problem]) -> Mapping[str, str]:
    """The names that were typed; an empty field says nothing."""
    typed = {each.key: text.strip() for each in _named(found) if (text := names.get(each.key, "")).strip()}
    expected, fix = f"a name of at most {LONGEST_NAME} readable signs", "Write it shorter, without invisible signs."
    wrong = [(key, text) for key, text in typed.items() if len(text) > LONGEST_NAME or not text.isprintable()]
    problems += [Problem("STRATEGY-963", key, f"“{text[:40]}”", expected, fix) for key, text in wrong]
    return typed


def _of_kinds(found: Findings, kinds: Mapping[str, str], problems: list[Problem]) -> Mapping[str, ChannelKind]:
    """The kinds that were chosen for channels."""
    chosen = {each.key: kind for each in found.channels if (kind := kinds.get(each.key)) is not None}
    wrong = [(key, kind) for key, kind in chosen.items() if kind not in _KINDS]
    problems += [Problem("STRATEGY-964", key, f"“{kind[:40]}”", "a kind of channel", "Choose one of the list.") for key, kind in wrong]
    return {key: _KINDS[kind] for key, kind in chosen.items() if kind in _KINDS}


def _corrected(found: Findings, typed: Mapping[str, str], sign: str, problems: list[Problem]) -> Mapping[str, Decimal]:
    """The figures that are not as they were counted; zero is one of them."""
    read: dict[str, Decimal] = {}
    for each in correctable(found):
        if (text := typed.get(each.key, "")).strip():
            number = _number(text, f"figure {each.key}", "STRATEGY-961", problems, sign, least=Decimal(0))
            if number is not None and number != each.counted:
                read[each.key] = number
    return read


def _number(text: str, where: str, code: str, problems: list[Problem], sign: str, *, least: Decimal = LEAST) -> Decimal | None:
    """A figure as the company's people type it: 4,300 and 4 300 alike, in a German company 4.300."""
    number = read_number(text, decimal=sign)
    if number is None or number < least:
        fix = "Write digits alone, or leave it empty."
        if has_two_readings(text, decimal=sign):
            fix = "It could be read in two ways. Write it without a sign for thousands."
        problems.append(Problem(code, where, f"“{text[:40]}”", f"a number {'above 0' if least else 'from 0 up'} such as 4300", fix))
        return None
    return number.quantize(Decimal("0.01"))
