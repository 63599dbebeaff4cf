"""Quarterdeck: a digital marketing strategy as a living thing.

The folders are the loop: strategy -> plan -> act -> facts -> response -> review. The names below work in a
notebook with no web server and no settings; each is imported when it is first used, so that `import quarterdeck` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_LAZY = {
    "read_strategy": "quarterdeck.operations.strategy.read_strategy",
    "Strategy": "quarterdeck.strategy.document",
    "check_strategy": "quarterdeck.strategy.checks.all_checks",
    "ResponseSeries": "quarterdeck.response.series.series",
    "read_series_csv": "quarterdeck.operations.response.read_series_file",
    "fit_response": "quarterdeck.response.fitting.fit",
    "fit_geo": "quarterdeck.response.geo.fit",
    "check_fit": "quarterdeck.response.forecasts.holdout",
    "predict_outcome": "quarterdeck.response.forecasts.forecast",
    "chance_of_total": "quarterdeck.response.forecasts.forecast",
    "read_curves": "quarterdeck.operations.response.keep_curves",
    "write_curves": "quarterdeck.operations.response.keep_curves",
    "export_curves": "quarterdeck.operations.response.export_curves",
    "curves_from_pymc": "quarterdeck.response.exchange.import_pymc",
    "curves_from_meridian_model": "quarterdeck.response.exchange.import_meridian",
    "allocate_budget": "quarterdeck.plan.allocate",
    "build_market": "quarterdeck.market.market",
    "Quarter": "quarterdeck.kernel.periods",
    "Problem": "quarterdeck.kernel.problems",
    "InvalidInput": "quarterdeck.kernel.problems",
}

__all__ = ["__version__", *_LAZY]  # noqa: PLE0604  # names of a dict are strings


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'quarterdeck' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
