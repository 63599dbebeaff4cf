"""What the channels of one company teach each other about forms, and where forms disagree about the money."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from quarterdeck.response.curves.curves import HILL, HYPERBOLIC, ResponseCurves
from quarterdeck.response.curves.form_views import SATURATES, THRESHOLD, form_views, forms_disagree
from quarterdeck.response.model.cells import HARM_WEIGHT, S_WEIGHT, build_cells, build_grid
from quarterdeck.response.model.forms import learned_log_prior, of_channels, s_shaped

CELLS = build_cells(np.random.default_rng(0).gamma(2.0, 50.0, size=(60, 4)), grid=build_grid(harm=HARM_WEIGHT))


def looked_at(share: list[float]) -> np.ndarray:
    """A first look in which each channel is S-shaped in so many of its draws [draw, chain, channel]."""
    bent, plain = np.flatnonzero(s_shaped(CELLS))[0], CELLS.plain
    return np.stack([np.where(np.arange(100) < 100 * each, bent, plain) for each in share], axis=1)[:, None, :]


def share_of_s(log_prior: np.ndarray) -> float:
    return float(np.exp(log_prior[s_shaped(CELLS)]).sum())


def test_channels_that_are_plainly_s_shaped_make_the_others_likelier_to_be():
    usual = share_of_s(CELLS.log_prior)
    learned = share_of_s(learned_log_prior(CELLS, CELLS.log_prior, looked_at([0.98, 0.96, 0.4, 0.3])))
    flat = share_of_s(learned_log_prior(CELLS, CELLS.log_prior, looked_at([0.05, 0.02, 0.1, 0.05])))
    assert usual == pytest.approx(S_WEIGHT * (1 - HARM_WEIGHT))
    assert flat < usual < 0.45 < learned < 0.95


def test_channels_that_say_what_was_believed_change_little():
    learned = learned_log_prior(CELLS, CELLS.log_prior, looked_at([share_of_s(CELLS.log_prior)] * 4))
    assert share_of_s(learned) == pytest.approx(share_of_s(CELLS.log_prior), abs=0.05)
    assert np.exp(learned).sum() == pytest.approx(1.0)


def test_only_channels_of_whose_return_nothing_is_known_may_take_away():
    log_prior = of_channels(CELLS, CELLS.log_prior, np.array([True, False, True, False]))
    taking = np.exp(log_prior[:, CELLS.sign < 0]).sum(axis=1)
    assert taking == pytest.approx([HARM_WEIGHT, 0.0, HARM_WEIGHT, 0.0])
    assert (CELLS.feature[:, CELLS.sign < 0] <= 0).all()


def two_forms(share: float, *, steep: float = 3.0) -> ResponseCurves:
    """One channel that is S-shaped in a share of its draws and saturates in the others, half at 100 and at 20."""
    is_s = (np.arange(200) < 200 * share)[:, None]
    one = np.ones((200, 1))
    form = np.where(is_s, HILL, HYPERBOLIC).astype(np.uint8)
    half, ceiling = np.where(is_s, 100.0, 20.0), np.where(is_s, 400.0, 120.0)
    return ResponseCurves("orders", ("search",), date(2026, 1, 5), 0.3 * one, half, ceiling, form, 80.0 * one, np.where(is_s, steep, 1.0))


def test_it_is_told_what_the_next_money_brings_under_each_form():
    spend = np.full((52, 1), 80.0)
    views = {view.form: view for view in form_views(two_forms(0.4), spend, worth=1.0)}
    # by hand: 120 * 20 / (80 + 20)^2, and 400 * 3 * 0.8^2 / 100 / (1 + 0.8^3)^2
    assert views[SATURATES].next_money == pytest.approx(0.24)
    assert views[THRESHOLD].next_money == pytest.approx(400 * 3 * 0.64 / 100 / 1.512**2)
    assert (views[SATURATES].share, views[THRESHOLD].share) == (0.6, 0.4)
    # the next money pays for itself up to where 120 * 20 / (x + 20)^2 = 1
    assert views[SATURATES].best_spend == pytest.approx(2400**0.5 - 20, abs=5)
    assert views[THRESHOLD].best_spend > 100


def test_forms_that_disagree_are_told_in_a_sentence_and_unlikely_ones_are_not():
    spend = np.full((52, 1), 80.0)
    found = forms_disagree(two_forms(0.4), spend)
    assert [(finding.code, finding.channel) for finding in found] == [("forms_disagree", "search")]
    assert "If search saturates, the next 1,000 brings 240; if it works only above a threshold" in found[0].text
    assert forms_disagree(two_forms(0.1), spend) == ()
    assert forms_disagree(two_forms(0.4), np.zeros((52, 1))) == ()
