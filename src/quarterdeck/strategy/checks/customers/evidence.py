"""Checks of steps 2 and 3: figures of a survey that cannot be, feelings called facts, praise that says nothing, consent for another way of writing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import quote, say_list

_PART_LAST = re.compile(r"\b(?:Of|Von)\s+(?:the\s+)?(\d{1,6})\s+[^.;:\d]{2,40},\s+(?:\w+\s+){0,2}?(\d{1,6})\b(?!\s?%|\s+\w{3,}s\b)")
_PART_FIRST = re.compile(r"(?<![\d.,/])(\d{1,6}) (?:of|out of|von) (?:the )?(?:last )?(\d{1,6})(?![\d./]|,\d)")
_FEW = 5
_FEELING = re.compile(
    r"\b(i think|i believe|i feel|in my opinion|my gut|gut feeling|a feeling of|we feel that|i guess|ich glaube|meiner meinung nach|je pense|à mon avis"
    r"|moim zdaniem)\b",
    re.IGNORECASE,
)
_LOOKED_UP = frozenset({"counted", "tested", "published"})
_GENERIC = frozenset(
    re.findall(
        r"\w+",
        "a all and are at best better care client clients competitive customer customers deliver excellence excellent fair fast first "
        "for friendly give good great guaranteed high highest individual leading low lowest modern of offer on only our outstanding "
        "perfect personal premium price prices products professional promise provide quality reasonable reliable satisfaction satisfied "
        "service services solution solutions the to top unbeatable value we with you your ",
    )
)
_MESSAGES = {"email": "consent_email", "sms": "consent_sms"}


@rule("STRATEGY-225", 2, "warning", "A part that is larger than the whole")
def part_above_all(situation: Situation) -> Iterator[Finding]:
    """Of 31 people asked, at most 31 said something."""
    for place, text, _ in _insights(situation):
        for whole, part in [*_PART_LAST.findall(text), *((whole, part) for part, whole in _PART_FIRST.findall(text))]:
            if int(part) > int(whole):
                yield Finding(
                    f"{place}.text", f"{part} of {whole}", "a part that is not above the whole", "Look into the source, and mend the figure."
                )


@rule("STRATEGY-226", 2, "hint", "A survey of a few")
def few_asked(situation: Situation) -> Iterator[Finding]:
    """What fewer than five people said is a start and not a survey."""
    for place, text, evidence in _insights(situation):
        few = [whole for whole, _ in _PART_LAST.findall(text) if 0 < int(whole) < _FEW]
        if few and evidence == "survey":
            yield Finding(
                f"{place}.evidence", f"a survey of {few[0]}", "enough people to go by, thirty if you can", "Ask more, or call it judgement."
            )


@rule("STRATEGY-227", 2, "warning", "A feeling that is called a fact")
def feeling_as_fact(situation: Situation) -> Iterator[Finding]:
    """What somebody thinks is judgement, and may stand there as judgement. Counted, tested and published can be looked up."""
    strategy = situation.strategy
    for audience in strategy.audiences:
        for number, insight in enumerate(audience.insights):
            found = _FEELING.search(f"{insight.text} {insight.source or ''}")
            if found is not None and insight.evidence in _LOOKED_UP:
                yield Finding(
                    f"audiences[{audience.id}].insights[{number}].evidence",
                    f"{insight.evidence}, and {quote(found.group())}",
                    "judgement, or a source that can be looked up",
                    "Call it judgement, or count.",
                )


def _insights(situation: Situation) -> Iterator[tuple[str, str, str]]:
    """Every insight: its place, its words, and how it is known."""
    for audience in situation.strategy.audiences:
        for number, insight in enumerate(audience.insights):
            yield f"audiences[{audience.id}].insights[{number}]", insight.text, insight.evidence


@rule("STRATEGY-228", 2, "hint", "A need that names ourselves")
def need_of_ours(situation: Situation) -> Iterator[Finding]:
    """People need a thing done. That they buy it from us is what we need."""
    strategy = situation.strategy
    names = {strategy.company.name.casefold(), *(term.casefold() for term in strategy.ads.brand_terms)}
    for audience in strategy.audiences:
        for number, need in enumerate(audience.needs):
            if any(re.search(rf"\b{re.escape(name)}\b", need.casefold()) for name in names if name):
                yield Finding(
                    f"audiences[{audience.id}].needs[{number}]",
                    quote(need),
                    "what these people need, whoever does it",
                    "Ask what they want to get done.",
                )


@rule("STRATEGY-229", 2, "warning", "Consent for another way of writing")
def other_consent(situation: Situation) -> Iterator[Finding]:
    """Who agreed to e-mail did not agree to text messages. The rule that picks the readers names the consent for the way they are written to."""
    strategy = situation.strategy
    kinds = {channel.id: channel.kind for channel in strategy.channels}
    for audience in strategy.audiences:
        used = {kinds[item.channel] for item in strategy.content.items if item.audience == audience.id and kinds.get(item.channel) in _MESSAGES}
        named = {consent for consent in _MESSAGES.values() if consent in (audience.segment or "")}
        needed = {_MESSAGES[kind] for kind in used}
        if used and named and not named & needed:
            yield Finding(
                f"audiences[{audience.id}].segment",
                f"{say_list(sorted(named))}, and they get {say_list(sorted(used))}",
                f"people who agreed: {say_list(sorted(needed))}",
                "Mend the rule, or write to them in the way that they agreed to.",
            )


@rule("STRATEGY-311", 3, "warning", "A proposition that anybody could sign")
def nothing_but_praise(situation: Situation) -> Iterator[Finding]:
    """Best quality, great service, fair prices: every competitor says so, and nobody is chosen for it."""
    statement = situation.strategy.proposition.statement or ""
    words = re.findall(r"[a-z]+", statement.casefold())
    if len(words) > 1 and all(word in _GENERIC for word in words):
        yield Finding(
            "proposition.statement", quote(statement), "what only you can say", "Put a competitor's name before it; what is no longer true is yours."
        )


@rule("STRATEGY-312", 3, "warning", "Ourselves among the competitors")
def own_competitor(situation: Situation) -> Iterator[Finding]:
    """A company does not compete with itself; its name there is left over from a list or a copy."""
    own = situation.strategy.company.name.casefold().strip()
    for number, competitor in enumerate(situation.strategy.proposition.competitors):
        if competitor.name.casefold().strip() == own:
            yield Finding(f"proposition.competitors[{number}].name", quote(competitor.name), "somebody else", "Take it out.")


EVIDENCE_CHECKS: tuple[Check, ...] = (
    part_above_all, few_asked, feeling_as_fact, need_of_ours, other_consent, nothing_but_praise, own_competitor,
)  # fmt: skip
