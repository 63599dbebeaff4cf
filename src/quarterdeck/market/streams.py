"""Chance by name: each thing that is random has its own stream, so that two runs that differ in one input share all other noise."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def stream(seed: int, *names: str) -> np.random.Generator:
    """The generator of that name under `seed` (0 or more); the same in every process and whatever else was drawn."""
    words = np.frombuffer(hashlib.sha256("\x1f".join(names).encode()).digest()[:16], dtype="<u4")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words.tolist()])))


def wandering(rng: np.random.Generator, steps: int, *, memory: float, spread: float) -> FloatArray:
    """A mean-reverting walk around 0 with standard deviation `spread` from its first step on. More steps leave the earlier ones as they are.

    `memory` in [0, 1) is the share of a step that the next one keeps. Source: stationary AR(1), Box & Jenkins 1970, section 3.2.
    """
    from scipy.signal import lfilter

    shocks = rng.standard_normal(steps)
    shocks[1:] *= np.sqrt(1.0 - memory**2)
    walk: FloatArray = spread * lfilter([1.0], [1.0, -memory], shocks)
    return walk
