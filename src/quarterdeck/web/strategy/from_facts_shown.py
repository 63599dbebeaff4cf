"""What the facts say, as rows and sentences for the page that drafts a strategy from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.strategy.choices import CHOICES
from quarterdeck.report.words import Words
from quarterdeck.strategy.from_facts.channels import FoundChannel
from quarterdeck.strategy.from_facts.corrections import correctable
from quarterdeck.strategy.from_facts.figures import FoundMetric
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.from_facts.proposals import Proposal
from quarterdeck.web.strategy.from_facts_said import Chance


@dataclass(frozen=True)
class Typed:
    """What stands in the form. `taken` is None before anybody chose."""

    taken: frozenset[str] | None
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    targets: Mapping[str, str]
    budget: str = ""
    draft: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)

    def takes(self, key: str, why_off: str | None) -> bool:
        """Whether its box is ticked."""
        return why_off is None if self.taken is None else key in self.taken


@dataclass(frozen=True)
class Correction:
    """A field in which a figure that was counted can be corrected."""

    key: str
    label: str
    text: str
    wrong: str


@dataclass(frozen=True)
class Row:
    """One statement: its box, what it is called, its figures in the order of the table's columns, and where it comes from."""

    key: str
    is_on: bool
    name: str
    cells: tuple[str, ...]
    origin: str
    why_off: str = ""
    kind: str = ""
    target: str = ""
    metric: str = ""
    chance: Chance | None = None
    wrong: str = ""
    told: tuple[tuple[str, str], ...] = ()
    """Each cell with the name of its column, which stands before it where there is no room for a table."""
    corrections: tuple[Correction, ...] = ()
    is_corrected: bool = False


@dataclass(frozen=True)
class Section:
    """A table of statements. `named`: their names can be corrected; `header` names the columns of `cells`."""

    slug: str
    title: str
    sentence: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    named: bool = False
    label: str = "Name"


def sections_of(found: Findings, typed: Typed, words: Words, wrong: Mapping[str, str], chances: Mapping[str, Chance]) -> list[Section]:
    """Every table that has a row, in the order of the steps."""
    maker = _Maker(found, typed, words, wrong, chances)
    fixes = _corrections(found, typed, words, wrong)
    return [_labelled(section, fixes) for section in maker.sections() if section.rows]


def _labelled(section: Section, fixes: Mapping[str, list[Correction]]) -> Section:
    rows = (replace(row, told=tuple(zip(section.header, row.cells, strict=True))) for row in section.rows)
    return replace(section, rows=tuple(_with_corrections(row, tuple(fixes.get(row.key, ()))) for row in rows))


def _with_corrections(row: Row, fixes: tuple[Correction, ...]) -> Row:
    return replace(row, corrections=fixes, is_corrected=any(each.text or each.wrong for each in fixes))


def _corrections(found: Findings, typed: Typed, words: Words, wrong: Mapping[str, str]) -> Mapping[str, list[Correction]]:
    """By the row that they belong to, the fields that correct a figure; empty until somebody types into them."""
    fixes: dict[str, list[Correction]] = {}
    for each in correctable(found):
        row = each.key.partition(".")[0]
        fixes.setdefault(row, []).append(Correction(each.key, each.label, typed.figures.get(each.key, ""), wrong.get(f"figure {each.key}", "")))
    return fixes


