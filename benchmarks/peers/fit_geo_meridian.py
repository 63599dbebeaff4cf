"""A fit of geos by Meridian: seconds, and draws of its parameters and of what each channel brought.

Run by `peers_geo.py` in an environment with google-meridian: PATH.csv OUT.npz. Everything is as the tool has it by default for geos. Its default prior
is one on return, so spend is stated in money of which a quarter of the outcome was spent; all geos count as equally large, as in the generator.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from geo_rows import CHAINS, KEPT, LONGEST_CARRY, WARM_UP, GeoRows, frame_of, read_geo_rows

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.filterwarnings("ignore")
_SAMPLED = ("roi_m", "alpha_m", "ec_m", "beta_m", "eta_m", "beta_gm", "gamma_c", "xi_c", "tau_g", "knot_values", "sigma")


def main(path: Path, out: Path) -> None:
    """One fit."""
    from meridian.analysis import analyzer

    rows = read_geo_rows(path)
    model = _model(rows)
    began, before = time.perf_counter(), _processor_seconds()
    model.sample_posterior(n_chains=CHAINS, n_adapt=WARM_UP - WARM_UP // 3, n_burnin=WARM_UP // 3, n_keep=KEPT, seed=1)
    seconds, used = time.perf_counter() - began, _processor_seconds() - before
    brought = np.asarray(analyzer.Analyzer(model).incremental_outcome(aggregate_geos=False, use_kpi=True))
    posterior = model.inference_data.posterior
    draws = {f"sampled|{name}": posterior[name].values for name in _SAMPLED if name in posterior}
    packages = ("google-meridian", "jax", "tensorflow", "tfp-nightly", "numpy")
    versions = {"python": sys.version.split()[0]} | {each: version(each) for each in packages}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    about = {"wall": seconds, "processor": used, "memory": memory, "versions": versions}
    np.savez(out, about=json.dumps(about), brought=brought, **draws)


def _model(rows: GeoRows) -> Any:
    from meridian.data import data_frame_input_data_builder as builders
    from meridian.model import model, spec

    money = rows.spend * (0.25 * rows.outcome.sum() / rows.spend.sum())
    frame = frame_of(rows, money, "time")
    frame["population"] = 1.0
    built = (
        builders.DataFrameInputDataBuilder(kpi_type="revenue")
        .with_kpi(frame, kpi_col="outcome")
        .with_population(frame)
        .with_controls(frame, control_cols=list(rows.control_names))
        .with_media(frame, media_cols=list(rows.channels), media_spend_cols=list(rows.channels), media_channels=list(rows.channels))
        .build()
    )
    return model.Meridian(built, spec.ModelSpec(max_lag=LONGEST_CARRY))


def _processor_seconds() -> float:
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
