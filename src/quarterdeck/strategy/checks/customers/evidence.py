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
_NO_SOURCE = re.compile(
    r"\b((known |learned |learnt )?(from|by) (my |our |long |own |years of |many years of )*experience|(my|our) (own )?experience|common sense|common knowledge"
    r"|(every(body|one)|we all) knows?|hunch|instinct|intuition|gut|it is obvious|goes without saying|aus erfahrung|erfahrungsgemäß|bauchgefühl"
    r"|gefühlt|d['’]expérience|tout le monde le sait|z doświadczenia|wiadomo)\b",
    re.IGNORECASE,
)
"""Words that are no place where anything can be looked up."""
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
_GENERIC_AIMS = _GENERIC | frozenset(
    re.findall(
        r"\w+",
        "achieve ambition ambitious be become being best brand business businesses by centric class commitment committed company companies create creating "
        "dedicated dedication delight delighting driven empower empowering enable enabling everyone everywhere excellence experience experiences expert experts "
        "field full future global growth help helping highly impact in industry innovation innovative integrity inspire inspiring inspired is it its "
        "known largest leader leaders life lives make making market most name number one organisation organization partner partners partnership "
        "passion passionate people performance positive possible potential preferred priority product provider providers providing renowned reputation "
        "respected seamless sector set standard standards success successful sustainable sustainability synergy talent team teams their them through "
        "throughout top transform transforming trust trusted unlock unlocking us value values vision way which whole world worldwide everything "
        "ability act aim always any as can choice deserve do each ever every goal have highest more so that they us what where who will work ",
    )
)
"""Words that any company could use of itself; a sentence that has no other says nothing of this one."""
_SELF_NAMES = frozenset({"the", "our", "own"})
_OUR_THING = re.compile(
    r"^(use|try|buy|choose|adopt|order|get|have|switch to|upgrade to|subscribe to) our\b.{0,40}\b(engine|platform|app|product|solution|software|technology|system"
    r"|service|subscription|package)s?\b",
    re.IGNORECASE,
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
            found = found or _NO_SOURCE.search(insight.source or "")
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
            if _OUR_THING.search(need) or any(re.search(rf"\b{re.escape(name)}\b", need.casefold()) for name in names if name):
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


@rule("STRATEGY-311", 3, "warning", "A sentence that anybody could sign")
def nothing_but_praise(situation: Situation) -> Iterator[Finding]:
    """Best quality, great service, fair prices: every competitor says so, and nobody is chosen for it. A vision of a leading and trusted provider
    says as little, and a proof that is praise proves nothing.
    """
    proposition = situation.strategy.proposition
    said = [("proposition.statement", proposition.statement, _GENERIC), ("vision", situation.strategy.vision, _GENERIC_AIMS)]
    said += [(f"proposition.claims[{number}].proof", claim.proof, _GENERIC_AIMS) for number, claim in enumerate(proposition.claims)]
    for place, sentence, known in said:
        words = re.findall(r"\w{2,}", (sentence or "").casefold())
        if len(words) > (1 if place == "proposition.statement" else 4) and all(word in known for word in words):
            is_proof = place.endswith(".proof")
            expected = "a figure, a test or a customer's words" if is_proof else "what only you can say"
            fix = "Say how one can see that it is so." if is_proof else "Put a competitor's name before it; what is no longer true is yours."
            yield Finding(place, quote(sentence or ""), expected, fix)


@rule("STRATEGY-312", 3, "warning", "Ourselves among the competitors, or one of them among our names")
def own_competitor(situation: Situation) -> Iterator[Finding]:
    """A company does not compete with itself; its name there is left over from a list or a copy. Nor is a competitor's name one of its own: clicks on
    it would be counted as love for yours.
    """
    own = situation.strategy.company.name.casefold().strip()
    for number, competitor in enumerate(situation.strategy.proposition.competitors):
        if competitor.name.casefold().strip() == own:
            yield Finding(f"proposition.competitors[{number}].name", quote(competitor.name), "somebody else", "Take it out.")
        theirs = _spoken(competitor.name)
        terms = [term for term in situation.strategy.ads.brand_terms if theirs and f" {theirs} " in f" {_spoken(term)} "]
        if terms and f" {theirs} " not in f" {_spoken(own)} ":
            yield Finding(
                "ads.brand_terms", f"{quote(terms[0])}, while {competitor.name} is a competitor", "your own names", "Take it out of your names."
            )


def _spoken(name: str) -> str:
    """The words of a name in small letters; nothing is left of `our own`."""
    words = re.findall(r"\w+", name.casefold())
    return " ".join(words) if set(words) - _SELF_NAMES else ""


EVIDENCE_CHECKS: tuple[Check, ...] = (
    part_above_all, few_asked, feeling_as_fact, need_of_ours, other_consent, nothing_but_praise, own_competitor,
)  # fmt: skip
