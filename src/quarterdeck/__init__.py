"""Quarterdeck: a digital marketing strategy as a living thing.

The folders are the loop: strategy -> plan -> act -> facts -> response -> review. The names below work in a
notebook with no web server and no settings; each is imported when it is first used, so that `import quarterdeck` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_LAZY = {
    "read_strategy": "quarterdeck.operations.read_strategy",
    "Strategy": "quarterdeck.strategy.document",
    "check_strategy": "quarterdeck.strategy.checks",
    "ResponseSeries": "quarterdeck.response.series",
    "read_series_csv": "quarterdeck.operations.read_series_file",
    "fit_response": "quarterdeck.response.fit",
    "fit_geo": "quarterdeck.response.geo.fit",
    "check_fit": "quarterdeck.response.holdout",
    "predict_outcome": "quarterdeck.response.forecast",
    "chance_of_total": "quarterdeck.response.forecast",
    "read_curves": "quarterdeck.operations.keep_curves",
    "write_curves": "quarterdeck.operations.keep_curves",
    "export_curves": "quarterdeck.operations.export_curves",
    "curves_from_pymc": "quarterdeck.response.import_pymc",
    "curves_from_meridian_model": "quarterdeck.response.import_meridian",
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
