"""Checks of steps 2 and 3: what is known of people and how, whom we may write to, and what the proposition is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.means.channels import MESSAGES
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.wording.wording import quote, say_day, say_list

_OLD_YEARS = 5
_EVERYBODY = re.compile(
    r"(everybody|everyone|anybody|anyone|all people|the (general )?public|alle|tout le monde)( in (the|our) (city|town|country|area|region|world))?[.!]?",
    re.IGNORECASE,
)
_EVERYBODY_WITHIN = re.compile(
    r"\b(young and old|(of )?(all|any|every) ages?|any(body|one) and every(body|one)|jung und alt|petits et grands|młodzi i starsi)\b"
    r"|\b(really|simply|basically|actually|practically|virtually|literally|just|eigentlich|einfach|praktisch) (any|every)(body|one)\b"
    r"|\b(sooner or later|in the end|früher oder später|tôt ou tard|prędzej czy później) (every|any)?(body|one|jede\w*|tout le monde|każd\w*)\b"
    r"|\b(every|any)(body|one) (needs? (a|an|it|one|us|this)|(could|can|may|might) (one day )?(need|want|use|buy|become|be))\b"
    r"|^(every|any)(body|one) (who|with|that) (has |have |can |could |may |might |wants? |needs? |uses? |wears? )?"
    r"(an? )?(children|kids|money|feet|shoes|phone|house|home|flat|internet|computer|pets?)[.!]?$"
    r"|^(all|alle|tous les) (people|persons|households|companies|businesses|women|men|families|menschen|leute|haushalte|firmen) (in|of) "
    r"(the |our )?(city|town|country|area|region|world|europe)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(r"\b(not|never|but|except|other than|nicht|pas|nie)\b", re.IGNORECASE)
_WHOLE_LIST = re.compile(
    r"\b(every|all|any|each|whole|entire|alle|jede\w*|ganze\w*|toutes?|tous|każd\w+|wszystk\w+|cał\w+)\b[^,;.]{0,25}?"
    r"\b((mobile |phone )?numbers?|address(es)?|e-?mails?|contacts?|phone ?books?|address ?books?|(telefon|handy|mobil)?nummern?|adressen?|kontakte?"
    r"|adresses?|numéros?|numer\w*|adres\w*|kontakt\w*)\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"consent|agree|opt|subscri|asked (for|to)|signed up|permission|allowed|leave to|einwillig|zugestimmt|angemeldet|accord|inscri|zgod",
    re.IGNORECASE,
)
_SENSITIVE = re.compile(
    r"\b(illness\w*|disease\w*|diagnosis|disabilit\w*|pregnan\w*|religio\w*|ethnic\w*|racial|political\w*|party_member|union_member|sexual\w*)\b"
)
_RULE = re.compile(r"[=<>]")
"""A segment written as a rule; one in a person's own words is not read."""


@rule("STRATEGY-211", 2, "hint", "Every audience is the first")
def all_first(situation: Situation) -> Iterator[Finding]:
    """Primary means that it comes first when two want the same money, day or sentence; with three of them and no other none does."""
    audiences = situation.strategy.audiences
    if len(audiences) > 2 and all(audience.rank == "primary" for audience in audiences):
        yield Finding(
            "audiences", f"{len(audiences)} primary audiences and no other", "one or two that come first", "Set `rank: secondary` on the others."
        )


@rule("STRATEGY-212", 2, "warning", "An audience of all people")
def everybody(situation: Situation) -> Iterator[Finding]:
    """What is said to all is heard by none: everybody, young and old, whoever might need it one day."""
    for audience in situation.strategy.audiences:
        who = audience.who.strip()
        if _EVERYBODY.fullmatch(who) or (_EVERYBODY_WITHIN.search(who) and not _NOT_ALL.search(who)):
            yield Finding(f"audiences[{audience.id}].who", quote(audience.who), "people with something in common", "Describe those who buy most.")


@rule("STRATEGY-213", 2, "hint", "Evidence without a source")
def no_source(situation: Situation) -> Iterator[Finding]:
    """What was counted, tested, asked or published can be looked up again; without a source it is judgement."""
    for audience in situation.strategy.audiences:
        for number, insight in enumerate(audience.insights):
            if insight.evidence != "judgement" and not insight.source:
                yield Finding(
                    f"audiences[{audience.id}].insights[{number}].source",
                    f"{quote(insight.text)}, {insight.evidence}, without a source",
                    "where it can be looked up",
                    "Write the source, or call it judgement.",
                )


@rule("STRATEGY-214", 2, "hint", "An insight that is old")
def old_insight(situation: Situation) -> Iterator[Finding]:
    """People change; what was found out more than five years ago is a memory."""
    first = situation.first_day
    for audience in situation.strategy.audiences:
        for number, insight in enumerate(audience.insights):
            if first is not None and insight.on is not None and insight.on.year < first.year - _OLD_YEARS:
                yield Finding(
                    f"audiences[{audience.id}].insights[{number}].on",
                    say_day(insight.on),
                    f"at most {_OLD_YEARS} years old",
                    "Ask again, or call it judgement.",
                )


