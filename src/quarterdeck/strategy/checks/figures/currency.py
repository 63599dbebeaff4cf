"""Checks of money in words: amounts in another currency than the company counts in, and amounts with a zero too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.questions.of_examples import money_is_asked
from quarterdeck.strategy.wording.wording import quote, say_money, say_number

_DOLLARS = frozenset([
    "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD", "BRL", "UYU", "DOP", "JMD", "TTD", "BBD", "BSD", "BZD", "BMD",
    "NAD", "FJD", "BND", "XCD", "GYD", "SRD", "KYD", "LRD", "ZWL", "CVE",
])  # fmt: skip
_EURO = frozenset([
    "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI", "SK", "AD", "MC", "ME", "SM", "XK",
])  # fmt: skip
_SIGNS: dict[str, frozenset[str]] = {
    "£": frozenset({"GBP", "EGP", "GIP", "FKP", "SHP", "LBP", "SSP"}),
    "€": frozenset({"EUR"}),
    "$": _DOLLARS,
    "zł": frozenset({"PLN"}),
    "₴": frozenset({"UAH"}),
}
_AT_HOME: dict[str, frozenset[str]] = {
    "£": frozenset({"GB", "EG"}),
    "€": _EURO,
    "$": frozenset(["US", "CA", "AU", "NZ", "SG", "HK", "MX", "AR", "CL", "CO", "TW", "EC", "PR", "SV", "BR", "UY", "DO", "JM"]),
    "zł": frozenset({"PL"}),
    "₴": frozenset({"UA"}),
}
"""Countries in which people pay with this sign."""
_AMOUNT = re.compile(
    r"(?P<before>[£€$₴])\s?(?P<number>\d[\d.,]*)|(?<![\d.,])(?P<after_number>\d[\d.,]*)\s?(?P<after>[£€₴]|zł|euros?\b)", re.IGNORECASE
)
_MONEY_WORDS = ("£", "€", "$", "₴", "zł", "euro", "Euro", "EURO", "ZŁ", "Zł")
_SLIPS = (10, 100)


def _amounts(text: str) -> list[tuple[str, str]]:
    """Every amount with a sign: the sign and the number as it is written."""
    found: list[tuple[str, str]] = []
    if not any(sign in text for sign in _MONEY_WORDS):
        return found
    for match in _AMOUNT.finditer(text):
        sign = (match["before"] or match["after"]).lower()
        found.append(("€" if sign.startswith("euro") else sign, match["number"] or match["after_number"]))
    return found


def _own_words(strategy: Strategy) -> Iterator[tuple[str, str]]:
    """What the company itself says about its money, each with its place; competitors and insights may speak of other money."""
    for listed, aims in (("goals", strategy.goals), ("objectives", strategy.objectives)):
        for aim in aims:
            yield f"{listed}[{aim.id}].statement", aim.statement
    for offer in strategy.offers:
        yield f"offers[{offer.id}].text", offer.text
    for number, claim in enumerate(strategy.proposition.claims):
        yield f"proposition.claims[{number}].text", claim.text
    for item in strategy.content.items:
        yield f"content.items[{item.id}]", f"{item.title} {item.text or ''}"
    for number, evaluation in enumerate(strategy.evaluation):
        yield f"evaluation[{number}].question", evaluation.question


def _is_own(sign: str, strategy: Strategy) -> bool:
    return strategy.company.currency in _SIGNS.get(sign, ())


def _is_foreign(sign: str, strategy: Strategy) -> bool:
    """Neither the company's currency nor that of a country it sells in; a sign that is not known here is never foreign."""
    return sign in _SIGNS and not _is_own(sign, strategy) and not _AT_HOME[sign] & set(strategy.company.markets)


@rule("STRATEGY-139", 1, "hint", "A company that counts in another currency than it speaks of")
def other_books(situation: Situation) -> Iterator[Finding]:
    """Where every amount in the company's own sentences has another sign than its currency, the currency is the slip. A strategy that was started
    from an example has a question about its amounts, and this waits for the answer.
    """
    strategy = situation.strategy
    if money_is_asked(strategy, as_of=situation.as_of):
        return
    signs = [sign for _, words in _own_words(strategy) for sign, _ in _amounts(words) if sign in _SIGNS]
    if signs and not any(_is_own(sign, strategy) for sign in signs) and len(set(signs)) == 1:
        yield Finding(
            "company.currency",
            f"{strategy.company.currency}, while all its sentences speak of {signs[0]}",
            "the currency that the company counts in",
            "Mend the currency, or the sentences.",
        )


@rule("STRATEGY-436", 4, "warning", "An offer in another currency")
def other_currency(situation: Situation) -> Iterator[Finding]:
    """An offer is made in the company's currency, or in one of a country that it sells in."""
    strategy = situation.strategy
    if not any(_is_own(sign, strategy) for _, words in _own_words(strategy) for sign, _ in _amounts(words)):
        return
    for offer in strategy.offers:
        signs = [sign for sign, _ in _amounts(offer.text)]
        if signs and all(_is_foreign(sign, strategy) for sign in signs):
            yield Finding(
                f"offers[{offer.id}].text",
                quote(offer.text),
                f"an amount in {strategy.company.currency}",
                "Write it in the money that people pay with.",
            )


@rule("STRATEGY-437", 4, "warning", "An offer with a zero too many")
def zero_too_many(situation: Situation) -> Iterator[Finding]:
    """Where the text of an offer names one amount and its value is ten or a hundred times that, a zero has slipped in."""
    strategy = situation.strategy
    for offer in strategy.offers:
        amounts = [number for sign, number in _amounts(offer.text) if _is_own(sign, strategy)]
        if len(amounts) != 1 or not offer.value or re.fullmatch(r"\d+(\.\d+)?", amounts[0].rstrip(".,")) is None:
            continue
        said = Decimal(amounts[0].rstrip(".,"))
        if any(said * slip == offer.value or offer.value * slip == said for slip in _SLIPS):
            yield Finding(
                f"offers[{offer.id}].value",
                f"{say_money(offer.value, strategy.company.currency)}, and its text says {say_number(said)}",
                "the same in both",
                "Mend one of the two.",
            )


@rule("STRATEGY-140", 1, "warning", "Money in the sentence, and people in the metric")
def money_counted_as_people(situation: Situation) -> Iterator[Finding]:
    """Where the target stands in the sentence as an amount of money, the metric counts money."""
    strategy = situation.strategy
    for listed, aims in (("goals", strategy.goals), ("objectives", strategy.objectives)):
        for aim in aims:
            digits = [re.sub(r"\D", "", number) for _, number in _amounts(aim.statement)]
            if METRICS[aim.metric].unit not in ("money", "money_per_count") and f"{aim.target:f}" in digits:
                yield Finding(
                    f"{listed}[{aim.id}].metric",
                    f"{METRICS[aim.metric].name.lower()}, while the sentence counts money",
                    "a metric that counts money",
                    "Choose revenue, margin or donations, or mend the sentence.",
                )


CURRENCY_CHECKS: tuple[Check, ...] = (other_books, other_currency, zero_too_many, money_counted_as_people)
