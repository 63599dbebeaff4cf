"""What faults are planted into: a sound strategy as plain data, with the few words that every plant needs to find its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.references import REFERENCES
from quarterdeck.strategy.parts.shape import to_plain

Member = dict[str, Any]
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_REQUIRED = frozenset(
    {"objectives[].goal", "campaigns[].objective", "content.items[].audience", "content.items[].channel", "management.tasks[].serves"}
    | {"management.kpis[].channel", "management.kpis[].task", "management.kpis[].team", "evaluation[].channel", "audiences[].for"}
)
"""References without which the part that holds them has no meaning: it goes with what it names."""


class Barren(Exception):
    """This strategy has no place for the fault."""


class Soil:
    """A strategy as plain data that a plant may change, and the quarter that it is for."""

    def __init__(self, strategy: Strategy, quarter: Quarter) -> None:
        self.doc: Member = to_plain(strategy)
        self.quarter = quarter
        self.as_of = quarter.first_day - timedelta(days=1)

    def members(self, path: str) -> list[Member]:
        """The list at `path`, ready to be added to; people come from all teams together."""
        if path == "management.people":
            return [person for team in self.members("management.teams") for person in team.get("people", [])]
        here = self.doc
        *above, last = path.split(".")
        for word in above:
            here = here.setdefault(word, {})
        found: list[Member] = here.setdefault(last, [])
        return found

    def part(self, path: str) -> Member:
        """The group of fields at `path`."""
        here = self.doc
        for word in path.split("."):
            here = here.setdefault(word, {})
        return here

    def first(self, path: str, fits: Callable[[Member], Any] = lambda member: True) -> Member:
        """The first member of the list that fits. Raises Barren when there is none."""
        for member in self.members(path):
            if fits(member):
                return member
        raise Barren

    def number_of(self, path: str, member: Member) -> int:
        """Where the member stands in a list whose members have no ids."""
        return next(number for number, each in enumerate(self.members(path)) if each is member)

    def by_id(self, path: str, own_id: str | None) -> Member:
        """The member of that id. Raises Barren."""
        return self.first(path, lambda member: member["id"] == own_id)

    def kind(self, channel_id: str) -> str:
        """The kind of a channel."""
        return str(self.by_id("channels", channel_id)["kind"])

    def day(self, number: int) -> date:
        """A day of the quarter, 0 is its Monday; negative is before it."""
        return self.quarter.first_day + timedelta(days=number)

    def clear(self, list_place: str) -> None:
        """Takes out a whole list, and whatever cannot be without its members."""
        for own_id in [member["id"] for member in self.members(list_place)]:
            self.remove(list_place, own_id)

    def remove(self, list_place: str, own_id: str) -> None:
        """Takes out one member, every reference to it, and the parts that have no meaning without it."""
        members = self.members(list_place)
        members[:] = [member for member in members if member["id"] != own_id]
        for rule in REFERENCES:
            if f"{list_place}[]" in rule.targets:
                self._forget(rule.source, own_id)

    def _forget(self, source: str, own_id: str) -> None:
        list_place, _, field = source.partition("[].")
        for holder in list(self.members(list_place)):
            if source in _REQUIRED:
                if holder.get(field) == own_id:
                    self._drop(list_place, holder)
            elif "[]." in field:
                inner, _, last = field.partition("[].")
                for member in holder.get(inner, []):
                    _take_out(member, last, own_id)
            else:
                _take_out(holder, field, own_id)
        if list_place == "management.contact_rules.at_most":
            limits = self.members(list_place)
            limits[:] = [limit for limit in limits if limit["channels"]]

    def _drop(self, list_place: str, holder: Member) -> None:
        if "id" in holder:
            self.remove(list_place, holder["id"])
        else:
            self.members(list_place).remove(holder)


def _take_out(holder: Member, field: str, own_id: str) -> None:
    if field.endswith("[]"):
        name = field.removesuffix("[]")
        if name in holder:
            holder[name] = [value for value in holder[name] if value != own_id]
    elif holder.get(field) == own_id:
        del holder[field]


def words_of(day: date) -> str:
    """`4 April`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def objective_for(s: Soil, metric: str, *, name: str = "planted", baseline: int = 1000, target: int = 1100) -> Member:
    """Adds a sound objective of its own: owned, served by a channel and a campaign's goal, followed by a KPI."""
    goal, model = s.first("goals"), s.first("objectives")
    words = f"Reach {target:,} {METRICS[metric].name.lower()} between {words_of(s.day(0))} and {words_of(s.quarter.last_day)}."
    new = {"id": name, "goal": goal["id"], "statement": words, "metric": metric, "baseline": Decimal(baseline), "target": Decimal(target)}
    new |= {"due_on": s.quarter.last_day, "owner": model.get("owner", "somebody")}
    new["milestones"] = [{"on": s.day(27), "value": Decimal(target * 3 // 10)}, {"on": s.day(55), "value": Decimal(target * 6 // 10)}]
    if "audience" in model:
        new["audience"] = model["audience"]
    s.members("objectives").append(new)
    s.first("channels").setdefault("objectives", []).append(name)
    s.members("management.kpis").append({"metric": metric, "target": Decimal(target // 13), "cadence": "week", "owner": new["owner"]})
    return new
