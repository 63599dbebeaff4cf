"""Tests as JSON for programs: keys and meanings stay the same from version to version (docs/how-to/read-a-geo-test.md)."""

from __future__ import annotations

from typing import Any

from quarterdeck.response.curves.summary import Summary
from quarterdeck.response.experiments.belief import Belief
from quarterdeck.response.experiments.evidence import Evidence
from quarterdeck.response.experiments.reading import GeoReading, Way
from quarterdeck.response.experiments.split import SplitReading
from quarterdeck.response.experiments.spoken import Doubt


def reading_json(reading: GeoReading, evidence: Evidence | None, *, channel: str, metric: str) -> dict[str, Any]:
    """`effect` in units of the outcome, `cost` in money, `return` in units of the outcome per unit of money; null where there is none."""
    test, days = reading.test, reading.test.days
    return {
        "channel": channel,
        "metric": metric,
        "days": {
            "before_from": days.before_from.isoformat(),
            "test_from": days.test_from.isoformat(),
            "test_to": days.test_to.isoformat(),
            "cooldown_to": days.cooldown_to.isoformat() if days.cooldown_to else None,
            "step_days": test.step_days,
        },
        "places": {"treated": int(test.is_treated.sum()), "control": int((~test.is_treated).sum())},
        "effect": _belief(reading.effect),
        "cost": _belief(reading.cost),
        "return": None if reading.returns is None else _belief(reading.returns),
        "lift": None if reading.lift is None else _summary(reading.lift),
        "ways": [_way(way) for way in reading.ways],
        "agree": reading.is_agreed,
        "findings": _findings(reading.findings),
        "weights": {
            geo: round(float(weight), 6) for geo, weight in zip(reading.synthetic.geos, reading.synthetic.weights, strict=True) if weight > 5e-7
        },
        "prior": _prior(evidence),
        "rows": _rows(reading),
    }


def split_json(reading: SplitReading, evidence: Evidence | None, *, channel: str, metric: str) -> dict[str, Any]:
    """A hold-out or an A/B test, with the same keys as far as it has them."""
    return {
        "channel": channel,
        "metric": metric,
        "effect": _summary(reading.effect),
        "cost": round(reading.cost, 6),
        "return": None if reading.returns is None else _summary(reading.returns),
        "lift": None if reading.lift is None else _summary(reading.lift),
        "findings": _findings(reading.doubts),
        "prior": _prior(evidence),
    }


def _findings(doubts: tuple[Doubt, ...]) -> list[dict[str, Any]]:
    return [{"code": found.code, "where": found.where, "serious": found.is_serious, "text": found.text} for found in doubts]


def _prior(evidence: Evidence | None) -> dict[str, Any] | None:
    return None if evidence is None else {"mean": round(evidence.mean, 6), "sd": round(evidence.sd, 6), "source": "experiment"}


def _way(way: Way) -> dict[str, Any]:
    return {"way": way.name, "effect": _belief(way.effect), "return": None if way.returns is None else _belief(way.returns)}


def _belief(belief: Belief) -> dict[str, float]:
    return _summary(belief.summary())


def _summary(found: Summary) -> dict[str, float]:
    return {name: round(getattr(found, name), 6) for name in ("mean", "p05", "p10", "p50", "p90", "p95")}


def _rows(reading: GeoReading) -> list[dict[str, Any]]:
    """Each row of the test: what the treated places had, and what was expected of them without it by either way."""
    seen = reading.test.total(reading.test.outcome, treated=True)
    counted = reading.test.counted
    return [
        {
            "day": start.isoformat(),
            "counted": bool(counted[row]),
            "outcome": round(float(seen[row]), 6),
            "expected_by_regression": round(float(reading.time_based.expected[row]), 6),
            "expected_by_synthetic_control": round(float(reading.synthetic.expected[row]), 6),
        }
        for row, start in enumerate(reading.test.starts)
    ]
