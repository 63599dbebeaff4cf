"""How fast a fit is beside PyMC-Marketing and Meridian: the same two published series, the same weeks, medians of RUNS fits in one run.

    python benchmarks/peers_speed.py [FOLDER] [--runs 5] [--write docs/proof/speed.md] [--json OUT.json]

FOLDER (or QUARTERDECK_PUBLISHED_DATA) holds pymc_mmm_example/ and robyn_weekly/. Each tool runs in an environment of its own: `make peers` makes
them, or QUARTERDECK_PEER_PYMC and QUARTERDECK_PEER_MERIDIAN name a Python. What is missing is said, and the rest is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import numpy as np  # noqa: E402

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "peers")]

from peers_page import page_of  # noqa: E402
from published_series import NAMES, read_published  # noqa: E402

from quarterdeck.response.fitting.diagnostics import ess, rhat  # noqa: E402
from quarterdeck.response.fitting.fit import fit_response  # noqa: E402
from quarterdeck.response.fitting.one_form import fit_one_form  # noqa: E402
from quarterdeck.response.fitting.one_form_draws import draw_one_form, prepare_one_form  # noqa: E402
from quarterdeck.response.series.series import FloatArray, ResponseSeries  # noqa: E402

PEERS = {
    "pymc-marketing": ("QUARTERDECK_PEER_PYMC", "fit_pymc_marketing.py"),
    "google-meridian": ("QUARTERDECK_PEER_MERIDIAN", "fit_meridian.py"),
}
OURS = "Quarterdeck"


@dataclass(frozen=True)
class Timed:
    """Fits of one series by one tool. `shares`: by channel, `[draw, chain of any run]`."""

    tool: str
    series: str
    first: float
    seconds: tuple[float, ...]
    ess_min: tuple[float, ...]
    rhat_max: float
    draws: int
    shares: dict[str, list[FloatArray]]
    versions: dict[str, str]

    @property
    def wall(self) -> float:
        """Median seconds of a fit."""
        return float(np.median(self.seconds))

    @property
    def ess_per_second(self) -> float:
        """Median over runs of the smallest effective number of draws, per second of that fit."""
        return float(np.median(np.array(self.ess_min) / np.array(self.seconds)))

    def median_share(self, channel: str) -> tuple[float, float]:
        """Posterior median of a channel's share of the outcome over all runs, and its Monte-Carlo error."""
        runs = self.shares[channel]
        independent = sum(ess(run) for run in runs)
        every = np.concatenate([run.ravel() for run in runs])
        around = np.quantile(every, [0.5 - 0.5 * independent**-0.5, 0.5 + 0.5 * independent**-0.5])
        return float(np.median(every)), float(np.ptp(around) / 2)


