"""The page of the proof: what was measured, how, and what stands at the end of the list."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

from reading.grade import FEWEST, Sentence
from reading.hard import HARD

SHOWN_WORST = 30
_HEAD = """# Reading grade

How hard are the sentences that people read? The grade is that of Flesch and Kincaid (1975): the years of school after which a text is read with
ease. The aim is 8 or lower for the mean of every group.

Command: `python benchmarks/reading_grade.py --write docs/proof/reading.md --on {day}`. Measured on {day} with Python {python}, Django {django}
and Quarterdeck {quarterdeck}. The exit code is 1 when the mean of a group is above 8. A part of it runs with the tests: all groups without the pages
(`tests/unit/report/test_reading_grade.py`), and some pages (`tests/web/test_reading_of_pages.py`). They also let no sentence pass that is above 16,
but for {exceptions}.

## What is read

- **Pages**: the visible text of every page that the owner can open, for a new company, a planned one, one in its fifth week and one whose quarter is over.
  Pages that refuse say why, and that is read too. Cells of tables count only where they hold a sentence.
- **Checks**: titles and explanations; and what they say of every planted fault (docs/proof/planted-faults.md) in all samples and examples.
- **Problems and refusals**, **findings of fits**, **reports, notices and messages**: every sentence in the code that can be shown.
- **Forms**, **the eight steps**, **the interview**, **glossary and metrics**, **help of commands**.
- **Documents**: README, how-to pages and tutorials, without code, tables and headings.

A sentence counts once in its group, however often it is shown.

## What is done to a sentence before it is graded

A grade is easy to bend, so this is all that is done:

- What the company wrote itself is "it": names, titles, its own sentences. So is what stands in quotes, a command, a file and an id.
- A figure is the word "ten" and a date is the word "then": one syllable each. A code in brackets is left out. `%` is the word "percent".
- In the code, what is filled in later is "it". So those three groups read easier than they will be. The pages show them as they are filled in.
- A line ends a sentence; a colon and a semicolon do not. Words that a hyphen joins are one word.
- Sentences of fewer than {fewest} words get no grade ("too short" in the table): the formula gives "Currency." 20 and "Say yes." below 0.

Syllables are counted by rules, with a list of words that the rules get wrong (`benchmarks/reading/syllables.py`), so that nothing has to be fetched.
Held against the CMU Pronouncing Dictionary, on the 1,930 words of all groups but the pages: 99.3 % of what is read stands in the dictionary, and of that 99.9 %
has as many syllables. Held against textstat 0.7.13 with that dictionary (`--beside-textstat`, on 2026-11-22): the mean is 3.49 where ours is 3.56, and 97 % of 5,922
sentences are within one grade. The largest gaps are short forms such as JSON and GBP, which we count letter by letter.

How much the "it" helps: with quotes, commands, files and ids left as they stand, the mean of all groups but the pages is 3.8 instead of 3.6, and no group
moves by more than 0.4.

"Mean" is the mean of the sentences' grades; "as one text" is the formula over all of a group's words, as it was meant.
"""
_FIRST = "The same measure on the code before any sentence was changed for it. Pages and forms that came since stand in the figures of now alone.\n"
_FOOT = """
## What it does not say

What the checks find is told in two sentences now ("Found no channel. Expected at least one way to reach people.") where it was one with a semicolon. Much
of the fall of that group comes of it. Sentences about chances and money were left as they are, long or not, since their order carries their meaning.

The formula sees the length of words and of sentences, and nothing else. It does not see whether a word is known, whether the order is good, or whether
the sentence is true. Short words in a tangled order get a low grade. A list of plain nouns gets a high one.
"""


def page_of(table: Sequence[str], first: Sequence[str], hardest: Sequence[Sentence], *, measured_on: date | None) -> str:
    """The page as Markdown. `first` are the lines of the first reading."""
    head = _HEAD.format(
        day=measured_on,
        python=platform.python_version(),
        django=version("django"),
        quarterdeck=version("quarterdeck"),
        exceptions=f"{len(HARD)} with a reason (`benchmarks/reading/hard.py`)" if HARD else "exceptions with a reason, of which there is none now",
        fewest=FEWEST,
    )
    worst = [f"- {sentence.grade:.1f}, `{sentence.where}`: {sentence.text}" for sentence in hardest[:SHOWN_WORST]]
    parts = ["## Now\n", *table, "\n## Before it was measured\n", _FIRST, *first, f"\n## The {SHOWN_WORST} hardest\n", *worst]
    return "\n".join([head, *parts, _FOOT])
