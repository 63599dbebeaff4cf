"""tell_draft, answer_template: the interview from a file of answers, without a site if the file names the company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.first_strategy.read_examples import WRITTEN_FOR
from quarterdeck.operations.strategy.read_strategy import read_text
from quarterdeck.operations.told import Told, count
from quarterdeck.operations.write_file import write_new
from quarterdeck.report.strategy.figures import decimal_sign
from quarterdeck.report.words import locale_of
from quarterdeck.strategy.changes.move_dates import quarter_to_begin
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview import file as interview_file
from quarterdeck.strategy.interview.interview import Answers, Known
from quarterdeck.strategy.interview.places import COUNTRIES, LANGUAGES, read_codes
from quarterdeck.strategy.interview.write import write_strategy
from quarterdeck.strategy.yaml.text import render_strategy


def draft_from_file(file: Path, *, started_by: str, today: date) -> Strategy:
    """The strategy that a file of answers makes. Raises InvalidInput with everything that is wrong with it, Refused when it names no company."""
    found = interview_file.parse_answer_file(read_text(file), name=file.name)
    if found.company is None:
        raise Refused(
            f"{file.name} does not say whose strategy it is.",
            fix="Begin it with the line `company: {name: Your company, currency: GBP, timezone: Europe/London}`.",
            code="STRATEGY-939",
            state=interview_file.NOT_READ,
        )
    quarter = quarter_to_begin(today, anchor=WRITTEN_FOR.first_day)
    company = replace(found.company, decimal=decimal_of(found.company, {}))
    answers = interview_file.read_answers(found.typed, company, quarter)
    return write_strategy(answers, company=company, quarter=quarter, started_by=started_by, day=today)


def decimal_of(company: Known, answers: Answers) -> str:
    """What the company's people write before decimals; "" while nobody said where they are."""
    typed = answers.get("place")
    said = typed if isinstance(typed, dict) else {}
    markets = company.markets or read_codes(str(said.get("country", "")), names=COUNTRIES) or ()
    languages = company.languages or read_codes(str(said.get("language", "")), names=LANGUAGES) or ()
    return decimal_sign(locale_of(languages, markets)) if markets and languages else ""


def tell_draft(strategy: Strategy, out: Path | None, *, today: date) -> Told:
    """The draft as YAML, or where it was written; with how much is open. Raises Refused when there is such a file already."""
    text = render_strategy(strategy)
    problems = check_strategy(strategy, as_of=today)
    errors = sum(problem.severity == "error" for problem in problems)
    facts = {
        "text": text,
        "questions": [each.text for each in strategy.questions],
        "errors": errors,
        "problems": [each.to_dict() for each in problems],
    }
    if out is None:
        return Told([text.rstrip("\n")], facts)
    write_new(out, text)
    how_open = f"{count(len(strategy.questions), 'question')} stay{'s' if len(strategy.questions) == 1 else ''} open"
    return Told([f"Wrote {out}: {how_open}, and the checks find {count(errors, 'error')}.", f"Next: `quarterdeck strategy save {out}`."], facts)


def answer_template(*, today: date) -> str:
    """A file with every question, to be filled in."""
    return interview_file.answer_template(quarter_to_begin(today, anchor=WRITTEN_FOR.first_day))