def main() -> int:
    """Measure, print and, where asked, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("QUARTERDECK_PUBLISHED_DATA"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.folder is None or not all((Path(asked.folder) / each).is_dir() for each in ("pymc_mmm_example", "robyn_weekly")):
        shout("the published series are missing: nothing is compared", "give the folder that holds them, or set QUARTERDECK_PUBLISHED_DATA")
        return 0
    load, timed, usual = os.getloadavg()[0], list[Timed](), dict[str, float]()
    for name in NAMES:
        ours, usual[name] = time_ours(Path(asked.folder), name, asked.runs)
        timed += [ours, *(each for tool in PEERS if (each := time_peer(tool, Path(asked.folder), name, asked.runs)))]
    page = page_of(timed, usual, fresh_process(Path(asked.folder)), load, asked.runs)
    print(page)
    if asked.write:
        asked.write.write_text(page + "\n", encoding="utf-8")
    if asked.json:
        asked.json.write_text(json.dumps([figures_of(each) for each in timed], indent=1), encoding="utf-8")
    return 0


def time_ours(folder: Path, name: str, runs: int) -> tuple[Timed, float]:
    """Fits by the one matching form, findings and curves included; and the median seconds of the usual fit (all forms)."""
    series, seconds, smallest, worst = series_of(folder, name), list[float](), list[float](), 1.0
    shares: dict[str, list[FloatArray]] = {channel: [] for channel in series.channels}
    for seed in range(runs + 1):
        began = time.perf_counter()
        fit_one_form(series, seed=seed)
        seconds.append(time.perf_counter() - began)
        model = prepare_one_form(series)
        drawn = draw_one_form(model, np.random.default_rng(seed))  # the draws of that fit once more, to look at all of them
        if seed:
            smallest.append(min(ess(each) for each in drawn.watched()))
            worst = max(worst, *(rhat(each) for each in drawn.watched()))
            for number, channel in enumerate(series.channels):
                shares[channel].append(drawn.brought[:, :, number] / model.outcome.sum())
    usual = []
    for seed in range(runs + 1):
        began = time.perf_counter()
        fit_response(series, seed=seed)
        usual.append(time.perf_counter() - began)
    versions = {"python": sys.version.split()[0], "numpy": np.__version__}
    timed = Timed(OURS, name, seconds[0], tuple(seconds[1:]), tuple(smallest), worst, drawn.sigma.size, shares, versions)
    return timed, float(np.median(usual[1:]))


def time_peer(tool: str, folder: Path, name: str, runs: int) -> Timed | None:
    """Fits by another tool in its own environment; None, said loudly, where there is none."""
    variable, script = PEERS[tool]
    python = Path(os.environ.get(variable) or HERE.parent / ".tools" / "peers" / tool / "bin" / "python")
    if not python.exists():
        shout(f"{tool} is missing: it is not compared", f"`make peers`, or set {variable} to a Python that has it")
        return None
    environment = {key: value for key, value in os.environ.items() if key not in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONPATH")}
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "draws.npz"
        command = [str(python), str(HERE / "peers" / script), str(folder), name, str(runs), str(out)]
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            shout(f"{tool} failed on {name}: it is not compared", done.stderr[-500:])
            return None
        with np.load(out) as kept:
            return _read(tool, name, runs, {each: kept[each] for each in kept.files})


def _read(tool: str, name: str, runs: int, kept: dict[str, FloatArray]) -> Timed:
    about = json.loads(str(kept.pop("about")))
    by_run = [{each.split("|")[1]: draws.T for each, draws in kept.items() if each.startswith(f"{run}|")} for run in range(runs)]
    moving = [{each: draws for each, draws in run.items() if np.ptp(draws) > 0} for run in by_run]
    shares = {each.removeprefix("share:"): [run[each] for run in by_run] for each in by_run[0] if each.startswith("share:")}
    smallest = tuple(min(ess(draws) for draws in run.values()) for run in moving)
    worst = max(rhat(draws) for run in moving for draws in run.values())
    size = next(iter(by_run[0].values())).size
    return Timed(tool, name, about["first"], tuple(about["seconds"]), smallest, worst, size, shares, about["versions"])


def figures_of(each: Timed) -> dict[str, object]:
    """What was measured of one tool on one series, for a machine to read."""
    shares = {channel: dict(zip(("median", "monte_carlo_error"), each.median_share(channel), strict=True)) for channel in each.shares}
    speed = {"first": each.first, "seconds": each.seconds, "ess_min": each.ess_min, "rhat_max": each.rhat_max, "draws": each.draws}
    return {"tool": each.tool, "series": each.series, **speed, "shares": shares, "versions": each.versions}


def series_of(folder: Path, name: str) -> ResponseSeries:
    """A published series as Quarterdeck reads it."""
    read = read_published(folder, name)
    return ResponseSeries("outcome", read.weeks, read.channels, read.spend, read.outcome, context_names=read.control_names, context=read.controls)


def fresh_process(folder: Path) -> float:
    """Seconds of the usual fit of robyn_weekly in a process of its own, imports included: median of 3."""
    code = (
        f"import sys; sys.path[:0] = {[str(HERE), str(HERE / 'peers')]!r}; from pathlib import Path; import peers_speed; "
        f"peers_speed.fit_response(peers_speed.series_of(Path({str(folder)!r}), 'robyn_weekly'), seed=1)"
    )
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - began)
    return float(np.median(seconds))


@cache
def shout(what: str, instead: str) -> None:
    """Say what is missing so that nobody overlooks it, once."""
    line = "!" * 100
    print(f"{line}\n!!! {what.upper()}\n!!! {instead}\n{line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
