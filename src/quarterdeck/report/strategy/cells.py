"""The lists of the strategy as rows of text: what is worth seeing of each member at a glance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.strategy.choices import choice_word
from quarterdeck.report.strategy.members import Member
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.values import Part
from quarterdeck.strategy.wording.wording import name_of


@dataclass(frozen=True)
class Cells:
    """Says figures, days and names of one strategy as its people write them."""

    strategy: Strategy
    words: Words

    def row(self, slug: str, member: Member) -> tuple[str, ...]:
        """The cells of a member of that sheet, without its name."""
        return COLUMNS[slug][1](self, member.part, member)

    def row_of(self, slug: str, part: Part) -> tuple[str, ...]:
        """The same of a part alone, where its place does not matter."""
        return self.row(slug, Member("", "", part))

    def name(self, ref: str | None) -> str:
        """What an id is called."""
        short = next((name_of(each, self.strategy) for each in self.strategy.objectives if each.id == ref), None)
        return short or self._names.get(ref or "", (ref or "").replace("_", " "))

    def person(self, ref: str | None) -> str:
        """The name of a person, or what was typed."""
        return dict(self.around.suggested("people")).get(ref or "", ref or "nobody yet")

    @cached_property
    def around(self) -> Around:
        """The rest of the strategy."""
        return Around(self.strategy, self.words)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {part_id: name for place in _NAMED for part_id, name in self.around.named(place)}

    def day(self, day: date | None) -> str:
        """`4 Apr 2027`."""
        from babel.dates import format_date

        return str(format_date(day, "medium", locale=self.words.locale)) if day else "no date"

    def span(self, first: date, last: date) -> str:
        """`11 Jan to 21 Feb 2027`: the first year is left out where it is the last one's."""
        from babel.dates import format_skeleton

        start, end = (
            str(format_skeleton(parts, day, locale=self.words.locale))
            for parts, day in (("MMMd" if first.year == last.year else "yMMMd", first), ("yMMMd", last))
        )
        return f"{start} to {end}"

    def money(self, amount: Decimal | None) -> str:
        """An amount, or that nobody knows it."""
        return "not known" if amount is None else self.words.money(amount)

    def figure(self, value: Decimal | None, metric: str | None) -> str:
        """A figure in the unit of its metric."""
        return "" if value is None else self.words.amount(value, metric or "") if metric in METRICS else f"{value:,f}"


Row = Callable[[Cells, Any, Member], tuple[str, ...]]
_NAMED = ("offers", "management.tasks", "channels", "campaigns", "content.items", "audiences", "management.teams", "tools")


def metric_name(metric: str | None) -> str:
    """`New customers`; what was typed, where no metric has that id."""
    return METRICS[metric].name if metric in METRICS else (metric or "")


def _aim(t: Cells, aim: Any, _: Member) -> tuple[str, ...]:
    before = f"{t.figure(aim.baseline, aim.metric)} to " if aim.baseline is not None else ""
    return (f"{before}{t.figure(aim.target, aim.metric)}", t.day(aim.due_on))


def _limits(t: Cells, channel: Any) -> str:
    if channel.spend is None:
        return "no limit" if channel.ownership == "paid" else ""
    low, high = t.words.money(channel.spend.floor), channel.spend.cap
    return f"{low} or more" if high is None else f"{low} to {t.words.money(high)}"


def _task(t: Cells, task: Any, _: Member) -> tuple[str, ...]:
    return (t.name(task.serves), f"{task.effort_hours:f} h", t.day(task.due_on), f"{task.importance} of 5")


def _rule(t: Cells, rule: Any, _: Member) -> tuple[str, ...]:
    mark = f"{metric_name(rule.metric)} {t.figure(rule.threshold, rule.metric)}".strip()
    return (choice_word("Evaluation.step", rule.step), mark or "no mark", t.day(rule.on))


COLUMNS: dict[str, tuple[tuple[str, ...], Row]] = {
    "goals": (
        ("Business goal", "From and to", "By"),
        _aim,
    ),
    "objectives": (("Objective", "From and to", "By"), _aim),
    "audiences": (
        ("Audience", "Rank", "Reachable now", "Known by"),
        lambda t, a, _: (
            choice_word("Audience.rank", a.rank, short=True),
            "not known" if a.size is None else f"{a.size:,}",
            how_many(sum(i.evidence != "judgement" for i in a.insights), "fact"),
        ),
    ),
    "conversions": (
        ("Who should do something next", "Shown by", "Leaves before marketing"),
        lambda t, c, _: (c.event, t.money(c.margin)),
    ),
    "claims": (("Claim", "Answers", "Proof"), lambda t, c, _: (c.answers or "no need yet", c.proof or "no proof yet")),
    "competitors": (("Competitor", "Says"), lambda t, c, _: ("; ".join(c.claims) or "not known",)),
    "tools": (
        ("Tool", "Does", "Use", "A month"),
        lambda t, x, _: (choice_word("Tool.kind", x.kind), choice_word("Tool.use", x.use, short=True), t.money(x.cost)),
    ),
    "channels": (
        ("Channel", "For", "Kind", "Money in a quarter"),
        lambda t, c, _: (c.role or "no role yet", choice_word("Channel.ownership", c.ownership, short=True), _limits(t, c)),
    ),
    "campaigns": (
        ("Campaign", "Serves", "When"),
        lambda t, c, _: (t.name(c.objective), t.span(c.starts_on, c.ends_on)),
    ),
    "offers": (
        ("Offer", "Worth", "Never with"),
        lambda t, o, _: (t.money(o.value), t.words.join([t.name(other) for other in o.excludes]) if o.excludes else "goes with all"),
    ),
    "items": (
        ("Content item", "For", "By", "When"),
        lambda t, i, _: (t.name(i.audience), t.name(i.channel), f"{t.day(i.deliver.on)}, {i.deliver.at}"),
    ),
    "teams": (("Team", "People", ""), lambda t, x, _: (how_many(len(x.people), "person", "people"), "outside" if x.external else "ours")),
    "people": (
        ("Person", "Team", "Hours a week", "Can do"),
        lambda t, p, m: (t.name(m.team), f"{p.hours_per_week:f}", ", ".join(p.skills).replace("_", " ") or "anything"),
    ),
    "tasks": (("Task", "For", "Work", "Due", "Matters"), _task),
    "kpis": (
        ("KPI", "Of", "Now", "Should be", "Every"),
        lambda t, k, _: (
            t.words.join([t.name(of) for of in (k.channel, k.team, k.task) if of]) or "the whole",
            t.figure(k.baseline, k.metric) or "not known",
            t.figure(k.target, k.metric) or "not said",
            k.cadence,
        ),
    ),
    "evaluation": (("Rule", "Judges", "Mark", "On"), _rule),
    "questions": (
        ("Question", "Who finds out", "By"),
        lambda t, q, _: ("answered", "") if q.answer else (t.person(q.owner), t.day(q.due_on)),
    ),
    "opportunities": (("Idea", "Might bring", "Would take"), lambda t, o, _: (o.expected or "not said", o.effort or "not said")),
}
