"""The proof of faults that were planted blind: how many the checks find that nobody had in mind when the checks were written.

    python benchmarks/blind_trial.py [--list third] [--write docs/proof/planted-faults-blind.md] [--keep-as-first-run]

Each list (blind_faults/, third_faults/) was committed before its writer had read a check. What counts as found was judged by hand (judged.yaml,
beside it).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "unit" / "strategy"))

import blind_list  # its folder is not installed
from blind_list import Planting
from planted.trial import Said, said_about, touches
from ruamel.yaml import YAML

from quarterdeck.kernel.periods import Quarter

QUARTER = Quarter(date(2027, 1, 4))


@dataclass(frozen=True)
class Result:
    """What was said about one planting beyond what is said about its example."""

    planting: Planting
    hits: tuple[Said, ...]
    elsewhere: tuple[Said, ...]
    alarms: tuple[Said, ...]
    echoes: int

    @property
    def outcome(self) -> str:
        """In a word."""
        return "found" if self.hits else "elsewhere" if self.elsewhere else "missed"


@cache
def judged(list_name: str = "blind") -> Mapping[str, Mapping[str, Any]]:
    """By fault: the codes that name it, those that follow from it, the examples in which the code speaks of something else, and why."""
    return dict(YAML(typ="safe").load((blind_list.folder_of(list_name) / "judged.yaml").read_text(encoding="utf-8")))


def new_about(planting: Planting) -> tuple[Said, ...]:
    """What is said about the planted document and was not said about its example."""
    before = Counter(said.key for said in _of_example(planting.example))
    new = []
    for said in said_about(planting.planted(), QUARTER):
        if before[said.key]:
            before[said.key] -= 1
        else:
            new.append(said)
    return tuple(new)


def try_planting(planting: Planting, list_name: str = "blind") -> Result:
    """Whether the fault was found at one of its places, and what else was said."""
    opinion = judged(list_name).get(planting.name, {})
    found, explains = set(str(opinion.get("found", "")).split()), set(str(opinion.get("explains", "")).split())
    if planting.example in opinion.get("not_in", ()):
        found, explains = set(), found | explains
    new = new_about(planting)
    right = tuple(said for said in new if said.code in found)
    hits = tuple(said for said in right if any(touches(said.where, place) for place in planting.at))
    alarms = tuple(said for said in new if said.code not in found | explains)
    return Result(planting, hits, right, alarms, len(new) - len(alarms) - min(len(hits), 1))


def verdict(results: Iterable[Result]) -> str:
    """Of one fault over all its plantings."""
    outcomes = {result.outcome for result in results}
    if outcomes == {"found"}:
        return "found"
    return "found in part" if "found" in outcomes else "elsewhere" if "elsewhere" in outcomes else "missed"


def by_fault(list_name: str = "blind") -> dict[str, list[Result]]:
    """Every fault with what came of its plantings."""
    results: dict[str, list[Result]] = {}
    for planting in blind_list.faults(list_name):
        results.setdefault(planting.name, []).append(try_planting(planting, list_name))
    return results


def figures(results: Mapping[str, list[Result]], sound: Mapping[str, tuple[Said, ...]]) -> dict[str, int]:
    """The totals, in the order of the page."""
    verdicts = Counter(verdict(each) for each in results.values())
    every = [result for each in results.values() for result in each]
    return {
        "faults": len(results),
        "found": verdicts["found"],
        "found in part": verdicts["found in part"],
        "elsewhere": verdicts["elsewhere"],
        "missed": verdicts["missed"],
        "documents with a fault": len(every),
        "documents in which it was found": sum(result.outcome == "found" for result in every),
        "false alarms in them": sum(len(result.alarms) for result in every),
        "echoes in them": sum(result.echoes for result in every),
        "sound changes": len(sound),
        "findings about sound changes": sum(len(said) for said in sound.values()),
    }


def first_run_of(list_name: str) -> Path:
    """Where the blind figure of a list is kept."""
    return blind_list.folder_of(list_name) / "first_run.yaml"


@cache
def kept(list_name: str) -> Mapping[str, Any]:
    """The blind figure of a list, as it was kept: totals, and what came of each fault."""
    return dict(YAML(typ="safe").load(first_run_of(list_name).read_text(encoding="utf-8")))


def main() -> None:
    """Prints the totals, and what was missed or said for nothing."""
    options = argparse.ArgumentParser(description="Faults planted blind: found, missed, and said for nothing.")
    options.add_argument("--list", choices=list(blind_list.LISTS), default="blind", help="which list of faults")
    options.add_argument("--write", type=Path, help="the page to write")
    options.add_argument("--keep-as-first-run", action="store_true", help="keep what was found as the blind figure (once, before checks are mended)")
    chosen = options.parse_args()
    results = by_fault(chosen.list)
    sound = {change.name: new_about(change) for change in blind_list.sound_changes(chosen.list)}
    if chosen.keep_as_first_run:
        _keep(first_run_of(chosen.list), results, sound)
    for name, figure in figures(results, sound).items():
        print(f"{name}: {figure}")
    for fault, each in results.items():
        if verdict(each) != "found":
            print(f"  {verdict(each)}: {fault} ({', '.join(f'{result.planting.example} {result.outcome}' for result in each)})")
    for words in [f"{result.planting.name}: {said.words}" for each in results.values() for result in each for said in result.alarms]:
        print(f"  false alarm: {words}")
    for name, said_of in sound.items():
        for said in said_of:
            print(f"  about the sound {name}: {said.words}")
    if chosen.write:
        import blind_page

        chosen.write.write_text(blind_page.page(chosen.list, results, sound), encoding="utf-8")


@cache
def _of_example(name: str) -> tuple[Said, ...]:
    return said_about(blind_list.example(name), QUARTER)


def _keep(first_run: Path, results: Mapping[str, list[Result]], sound: Mapping[str, tuple[Said, ...]]) -> None:
    found = {
        "totals": figures(results, sound),
        "faults": {fault: f"{verdict(each)}, {sum(result.outcome == 'found' for result in each)} of {len(each)}" for fault, each in results.items()},
    }
    with first_run.open("w", encoding="utf-8") as file:
        file.write("# The blind figure: what the checks found before any of them was mended or added for this list. Never written again.\n")
        YAML().dump(found, file)


if __name__ == "__main__":
    main()
