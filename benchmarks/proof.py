"""The long proof: simulated companies against their truth, planted causes, and the retailer's kept-back quarter.

    python benchmarks/proof.py [--seeds 20] [--out docs/proof]

Writes one Markdown table a question, with the command, versions and date. `--seeds 2` is a quick look.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

sys.path.insert(0, str(Path(__file__).parent))


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs" / "proof")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    from proof_causes import causes_table
    from proof_retailer import retailer_table
    from proof_truth import truth_tables

    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, make in (("retailer", retailer_table), ("truth", truth_tables), ("causes", causes_table)):
        if arguments.only and arguments.only != name:
            continue
        text = make(arguments.seeds)
        (arguments.out / f"{name}.md").write_text(f"{text}\n{_made_with(name, arguments.seeds)}", encoding="utf-8")
        print(text, flush=True)
    return 0


def _made_with(name: str, seeds: int) -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in ("quarterdeck", "numpy", "scipy", "duckdb", "ortools"))
    return (
        f"\nMade with `python benchmarks/proof.py --only {name} --seeds {seeds}` on {date.today().isoformat()}, Python {platform.python_version()}, {packages}, "  # noqa: DTZ011, TID251
        f"{os.cpu_count()} cores.\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
