"""Two plans of a quarter side by side: money by channel, and the difference in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.operations.plan.look_at_budget import PlanRow
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.say_budget import Headline, moves_between, say_change, say_hold
from quarterdeck.report.words import Words

NOTHING = Decimal(0)
_Plan = tuple[PlanRow, QuarterPlan]


@dataclass(frozen=True)
class ComparedRow:
    """One channel in both plans."""

    name: str
    before: str
    now: str
    change: str
    before_share: float
    now_share: float


@dataclass(frozen=True)
class Compared:
    """An earlier plan and the newest."""

    headline: Headline
    more: tuple[str, ...]
    before_name: str
    now_name: str
    rows: tuple[ComparedRow, ...]
    before: str
    now: str
    change: str


def compare_shown(before: _Plan, now: _Plan, words: Words) -> Compared:
    """What the later plan does with the money that the earlier one did not."""
    money = tuple({channel.channel: channel.planned for channel in plan.budget.channels} for _, plan in (before, now))
    was, becomes = money
    channels = list(dict.fromkeys([*becomes, *was]))
    largest = float(max([*was.values(), *becomes.values()], default=NOTHING)) or 1.0
    totals = tuple(sum(each.values(), NOTHING) for each in money)
    names = tuple(f"Plan {row.number}" for row, _ in (before, now))
    return Compared(
        headline=_headline(names, was, becomes, words),
        more=tuple(_more(before, now, words)),
        before_name=names[0],
        now_name=names[1],
        rows=tuple(
            ComparedRow(
                name=words.name(channel),
                before=words.money(was.get(channel, NOTHING)),
                now=words.money(becomes.get(channel, NOTHING)),
                change=say_change(was.get(channel, NOTHING), becomes.get(channel, NOTHING)),
                before_share=float(was.get(channel, NOTHING)) / largest,
                now_share=float(becomes.get(channel, NOTHING)) / largest,
            )
            for channel in channels
        ),
        before=words.money(totals[0]),
        now=words.money(totals[1]),
        change=say_change(totals[0], totals[1]),
    )


def money_table(plan: QuarterPlan, words: Words) -> Iterator[tuple[str, ...]]:
    """The split as rows of cells: names, and figures without signs of currency; the totals last."""
    code, aim = plan.budget.currency, plan.budget.aim
    yield (
        "Channel",
        f"Last quarter ({code})",
        f"Plan ({code})",
        f"Should bring ({aim})",
        "At least",
        "At most",
        f"{aim} per {code}",
        "What holds it",
        "Why",
    )
    for channel in plan.budget.channels:
        brings = (channel.brings.expected, channel.brings.low, channel.brings.high) if channel.brings else ()
        cells = [f"{value:.1f}" for value in brings] or ["", "", ""]
        last = "" if channel.last_quarter is None else f"{channel.last_quarter:.2f}"
        next_unit = "" if channel.next_unit is None else f"{channel.next_unit:.6g}"
        yield (words.name(channel.channel), last, f"{channel.planned:.2f}", *cells, next_unit, say_hold(channel, words), channel.why)
    rest = (("Kept for tasks", plan.budget.for_tasks), ("Reserve", plan.budget.reserve), ("Held back", plan.budget.held_back))
    for name, amount in (*rest, ("Budget", plan.budget.budget)):
        yield (name, "", f"{amount:.2f}", "", "", "", "", "", "")


def _headline(names: tuple[str, ...], was: dict[str, Decimal], becomes: dict[str, Decimal], words: Words) -> Headline:
    moves = moves_between(was, becomes)
    if moves.amount < 1:
        less = sum(becomes.values(), NOTHING) - sum(was.values(), NOTHING)
        if abs(less) < 1:
            return Headline(f"{names[1]} places the money as {names[0].lower()} did.")
        return Headline(f"{names[1]} spends ", words.money(abs(less)), f" {'more' if less > 0 else 'less'} than {names[0].lower()}.")
    sides = tuple(words.join([words.name(channel) for channel in side]) for side in (moves.givers, moves.takers))
    return Headline(f"{names[1]} moves ", words.money(moves.amount), f" from {sides[0]} to {sides[1]}, compared with {names[0].lower()}.")


def _more(before: _Plan, now: _Plan, words: Words) -> Iterator[str]:
    (first, earlier), (second, later) = before, now
    facts = "from the same facts" if earlier.provenance.facts == later.provenance.facts else f"from facts up to {words.day(later.provenance.as_of)}"
    strategy = "the same strategy" if earlier.provenance.strategy == later.provenance.strategy else "a changed strategy"
    yield (
        f"Plan {first.number} was made on {words.day(first.made_at.date())} from facts up to {words.day(earlier.provenance.as_of)}, "
        f"plan {second.number} on {words.day(second.made_at.date())} {facts} and {strategy}."
    )
    chances = {outlook.objective: outlook.chance for outlook in earlier.outlook}
    main = later.outlook[0] if later.outlook else None
    if main is not None and main.chance is not None and chances.get(main.objective) is not None:
        target = words.with_unit(main.target, main.metric)
        yield f"The chance of {target} was {words.chance(chances[main.objective])} then and is {words.chance(main.chance)} in the newer plan."
