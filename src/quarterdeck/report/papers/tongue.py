"""The language that a strategy is written in: what hyphens and reading voices go by. A company that sells in German may plan in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_SMALL_WORDS = {
    "en": "the and of to in for that with is are we by from who not",
    "de": "der die das und von zu mit für ist nicht wir ein eine den dem",
    "pl": "i w na z do nie że się jest od dla po jak co który",
    "fr": "le la les des et pour un une du que qui est nous dans sur",
    "es": "el la los las de y en que un una para con por es nos",
    "it": "il lo la gli di e che un una per con è non ci del",
    "nl": "de het een en van dat is met voor op niet wij te zijn die",
    "pt": "o a os as de e que em um uma para com por não nós",
    "uk": "і в на з до не що це для від як та по за ми",
    "ru": "и в на с не что это для от как по за мы из к",
    "cs": "a v na z do ne že se je od pro po jak co který",
    "sv": "och i att det som en på är av för med inte vi till den",
    "da": "og i at det som en på er af for med ikke vi til den",
}
_ENGLISH_ENOUGH = 0.12
"""Share of small English words from which a text counts as English, where the company's own language is none that we know."""


def language_of(texts: Iterable[str], spoken: Sequence[str]) -> str:
    """ISO 639 of the language that most of `texts` are in: one of the company's, or English. Without words the first of `spoken`, else English."""
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())]
    own = [language.split("-")[0] for language in spoken] or ["en"]
    counted = Counter(words)
    found = {language: sum(counted[word] for word in _SMALL_WORDS[language].split()) for language in [*own, "en"] if language in _SMALL_WORDS}
    if own[0] not in found:
        return "en" if words and found["en"] > _ENGLISH_ENOUGH * len(words) else own[0]
    return max(found, key=lambda language: found[language])
