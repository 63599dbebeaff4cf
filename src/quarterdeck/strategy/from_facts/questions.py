"""What the facts do not tell, as open questions of the step that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.strategy.from_facts.channels import FoundChannel
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.from_facts.people import unread_places
from quarterdeck.strategy.from_facts.proposals import Choices, cents, due_after, money_said, say_days
from quarterdeck.strategy.from_facts.say_target import say_target_asked
from quarterdeck.strategy.from_facts.spelled import id_for, title_of
from quarterdeck.strategy.parts.management import Question
from quarterdeck.strategy.wording.wording import say_day, say_list, say_money, say_number

PREFIX = "facts_"
_OLD_DAYS = 35
"""A newest week that began earlier than this is old."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question before it has an id, an owner and a day."""

    key: str
    step: int
    text: str
    blocks: str
    about: str | None = None
    """The place that the answer fills; whoever makes the draft takes it away where something stands there."""


def open_questions(found: Findings, choices: Choices) -> tuple[Question, ...]:
    """One a thing that is not known, by step; owned by whoever drafts, due in a week."""
    asked = [
        *_about_targets(found, choices),
        *_ALWAYS,
        *_about_people(found, choices),
        *_about_channels(found, choices),
        *_about_money(found, choices),
        *_about_facts(found),
    ]
    questions: list[Question] = []
    for each in sorted(asked, key=lambda each: each.step):
        made = id_for(f"{PREFIX}{each.key}"[:60], {question.id for question in questions}, otherwise=f"{PREFIX}question")
        questions.append(
            Question(
                id=made,
                step=each.step,
                text=each.text,
                blocks=each.blocks,
                about=each.about,
                owner=found.counted.person,
                due_on=due_after(found.counted.today),
            )
        )
    return tuple(questions)


_ALWAYS = (
    _Asked("goal", 1, "What should the whole company have reached in a year, and how will you know?", "The goals: objectives serve one.", "goals"),
    _Asked(
        "proposition",
        3,
        "Why do people choose you and not somebody else, and what proves it?",
        "The proposition and its claims.",
        "proposition.statement",
    ),
    _Asked(
        "competitors",
        3,
        "Whom do people choose in your place, and what do those say of themselves?",
        "What makes the proposition unlike others.",
        "proposition.competitors",
    ),
    _Asked("voice", 5, "What do you want to talk about, and how should it sound?", "Themes, voice and items of content.", "content.voice"),
    _Asked("people", 6, "Who does the work, with which skills and how many hours a week?", "The plan: tasks need people.", "management.teams"),
    _Asked(
        "judged",
        7,
        "By which figure will you say that the quarter went well?",
        "The rule for overall success, which is fixed before the quarter begins.",
        "evaluation",
    ),
)
_MOST_MARGINS = 3
"""Conversions whose margin is asked about, the first ones; the others are told by the checks."""


def _about_targets(found: Findings, choices: Choices) -> Iterator[_Asked]:
    for metric in found.metrics:
        is_taken = choices.taken is None or metric.key in choices.taken
        if is_taken and metric.metric not in choices.targets:
            yield _Asked(
                f"target_{metric.metric}",
                1,
                say_target_asked(found, metric),
                "The plan: without a target there is nothing to plan for.",
                "objectives",
            )


def _about_people(found: Findings, choices: Choices) -> Iterator[_Asked]:
    groups = [each.part for each in found.audiences if choices.takes(each)]
    serves = "The needs of each audience, and the claims that answer them."
    for group in groups:
        who = choices.names.get(f"audience-{group.id}") or group.who
        yield _Asked(f"needs_{group.id}", 2, f"What do these people need, and how do you know it: “{who}”?", serves, f"audiences[{group.id}].needs")
    if not groups:
        yield _Asked("needs", 2, "What do your customers need when they come to you, and how do you know it?", serves)
        yield _Asked("audiences", 2, "Who are your customers, and which groups of them do you tell apart?", "The audiences.", "audiences")
    yield from _about_worth(found, choices)
    if not found.countries:
        yield _Asked("countries", 1, "In which countries do you sell?", "Markets, holidays and how money and dates are written.", "company.markets")
    if places := unread_places(found.counted):
        listed = say_list([*(f"“{place}”" for place in places[:8]), *([f"{len(places) - 8} more"] if len(places) > 8 else [])])
        yield _Asked("places", 1, f"In which countries do these places lie: {listed}?", "Markets and their holidays.", "company.markets")
    if not found.languages:
        yield _Asked("languages", 5, "Which languages do your customers read?", "The languages of the content.", "company.languages")


def _about_worth(found: Findings, choices: Choices) -> Iterator[_Asked]:
    """What the money may cost: without it all of it is spent."""
    blocks, taken = "What the money may cost: without it all of it is spent.", [each.part for each in found.conversions if choices.takes(each)]
    if not taken:
        yield _Asked("worth", 2, f"What is one new customer worth to you?{_say_average(found)}", blocks, "conversions")
    elif all(each.margin is None for each in taken):
        for each in taken[:_MOST_MARGINS]:
            text = f"What is left of one “{title_of(each.event).lower()}” after the cost of the goods?"
            yield _Asked(f"margin_{each.id}", 2, text, blocks, f"conversions[{each.id}].margin")


