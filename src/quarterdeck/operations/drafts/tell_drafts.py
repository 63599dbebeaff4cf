"""Drafts as the command line tells them: begun, listed, held beside the strategy, adopted, laid aside."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.compare_draft import DraftComparison, compare_draft, list_drafts, sides_said
from quarterdeck.operations.drafts.open_draft import BothSides, adopt, begin_draft, in_draft, lay_aside, reopen, slug_of
from quarterdeck.operations.plan.gather_inputs import quarter_at_hand
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Table, Told
from quarterdeck.report.words import Words, how_many


def enter_draft(context: Context, name: str) -> Context:
    """The same person at work in the draft, by its name or its short name. Raises Refused when there is none."""
    return in_draft(context, slug_of(name))


def tell_begun(context: Context, name: str, *, why: str) -> Told:
    """Begins it. Raises InvalidInput for a name that is none, Refused for one that is taken."""
    draft = begin_draft(context, name, why=why)
    said = f"“{draft.name}” is begun as {draft.slug}. It says what the strategy says now; the strategy itself stays as it is."
    return Told([said], {"draft": draft.slug, "name": draft.name, "based_on": draft.based_on.number})


def tell_list(context: Context) -> Told:
    """Every draft, open ones first."""
    lines = list_drafts(context)
    rows = [[line.slug, line.name, line.state, str(line.based_on), str(line.changes), line.by] for line in lines]
    still_open = sum(line.is_open for line in lines)
    said = f"{how_many(still_open, 'draft')} open, {len(lines) - still_open:,} closed." if lines else "There is no draft yet."
    return Told([said], {"drafts": [asdict(line) for line in lines]}, (("Draft", "Name", "State", "From revision", "Changes", "By"), rows))


def tell_comparison(context: Context, name: str) -> Told:
    """The draft beside the strategy: what it says otherwise, and what both plans expect and spend."""
    inside = enter_draft(context, name)
    strategy, day = current_strategy(inside).strategy, day_of_company(context)
    found, words = compare_draft(inside, quarter=quarter_at_hand(context.workspace, strategy, day), day=day), Words.of(strategy)
    said = [*sides_said(found, words)]
    if found.is_draft_plan_stale:
        said.append("The draft was changed after it was planned: plan it again.")
    said += found.sentences or ["It says what the strategy says."]
    said += [f"New: {problem.where}: {problem.found}; expected {problem.expected}." for problem in found.new_problems]
    said += [f"Settled: {problem.where}: {problem.found}." for problem in found.settled_problems]
    facts = {
        **asdict(found.line),
        "changes": list(found.sentences),
        "meanwhile": list(found.meanwhile),
        "is_stale": found.is_draft_plan_stale,
        "are_alike": found.are_alike,
        "objectives": [_outlook(each) for each in found.outlook],
        "spend": {each.name: {"strategy": each.live, "draft": each.draft} for each in found.money},
    }
    return Told([sentence for sentence in said if sentence], facts, _table(found, words))


def tell_adopted(context: Context, name: str, *, where_both: str) -> Told:
    """Makes the draft the strategy. Raises Refused where both changed the same place and `where_both` is not draft or strategy."""
    if where_both not in ("ask", "draft", "strategy"):
        raise Refused(f"There are no words of “{where_both}”.", fix="Say --where-both draft, or strategy.", code="STRATEGY-915")
    outcome = adopt(enter_draft(context, name), where_both=where_both)  # type: ignore[arg-type]  # one of the three
    if isinstance(outcome, BothSides):
        both = " ".join((*(f"The strategy: {each}" for each in outcome.theirs), *(f"The draft: {each}" for each in outcome.yours)))
        raise Refused(
            f"The strategy was changed in the same places since the draft was begun. {both}",
            fix="Say whose words stand there: --where-both draft, or --where-both strategy.",
            code="STRATEGY-914",
            state="Nothing was adopted.",
        )
    said = f"The draft is the strategy now, as revision {outcome.revision}."
    return Told([said, *outcome.sentences], {"revision": outcome.revision, "changes": list(outcome.sentences)})


def tell_laid_aside(context: Context, name: str) -> Told:
    """Closes it; it can still be read."""
    inside = enter_draft(context, name)
    lay_aside(inside)
    return Told(["The draft is laid aside. It can still be read, and the strategy is as it was."], {"draft": slug_of(name)})


def tell_reopened(context: Context, name: str) -> Told:
    """Opens it again. Raises Refused when it is open."""
    inside = enter_draft(context, name)
    reopen(inside)
    return Told(["The draft is open again. The strategy is as it was."], {"draft": slug_of(name)})


def _outlook(pair: Any) -> dict[str, Any]:
    sides = (("strategy", pair.live), ("draft", pair.draft))
    return {"objective": pair.objective, **{name: None if side is None else side.model_dump(mode="json") for name, side in sides}}


def _table(found: DraftComparison, words: Words) -> Table | None:
    """Chances and money of both."""
    rows = []
    for pair in found.outlook:
        known = pair.draft or pair.live
        assert known is not None
        chances = ["" if each is None else words.chance(each.chance) for each in (pair.live, pair.draft)]
        rows.append([f"Chance of {METRICS[known.metric].name.lower()}", *chances])
    rows += [[words.name(line.name), *("" if each is None else words.money(each) for each in (line.live, line.draft))] for line in found.money]
    return (("", "Strategy", "Draft"), rows) if rows else None
