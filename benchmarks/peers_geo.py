"""What several geos say together, beside PyMC-Marketing and Meridian: the same rows of a data set of geos with known truth, one fit each.

    python benchmarks/peers_geo.py PATH.csv [--keep FOLDER] [--write OUT.md]

PATH.csv has PATH_true_contribution.csv beside it, as `geo_truth.py` reads them. Each tool runs in an environment of its own: `make peers` makes them,
or QUARTERDECK_PEER_PYMC and QUARTERDECK_PEER_MERIDIAN name a Python. What is missing is said, and the rest is compared. --keep: draws of the others
are written there, and read from there where they are.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import numpy as np  # noqa: E402

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "peers")]

from geo_truth import crps, read_geos  # noqa: E402
from peers_speed import shout  # noqa: E402

from quarterdeck.response.fitting.diagnostics import ess, rhat  # noqa: E402
from quarterdeck.response.geo.converged import run_until_converged, seek_curves, totals_of  # noqa: E402
from quarterdeck.response.geo.fit import fit_geo  # noqa: E402
from quarterdeck.response.geo.series import GeoSeries  # noqa: E402
from quarterdeck.response.series.series import FloatArray  # noqa: E402

PEERS = {
    "pymc-marketing": ("QUARTERDECK_PEER_PYMC", "fit_geo_pymc_marketing.py"),
    "google-meridian": ("QUARTERDECK_PEER_MERIDIAN", "fit_geo_meridian.py"),
}


@dataclass(frozen=True)
class Found:
    """One fit. `brought [draw, channel]` in all geos; `chains [draw, chain, channel]` of the same, in any unit; `worst`: the smallest effective number of
    draws and the largest R-hat of everything that was sampled; `draws`: chains and draws of each."""

    tool: str
    brought: FloatArray
    chains: FloatArray
    worst: tuple[float, float]
    draws: str
    wall: float
    processor: float
    memory: float
    versions: dict[str, str]

    def row(self, truth: FloatArray) -> str:
        """A row of the table."""
        low, high = np.quantile(self.brought, (0.05, 0.95), axis=0)
        held, error = (low <= truth) & (truth <= high), np.abs(self.brought.mean(axis=0) - truth) / truth
        totals = np.moveaxis(self.chains, 2, 0)
        ess_min, rhat_max = min(ess(each) for each in totals), max(rhat(each) for each in totals)
        return (
            f"| {self.tool} | {held.sum()} of {len(truth)} | {np.mean((high - low) / truth):.0%} | {np.median(error):.1%} | "
            f"{(crps(self.brought, truth) / truth).mean():.1%} | {ess_min:,.0f} / {rhat_max:.3f} | {self.worst[0]:,.0f} / {self.worst[1]:.3f} | "
            f"{self.draws} | {self.processor:.0f} | {self.wall:.0f} | {ess_min / self.processor:.1f} | {self.memory:.1f} |"
        )


def main() -> int:
    """Fit, compare, and print the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    if asked.path is None or not asked.path.is_file():
        shout("the data set of geos is missing: nothing is compared", "give the CSV file that the generator wrote, as geo_truth.py says")
        return 0
    series, truth = read_geos(asked.path)
    found = [fit_ours(series, "auto"), fit_ours(series, "one")]
    found += [each for tool in PEERS if (each := fit_peer(tool, asked.path, asked.keep))]
    head = (
        "| tool | 90 % intervals that hold the truth | mean width / truth | median error | CRPS / truth | ESS / R-hat of what channels brought | "
        "of all that is sampled | chains x draws | processor s | wall s | ESS a processor second | GB |"
    )
    versions = "; ".join(f"{each.tool}: {', '.join(f'{name} {number}' for name, number in each.versions.items())}" for each in [found[0], *found[2:]])
    page = "\n".join([head, "|---" * 12 + "|", *(each.row(truth.sum(axis=0)) for each in found), "", f"Versions: {versions}."])
    print(page)
    if asked.write:
        asked.write.write_text(page + "\n", encoding="utf-8")
    return 0


def fit_ours(series: GeoSeries, forms: Literal["auto", "one"]) -> Found:
    """A fit by Quarterdeck; its chains are run once more to look at them, untimed."""
    began, before = time.perf_counter(), time.process_time()
    fit = fit_geo(series, seed=1, forms=forms)
    wall, processor = time.perf_counter() - began, time.process_time() - before
    rng = np.random.default_rng(1)
    setting, state = seek_curves(series, {}, one_form=forms == "one", rng=rng)
    chains, (rhat_max, ess_min) = run_until_converged(setting, state, rng)
    totals = totals_of(setting, chains)
    name = "Quarterdeck" if forms == "auto" else 'Quarterdeck, `forms="one"`'
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    versions = {"python": sys.version.split()[0], "numpy": np.__version__}
    draws = f"{totals.shape[1]} x {totals.shape[0]}"
    return Found(name, fit.contributions().sum(axis=1), totals, (ess_min, rhat_max), draws, wall, processor, memory, versions)


def fit_peer(tool: str, path: Path, keep: Path | None) -> Found | None:
    """A fit by another tool in its own environment; None, said loudly, where there is none."""
    variable, script = PEERS[tool]
    python = Path(os.environ.get(variable) or HERE.parent / ".tools" / "peers" / tool / "bin" / "python")
    with tempfile.TemporaryDirectory() as place:
        out = (keep or Path(place)) / f"{path.stem}_{tool}.npz"
        if not out.exists():
            if not python.exists():
                shout(f"{tool} is missing: it is not compared", f"`make peers`, or set {variable} to a Python that has it")
                return None
            environment = {key: value for key, value in os.environ.items() if key not in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONPATH")}
            command = [str(python), str(HERE / "peers" / script), str(path), str(out)]
            done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
            if done.returncode:
                shout(f"{tool} failed on {path.stem}: it is not compared", done.stderr[-500:])
                return None
        with np.load(out) as kept:
            return _read(tool, {each: kept[each] for each in kept.files})


def _read(tool: str, kept: dict[str, FloatArray]) -> Found:
    about = json.loads(str(kept["about"]))
    sampled = [values.reshape(*values.shape[:2], -1) for name, values in kept.items() if name.startswith("sampled|")]
    moving = [each[:, :, number].T for each in sampled for number in range(each.shape[2]) if np.ptp(each[:, :, number]) > 0]
    worst = min(ess(each) for each in moving), max(rhat(each) for each in moving)
    brought = kept["brought"].sum(axis=2)
    draws, flat = f"{brought.shape[0]} x {brought.shape[1]}", brought.reshape(-1, brought.shape[2])
    return Found(tool, flat, brought.transpose(1, 0, 2), worst, draws, about["wall"], about["processor"], about["memory"], about["versions"])


if __name__ == "__main__":
    raise SystemExit(main())