def _about_channels(found: Findings, choices: Choices) -> Iterator[_Asked]:
    if not found.channels:
        yield _Asked(
            "channels",
            4,
            "By which channels do people hear of you, and what does each cost in a quarter?",
            "The channels, and money for them.",
            "channels",
        )
    for channel in found.channels:
        yield from _about_channel(found, channel, choices)


def _about_channel(found: Findings, channel: FoundChannel, choices: Choices) -> Iterator[_Asked]:
    part, called = channel.proposal.part, f"“{channel.spellings[0]}”"
    if not choices.takes(channel.proposal):
        yield _Asked(
            f"is_{part.id}",
            4,
            f"Is {called} a channel of yours? {channel.proposal.why_off or 'It was left out of the draft.'}",
            "Whether money is planned for it.",
        )
        return
    if part.kind == "other" and channel.key not in choices.kinds:
        yield _Asked(f"kind_{part.id}", 4, f"What kind of channel is {called}?", "Advice that is right for its kind.")
    if len(channel.spellings) > 1:
        names = say_list([f"“{name}”" for name in channel.spellings])
        yield _Asked(f"names_{part.id}", 4, f"Are {names} one channel? The draft takes them as one, and later figures see “{part.id}” alone. Take back the "
                     "import with the other name, correct the name in the file, and bring it in again.", "Curves and plans: they miss the money under the other name.")  # fmt: skip
    elif not channel.is_found_by_curves:
        yield _Asked(f"name_{part.id}", 4, f"The facts call it {called} and the strategy “{part.id}”. Will you take back its import and bring the file in "
                     f"again? The name “{part.name}” leads to the channel then.", "Curves and plans: they find a channel by its short name.")  # fmt: skip
    if channel.other_money:
        amounts = say_list([f"{say_number(cents(amount))} {currency}" for currency, amount in channel.other_money])
        yield _Asked(
            f"money_{part.id}",
            4,
            f"What is {amounts} on {called} in {found.counted.currency}? It was left out of all sums here.",
            "Limits of its money.",
            f"channels[{part.id}].spend.cap",
        )


def _about_money(found: Findings, choices: Choices) -> Iterator[_Asked]:
    spent = [each.latest for each in found.channels if each.latest is not None]
    if choices.budget is None:
        said = ""
        if spent:
            total = sum((each.amount for each in spent), Decimal(0))
            said = f" The channels cost {money_said(total, found.counted.currency)} in the whole weeks from {say_days(spent[0].first_day, spent[0].last_day)}."
        yield _Asked("budget", 6, f"What may the quarter cost?{said}", "The plan: money is only placed within a budget.", "management.budget.quarter")
    if any(choices.takes(each) for each in found.kpis):
        yield _Asked("kpis", 6, "Which figure should each KPI reach, and who looks after it?", "KPIs: they have what is now, and no target.")
    if any(choices.takes(each) for each in found.campaigns):
        yield _Asked(
            "campaigns",
            4,
            "Which of the campaigns that run now belong to the coming quarter, what is each for, and when does it end?",
            "The campaigns.",
            "campaigns",
        )


def _about_facts(found: Findings) -> Iterator[_Asked]:
    counted = found.counted
    if counted.unknown_metrics:
        listed = say_list([f"“{name}”" for name in counted.unknown_metrics[:8]])
        yield _Asked(
            "figures", 8, f"Which metric do these figures count: {listed}? No metric has such a name, so nothing is made of them.", "Their baselines."
        )
    if counted.machines_unknown:
        yield _Asked(
            "machines", 8, "Which visits were made by machines? The facts do not say it, so all of them count.", "How far visits can be believed."
        )
    newest = max((max(each.weeks)[0] for each in counted.metrics if each.weeks), default=None)
    for what, week in (("spend", max(counted.spend_weeks, default=None)), ("results", newest)):
        if week is not None and (counted.today - week).days > _OLD_DAYS:
            text = f"The newest whole week of {what} in the facts begins on {say_day(week)}. Can you bring in what came after?"
            yield _Asked(f"old_{what}", 8, text, "Every figure of this draft that rests on them.")


def _say_average(found: Findings) -> str:
    """Revenue, and margin where it is known, by orders of the same weeks; empty where they were not counted."""
    values = {each.metric: each.baseline for each in found.metrics if each.baseline is not None}
    revenue, orders, margin = values.get("revenue"), values.get("orders"), values.get("margin")
    if revenue is None or orders is None or not orders.value or revenue.first_day != orders.first_day:
        return ""
    days, currency = say_days(revenue.first_day, revenue.last_day), found.counted.currency
    said = f" Revenue by orders was {say_money(cents(revenue.value / orders.value), currency)}"
    if margin is not None and margin.first_day == orders.first_day:
        return f"{said} and margin by orders {say_money(cents(margin.value / orders.value), currency)} ({days})."
    return f"{said} ({days}); what is left of it only you know."
