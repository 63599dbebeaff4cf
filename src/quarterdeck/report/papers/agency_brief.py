"""A brief for an agency or a consultant: what they must know to do their part, and nothing that is not for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quarterdeck.report.papers.full_report import with_short_names
from quarterdeck.report.papers.paper import Block, Line, Paper, Points, Section, Table
from quarterdeck.report.papers.subject import Subject
from quarterdeck.report.strategy.around import called
from quarterdeck.report.strategy.details import DETAILS
from quarterdeck.report.strategy.singles import sentences_of
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Audience, Objective
from quarterdeck.strategy.parts.management import Task, Team
from quarterdeck.strategy.parts.means import Campaign, Channel, ContentItem


@dataclass(frozen=True)
class Scope:
    """What the brief is about. Empty tuples are everything; `team` is the id of the team that gets it, None for somebody who is no team yet."""

    campaigns: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    team: str | None = None
    with_money: bool = True
    """Whether limits of spend are told. Margins, hours' costs, chances and other people's work never are."""


@dataclass(frozen=True)
class _Part:
    """What of the strategy lies within the scope."""

    campaigns: tuple[Campaign, ...]
    channels: tuple[Channel, ...]
    items: tuple[ContentItem, ...]
    tasks: tuple[Task, ...]
    objectives: tuple[Objective, ...]
    audiences: tuple[Audience, ...]
    team: Team | None = field(default=None)


def agency_brief(subject: Subject, scope: Scope = Scope()) -> Paper:
    """Who we are, what the work is for, for whom, what to say, when, within which limits, and how it will be judged."""
    subject = replace(subject, strategy=_without_notes(subject.strategy))
    part = _part(subject, scope)
    to = f" for {part.team.name or part.team.id}" if part.team else ""
    sections = (
        Section("Who we are", tuple(_company(subject)), "wide"),
        Section("What your work is for", tuple(_aims(subject, part)), "wide", 1),
        Section("Who it is for", tuple(_audiences(subject, part)), "wide", 2),
        Section("What to say, and what proves it", tuple(_words(subject, part)), "wide", 3),
        Section("Channels and campaigns", tuple(_means(subject, part, scope)), "wide", 4),
        Section("What goes out, and when", tuple(_items(subject, part)), "wide", 5),
        Section("Your tasks", tuple(_tasks(subject, part)), "wide", 6),
        Section("What must not happen", tuple(_limits(subject)), "wide"),
        Section("How it will be judged", tuple(_rules(subject, part)), "wide", 7),
    )
    return Paper(
        kind="brief",
        title=f"{subject.strategy.company.name}: brief{to}",
        subtitle=_about(subject, part, scope),
        lead="",
        sections=tuple(section for section in sections if section.blocks),
        foot=subject.saved,
        language=subject.language,
        region=subject.region,
    )


def _without_notes(strategy: Strategy) -> Strategy:
    """The same without any note: notes are what its people tell each other."""

    def bare(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: bare(inner) for name, inner in value.items() if name != "note"}
        return [bare(inner) for inner in value] if isinstance(value, list | tuple) else value

    return Strategy.model_validate(bare(strategy.model_dump()))


def _about(subject: Subject, part: _Part, scope: Scope) -> str:
    """The quarter, and what of the strategy it is about where that is not all of it."""
    named = [subject.cells.name(each.id) for each in (*(part.campaigns if scope.campaigns else ()), *(part.channels if scope.channels else ()))]
    return f"{subject.span}{f'; about {subject.words.join(named)}' if named else ''}"


def _part(subject: Subject, scope: Scope) -> _Part:
    strategy = subject.strategy
    channels = tuple(each for each in strategy.channels if _within(each.id, scope.channels))
    own = {each.id for each in channels}
    campaigns = tuple(each for each in strategy.campaigns if _within(each.id, scope.campaigns) and (not each.channels or own & set(each.channels)))
    running = {each.id for each in campaigns}
    items = tuple(
        each
        for each in strategy.content.items
        if each.channel in own and (each.campaign in running or (each.campaign is None and not scope.campaigns))
    )
    team = next((each for each in strategy.management.teams if each.id == scope.team), None)
    tasks = _tasks_of(
        strategy.management.tasks,
        strategy.management.teams,
        team,
        {*running, *own, *(each.id for each in items), *(need for each in items for need in each.needs)},
    )
    aims = {each.objective for each in campaigns} | {objective for each in channels for objective in each.objectives}
    spoken_to = {audience for each in campaigns for audience in each.audiences} | {each.audience for each in items}
    return _Part(
        campaigns,
        channels,
        items,
        tasks,
        tuple(each for each in strategy.objectives if each.id in aims),
        tuple(each for each in strategy.audiences if each.id in spoken_to) or strategy.audiences,
        team,
    )


def _tasks_of(tasks: Sequence[Task], teams: Sequence[Team], team: Team | None, served: set[str]) -> tuple[Task, ...]:
    """Tasks of the scope that one of the team's people has all the skills for; for somebody who is no team yet, those that nobody can do so far."""
    able = [set(person.skills) for each in (teams if team is None else (team,)) for person in each.people]
    return tuple(
        each
        for each in tasks
        if (each.serves in served or each.id in served) and any(set(each.skills) <= skills for skills in able) is (team is not None)
    )


