"""Fits of a published series by Meridian with national weekly data: seconds of each, and draws of its parameters.

Run by `peers_speed.py` in an environment with google-meridian: FOLDER SERIES RUNS OUT.npz. Meridian compiles anew in every fit, so there is no
warm-up. Its default prior is one on return, so spend is stated in money of which a quarter of the outcome was spent.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from published_series import LONGEST_CARRY, PublishedSeries, read_published

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.filterwarnings("ignore")
_SAMPLED = ("roi_m", "alpha_m", "ec_m", "beta_m", "gamma_c", "knot_values", "sigma")
_SAMPLING = {"n_chains": 2, "n_adapt": 500, "n_burnin": 250, "n_keep": 500}


def main(folder: Path, name: str, runs: int, out: Path) -> None:
    """`runs` fits."""
    series = read_published(folder, name)
    kept: dict[str, Any] = {}
    seconds = []
    for run in range(runs):
        model = _model(series)
        began = time.perf_counter()
        model.sample_posterior(**_SAMPLING, seed=run + 1)
        seconds.append(time.perf_counter() - began)
        print(f"Meridian {name}: {seconds[-1]:.1f} s", file=sys.stderr, flush=True)
        posterior = model.inference_data.posterior
        for each in _SAMPLED:
            if each in posterior:
                flat = posterior[each].values.reshape(_SAMPLING["n_chains"], _SAMPLING["n_keep"], -1)
                kept |= {f"{run}|{each}[{number}]": flat[:, :, number] for number in range(flat.shape[2])}
    packages = ("google-meridian", "jax", "tensorflow", "tfp-nightly", "numpy")
    about = {"first": seconds[0], "seconds": seconds, "versions": {"python": sys.version.split()[0]} | {each: version(each) for each in packages}}
    np.savez(out, about=json.dumps(about), **kept)


def _model(series: PublishedSeries) -> Any:
    import pandas as pd
    from meridian.data import data_frame_input_data_builder as builders
    from meridian.model import model, spec

    money = series.spend * (0.25 * series.outcome.sum() / series.spend.sum())
    frame = pd.DataFrame(np.concatenate([money, series.controls], axis=1), columns=[*series.channels, *series.control_names])
    frame.insert(0, "time", [each.isoformat() for each in series.weeks])
    frame["outcome"] = series.outcome
    built = (
        builders.DataFrameInputDataBuilder(kpi_type="revenue")
        .with_kpi(frame, kpi_col="outcome")
        .with_controls(frame, control_cols=list(series.control_names))
        .with_media(frame, media_cols=list(series.channels), media_spend_cols=list(series.channels), media_channels=list(series.channels))
        .build()
    )
    return model.Meridian(built, spec.ModelSpec(max_lag=LONGEST_CARRY, knots=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