@rule("STRATEGY-215", 2, "warning", "An insight from a day to come")
def early_insight(situation: Situation) -> Iterator[Finding]:
    """What is found out on a day that has not come yet is not found out."""
    for audience in situation.strategy.audiences:
        for number, insight in enumerate(audience.insights):
            if (
                situation.as_of is not None
                and insight.on is not None
                and insight.on > situation.as_of
                and situation.as_of < (situation.first_day or insight.on)
            ):
                yield Finding(
                    f"audiences[{audience.id}].insights[{number}].on", f"{say_day(insight.on)}, still to come", "a day that is past", "Mend the day."
                )


@rule("STRATEGY-217", 2, "hint", "One audience twice")
def same_people(situation: Situation) -> Iterator[Finding]:
    """The same people under two names are counted and contacted twice."""
    first: dict[str, str] = {}
    for audience in situation.strategy.audiences:
        same = first.setdefault(audience.who.casefold().strip(" ."), audience.id)
        if same != audience.id:
            yield Finding(
                f"audiences[{audience.id}].who", f"the same words as audiences[{same}]", "other people", "Say what sets them apart, or keep one."
            )


@rule("STRATEGY-218", 2, "warning", "Messages to people who were not asked")
def not_asked(situation: Situation) -> Iterator[Finding]:
    """The law asks for consent before e-mail and text messages. The rule that picks their readers names it: `consent_email`. A rule in a person's own
    words is told when it takes a whole list: every number in the phone book.
    """
    strategy = situation.strategy
    written_to = _written_to(strategy)
    for audience in strategy.audiences:
        rule_of = audience.segment or ""
        takes_all = _WHOLE_LIST.search(rule_of) is not None and not _AGREED.search(rule_of)
        if audience.id in written_to and ((_RULE.search(rule_of) and "consent" not in rule_of.casefold()) or takes_all):
            yield Finding(
                f"audiences[{audience.id}].segment",
                "no word of consent, while they get messages",
                "people who agreed",
                "Add `consent_email` to the rule.",
            )


def _written_to(strategy: Strategy) -> frozenset[str]:
    """Audiences that get e-mail or text messages."""
    direct = {channel.id for channel in strategy.channels if channel.kind in MESSAGES}
    return frozenset(item.audience for item in strategy.content.items if item.channel in direct)


@rule("STRATEGY-219", 2, "warning", "People picked by what the law protects")
def sensitive(situation: Situation) -> Iterator[Finding]:
    """Do not choose whom to show an advert to by health, faith, origin, politics or love. Most countries forbid it."""
    for audience in situation.strategy.audiences:
        found = _SENSITIVE.search((audience.segment or "").casefold())
        if found is not None:
            yield Finding(
                f"audiences[{audience.id}].segment", quote(found.group()), "what people do or want", "Pick them by what they bought or asked for."
            )


@rule("STRATEGY-220", 2, "warning", "Messages to nobody")
def nobody_there(situation: Situation) -> Iterator[Finding]:
    """An audience of size 0 cannot be written to. Not known is left empty."""
    strategy = situation.strategy
    written_to = _written_to(strategy)
    for audience in strategy.audiences:
        if audience.size == 0 and audience.id in written_to:
            yield Finding(
                f"audiences[{audience.id}].size", "0, while messages go to it", "people who can be reached", "Leave it empty if it is not known."
            )


@rule("STRATEGY-307", 3, "hint", "A proposition with a part missing")
def missing_parts(situation: Situation) -> Iterator[Finding]:
    """For whom, unlike whom, because of what: each part of the sentence does its own work. `because` is what makes it believed."""
    proposition = situation.strategy.proposition
    parts = (("for", proposition.for_whom), ("unlike", proposition.unlike), ("because", proposition.because))
    missing = [word for word, there in parts if not there]
    if proposition.statement and missing:
        yield Finding(
            f"proposition.{missing[0]}",
            f"nothing in {say_list([f'`{word}`' for word in missing])}",
            "for whom it is, unlike whom, because of what",
            f"Finish the sentence: {missing[0]} ...",
        )


@rule("STRATEGY-308", 3, "warning", "A proposition without claims")
def no_claims(situation: Situation) -> Iterator[Finding]:
    """Claims carry the proposition into adverts and letters, each with a need that it answers and a proof."""
    proposition = situation.strategy.proposition
    if proposition.statement and not proposition.claims:
        yield Finding("proposition.claims", "no claim", "two or three sentences that can be proved", "Start with what customers thank you for.")


@rule("STRATEGY-309", 3, "hint", "One claim twice")
def same_claim(situation: Situation) -> Iterator[Finding]:
    """The same words twice are one claim."""
    first: dict[str, int] = {}
    for number, claim in enumerate(situation.strategy.proposition.claims):
        same = first.setdefault(claim.text.casefold().strip(" ."), number)
        if same != number:
            yield Finding(
                f"proposition.claims[{number}].text", quote(claim.text), "a claim of its own", "Keep one; it may be used in several campaigns."
            )


KNOWLEDGE_CHECKS: tuple[Check, ...] = (
    all_first, everybody, no_source, old_insight, early_insight, same_people, not_asked, sensitive, nobody_there, missing_parts, no_claims, same_claim,
)  # fmt: skip
