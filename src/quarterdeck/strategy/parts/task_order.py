"""Which tasks wait for each other in a circle, so that none of them could ever begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def find_cycles(after: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Circles in `after` (task -> tasks it waits for), each as [a, b, c]: a waits for b, b for c, c for a.

    No task is in two of them, and mending all of them leaves none. Tasks that are waited for and not listed count as done.
    """
    waits = {task: [before for before in befores if before in after] for task, befores in after.items()}
    cycles: list[list[str]] = []
    while waits := _without_free(waits):
        cycle = _walk_into_circle(waits)
        cycles.append(cycle)
        waits = {task: [before for before in befores if before not in cycle] for task, befores in waits.items() if task not in cycle}
    return cycles


def _without_free(waits: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What is left when every task that can begin is done, again and again. Source: Kahn 1962."""
    open_before = {task: len(set(befores)) for task, befores in waits.items()}
    followers: dict[str, list[str]] = {}
    for task, befores in waits.items():
        for before in set(befores):
            followers.setdefault(before, []).append(task)
    free = [task for task, count in open_before.items() if count == 0]
    while free:
        task = free.pop()
        del open_before[task]
        for follower in followers.get(task, ()):
            open_before[follower] -= 1
            if open_before[follower] == 0:
                free.append(follower)
    return {task: [before for before in waits[task] if before in open_before] for task in waits if task in open_before}


def _walk_into_circle(waits: Mapping[str, Sequence[str]]) -> list[str]:
    """Every task here waits for another one here, so walking on must come back to where it was."""
    walked: dict[str, int] = {}
    task = next(iter(waits))
    while task not in walked:
        walked[task] = len(walked)
        task = waits[task][0]
    return list(walked)[walked[task] :]
