"""The proof of plain words: the reading grade of every sentence that people read, group by group, and the sentences that are hardest to read.

    python benchmarks/reading_grade.py [--no-pages] [--all] [--beside-textstat] [--write docs/proof/reading.md]

The grade is Flesch-Kincaid's: years of school after which a text is read with ease. The exit code is 1 when the mean of a group is above 8.
Pages are rendered for companies that are prepared once (QUARTERDECK_TEST_SITES names a folder that keeps them).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from reading.beside import beside_textstat
from reading.first import FIRST_READING
from reading.grade import FEWEST, Sentence, Text, flesch_kincaid, sentences_of
from reading.page import SHOWN_WORST, page_of
from reading.pages import page_texts
from reading.texts import all_texts

LIMIT = 8.0
"""The mean grade that no group may exceed."""


def main() -> int:
    """Prints the table and the worst sentences; 1 when a group is above the limit."""
    options = argparse.ArgumentParser(description="Reading grade of all sentences that people read.")
    options.add_argument("--no-pages", action="store_true", help="leave out the pages of the cockpit, which take a minute")
    options.add_argument("--all", action="store_true", help="print every sentence above the limit, not only the hardest")
    options.add_argument("--beside-textstat", action="store_true", help="grade them by textstat too (needs NLTK's cmudict)")
    options.add_argument("--write", type=Path, help="the page to write")
    options.add_argument("--on", type=date.fromisoformat, help="the day of the measurement, for the page")
    chosen = options.parse_args()
    sentences = told_apart([*all_texts(), *([] if chosen.no_pages else page_texts(_kept()))])
    print("\n".join(table(sentences)))
    for each in hardest(sentences)[: None if chosen.all else SHOWN_WORST]:
        if each.grade > LIMIT:
            print(f"{each.grade:5.1f}  {each.where}: {each.text}")
    if chosen.beside_textstat:
        print(beside_textstat(graded(sentences)))
    if chosen.write:
        chosen.write.write_text(page_of(table(sentences), FIRST_READING, hardest(sentences), measured_on=chosen.on), encoding="utf-8")
    return int(any(mean(group) > LIMIT for group in by_group(sentences).values()))


def told_apart(texts: Iterable[Text]) -> list[Sentence]:
    """Every sentence once in its group, where it was first met."""
    met: dict[tuple[str, str], Sentence] = {}
    for text in texts:
        for sentence in sentences_of(text):
            met.setdefault((sentence.group, sentence.plain), sentence)
    return list(met.values())


def graded(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Those that are long enough for a grade."""
    return [sentence for sentence in sentences if sentence.words >= FEWEST]


def hardest(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The graded ones, the hardest first; one that stands in several groups is listed once."""
    once = {sentence.plain: sentence for sentence in graded(sentences)}
    return sorted(once.values(), key=lambda sentence: (-sentence.grade, sentence.where))


def by_group(sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
    """The sentences of each group that has a graded one, in the order of the groups' names."""
    groups = {group: [each for each in sentences if each.group == group] for group in sorted({each.group for each in sentences})}
    return {group: found for group, found in groups.items() if graded(found)}


def mean(sentences: Sequence[Sentence]) -> float:
    """The mean grade of those that have one."""
    grades = [sentence.grade for sentence in graded(sentences)]
    return sum(grades) / len(grades)


def as_one_text(sentences: Sequence[Sentence]) -> float:
    """The grade of the graded sentences read as one text, as the formula was meant."""
    long = graded(sentences)
    return flesch_kincaid(sum(each.words for each in long), len(long), sum(each.syllables for each in long))


def table(sentences: Sequence[Sentence]) -> list[str]:
    """A row for each group, and one for all."""
    head = [
        "| group | sentences | words | too short | mean | median | as one text | above 8 | above 12 |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    return [*head, *(_row(group, found) for group, found in by_group(sentences).items()), _row("**all**", sentences)]


def _row(group: str, sentences: Sequence[Sentence]) -> str:
    grades = sorted(sentence.grade for sentence in graded(sentences))
    above = [sum(grade > limit for grade in grades) / len(grades) for limit in (8, 12)]
    figures = f"{mean(sentences):.1f} | {grades[len(grades) // 2]:.1f} | {as_one_text(sentences):.1f} | {above[0]:.0%} | {above[1]:.0%}"
    words = sum(sentence.words for sentence in graded(sentences))
    return f"| {group} | {len(grades):,} | {words:,} | {len(sentences) - len(grades):,} | {figures} |"


def _kept() -> Path | None:
    folder = os.environ.get("QUARTERDECK_TEST_SITES")
    return Path(folder) if folder else None


if __name__ == "__main__":
    raise SystemExit(main())
