"""What the facts do not tell, as open questions of the step that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.from_facts.channels import FoundChannel
from quarterdeck.strategy.from_facts.figures import FoundMetric
from quarterdeck.strategy.from_facts.findings import Findings
from quarterdeck.strategy.from_facts.people import unread_places
from quarterdeck.strategy.from_facts.proposals import Choices, cents, due_after, money_said, say_days
from quarterdeck.strategy.from_facts.spelled import id_for
from quarterdeck.strategy.management import Question
from quarterdeck.strategy.wording import say_amount, say_day, say_list, say_money, say_number

PREFIX = "facts_"
_SMALL = 100
_OLD_DAYS = 35
"""A newest week that began earlier than this is old."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question before it has an id, an owner and a day."""

    key: str
    step: int
    text: str
    blocks: str


def open_questions(found: Findings, choices: Choices) -> tuple[Question, ...]:
    """One a thing that is not known, by step; owned by whoever drafts, due in a week."""
    asked = [
        *_about_targets(found, choices),
        *_ALWAYS,
        *_about_people(found),
        *_about_channels(found, choices),
        *_about_money(found, choices),
        *_about_facts(found),
    ]
    questions: list[Question] = []
    for each in sorted(asked, key=lambda each: each.step):
        made = id_for(f"{PREFIX}{each.key}"[:60], {question.id for question in questions}, otherwise=f"{PREFIX}question")
        questions.append(
            Question(id=made, step=each.step, text=each.text, blocks=each.blocks, owner=found.counted.person, due_on=due_after(found.counted.today))
        )
    return tuple(questions)


def say_target_asked(found: Findings, metric: FoundMetric) -> str:
    """What should it be, what was it, and what is most likely when nothing changes."""
    counted, name = found.counted, METRICS[metric.metric].name.lower()
    said = f"What should {name} be from {say_days(counted.quarter.first_day, counted.quarter.last_day)}?"
    if metric.baseline is not None:
        when = "in the same weeks a year before" if metric.baseline.how == "year_before" else "in the last 13 whole weeks"
        days = say_days(metric.baseline.first_day, metric.baseline.last_day)
        said += f" It was {_amount(metric.baseline.value, metric.metric, counted.currency)} {when} ({days})"
        said += "." if metric.baseline.how == "year_before" else ": another season, so compare with care."
    else:
        said += f" Only {metric.weeks} whole {'week is' if metric.weeks == 1 else 'weeks are'} known, too few for a figure to compare with."
    return said + say_unchanged(found, metric)


def say_unchanged(found: Findings, metric: FoundMetric) -> str:
    """` With nothing changed it will most likely be 4,250 (4,000 to 4,500).`; empty where no forecast can be made."""
    if metric.unchanged is None:
        return ""
    low, middle, high = (
        say_amount(_about(each, metric.metric), metric.metric, found.counted.currency)
        for each in (metric.unchanged.low, metric.unchanged.middle, metric.unchanged.high)
    )
    return f" With nothing changed it will most likely be {middle} ({low} to {high})."


_ALWAYS = (
    _Asked("goal", 1, "What should the whole company have reached in a year, and how will you know?", "The goals: objectives serve one."),
    _Asked(
        "needs",
        2,
        "What do your customers need when they come to you, and how do you know it?",
        "The needs of each audience, and the claims that answer them.",
    ),
    _Asked("proposition", 3, "Why do people choose you and not somebody else, and what proves it?", "The proposition and its claims."),
    _Asked(
        "competitors", 3, "Whom do people choose in your place, and what do those say of themselves?", "What makes the proposition unlike others."
    ),
    _Asked("voice", 5, "What do you want to talk about, and how should it sound?", "Themes, voice and items of content."),
    _Asked("people", 6, "Who does the work, with which skills and how many hours a week?", "The plan: tasks need people."),
    _Asked(
        "judged",
        7,
        "By which figure will you say that the quarter went well?",
        "The rule for overall success, which is fixed before the quarter begins.",
    ),
)


def _about_targets(found: Findings, choices: Choices) -> Iterator[_Asked]:
    for metric in found.metrics:
        is_taken = choices.taken is None or metric.key in choices.taken
        if is_taken and metric.metric not in choices.targets:
            yield _Asked(f"target_{metric.metric}", 1, say_target_asked(found, metric), "The plan: without a target there is nothing to plan for.")


def _about_people(found: Findings) -> Iterator[_Asked]:
    if not found.audiences:
        yield _Asked("audiences", 2, "Who are your customers, and which groups of them do you tell apart?", "The audiences.")
    if not found.conversions:
        yield _Asked(
            "worth", 2, f"What is one new customer worth to you?{_say_average(found)}", "What the money may cost: without it all of it is spent."
        )
    elif all(each.part.margin is None for each in found.conversions):
        yield _Asked("margin", 2, "What is left of one sale after the cost of the goods?", "What the money may cost: without it all of it is spent.")
    if not found.countries:
        yield _Asked("countries", 1, "In which countries do you sell?", "Markets, holidays and how money and dates are written.")
    if places := unread_places(found.counted):
        listed = say_list([f"“{place}”" for place in places[:8]]) + (f" and {len(places) - 8} more" if len(places) > 8 else "")
        yield _Asked("places", 1, f"In which countries do these places lie: {listed}?", "Markets and their holidays.")
    if not found.languages:
        yield _Asked("languages", 5, "Which languages do your customers read?", "The languages of the content.")


def _about_channels(found: Findings, choices: Choices) -> Iterator[_Asked]:
    if not found.channels:
        yield _Asked(
            "channels", 4, "By which channels do people hear of you, and what does each cost in a quarter?", "The channels, and money for them."
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
        )


def _about_money(found: Findings, choices: Choices) -> Iterator[_Asked]:
    spent = [each.latest for each in found.channels if each.latest is not None]
    if choices.budget is None:
        said = ""
        if spent:
            total = sum((each.amount for each in spent), Decimal(0))
            said = f" The channels cost {money_said(total, found.counted.currency)} in the whole weeks from {say_days(spent[0].first_day, spent[0].last_day)}."
        yield _Asked("budget", 6, f"What may the quarter cost?{said}", "The plan: money is only placed within a budget.")
    if any(choices.takes(each) for each in found.kpis):
        yield _Asked("kpis", 6, "Which figure should each KPI reach, and who looks after it?", "KPIs: they have what is now, and no target.")
    if any(choices.takes(each) for each in found.campaigns):
        yield _Asked(
            "campaigns",
            4,
            "Which of the campaigns that run now belong to the coming quarter, what is each for, and when does it end?",
            "The campaigns.",
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


def _amount(value: Decimal, metric: str, currency: str) -> str:
    """A figure that was counted: money as in any sentence, all else as it is."""
    return money_said(value, currency) if METRICS[metric].unit in ("money", "money_per_count") else say_amount(value, metric, currency)


def _about(figure: float, metric: str) -> Decimal:
    """A forecast is never known more closely than three digits; small ones have two decimals, small counts none."""
    if METRICS[metric].unit == "count" and abs(figure) < _SMALL:
        return Decimal(round(figure))
    return Decimal(str(round(figure, 2))) if abs(figure) < _SMALL else Decimal(f"{figure:.3g}")
