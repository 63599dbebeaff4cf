"""The page of a list of faults that were planted blind: the blind figure, the figure after mending, what is missed and why, and the list."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence

import blind_list
from blind_trial import QUARTER, Result, figures, judged, kept, verdict
from planted.trial import Said

from quarterdeck.strategy.checks.all_checks import CHECKS


def page(list_name: str, results: Mapping[str, Sequence[Result]], sound: Mapping[str, tuple[Said, ...]]) -> str:
    """The whole page, as Markdown."""
    head = _text(list_name, "head").format(checks=len(CHECKS), python=platform.python_version(), quarter=QUARTER.first_day.isoformat())
    parts = [
        head,
        *_totals(list_name, results, sound),
        *_text(list_name, "notes").splitlines(),
        *_about_sound(list_name, sound),
        *_false_alarms(results),
        *_missed(list_name, results),
        *_list(list_name, results),
        *_sound_list(list_name, sound),
    ]
    return "\n".join(parts) + "\n"


def _text(list_name: str, part: str) -> str:
    """What was written by hand for the page of this list."""
    return (blind_list.folder_of(list_name) / f"{part}.md").read_text(encoding="utf-8")


def _totals(list_name: str, results: Mapping[str, Sequence[Result]], sound: Mapping[str, tuple[Said, ...]]) -> list[str]:
    first = kept(list_name)["totals"]
    now = figures({fault: list(each) for fault, each in results.items()}, sound)
    rows = [f"| {name} | {first[name]} | {figure} |" for name, figure in now.items()]
    return ["## The two figures\n", "| | blind | after mending, no longer blind |", "|---|---:|---:|", *rows, ""]


def _about_sound(list_name: str, sound: Mapping[str, tuple[Said, ...]]) -> list[str]:
    lines = [
        f"- `{name}`: {said.words} {judged(list_name).get(name, {}).get('why', '')}".rstrip() for name, all_said in sound.items() for said in all_said
    ]
    return ["\n## What is said about the sound changes\n", *(lines or ["Nothing."])]


def _false_alarms(results: Mapping[str, Sequence[Result]]) -> list[str]:
    lines = [
        f"- `{fault}` in {result.planting.example}: {said.words}" for fault, each in results.items() for result in each for said in result.alarms
    ]
    return ["\n## False alarms beside faults\n", *(lines or ["None."])]


def _missed(list_name: str, results: Mapping[str, Sequence[Result]]) -> list[str]:
    lines = ["\n## What is still missed, and why\n"]
    for fault, each in results.items():
        if verdict(each) != "found":
            found = sum(result.outcome == "found" for result in each)
            lines.append(
                f"- {each[0].planting.wrong} ({verdict(each)}, {found} of {len(each)}.) {judged(list_name).get(fault, {}).get('why', '')}".rstrip()
            )
    return lines


def _list(list_name: str, results: Mapping[str, Sequence[Result]]) -> list[str]:
    first = kept(list_name)["faults"]
    lines = [
        "\n## The list, written before any check was read\n",
        f"{len(results)} faults, planted {sum(len(each) for each in results.values())} times in the five examples. What exactly is changed stands in"
        f" [`benchmarks/{list_name}_faults`](../../benchmarks/{list_name}_faults): the place, its new value, and the places at which a finding counts.\n",
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


def _sound_list(list_name: str, sound: Mapping[str, tuple[Said, ...]]) -> list[str]:
    lines = ["\n## Sound, and to be left alone\n", "| Change | Planted in | Why it is sound | Findings now |", "|---|---|---|---:|"]
    return lines + [
        f"| `{change.name}` | {change.example} | {change.says} | {len(sound[change.name])} |" for change in blind_list.sound_changes(list_name)
    ]
