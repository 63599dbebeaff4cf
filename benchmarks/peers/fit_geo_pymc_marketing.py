"""A fit of geos by pymc-marketing: seconds, and draws of every parameter and of what each channel brought.

Run by `peers_geo.py` in an environment with pymc-marketing (and nutpie, which it then samples with): PATH.csv OUT.npz. Carry-over and saturation of a
channel are the same in all geos (in shares of its highest spend in any geo, the tool's own scaling), what it brings lies around a common level: the model
that the generator of the data would be told by. Everything else is as the tool has it by default.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from geo_rows import CHAINS, KEPT, LONGEST_CARRY, WARM_UP, WAVES, GeoRows, frame_of, read_geo_rows

warnings.filterwarnings("ignore")
_NOT_SAMPLED = ("contribution", "mu", "scale", "total")


def main(path: Path, out: Path) -> None:
    """One fit."""
    rows = read_geo_rows(path)
    model = _model(rows)
    frame = frame_of(rows, rows.spend, "week")
    import pandas as pd

    frame["week"] = pd.to_datetime(frame["week"])
    began, before = time.perf_counter(), _processor_seconds()
    fitted = model.fit(
        frame.drop(columns="outcome"), frame["outcome"].rename("y"), progressbar=False, random_seed=1, chains=CHAINS, tune=WARM_UP, draws=KEPT
    )
    seconds, used = time.perf_counter() - began, _processor_seconds() - before
    packages = ("pymc-marketing", "pymc", "pytensor", "nutpie", "numpy")
    versions = {"python": sys.version.split()[0]} | {each: version(each) for each in packages}
    about = {"wall": seconds, "processor": used, "memory": _gigabytes(), "versions": versions}
    np.savez(out, about=json.dumps(about), **_draws_of(fitted["posterior"], rows))


def _model(rows: GeoRows) -> Any:
    from pymc_extras.prior import Prior
    from pymc_marketing.mmm import GeometricAdstock, LogisticSaturation
    from pymc_marketing.mmm.mmm import MMM

    beta = Prior("HalfNormal", sigma=Prior("HalfNormal", sigma=1.0, dims="channel"), dims=("channel", "geo"))
    return MMM(
        date_column="week",
        channel_columns=list(rows.channels),
        control_columns=list(rows.control_names),
        adstock=GeometricAdstock(l_max=LONGEST_CARRY, priors={"alpha": Prior("Beta", alpha=1, beta=3, dims="channel")}),
        saturation=LogisticSaturation(priors={"lam": Prior("Gamma", alpha=3, beta=1, dims="channel"), "beta": beta}),
        yearly_seasonality=WAVES,
        dims=("geo",),
    )


def _draws_of(posterior: Any, rows: GeoRows) -> dict[str, Any]:
    """`sampled|NAME [chain, draw, ...]`, and `brought [chain, draw, geo, channel]` over all rows, in units of the outcome."""
    draws: dict[str, Any] = {}
    for name in posterior.data_vars:
        if not any(part in str(name) for part in _NOT_SAMPLED) or str(name) == "intercept_contribution":
            draws[f"sampled|{name}"] = posterior[name].transpose("chain", "draw", ...).values
    brought = posterior["channel_contribution"].sum("date").transpose("chain", "draw", "geo", "channel")
    names = [str(each) for each in brought["channel"].values]
    order = [names.index(each) for each in rows.channels]
    highest = np.abs(rows.outcome).max()  # contributions are in units of the largest outcome
    return draws | {"brought": (brought.values * highest)[..., order]}


def _processor_seconds() -> float:
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
