"""compare_draft: a draft beside the strategy: what it says otherwise, what the checks say of both, and what both plans expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Problem
from quarterdeck.ledger.gateway.drafts import drafts_of, newest_draft_plan, newest_of_drafts
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.models import Draft
from quarterdeck.operations.context import Context
from quarterdeck.operations.drafts.plan_draft import OtherSide, draft_plan_of, other_side, plans_of_strategy
from quarterdeck.operations.strategy.look_at_strategy import Look, look_at_strategy
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.report.say_draft import say_draft, say_money, say_sides
from quarterdeck.report.words import Words
from quarterdeck.strategy.changes.diff import diff_strategies
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True)
class DraftLine:
    """One draft in the list. `adopted_as` is the revision that it became."""

    slug: str
    name: str
    why: str
    by: str
    made_at: datetime
    based_on: int
    is_open: bool
    adopted_as: int | None
    changes: int

    @property
    def state(self) -> str:
        """`open`, `laid aside`, or `became revision 7`."""
        if self.is_open:
            return "open"
        return "laid aside" if self.adopted_as is None else f"became revision {self.adopted_as}"


@dataclass(frozen=True)
class Pair:
    """One figure of both, None where one of them does not have it."""

    name: str
    metric: str
    live: float | None
    draft: float | None


@dataclass(frozen=True)
class OutlookPair:
    """An objective under both plans; its target may differ, so both stand here."""

    objective: str
    live: ObjectiveOutlook | None
    draft: ObjectiveOutlook | None


@dataclass(frozen=True)
class DraftComparison:
    """Sentences, checks and plans of both. A plan is `stale` when its strategy was changed after it was made.

    `are_alike`: both plans are of the same quarter, from the same facts on the same day. `is_live_beside`: the plan of the strategy was made only to be
    compared. `has_newer_facts`: facts came, or were taken back, after the draft was planned.
    """

    line: DraftLine
    sentences: tuple[str, ...]
    """What the draft itself changed, against the revision that it was begun from."""
    meanwhile: tuple[str, ...]
    """What the strategy changed since the draft was begun."""
    new_problems: tuple[Problem, ...]
    settled_problems: tuple[Problem, ...]
    draft_strategy: Strategy
    live_strategy: Strategy
    live_plan: QuarterPlan | None
    draft_plan: QuarterPlan | None
    is_live_plan_stale: bool
    is_draft_plan_stale: bool
    are_alike: bool
    is_live_beside: bool
    has_newer_facts: bool
    outlook: tuple[OutlookPair, ...]
    money: tuple[Pair, ...]
    work: tuple[Pair, ...]


def list_drafts(context: Context) -> tuple[DraftLine, ...]:
    """Every draft of the company, open ones first, then the newest first."""
    context.require("see")
    newest = newest_of_drafts(context.workspace)
    lines = (_line(draft, strategy_of(newest[draft.pk])) for draft in drafts_of(context.workspace))
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def compare_draft(context: Context, *, quarter: Quarter, day: date) -> DraftComparison:
    """The draft that the person is in, beside the strategy as it is now.

    Of the strategy's plans the one is taken that was made as the draft's was; where there is none, the plan in force or else the newest, and
    `are_alike` says that the two are not to be held against each other.
    """
    context.require("see")
    draft, live = context.draft_at_work, replace(context, draft=None)
    mine, now = look_at_strategy(context, quarter=quarter, day=day), look_at_strategy(live, quarter=quarter, day=day)
    record = newest_draft_plan(draft)
    draft_plan = None if record is None else draft_plan_of(record)
    alike = None if draft_plan is None else other_side(live, draft, draft_plan)
    side = alike or _any_side(live, draft, quarter)
    live_plan = None if side is None else side.plan
    return DraftComparison(
        line=_line(draft, mine.strategy),
        sentences=_sentences(strategy_of(draft.based_on), mine.strategy),
        meanwhile=_sentences(strategy_of(draft.based_on), now.strategy),
        new_problems=_only_in(mine, now),
        settled_problems=_only_in(now, mine),
        draft_strategy=mine.strategy,
        live_strategy=now.strategy,
        live_plan=live_plan,
        draft_plan=draft_plan,
        is_live_plan_stale=live_plan is not None and live_plan.provenance.strategy != now.hash,
        is_draft_plan_stale=draft_plan is not None and draft_plan.provenance.strategy != mine.hash,
        are_alike=alike is not None,
        is_live_beside=side is not None and side.is_beside,
        has_newer_facts=draft_plan is not None and draft_plan.provenance.facts != snapshot_of(context.workspace).hash,
        outlook=_outlook(live_plan, draft_plan),
        money=_money(live_plan, draft_plan),
        work=_work(live_plan, draft_plan),
    )


def sides_said(found: DraftComparison, words: Words) -> tuple[str, str, str]:
    """The headline, what it costs, and what both plans rest on. Of plans that were not made alike, nothing is said of which one is better."""
    if not found.line.is_open:
        return f"“{found.line.name}” {'was ' if found.line.adopted_as is None else ''}{found.line.state}.", "", ""
    alike = [(pair.live, pair.draft) for pair in found.outlook]
    sides = say_sides(
        found.live_plan,
        found.draft_plan,
        are_alike=found.are_alike,
        is_live_beside=found.is_live_beside,
        has_newer_facts=found.has_newer_facts,
        words=words,
    )
    if found.draft_plan is not None and not found.are_alike:
        return f"“{found.line.name}” cannot be held against the strategy yet.", "", sides
    return say_draft(found.line.name, alike if found.draft_plan else [], words), say_money(found.live_plan, found.draft_plan, words), sides


def _any_side(live: Context, draft: Draft, quarter: Quarter) -> OtherSide | None:
    """The plan in force, or else the newest: where no plan of the strategy was made as the draft's was."""
    return next(iter(plans_of_strategy(live, draft, quarter.first_day)), None)


