"""What people read and no page has to be rendered for: checks, forms, steps, words, help and documents, each as texts with their group and place."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from reading.from_code import from_code
from reading.grade import Text, pattern_of_names, without_names

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "unit" / "strategy"))
_OWN_WORDS = re.compile(r"[A-Z].*|.* .*")


def all_texts(*, bases: tuple[str, ...] | None = None) -> Iterator[Text]:
    """Everything but the pages. `bases` are the companies that faults are planted in; None is all."""
    yield from check_texts()
    yield from finding_texts(bases)
    for gather in (form_texts, step_texts, interview_texts, word_texts, help_texts, document_texts, from_code):
        yield from gather()


def check_texts() -> Iterator[Text]:
    """Titles and explanations of the checks."""
    from quarterdeck.strategy.checks.all_checks import CHECKS

    for check in CHECKS:
        yield Text("checks: titles and explanations", check.code, f"{check.title}\n{check.explanation}")


def finding_texts(bases: tuple[str, ...] | None) -> Iterator[Text]:
    """What the checks say about every planted fault, as a page says it, with the company's own words as "it"."""
    from planted import trial
    from planted.soil import Barren, Soil

    from quarterdeck.report.say_goal import say_problem
    from quarterdeck.strategy.checks.all_checks import check_strategy
    from quarterdeck.strategy.document import Strategy

    for base in trial.bases():
        if bases is not None and base.name not in bases:
            continue
        for plant in trial.plants().values():
            soil = Soil(base.strategy, base.quarter)
            try:
                plant(soil)
                strategy = Strategy.model_validate(soil.doc)
            except (Barren, ValueError):
                continue
            names = pattern_of_names(own_words(soil.doc))
            for problem in check_strategy(strategy, as_of=base.quarter.first_day - timedelta(days=1), quarter=base.quarter):
                yield Text("checks: what they find", problem.code, without_names(say_problem(problem), names))


def form_texts() -> Iterator[Text]:
    """Labels and hints of all fields."""
    from quarterdeck.report.strategy.all_words import FIELD_WORDS
    from quarterdeck.report.strategy.words_management import EVERY_PART

    for key, words in {**FIELD_WORDS, **EVERY_PART}.items():
        yield Text("forms: labels and hints", key, f"{words.label}\n{words.hint}\n{words.add}")


def step_texts() -> Iterator[Text]:
    """Questions, hints and examples of the eight steps and their forms, and what each step asks for."""
    from quarterdeck.report.strategy.outline import STEPS
    from quarterdeck.strategy.checks.maturity import EXPECTED

    for step in STEPS:
        parts = [
            step.question,
            step.hint,
            step.example.strip("“”"),
            *(sheet.hint for sheet in step.sheets),
            *(words for words, _ in EXPECTED[step.number]),
        ]
        yield Text("the eight steps", f"step {step.number}", "\n".join(parts))


def interview_texts() -> Iterator[Text]:
    """Questions of the interview, why each is asked, hints and choices."""
    from quarterdeck.strategy.interview.questions import QUESTIONS

    for question in QUESTIONS:
        text = re.sub(r"\{\w+\}", "it", "\n".join((question.text, question.why, question.hint, question.blocks)))
        yield Text("the interview", question.id, text)


def word_texts() -> Iterator[Text]:
    """Meanings of the glossary's words and of the metrics."""
    from quarterdeck.kernel.glossary import GLOSSARY
    from quarterdeck.kernel.metrics import METRICS

    yield from (Text("glossary and metrics", word, meaning) for word, meaning in GLOSSARY.items())
    yield from (Text("glossary and metrics", metric.id, metric.meaning) for metric in METRICS.values())


def help_texts() -> Iterator[Text]:
    """Help of every command and of its options, without examples."""
    import typer

    from quarterdeck.cli.main import app

    yield from _help_of(typer.main.get_command(app), "quarterdeck")


def document_texts() -> Iterator[Text]:
    """How-to pages, tutorials and the README, without code, tables and headings."""
    for file in (ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md")), *sorted((ROOT / "docs" / "tutorial").glob("*.md"))):
        yield Text("documents: how-to, tutorial, README", str(file.relative_to(ROOT)), _prose(file.read_text(encoding="utf-8")))


def own_words(plain: Any) -> Iterator[str]:
    """Every text of a document that a person wrote: names and sentences, not the words that Quarterdeck gives to choose from."""
    if isinstance(plain, dict):
        for value in plain.values():
            yield from own_words(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from own_words(value)
    elif isinstance(plain, str) and _OWN_WORDS.fullmatch(plain):
        yield plain
        yield plain.rstrip(".")


def _help_of(command: Any, name: str) -> Iterator[Text]:
    said = [re.split(r"\n\s*Examples?:", command.help or "")[0].replace("\n", " ")]
    said += [getattr(option, "help", "") or "" for option in command.params]
    yield Text("help of commands", name, "\n".join(said))
    for own, inner in getattr(command, "commands", {}).items():
        yield from _help_of(inner, f"{name} {own}")


def _prose(markdown: str) -> str:
    """Its paragraphs and points, each on one line."""
    bare = re.sub(r"```.*?```|<!--.*?-->", "\n\n", markdown, flags=re.DOTALL)
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", bare)
    lines = ["" if line.startswith(("#", "|", "<", "    ")) else line for line in bare.split("\n")]
    joined = re.sub(r"\n(?=\s*(?:[-*]|\d+\.)\s)", "\n\n", "\n".join(lines))
    points = [re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", " ".join(part.split())) for part in joined.split("\n\n")]
    return "\n".join(re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)", "", part) for part in points if part.strip())
