"""The reading grade of a sentence (Flesch-Kincaid), and what is done to a text before it is graded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reading.syllables import syllables

FEWEST = 5
"""Sentences of fewer words get no grade: the formula swings from -3 to 20 on "Currency." and says nothing about reading."""
_IT = " it "
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\[[A-Z]+-\d{3}\]"), " "),
    (re.compile(r"\b[A-Z]+-\d{3}\b"), _IT),
    (re.compile(r"`[^`]*`|https?://\S+"), _IT),
    (re.compile(r"“[^”]*”|\"[^\"\n]*\""), _IT),
    (re.compile(r"(?<!\w)'[^'\n]{3,}?'(?!\w)"), _IT),
    (re.compile(r"(?<!\w)--?[a-z][\w-]*"), _IT),
    (re.compile(r"\b[\w./-]+\.(?:csv|ya?ml|json|qdc|md|toml|pdf|xlsx|ics|html)\b"), _IT),
    (re.compile(r"\b\w+(?:[._]\w+)*\[[^\]]*\](?:\.\w+)*|\b[a-z]+(?:[._][a-z]\w*)+\b"), _IT),
    (re.compile(rf"\b(?:\d{{1,2}} )?{_MONTH} \d{{4}}\b|\b\d{{1,2}} {_MONTH}\b|\b\d{{4}}-\d\d(?:-\d\d)?\b"), " then "),
    (re.compile(r"\s?%"), " percent "),
    (re.compile(r"[£$€]?[+−-]?\d[\d,.:]*\d|[£$€]?[+−-]?\d"), " ten "),
)
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[A-Z“\"‘(`$])|\n+")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")


@dataclass(frozen=True)
class Text:
    """Something that people read: its group, where it stands, and its words as they are shown."""

    group: str
    where: str
    text: str


@dataclass(frozen=True)
class Sentence:
    """A sentence with its grade: years of school after which it is read with ease. `plain` is what was graded."""

    group: str
    where: str
    text: str
    plain: str
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid (Kincaid et al. 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59."""
        return flesch_kincaid(self.words, 1, self.syllables)


def flesch_kincaid(words: int, sentences: int, spoken: int) -> float:
    """The grade of a text of so many words, sentences and syllables."""
    return 0.39 * words / sentences + 11.8 * spoken / words - 15.59


def sentences_of(text: Text) -> Iterable[Sentence]:
    """Its sentences, those of too few words too. A line ends a sentence, a colon or semicolon does not."""
    for line in text.text.split("\n"):
        yield from (_sentence(text, shown.strip()) for shown in _END.split(line) if shown.strip())


def plain_of(shown: str) -> str:
    """Codes gone; what is quoted, commands and files are "it"; a date is "then" and a figure "ten", each one syllable."""
    for pattern, instead in _STEPS:
        shown = pattern.sub(instead, shown)
    return " ".join(shown.split())


def words_of(plain: str) -> list[str]:
    """Its words; what a hyphen joins is one word."""
    return _WORD.findall(plain)


def without_names(text: str, names: re.Pattern[str] | None) -> str:
    """The text with the company's own words as "it"."""
    return text if names is None else names.sub("it", text)


def pattern_of_names(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the names, the longest first."""
    longest_first = sorted({" ".join(name.split()) for name in names if len(name.strip()) > 2}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)") if longest_first else None


def _sentence(text: Text, shown: str) -> Sentence:
    plain = plain_of(shown)
    words = words_of(plain)
    return Sentence(text.group, text.where, shown, plain, len(words), sum(syllables(word) for word in words))
