"""Fits of a published series by pymc-marketing's default model: seconds of each, and draws of every parameter.

Run by `peers_speed.py` in an environment with pymc-marketing (and nutpie, which it then samples with): FOLDER SERIES RUNS OUT.npz
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from published_series import LONGEST_CARRY, WAVES, PublishedSeries, read_published

warnings.filterwarnings("ignore")
_SAMPLED = ("intercept_contribution", "adstock_alpha", "saturation_lam", "saturation_beta", "gamma_control", "gamma_fourier", "y_sigma")


def main(folder: Path, name: str, runs: int, out: Path) -> None:
    """One fit that warms up, then `runs` that count."""
    series = read_published(folder, name)
    kept: dict[str, Any] = {}
    seconds = []
    for run in range(-1, runs):
        began = time.perf_counter()
        posterior, model = _fit(series, seed=run + 2)
        seconds.append(time.perf_counter() - began)
        print(f"pymc-marketing {name}: {seconds[-1]:.1f} s" + (" (warm-up)" if run < 0 else ""), file=sys.stderr, flush=True)
        if run >= 0:
            kept |= {f"{run}|{each}": draws for each, draws in _draws_of(posterior, model, series).items()}
    about = {"first": seconds[0], "seconds": seconds[1:], "versions": _versions("pymc-marketing", "pymc", "pytensor", "nutpie", "numpy")}
    np.savez(out, about=json.dumps(about), **kept)


def _fit(series: PublishedSeries, seed: int) -> tuple[Any, Any]:
    import pandas as pd
    from pymc_marketing.mmm import GeometricAdstock, LogisticSaturation
    from pymc_marketing.mmm.mmm import MMM

    frame = pd.DataFrame(np.concatenate([series.spend, series.controls], axis=1), columns=[*series.channels, *series.control_names])
    frame.insert(0, "week", pd.to_datetime(list(series.weeks)))
    model = MMM(
        date_column="week",
        channel_columns=list(series.channels),
        control_columns=list(series.control_names),
        adstock=GeometricAdstock(l_max=LONGEST_CARRY),
        saturation=LogisticSaturation(),
        yearly_seasonality=WAVES,
    )
    return model.fit(frame, pd.Series(series.outcome, name="y"), progressbar=False, random_seed=seed)["posterior"], model


def _draws_of(posterior: Any, model: Any, series: PublishedSeries) -> dict[str, Any]:
    """Every sampled parameter and each channel's share of the outcome, `[chain, draw]`."""
    draws: dict[str, Any] = {}
    for name in _SAMPLED:
        values = posterior[name].transpose("chain", "draw", ...).values
        flat = values.reshape(*values.shape[:2], -1)
        draws |= {f"{name}[{number}]": flat[:, :, number] for number in range(flat.shape[2])}
    brought = posterior["channel_contribution"].transpose("chain", "draw", "date", "channel").values.sum(axis=2)
    size = series.outcome.sum() / np.abs(series.outcome).max()  # contributions are in units of the largest outcome
    names = [str(each) for each in posterior["channel"].values]
    return draws | {f"share:{name}": brought[:, :, number] / size for number, name in enumerate(names)}


def _versions(*packages: str) -> dict[str, str]:
    found = {"python": sys.version.split()[0]}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
