"""choose_actions: what waits for a decision, with what it serves and what it collides with, and the part of it that a person chose to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.periods import Quarter, week_start
from quarterdeck.ledger.models import Action
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.look_at_conflicts import key_of, left_collisions
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.quarter.open_desk import day_of_company
from quarterdeck.plan.quarter_plan import Collision, QuarterPlan
from quarterdeck.strategy.document import Strategy

KINDS = tuple(Action.Kind.values)


@dataclass(frozen=True)
class Choice:
    """Which of the waiting actions: all that match everything that is named. `clear` leaves out what collides with something."""

    kind: str | None = None
    channel: str | None = None
    campaign: str | None = None
    week: date | None = None
    clear: bool = False


@dataclass(frozen=True)
class WaitingAction:
    """An action that waits, as far as it can be told without its words: `content` names exactly what a yes would be about."""

    key: str
    kind: str
    ref: str
    title: str
    due_on: date
    cost: Decimal
    content: str
    channel: str | None
    campaign: str | None
    serves: tuple[str, ...]
    """Objectives."""
    collisions: tuple[Collision, ...]

    @property
    def week(self) -> date:
        """The Monday of the week that it falls due in."""
        return week_start(self.due_on)


def plans_in_force(context: Context) -> tuple[QuarterPlan, ...]:
    """The approved plan of this quarter and of those to come, earliest first; of the last one, when all of them are over."""
    records = list(context.workspace.plans.filter(approved_at__isnull=False, superseded_at__isnull=True).order_by("quarter"))
    day = day_of_company(context)
    ahead = [record for record in records if Quarter(record.quarter).last_day >= day]
    return tuple(plan_of(record) for record in ahead or records[-1:])


def waiting_actions(context: Context, strategy: Strategy, *, state: str = "proposed") -> tuple[WaitingAction, ...]:
    """Every action that waits, in the order they fall due."""
    rows = Action.objects.filter(workspace=context.workspace, state=state).order_by("due_on", "key")
    fields = ("key", "kind", "ref", "title", "due_on", "cost", "content", "serves")
    places, clashes = Places(strategy), Clashes(plans_in_force(context), refused_refs(context), set(left_collisions(context)))
    found = []
    for key, kind, ref, title, due_on, cost, content, serves in rows.values_list(*fields):
        channel, campaign = places.of(kind, ref, serves)
        objectives = places.serves(serves, channel)
        met = clashes.of(kind, ref, campaign, due_on)
        found.append(WaitingAction(key, kind, ref, title, due_on, cost, content, channel, campaign, objectives, met))
    return tuple(found)


def choose(waiting: Iterable[WaitingAction], choice: Choice) -> tuple[WaitingAction, ...]:
    """Those that match the choice."""
    return tuple(
        action
        for action in waiting
        if choice.kind in (None, action.kind)
        and choice.channel in (None, action.channel)
        and choice.campaign in (None, action.campaign)
        and choice.week in (None, action.week)
        and not (choice.clear and action.collisions)
    )


def hash_of_chosen(actions: Sequence[WaitingAction]) -> str:
    """One name for exactly these actions with exactly what each of them wants."""
    return content_hash("\n".join(sorted(f"{action.key} {action.content}" for action in actions)).encode())


class Places:
    """Where an action belongs in the strategy: its channel, its campaign, its objectives."""

    def __init__(self, strategy: Strategy) -> None:
        self._items = {item.id: item for item in strategy.content.items}
        self._campaigns = {campaign.id: campaign.objective for campaign in strategy.campaigns}
        self._channels = {channel.id: channel.objectives for channel in strategy.channels}
        self._objectives = {objective.id for objective in strategy.objectives}

    def of(self, kind: str, ref: str, serves: str | None) -> tuple[str | None, str | None]:
        """Channel and campaign; None where it has none."""
        if kind == "budget_line":
            channel, campaign, *_ = [*ref.split("/"), "", ""]
            return channel or None, campaign if campaign in self._campaigns else None
        item = self._items.get(ref if kind == "item" else serves or "")
        if item is not None:
            return item.channel, item.campaign
        return serves if serves in self._channels else None, serves if serves in self._campaigns else None

    def serves(self, serves: str | None, channel: str | None) -> tuple[str, ...]:
        """The objectives behind it: named, of its campaign, or of its channel."""
        item = self._items.get(serves or "")
        named = (item.campaign if item else serves) or ""
        if named in self._objectives:
            return (named,)
        if named in self._campaigns:
            return (self._campaigns[named],)
        return tuple(self._channels.get(channel or "", ()))


class Clashes:
    """Collisions of the plans in force, by what they name. One whose other side was refused, or that somebody left on purpose, is none any more."""

    def __init__(self, plans: Sequence[QuarterPlan], refused: set[str], left: set[str]) -> None:
        self._by_ref: dict[str, list[Collision]] = {}
        for collision in (collision for plan in plans for collision in plan.collisions):
            if refused.intersection(collision.items) or key_of(collision) in left:
                continue
            for ref in collision.items:
                self._by_ref.setdefault(ref, []).append(collision)

    def of(self, kind: str, ref: str, campaign: str | None, due_on: date) -> tuple[Collision, ...]:
        """What an item or task collides with by its own name, and a week's money by its campaign's."""
        if kind != "budget_line":
            return tuple(self._by_ref.get(ref, ()))
        week_ends = due_on + timedelta(days=6)
        return tuple(met for met in self._by_ref.get(campaign or "", ()) if met.first_day <= week_ends and met.last_day >= due_on)


def refused_refs(context: Context) -> set[str]:
    """Items and tasks that were refused or called off."""
    gone = Action.objects.filter(workspace=context.workspace, state__in=("refused", "cancelled"), kind__in=("item", "task"))
    return set(gone.values_list("ref", flat=True))
