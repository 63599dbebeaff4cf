"""A fit of a file, and a forecast from one, in sentences and a table; read from the same JSON that programs get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
_DASH = "–"


def say_fit_of_file(facts: Mapping[str, Any], *, outcome: str, rows: str, notes: Sequence[str]) -> list[str]:
    """How the file was understood, whether the fit may be believed, and what to know about it. `rows`: "104 weeks to 2024-12-23"."""
    found = facts["diagnostics"]
    verdict = "The checks hold." if found["ok"] else "The checks do NOT hold: do not put money on this without a test."
    said = [*notes, f"{outcome}, learned from {rows}. {verdict}"]
    if facts["fit"]["coverage80_out"] is not None:
        said.append(_say_held_out(facts["fit"]))
    return said + [f"Note: {finding['text']}" for finding in found["findings"]]


def fit_table(facts: Mapping[str, Any]) -> Table:
    """A row a channel: what it brought, and what a unit of its money brought."""
    rows = [
        (channel["id"], *_mean_and_range(channel["contribution"]), *_mean_and_range(channel["roi"]), _share(channel["prior_share"]))
        for channel in facts["channels"]
    ]
    return ("Channel", "Brought", "in 9 cases of 10", "Per unit of money", "in 9 cases of 10", "Rests on belief"), rows


def say_forecast_of_file(facts: Mapping[str, Any], *, outcome: str, weeks: int, target: float | None) -> list[str]:
    """One sentence that frames the table."""
    said = [f"{outcome} in the {weeks} weeks that follow, in all."]
    if target is not None and len(facts["plans"]) == 1:
        said.append(f"The chance of {figure(target)} or more is {_chance(facts['plans'][0]['chance'])}.")
    return said


def forecast_table(facts: Mapping[str, Any], names: Sequence[str]) -> Table:
    """A row a plan."""
    rows = [(name, *_mean_and_range(plan["total"]), _chance(plan["chance"])) for name, plan in zip(names, facts["plans"], strict=True)]
    return ("Plan", "Expected", "in 9 cases of 10", "Chance of the target"), rows


def figure(value: float | None) -> str:
    """About four digits, thousands apart, a true minus sign; a dash where there is none."""
    if value is None:
        return _DASH
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "\N{MINUS SIGN}")


def _say_held_out(fit: Mapping[str, Any]) -> str:
    error = "" if fit["mape_out"] is None else f"the forecast missed by {_share(fit['mape_out'])} a row, and "
    return f"Held out: {error}{_share(fit['coverage80_out'])} of the rows fell where 80 % should."


def _mean_and_range(figures: Mapping[str, float | None] | None) -> tuple[str, str]:
    if figures is None:
        return _DASH, _DASH
    return figure(figures["mean"]), f"{figure(figures['p05'])} to {figure(figures['p95'])}"


def _chance(value: float | None) -> str:
    """No forecast is certain: never 0 % and never 100 %."""
    if value is None:
        return ""
    return "under 1 %" if value < 0.01 else "over 99 %" if value > 0.99 else _share(value)


def _share(value: float | None) -> str:
    return _DASH if value is None else f"{100 * value:.0f} %"
