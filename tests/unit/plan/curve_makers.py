"""Small factories of response curves for the tests of allocation."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from quarterdeck.response.curves.curves import ResponseCurves

LAST_WEEK = date(2026, 12, 28)


def open_weeks(count: int) -> tuple[date, ...]:
    """The Mondays that follow LAST_WEEK."""
    return tuple(LAST_WEEK + timedelta(weeks=n + 1) for n in range(count))


def plain_curves(*channels: tuple[float, float], decay: float = 0.0, carry: float = 0.0, form: int = 0) -> ResponseCurves:
    """One draw; each channel is (ceiling, half)."""
    ceiling, half = (np.array([values], dtype=float) for values in zip(*channels, strict=True))
    shape = half.shape
    return ResponseCurves(
        "new_customers",
        tuple(f"channel_{i + 1}" for i in range(len(channels))),
        LAST_WEEK,
        np.full(shape, decay),
        half,
        ceiling,
        np.full(shape, form, dtype=np.uint8),
        np.full(shape, carry),
    )


def random_curves(rng: np.random.Generator, channels: int, draws: int, *, spread: float = 1.0) -> ResponseCurves:
    """Channels of very different size and carry-over, both forms, with carry-in."""
    half = np.exp(rng.normal(7, spread, channels) + rng.normal(0, 0.4, (draws, channels)))
    ceiling = np.exp(rng.normal(3, spread, channels) + rng.normal(0, 0.4, (draws, channels)))
    decay = np.clip(rng.uniform(0.05, 0.9, channels) + rng.normal(0, 0.08, (draws, channels)), 0, 0.97)
    form = rng.integers(0, 2, (draws, channels)).astype(np.uint8)
    names = tuple(f"channel_{i + 1}" for i in range(channels))
    return ResponseCurves("new_customers", names, LAST_WEEK, decay, half, ceiling, form, rng.uniform(0, 0.6, (draws, channels)) * half)
