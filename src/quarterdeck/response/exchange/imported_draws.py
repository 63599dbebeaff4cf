"""Draws of another tool's posterior, read by name and shape alone: the tool itself is never needed.

A group (`posterior`, `constant_data`) maps names to variables with `values` and `dims`: an xarray Dataset, or what was read from a netCDF file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.series.series import FloatArray

STATE = "No curve was brought in."


class Variable(Protocol):
    """An array whose axes have names."""

    @property
    def values(self) -> Any:
        """The numbers."""
        ...

    @property
    def dims(self) -> tuple[Any, ...]:
        """The names of its axes."""
        ...


Group = Mapping[str, Variable]


def refuse(where: str, found: str, expected: str, fix: str) -> InvalidInput:
    """The exception for something that cannot be brought in (RESPONSE-058)."""
    return InvalidInput([Problem("RESPONSE-058", where, found, expected, fix)], state=STATE)


def names_in(group: Group) -> tuple[str, ...]:
    """Every variable and coordinate of a group."""
    return tuple(str(name) for name in (getattr(group, "variables", None) or group))


def read_draws(group: Group, name: str, dim: str, count: int) -> FloatArray:
    """Draws of one parameter [draw, channel], chains after each other; one that all channels share is repeated. Raises InvalidInput (RESPONSE-058)."""
    if name not in names_in(group):
        raise refuse(f"posterior.{name}", "no such parameter", f"draws of {name}", "Give the result of a model of the usual kind.")
    variable = group[name]
    dims = tuple(str(each) for each in variable.dims)
    if set(dims) - {dim} != {"chain", "draw"}:
        expected = f"a parameter by chain, draw and {dim}"
        raise refuse(f"posterior.{name}", f"a parameter by {', '.join(dims)}", expected, "Models of several markets at once cannot be brought in.")
    values = np.asarray(variable.values, dtype=np.float64)
    order = [dims.index(each) for each in ("chain", "draw", dim) if each in dims]
    flat = values.transpose(order).reshape(values.shape[dims.index("chain")] * values.shape[dims.index("draw")], -1)
    return np.ascontiguousarray(np.broadcast_to(flat, (len(flat), count)))


def read_days(values: Any) -> tuple[date, ...]:
    """Days as the tools keep them: numpy times, texts or dates."""
    return tuple(each if type(each) is date else date.fromisoformat(str(np.datetime64(str(each), "D"))) for each in np.asarray(values).ravel())


def step_of(days: Sequence[date]) -> int:
    """7 or 1. Raises InvalidInput for other rows."""
    step = (days[1] - days[0]).days if len(days) > 1 else 7
    if step not in (1, 7):
        raise refuse("rows", f"rows {step} days apart", "weeks or days", "Fit the other model by week or by day.")
    return step


def after_spend(curves: ResponseCurves, spend: FloatArray) -> ResponseCurves:
    """The same curves at the end of `spend` [row, channel], nothing having been spent before."""
    return curves.started(np.zeros(len(curves.channels))).carried(spend, curves.last_week)