@dataclass(frozen=True)
class _Maker:
    found: Findings
    typed: Typed
    words: Words
    wrong: Mapping[str, str]
    chances: Mapping[str, Chance]

    def sections(self) -> list[Section]:
        found = self.found
        quarter = f"{self.words.day(found.counted.quarter.first_day)} to {self.words.day(found.counted.quarter.last_day)}"
        return [
            Section("targets", "What should it be?", f"Your targets for the quarter from {quarter}. A field that stays empty becomes a question.",
                    ("What it was", "When nothing changes"), tuple(map(self._metric, found.metrics))),
            Section("channels", "Channels", self._say_channels(), ("Paid or not", "Last 13 weeks", "At most in a quarter"),
                    tuple(map(self._channel, found.channels)), named=True),
            Section("conversions", "What one is worth", "The middle one of those on record. Give each group of people the name that you use.",
                    ("Event", "Times", "Worth", "Left after the goods"), self._rows(found.conversions, "group", self._of_conversion), named=True),
            Section("audiences", "People you can tell apart", "Counted from orders that name a buyer. What they need, only you and they know.",
                    ("How many",), self._rows(found.audiences, "who", self._of_audience), named=True, label="Who they are"),
            Section("campaigns", "Campaigns that run", "They become ideas in step 8, until you say what each is for and when it ends.",
                    (), self._rows(found.campaigns, "text", lambda part: ())),
            Section("tools", "Tools in use", "Only those that a file of yours came from.", ("Kind",),
                    self._rows(found.tools, "name", lambda part: (CHOICES["Tool.kind"][part.kind],)), named=True),
            Section("places", "Where you sell, and in which languages", "Countries and languages that your rows name.", ("What",), self._places()),
            Section("kpis", "What a new customer costs", "It is what you pay now. What it should be, you say.", ("Now",), self._kpis()),
        ]  # fmt: skip

    def _say_channels(self) -> str:
        latest = [each.latest for each in self.found.channels if each.latest is not None]
        limits = "The most that you ever spent in 13 weeks stands as the limit; you may change it later."
        if not latest:
            return "None of them cost money."
        total = sum((each.amount for each in latest), Decimal(0))
        return f"They cost {self.words.money(total)} from {self.words.day(latest[0].first_day)} to {self.words.day(latest[0].last_day)}. {limits}"

    def _metric(self, metric: FoundMetric) -> Row:
        was = "Too few weeks are known"
        if metric.baseline is not None:
            when = "a year before" if metric.baseline.how == "year_before" else "in the last 13 weeks"
            was = f"{self.words.amount(metric.baseline.value, metric.metric)} {when}"
        ahead = "No forecast yet"
        if (coming := metric.unchanged) is not None:
            low, middle, high = (self.words.amount(each, metric.metric, about=True) for each in (coming.low, coming.middle, coming.high))
            ahead = f"about {middle} ({low} to {high})"
        return Row(
            metric.key,
            self.typed.takes(metric.key, None),
            METRICS[metric.metric].name,
            (was, ahead),
            metric.origin,
            target=self.typed.targets.get(metric.key, ""),
            metric=metric.metric,
            chance=self.chances.get(metric.metric),
            wrong=self.wrong.get(f"target of {METRICS[metric.metric].name.lower()}", ""),
        )

    def _channel(self, channel: FoundChannel) -> Row:
        part = channel.proposal.part
        other = ", ".join(f"{self.words.count(float(amount))} {currency}" for currency, amount in channel.other_money)
        spent = f"{other} in all" if other and channel.latest is None else "" if channel.latest is None else self.words.money(channel.latest.amount)
        cap = "" if channel.most is None else self.words.money(channel.most.amount)
        row = self._row(channel.proposal, part.name or part.id, (CHOICES["Channel.ownership"][part.ownership].split(":")[0], spent, cap))
        read = f"Its kind is read from the word “{channel.guess.word}”." if channel.guess.word else "No word of its name tells its kind."
        return replace(row, kind=self.typed.kinds.get(channel.key, part.kind), origin=f"{row.origin} {read}")

    def _of_conversion(self, part: Any) -> tuple[str, ...]:
        known = {each.name: each for each in (*self.found.counted.conversions, self.found.counted.orders, self.found.counted.first_orders) if each}
        worth = [self.words.money(amount, exact=True) if amount is not None else "not known" for amount in (part.value, part.margin)]
        return (part.event.replace("_", " "), self.words.count(known[part.event].count), *worth)

    def _of_audience(self, part: Any) -> tuple[str, ...]:
        return (" ".join(insight.text for insight in part.insights),)

    def _places(self) -> tuple[Row, ...]:
        from babel import Locale

        locale = Locale("en")
        countries = [self._row(each, str(locale.territories.get(each.part, each.part)), ("Country",)) for each in self.found.countries]
        return (*countries, *[self._row(each, str(locale.languages.get(each.part, each.part)), ("Language",)) for each in self.found.languages])

    def _kpis(self) -> tuple[Row, ...]:
        names = {each.proposal.part.id: each.proposal.part.name or each.proposal.part.id for each in self.found.channels}
        return tuple(
            self._row(
                each, names[each.part.channel] if each.part.channel else "All channels", (self.words.money(each.part.baseline or 0, exact=True),)
            )
            for each in self.found.kpis
        )

    def _rows(self, proposals: Iterable[Proposal[Any]], field: str, cells: Callable[[Any], tuple[str, ...]]) -> tuple[Row, ...]:
        return tuple(self._row(each, getattr(each.part, field), cells(each.part)) for each in proposals)

    def _row(self, proposal: Proposal[Any], name: str, cells: tuple[str, ...]) -> Row:
        return Row(
            proposal.key,
            self.typed.takes(proposal.key, proposal.why_off),
            self.typed.names.get(proposal.key, name),
            cells,
            proposal.origin,
            why_off=proposal.why_off or "",
            wrong=self.wrong.get(proposal.key, ""),
        )
