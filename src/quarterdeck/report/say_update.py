"""How the picture of what media bring changed since last week, in sentences: the biggest changes first, nothing where nothing changed beyond noise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.report.words import Words
from quarterdeck.response.learning.updated import Change

_NAMED = 3


def say_update(changes: Sequence[Change], metric: str, weeks: Sequence[date], words: Words) -> str | None:
    """One paragraph about `changes` (the largest first) that the new `weeks` brought; None where no channel moved beyond noise."""
    moved = [
        change for change in changes if change.is_beyond_noise and _each(change.before.mean, metric, words) != _each(change.after.mean, metric, words)
    ]
    if not moved or not weeks:
        return None
    sentences = [_say_change(change, metric, words) for change in moved[:_NAMED]]
    if len(moved) > _NAMED:
        sentences.append(f"{words.join([_capital(words.name(change.channel)) for change in moved[_NAMED:]])} moved too.")
    named = words.join([words.day(week) for week in weeks])
    sentences.append(f"New: the week{'s' if len(weeks) > 1 else ''} of {named}.")
    if len(moved) < len(changes):
        sentences.append("Everything else is as it was.")
    return " ".join(sentences)


def say_anew(why: str, *, is_there: bool) -> str:
    """That the newest week cannot be added to the old curves, why, and whether new ones are there already or come with the next plan or review."""
    what = "The curves were learned anew from all weeks" if is_there else "The curves are learned anew with the next review or plan"
    return f"{why} {what}, so what channels bring may move more than usual."


def _say_change(change: Change, metric: str, words: Words) -> str:
    rises = change.moved > 0
    how = ("better" if rises else "worse") if change.is_much else f"a little {'better' if rises else 'worse'}"
    sure = {"as sure": "about as sure as before", "surer": "surer than before", "less sure": "less sure than before"}[change.sureness]
    brings = "takes away" if change.after.mean < 0 else "brings"
    return (
        f"{_capital(words.name(change.channel))} looks {how} than last week: each {words.money(100)} now {brings} "
        f"{_with_unit(abs(change.after.mean), metric, words)} instead of {_each(change.before.mean, metric, words)}; the answer is {sure}."
    )


def _each(value: float, metric: str, words: Words) -> str:
    """What a hundred units of money bring."""
    known = METRICS.get(metric)
    return words.money(100 * value) if known and known.unit == "money" else words.count(100 * value, digits=1)


def _with_unit(value: float, metric: str, words: Words) -> str:
    known = METRICS.get(metric)
    label = known.name.lower() if known else metric.replace("_", " ")
    return f"{_each(value, metric, words)}{' of ' if known and known.unit == 'money' else ' '}{label}"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
