"""Checks of step 3: why people should choose us."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.suggestions import nearest
from quarterdeck.strategy.wording.wording import quote

_PLACEHOLDER = re.compile(r"(to be (found|done|added)|tbd|to ?do|to come|later|n/?a|none|unknown|not known|yes|[?.x-]+)[.!]?", re.IGNORECASE)

_NOBODY = re.compile(
    r"(none|nobody|no[ -]one|nothing|no (real |direct |serious )?(competitors?|competition|rivals?)|there (is|are) (no|none).*|n/?a|[-–—?.]+"
    r"|keine[rn]?|niemand|aucun|personne|brak|nikt)[.!]?",
    re.IGNORECASE,
)
_ASSURANCE = re.compile(
    r"((we are|i am) (quite |very )?sure( of it| of that)?|everybody knows( that| it)?|everyone knows( that| it)?|trust us|believe us|(it is |that is )?obvious(ly)?"
    r"|common knowledge|because it is so|it is true|das weiß jeder|tout le monde le sait)[.!]?",
    re.IGNORECASE,
)
"""Words that only say once more that it is so."""


@rule("STRATEGY-301", 3, "warning", "No proposition")
def no_proposition(situation: Situation) -> Iterator[Finding]:
    """One sentence says why people should choose you (the USP). All that you write says it again in other words."""
    if not situation.strategy.proposition.statement:
        yield Finding(
            "proposition.statement",
            "nothing",
            "why people should choose you, in one sentence",
            "Finish the sentence: for ..., unlike ..., we ..., because ...",
        )


@rule("STRATEGY-302", 3, "warning", "A claim without proof")
def no_proof(situation: Situation) -> Iterator[Finding]:
    """A claim that cannot be proved is not believed, and may not be allowed in advertising. To say it again, or that you are sure, proves nothing."""
    for number, claim in enumerate(situation.strategy.proposition.claims):
        if not claim.proof or _PLACEHOLDER.fullmatch(claim.proof.strip()) or _ASSURANCE.fullmatch(claim.proof.strip()):
            yield Finding(
                f"proposition.claims[{number}].proof",
                f"{quote(claim.text)} without proof",
                "a figure, a test or a customer's words",
                "Add the proof, or soften the claim.",
            )
        elif _bare(claim.proof) == _bare(claim.text):
            yield Finding(
                f"proposition.claims[{number}].proof",
                "the claim once more",
                "a figure, a test or a customer's words",
                "Say how one can see that it is so.",
            )


@rule("STRATEGY-303", 3, "warning", "A claim that answers no known need")
def answers_nothing(situation: Situation) -> Iterator[Finding]:
    """Claims answer needs of an audience, word for word as the audience's needs are written."""
    if not situation.strategy.audiences:
        return
    needs = [need for audience in situation.strategy.audiences for need in audience.needs]
    known = {need.casefold().rstrip(".") for need in needs}
    for number, claim in enumerate(situation.strategy.proposition.claims):
        if claim.answers is None or claim.answers.strip().casefold().rstrip(".") not in known:
            close = nearest(claim.answers or "", needs)
            found = f"{quote(claim.text)}, which answers {quote(claim.answers) if claim.answers else 'no need'}"
            yield Finding(
                f"proposition.claims[{number}].answers",
                found,
                "a need of one of the audiences",
                f'Did you mean "{close}"?' if close else "Name the need, add it to an audience, or drop the claim.",
            )


@rule("STRATEGY-304", 3, "hint", "A claim that is used nowhere")
def unused_claim(situation: Situation) -> Iterator[Finding]:
    """A claim that no item, campaign, channel or offer says is not heard by anybody."""
    for number, claim in enumerate(situation.strategy.proposition.claims):
        if not claim.used_in:
            yield Finding(
                f"proposition.claims[{number}].used_in",
                f"{quote(claim.text)}, used nowhere",
                "an item or campaign that says it",
                "Add the ids of what says it.",
            )


@rule("STRATEGY-305", 3, "hint", "No competitor")
def no_competitor(situation: Situation) -> Iterator[Finding]:
    """People always have another choice, if only to do nothing. You are different only next to the others. "None" is no competitor either."""
    if all(_NOBODY.fullmatch(competitor.name.strip()) for competitor in situation.strategy.proposition.competitors):
        yield Finding(
            "proposition.competitors",
            "nobody",
            "whom people may choose in your place, and what those claim",
            "Name two or three; doing nothing may be one of them.",
        )


@rule("STRATEGY-306", 3, "warning", "A claim that a competitor makes too")
def not_unique(situation: Situation) -> Iterator[Finding]:
    """What a competitor says in the same words sets nobody apart."""
    proposition = situation.strategy.proposition
    theirs = {_bare(said): competitor.name for competitor in proposition.competitors for said in competitor.claims}
    for number, claim in enumerate(proposition.claims):
        name = theirs.get(_bare(claim.text))
        if name is not None:
            yield Finding(
                f"proposition.claims[{number}].text",
                f"{quote(claim.text)}, which {name} claims too",
                "something that they cannot say",
                "Say what is different about yours, with the proof.",
            )


def _bare(words: str) -> str:
    """The words alone: signs and capitals set nobody apart."""
    return " ".join(re.findall(r"\w+", words.casefold()))


PROPOSITION_CHECKS: tuple[Check, ...] = (no_proposition, no_proof, answers_nothing, unused_claim, no_competitor, not_unique)
