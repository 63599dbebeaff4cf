"""The words of every field, found by its part and its key."""

from __future__ import annotations

from quarterdeck.report.strategy.field_words import FieldWords
from quarterdeck.report.strategy.words_aims import AIMS
from quarterdeck.report.strategy.words_management import EVERY_PART, MANAGEMENT
from quarterdeck.report.strategy.words_means import MEANS
from quarterdeck.strategy.parts.values import Part

FIELD_WORDS = {**AIMS, **MEANS, **MANAGEMENT}


def words_of(part: type[Part], key: str) -> FieldWords:
    """The words of a field. Raises KeyError for a field that nobody named yet."""
    return FIELD_WORDS.get(f"{part.__name__}.{key}") or EVERY_PART[key]