def _line(draft: Draft, own: Strategy) -> DraftLine:
    return DraftLine(
        slug=draft.slug,
        name=draft.name,
        why=draft.why,
        by=draft.by,
        made_at=draft.made_at,
        based_on=draft.based_on.number,
        is_open=draft.is_open,
        adopted_as=None if draft.now.adopted_as is None else draft.now.adopted_as.number,
        changes=len(_sentences(strategy_of(draft.based_on), own)),
    )


def _sentences(before: Strategy, after: Strategy) -> tuple[str, ...]:
    return tuple(change.sentence for change in diff_strategies(before, after))


def _only_in(one: Look, other: Look) -> tuple[Problem, ...]:
    known = {(problem.code, problem.where) for problem in other.problems}
    return tuple(problem for problem in one.problems if problem.severity != "hint" and (problem.code, problem.where) not in known)


def _outlook(live: QuarterPlan | None, draft: QuarterPlan | None) -> tuple[OutlookPair, ...]:
    sides = [{each.objective: each for each in plan.outlook} if plan else {} for plan in (live, draft)]
    return tuple(OutlookPair(objective, sides[0].get(objective), sides[1].get(objective)) for objective in dict.fromkeys([*sides[0], *sides[1]]))


def _money(live: QuarterPlan | None, draft: QuarterPlan | None) -> tuple[Pair, ...]:
    sides = [{each.channel: float(each.planned) for each in plan.budget.channels} if plan else {} for plan in (live, draft)]
    return tuple(Pair(channel, "spend", sides[0].get(channel), sides[1].get(channel)) for channel in dict.fromkeys([*sides[0], *sides[1]]))


def _work(live: QuarterPlan | None, draft: QuarterPlan | None) -> tuple[Pair, ...]:
    def of(plan: QuarterPlan | None) -> Sequence[float | None]:
        if plan is None:
            return (None, None, None, None)
        late = sum(each.late_days > 0 for each in plan.work.assignments)
        short = sum((each.needed_hours - each.available_hours for each in plan.work.overloads), Decimal(0))
        return (float(len(plan.work.assignments)), float(late), float(short), float(len(plan.collisions)))

    names = ("Tasks planned", "Tasks that end late", "Hours that are missing", "Collisions")
    return tuple(Pair(name, "", one, other) for name, one, other in zip(names, of(live), of(draft), strict=True))
