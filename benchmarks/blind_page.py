"""The page of the faults that were planted blind: the blind figure, the figure after mending, what is missed and why, and the list."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence

import blind_list
from blind_trial import FIRST_RUN, QUARTER, Result, figures, judged, verdict
from planted.trial import Said
from ruamel.yaml import YAML

from quarterdeck.strategy.checks.all_checks import CHECKS

_HEAD = """# Faults planted blind

How well do the checks of a strategy find faults that nobody had in mind when the checks were written? The first list of
[planted faults](planted-faults.md) cannot tell, because checks were written beside it. So a second list was written by somebody who had read
the two texts of the method, the schema and the five examples, and no check, no page about checks and no earlier list. It was committed
(9102e13) before any of these was opened, and the plantings with it (bc87482).

- **Blind**: what the checks found before any was mended or added for this list. This is the figure for faults that nobody thought of.
- **After mending, no longer blind**: what they find since. It says how well this list is covered now, and nothing more.

What counts is the rule of the first list: a new finding about the fault, at one of its places. The places were written with the list; which
findings are about the fault was judged by hand ([`judged.yaml`](../../benchmarks/blind_faults/judged.yaml)), and strictly: a finding at the right
place about something else is a miss, even where its way out would have led to the fault.

Command: `python benchmarks/blind_trial.py --write docs/proof/planted-faults-blind.md`. Blind figure: 2026-11-23, version 0.1.0, 148 checks (commit
bc87482), Python 3.11.7. After mending: 2026-11-23, version 0.1.0, {checks} checks (those of commit 122ba9b), Python {python}. Each fault is planted
alone, in the quarter that begins on {quarter}. A further finding that the fault explains is an echo and no false alarm, as in the first list;
which findings are echoes was judged by hand too, by their code.
"""


def page(results: Mapping[str, Sequence[Result]], sound: Mapping[str, tuple[Said, ...]]) -> str:
    """The whole page, as Markdown."""
    head = _HEAD.format(checks=len(CHECKS), python=platform.python_version(), quarter=QUARTER.first_day.isoformat())
    parts = [
        head,
        *_totals(results, sound),
        *_notes(),
        *_about_sound(sound),
        *_false_alarms(results),
        *_missed(results),
        *_list(results),
        *_sound_list(sound),
    ]
    return "\n".join(parts) + "\n"


def _first_run() -> dict[str, dict[str, str]]:
    return dict(YAML(typ="safe").load(FIRST_RUN.read_text(encoding="utf-8")))


def _totals(results: Mapping[str, Sequence[Result]], sound: Mapping[str, tuple[Said, ...]]) -> list[str]:
    first = _first_run()["totals"]
    now = figures({fault: list(each) for fault, each in results.items()}, sound)
    rows = [f"| {name} | {first[name]} | {figure} |" for name, figure in now.items()]
    return ["## The two figures\n", "| | blind | after mending, no longer blind |", "|---|---:|---:|", *rows, ""]


def _notes() -> list[str]:
    return (blind_list.FOLDER / "notes.md").read_text(encoding="utf-8").splitlines()


def _about_sound(sound: Mapping[str, tuple[Said, ...]]) -> list[str]:
    lines = [f"- `{name}`: {said.words} {judged().get(name, {}).get('why', '')}".rstrip() for name, all_said in sound.items() for said in all_said]
    return ["\n## What is said about the sound changes\n", *(lines or ["Nothing."])]


def _false_alarms(results: Mapping[str, Sequence[Result]]) -> list[str]:
    lines = [
        f"- `{fault}` in {result.planting.example}: {said.words}" for fault, each in results.items() for result in each for said in result.alarms
    ]
    return ["\n## False alarms beside faults\n", *(lines or ["None."])]


def _missed(results: Mapping[str, Sequence[Result]]) -> list[str]:
    lines = ["\n## What is still missed, and why\n"]
    for fault, each in results.items():
        if verdict(each) != "found":
            found = sum(result.outcome == "found" for result in each)
            lines.append(f"- {each[0].planting.wrong} ({verdict(each)}, {found} of {len(each)}.) {judged().get(fault, {}).get('why', '')}".rstrip())
    return lines


def _list(results: Mapping[str, Sequence[Result]]) -> list[str]:
    first = _first_run()["faults"]
    lines = [
        "\n## The list, written before any check was read\n",
        f"{len(results)} faults, planted {sum(len(each) for each in results.values())} times in the five examples. What exactly is changed stands in"
        " [`benchmarks/blind_faults`](../../benchmarks/blind_faults): the place, its new value, and the places at which a finding counts.\n",
        "| Fault | Kind | What is wrong | What a good reviewer says | Planted in | Blind | Now | By |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for fault, each in results.items():
        planting = each[0].planting
        codes = " ".join(sorted({said.code for result in each for said in result.hits}))
        cells = [
            f"`{fault}`",
            planting.kind,
            planting.wrong,
            planting.says,
            ", ".join(result.planting.example for result in each),
            first.get(fault, ""),
        ]
        now = f"{verdict(each)}, {sum(result.outcome == 'found' for result in each)} of {len(each)}"
        lines.append(f"| {' | '.join([*cells, now, codes])} |")
    return lines


def _sound_list(sound: Mapping[str, tuple[Said, ...]]) -> list[str]:
    lines = ["\n## Sound, and to be left alone\n", "| Change | Planted in | Why it is sound | Findings now |", "|---|---|---|---:|"]
    return lines + [f"| `{change.name}` | {change.example} | {change.says} | {len(sound[change.name])} |" for change in blind_list.sound_changes()]