def _within(part_id: str, chosen: tuple[str, ...]) -> bool:
    return not chosen or part_id in chosen


def _company(subject: Subject) -> Iterator[Block]:
    strategy = subject.strategy
    yield Line(" ".join(sentences_of("company", strategy, subject.words)))
    if strategy.vision:
        yield Line(strategy.vision, strong="The year:")


def _aims(subject: Subject, part: _Part) -> Iterator[Block]:
    cells = subject.cells
    rows = tuple((each.statement, *cells.row_of("objectives", each)) for each in part.objectives)
    if rows:
        yield Table(("Objective", "From and to", "By"), rows)


def _audiences(subject: Subject, part: _Part) -> Iterator[Block]:
    if part.audiences:
        yield Points(tuple(Line(" ".join(DETAILS["audiences"](subject.cells, each)), strong=f"{each.who.rstrip('.')}:") for each in part.audiences))


def _words(subject: Subject, part: _Part) -> Iterator[Block]:
    told = subject.strategy.proposition
    said = sentences_of("proposition", subject.strategy, subject.words)
    if said:
        yield Line(" ".join(said), look="lead")
    proved = [each for each in told.claims if each.proof]
    if proved:
        yield Points(tuple(Line(f"Proof: {each.proof}", strong=f"{each.text.rstrip('.')}.") for each in proved))
    voice = sentences_of("voice", subject.strategy, subject.words)
    if voice:
        yield Line(" ".join(voice), strong="How we sound:")


def _means(subject: Subject, part: _Part, scope: Scope) -> Iterator[Block]:
    cells = subject.cells
    for each in part.channels:
        _, _, limits = cells.row_of("channels", each)
        money = f" {limits} in the quarter." if scope.with_money and each.ownership == "paid" and each.spend else ""
        challenges = " ".join(f"Challenge: {challenge.text.rstrip('.')}." for challenge in each.challenges)
        yield Line(f"{(each.role or 'no role written yet').rstrip('.')}.{money} {challenges}".rstrip(), strong=f"{cells.name(each.id)}:")
    for campaign in part.campaigns:
        said = " ".join(DETAILS["campaigns"](cells, campaign))
        yield Line(f"{cells.span(campaign.starts_on, campaign.ends_on)}. {said}", strong=f"Campaign {cells.name(campaign.id)}:")
    offered = {campaign.offer for campaign in part.campaigns if campaign.offer}
    offers = [each for each in subject.strategy.offers if each.id in offered]
    if offers:
        yield Points(tuple(Line(each.text, strong="Offer:") for each in offers))


def _items(subject: Subject, part: _Part) -> Iterator[Block]:
    cells = subject.cells
    rows = tuple((called(each, longest=120), each.format, each.language, *with_short_names(cells.row_of("items", each))) for each in part.items)
    if rows:
        yield Table(("What", "Format", "Language", "For", "By", "When"), rows)


def _tasks(subject: Subject, part: _Part) -> Iterator[Block]:
    cells = subject.cells
    rows = tuple((each.title, f"{each.effort_hours:f} h", cells.day(each.due_on)) for each in part.tasks)
    if rows:
        yield Table(("Task", "Work", "Due"), rows, numeric=frozenset({1}))


def _limits(subject: Subject) -> Iterator[Block]:
    for slug in ("ads", "contact"):
        said = sentences_of(slug, subject.strategy, subject.words)
        if said:
            yield Points(tuple(Line(sentence) for sentence in said))


def _tells_margin(subject: Subject, sentence: str) -> bool:
    """Whether a sentence names the margin of a conversion as money: it is not for people outside."""
    from babel.numbers import get_currency_symbol

    currency = subject.strategy.company.currency
    sign = f"(?:{re.escape(currency)}|{re.escape(get_currency_symbol(currency, locale=subject.words.locale))})"
    margins = {f"{each.margin:f}" for each in subject.strategy.conversions if each.margin}
    figures = "|".join(re.escape(margin.rstrip("0").rstrip(".") if "." in margin else margin) + r"(?:[.,]0+)?" for margin in sorted(margins))
    return bool(margins) and re.search(rf"{sign}\s?(?:{figures})(?![.,]?\d)|(?<![\d.,])(?:{figures})\s?{sign}", sentence) is not None


def _rules(subject: Subject, part: _Part) -> Iterator[Block]:
    cells, own = subject.cells, {each.id for each in part.channels}
    rules = [
        each for each in subject.strategy.evaluation if (each.channel in own or each.step == "overall") and not _tells_margin(subject, each.question)
    ]
    if rules:
        yield Table(("Question", "Mark", "On"), tuple((each.question, *cells.row_of("evaluation", each)[1:]) for each in rules))
    kpis = [each for each in subject.strategy.management.kpis if each.channel in own or (part.team and each.team == part.team.id)]
    if kpis:
        rows = tuple((called(each), *cells.row_of("kpis", each)[:3]) for each in kpis)
        yield Table(("Figure", "Of", "Now", "Should be"), rows)
