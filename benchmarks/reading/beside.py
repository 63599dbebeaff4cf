"""The same sentences graded by textstat, which counts syllables with the CMU Pronouncing Dictionary of NLTK."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reading.grade import Sentence


def beside_textstat(sentences: Sequence[Sentence]) -> str:
    """How far the two are apart, in a line; says so where the dictionary is not there (`python -m nltk.downloader cmudict`)."""
    import nltk
    import textstat

    try:
        nltk.data.find("corpora/cmudict")
    except LookupError:
        return "textstat was not asked: its dictionary is not on this machine (python -m nltk.downloader cmudict)"
    theirs = [textstat.flesch_kincaid_grade(re.sub(r"[.!?]+(?=.)", "", sentence.plain)) for sentence in sentences]
    ours = [sentence.grade for sentence in sentences]
    apart = [mine - other for mine, other in zip(ours, theirs, strict=True)]
    mean = sum(theirs) / len(theirs)
    near = sum(abs(gap) <= 1 for gap in apart) / len(apart)
    return f"textstat: mean {mean:.2f} where ours is {sum(ours) / len(ours):.2f}; {near:.0%} of {len(ours):,} sentences within one grade"
