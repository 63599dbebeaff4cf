"""Parts that there is only one of, as sentences: the company, the proposition, the budget, the rules, the rhythm."""

from __future__ import annotations

from collections.abc import Callable

from quarterdeck.report.say_quarter import tight
from quarterdeck.report.strategy.around import Around
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.document import Strategy

_TIMES = {1: "once", 2: "twice"}

Say = Callable[[Strategy, Words], list[str]]


def sentences_of(slug: str, strategy: Strategy, words: Words) -> tuple[str, ...]:
    """What the part says; empty when it says nothing yet."""
    return tuple(tight(sentence) for sentence in _SAY[slug](strategy, words) if sentence)


def _vision(strategy: Strategy, _: Words) -> list[str]:
    return [strategy.vision or "", strategy.note or ""]


def _company(strategy: Strategy, words: Words) -> list[str]:
    company = strategy.company
    where = f", sells in {words.join(company.markets)}" if company.markets else ""
    said = f"{company.name}{where}; money is in {company.currency}, clocks are those of {company.timezone}."
    return [said, company.website or "", company.note or ""]


def _proposition(strategy: Strategy, _: Words) -> list[str]:
    told = strategy.proposition
    rest = [f"{lead} {text.rstrip('.')}" for lead, text in (("For", told.for_whom), ("unlike", told.unlike), ("because", told.because)) if text]
    whole = ", ".join(rest)
    return [told.statement or "", f"{whole[:1].upper()}{whole[1:]}." if whole else "", told.note or ""]


def _ads(strategy: Strategy, words: Words) -> list[str]:
    ads, limits = strategy.ads, strategy.ads.guardrails
    said = []
    if ads.brand_terms:
        said.append(f"Our own names: {words.join(ads.brand_terms)}.")
    if ads.protected:
        said.append(f"Never bid on: {words.join(ads.protected)}.")
    if limits.max_daily_spend is not None:
        said.append(f"At most {words.money(limits.max_daily_spend)} in a day without a person saying so.")
    if limits.max_change_share is not None:
        said.append(f"No budget changes by more than {limits.max_change_share * 100:.0f} % in one go without a person saying so.")
    return [*said, ads.note or ""]


def _voice(strategy: Strategy, words: Words) -> list[str]:
    content = strategy.content
    themes = f"We talk about {words.join([f'“{theme}”' for theme in content.themes])}." if content.themes else ""
    return [content.voice or "", themes, content.note or ""]


def _budget(strategy: Strategy, words: Words) -> list[str]:
    budget, note = strategy.management.budget, strategy.management.note or ""
    if budget is None:
        return [note]
    back = f", {words.money(budget.reserve)} of it kept back" if budget.reserve else ""
    how = "Only what pays is spent; the rest is held back." if budget.spend == "what_pays" else "All of it is spent on the target."
    return [f"{words.money(budget.quarter)} for a quarter{back}.", how, budget.note or "", note]


def _contact(strategy: Strategy, words: Words) -> list[str]:
    rules = strategy.management.contact_rules
    names = dict(Around(strategy, words).named("channels"))
    said = [
        f"Nobody hears from us by {words.join([names.get(c, c) for c in limit.channels])} more than {_TIMES.get(limit.times, f'{limit.times} times')} in "
        f"{how_many(limit.days, 'day')}."
        for limit in rules.at_most
    ]
    if rules.quiet_hours is not None:
        said.append(f"Nothing is sent to a person between {rules.quiet_hours.first} and {rules.quiet_hours.last}, by their own clock.")
    for days in rules.blackouts:
        span = words.day(days.first_day) if days.first_day == days.last_day else f"{words.day(days.first_day)} to {words.day(days.last_day)}"
        said.append(f"Nothing goes out on {span}: {days.reason.rstrip('.')}.")
    return [*said, rules.note or ""]


def _rhythm(strategy: Strategy, _: Words) -> list[str]:
    review = strategy.review
    check = "every day" if review.check_in_days == 1 else f"every {review.check_in_days} days"
    weeks = "every week" if review.every_weeks == 1 else f"every {review.every_weeks} weeks"
    return [f"Plan and fact are compared {check}, on a {review.weekday.capitalize()}; the quarter is reviewed {weeks}.", review.note or ""]


_SAY: dict[str, Say] = {
    "vision": _vision,
    "company": _company,
    "proposition": _proposition,
    "ads": _ads,
    "voice": _voice,
    "budget": _budget,
    "contact": _contact,
    "rhythm": _rhythm,
}
