"""What was found, in sentences: one for each kind, what misleads most first, and only as many as a person reads."""

from __future__ import annotations

from types import SimpleNamespace

from quarterdeck.report.say_findings import MOST_NOTES, say_findings
from quarterdeck.report.say_fit import say_fit
from quarterdeck.report.words import Words
from quarterdeck.response.fitting.diagnostics import Finding

WORDS = Words(names=(("tv", "TV"), ("search", "Search")))
CHECK = {"holdout": 13, "mape": 0.1, "mape_seasonal_naive": 0.2, "coverage80": 0.8, "is_trusted": True, "reasons": []}


def about(code: str, *columns: str) -> list[Finding]:
    return [Finding(code, None, f"{column} alone.", column=column) for column in columns]


def test_columns_of_which_the_same_is_true_share_a_sentence_and_one_alone_keeps_its_own():
    many = say_findings(about("context_follows_media", "visits", "awareness", "calls"), WORDS)
    assert len(many) == 1
    assert many[0].startswith("3 columns of context move with your advertising (visits, awareness and calls)")
    assert say_findings(about("context_follows_media", "visits"), WORDS) == ["visits alone."]


def test_promotions_beside_several_channels_are_one_sentence_that_names_each_once():
    found = [Finding("promo_with_spend", channel, "", column=day) for channel, day in (("tv", "easter"), ("tv", "sale"), ("search", "sale"))]
    assert say_findings(found, WORDS)[0].startswith("easter and sale run when money goes to TV and Search:")
    assert len(say_findings(found, WORDS)) == 1


def test_what_misleads_most_is_said_first_whatever_was_found_first():
    found = [
        *about("context_duplicate", "sale"),
        Finding("few_weeks", "tv", "tv had money in two weeks."),
        Finding("follows_demand", "search", ""),
        Finding("not_settled", None, "The fit did not settle."),
    ]
    said = say_findings(found, WORDS)
    assert said[0] == "The fit did not settle."
    assert said[1].startswith("Spend on Search rises when demand is high anyway")
    assert said[2:] == ["TV had money in two weeks.", "sale alone."]


def test_a_fit_says_the_notes_that_matter_most_and_how_to_see_the_others():
    codes = ("outlier", "few_weeks", "missing_load", "level_break", "follows_demand", "effect_changed")
    fit = told([Finding(code, "tv", f"{code} of tv.") for code in codes])
    shortly, all_of_it = (say_fit(fit, CHECK, WORDS, all_notes=every) for every in (False, True))
    notes = [each for each in shortly if each.startswith("Note:")]
    assert len(notes) == MOST_NOTES
    assert notes[0].startswith("Note: Spend on TV rises when demand is high anyway")
    assert shortly[-1] == "3 more notes, of less weight: `quarterdeck fit --notes` says them."
    assert len([each for each in all_of_it if each.startswith("Note:")]) == len(codes)


def test_one_note_more_is_said_rather_than_announced():
    fit = told([Finding(code, "tv", f"{code} of tv.") for code in ("outlier", "few_weeks", "missing_load", "level_break")])
    assert len([each for each in say_fit(fit, CHECK, WORDS) if each.startswith("Note:")]) == MOST_NOTES + 1


def told(findings: list[Finding]) -> SimpleNamespace:
    """As much of a fit as is read for its sentences."""
    from datetime import date, timedelta

    import numpy as np

    weeks = tuple(date(2025, 1, 6) + timedelta(weeks=number) for number in range(52))
    return SimpleNamespace(
        metric="orders",
        weeks=weeks,
        channel_effects=dict,
        series=SimpleNamespace(outcome=np.ones(52)),
        diagnostics=SimpleNamespace(findings=tuple(findings)),
    )
