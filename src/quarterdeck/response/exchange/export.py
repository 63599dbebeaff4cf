"""Draws of curves as one table: a row a draw and channel (and geo), columns with names that say what they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.exchange.kept import Kept
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.model.saturation import FORM_NAMES

Column = npt.NDArray[Any]


def units_of(kept: Kept) -> dict[str, str]:
    """Column -> what it is and in what unit, in the order of the table."""
    row = "week" if (kept.step_days if isinstance(kept, ResponseCurves) else kept.series.step_days) == 7 else "day"
    units = {
        "draw": "number of the draw, from 0; the same number belongs together",
        **({"geo": "place"} if isinstance(kept, GeoFit) else {}),
        "channel": "name of the channel",
        "form": "saturation: " + ", ".join(FORM_NAMES),
        "decay": f"share of the carried-over spend that is held back from {row} to {row}, 0 to 1",
        "delay": f"share held back in each of two later stages, 0 where there is no delay, from {row} to {row}",
        "half": f"money a {row} at which saturation has gone half its way (logistic and exponential: their scale)",
        "ceiling": f"{kept.metric} a {row} that more money comes near to and never passes",
        "steepness": "exponent of the S-shaped form; 1 elsewhere",
        "carry": f"carried-over spend at the end of the last {row}, money a {row}",
        "waiting_1": "the same after the first stage of delay",
        "waiting_2": "the same after the second stage of delay",
    }
    if isinstance(kept, ResponseCurves):
        return units
    return units | {"return": f"{kept.metric} per unit of money over the rows fitted", "contribution": f"{kept.metric} over the rows fitted"}


def draws_table(kept: Kept) -> dict[str, Column]:
    """The table, column by column, all of one length. Contributions of geos add up, draw by draw, to that of all of them."""
    if isinstance(kept, GeoFit):
        parts = [{**_of_fit(fit), "geo": np.full(fit.draws * len(fit.channels), geo)} for geo, fit in zip(kept.geos, kept.fits, strict=True)]
        table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    else:
        table = _of_fit(kept) if isinstance(kept, ResponseFit) else _of_curves(kept)
    return {name: table[name] for name in units_of(kept)}


def _of_fit(fit: ResponseFit) -> dict[str, Column]:
    contribution = fit.returns * fit.spend.sum(axis=0)
    return _of_curves(fit.curves) | {"return": fit.returns.ravel(), "contribution": contribution.ravel()}


def _of_curves(curves: ResponseCurves) -> dict[str, Column]:
    names = ("decay", "delay", "half", "ceiling", "steepness", "carry")
    count = len(curves.channels)
    return {
        "draw": np.repeat(np.arange(curves.draws), count),
        "channel": np.tile(np.array(curves.channels), curves.draws),
        "form": np.array(FORM_NAMES)[curves.form.ravel()],
        **{name: np.asarray(getattr(curves, name)).ravel() for name in names},
        "waiting_1": curves.waiting[:, :, 0].ravel(),
        "waiting_2": curves.waiting[:, :, 1].ravel(),
    }
