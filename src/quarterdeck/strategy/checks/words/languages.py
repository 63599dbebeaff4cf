"""Checks of step 5: texts in another language than they say, languages that nothing is written in, figures that differ between languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.means import ContentItem
from quarterdeck.strategy.wording.wording import quote, say_list


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = {
    "en": _words("the and what is are your you our with from this that for it if not who when back of to"),
    "de": _words("der die das und ist sind ein eine mit von nicht wir ihr ihre sie es wenn für auf zu im den dem auch"),
    "fr": _words("le la les et est sont un une des avec vous votre nous notre pour pas qui que dans ce cette du voilà"),
    "pl": _words("i w na się nie jest z do to że za jak od po lub jeśli oraz dla przez"),
    "es": _words("el la los las y es son un una con su para no que en de del por nuestro"),
    "it": _words("il lo la gli le e è sono un una con per non che di del della nel nostro vostro"),
    "nl": _words("de het en is zijn een met van niet wij uw voor op te ook als dat die"),
}
"""Small words that stand in nearly every sentence of a language."""
_CYRILLIC = {"uk": "Ukrainian", "ru": "Russian", "bg": "Bulgarian", "mk": "Macedonian", "be": "Belarusian"}
_CALLED = _CYRILLIC | {"en": "English", "de": "German", "fr": "French", "pl": "Polish", "es": "Spanish", "it": "Italian", "nl": "Dutch"}
_ENOUGH_WORDS, _SURELY = 8, 4
_HOURS = 24
"""Up to here a number may be an hour, which is written in another way in another language."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


@rule("STRATEGY-516", 5, "warning", "A text in another language than it says")
def other_language(situation: Situation) -> Iterator[Finding]:
    """Readers of one language get the text of another when a copy was never translated. Only texts of eight words and more are looked at, and
    only languages whose small words are known here.
    """
    for item in situation.strategy.content.items:
        words = [word.casefold() for word in _WORD.findall(item.text or "")]
        said = item.language.split("-")[0]
        found = _language_of(words, said) if len(words) >= _ENOUGH_WORDS else None
        if found is not None:
            yield Finding(
                f"content.items[{item.id}].text",
                f"{quote(item.text or '')}, {found}",
                f"a text in {_CALLED[said]}",
                "Have it written in that language, or mend `language`.",
            )


def _language_of(words: list[str], said: str) -> str | None:
    """In what other language the words surely are; None when they may be in the one that is said."""
    if said in _CYRILLIC:
        return None if any("\u0400" <= letter <= "\u04ff" for word in words for letter in word) else "without one Cyrillic letter"
    own = sum(word in _COMMON.get(said, ()) for word in words)
    if said not in _COMMON or own * 4 >= len(words):
        return None
    best = max((language for language in _COMMON if language != said), key=lambda each: sum(word in _COMMON[each] for word in words))
    other = sum(word in _COMMON[best] for word in words)
    return f"mostly in {_CALLED[best]}" if other >= _SURELY and other > 4 * own else None


@rule("STRATEGY-517", 5, "hint", "A language that nothing is written in")
def unwritten_language(situation: Situation) -> Iterator[Finding]:
    """Each language that content is promised in has at least one item."""
    content = situation.strategy.content
    written = {item.language.split("-")[0] for item in content.items}
    bare = [language for language in content.languages if language.split("-")[0] not in written]
    if content.items and bare:
        yield Finding(
            "content.languages", f"no item in {say_list(bare)}", "an item in each language", "Plan the first one, or take the language out."
        )


@rule("STRATEGY-518", 5, "hint", "Other figures in another language")
def other_figures(situation: Situation) -> Iterator[Finding]:
    """One text in two languages promises the same: prices, days and amounts are alike. Texts are held to be one when campaign, channel, format and
    readers are the same, and each language has one of them.
    """
    groups: dict[tuple[str | None, ...], list[ContentItem]] = {}
    for item in situation.strategy.content.items:
        if item.text:
            groups.setdefault((item.campaign, item.channel, item.format, item.audience), []).append(item)
    for items in groups.values():
        languages = {item.language for item in items}
        if len(items) == 2 and len(languages) == 2:
            first, second = items
            numbers = [sorted(number for number in _NUMBER.findall(each.text or "") if len(number) > 2 or int(number) > _HOURS) for each in items]
            if numbers[0] and len(numbers[0]) == len(numbers[1]) and numbers[0] != numbers[1]:
                yield Finding(
                    f"content.items[{second.id}].text",
                    f"{say_list(numbers[1])}, and {say_list(numbers[0])} in content.items[{first.id}]",
                    "the same figures in both languages",
                    "Mend one of the two texts.",
                )


READING_CHECKS: tuple[Check, ...] = (other_language, unwritten_language, other_figures)
