"""ProblemLog: collects everything wrong with one file, line by line, cheaply even when every line is wrong."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quarterdeck.kernel.problems import Problem

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, wherever it stands in the file."""

    code: str
    found: str
    expected: str
    fix: str


class ProblemLog:
    """Faults of the file `file_name`; kept as they come, put into words only when asked, in the order of lines."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.warnings: list[Problem] = []
        self._faults: list[tuple[int, str, Fault]] = []

    def __len__(self) -> int:
        return len(self._faults)

    @property
    def has_file_faults(self) -> bool:
        """Whether something is wrong with the file as a whole, so that its rows say little."""
        return any(line == 0 for line, _, _ in self._faults)

    @property
    def faulty_lines(self) -> frozenset[int]:
        """Lines with a fault of their own."""
        return frozenset(line for line, _, _ in self._faults)

    def add(self, fault: Fault, *, line: int = 0, column: str = "") -> None:
        """Record a fault; line 0 is the file as a whole."""
        self._faults.append((line, column, fault))

    def add_cells(self, faults: dict[str, Fault], cells: Sequence[str], lines: Iterable[int], headers: Iterable[str]) -> None:
        """Record the fault of every cell whose text is in `faults`."""
        for cell, line, header in zip(cells, lines, headers, strict=False):
            if cell in faults:
                self._faults.append((line, header, faults[cell]))

    def warn(self, code: str, found: str, expected: str, fix: str, *, line: int = 0, column: str = "") -> None:
        """Record something to know that stops nothing."""
        self.warnings.append(Problem(code, self._where(line, column), found, expected, fix, severity="warning"))

    def problems(self, limit: int) -> tuple[Problem, ...]:
        """The first `limit` faults as problems, by line, then in the order found."""
        first = heapq.nsmallest(limit, enumerate(self._faults), key=lambda item: (item[1][0], item[0]))
        return tuple(Problem(fault.code, self._where(line, column), fault.found, fault.expected, fault.fix) for _, (line, column, fault) in first)

    def _where(self, line: int, column: str) -> str:
        place = f"{self.file_name} line {line}" if line else self.file_name
        return f'{place}, column "{column}"' if column else place


def quoted(text: str) -> str:
    """`text` in quotation marks, cut short where it is long, line breaks made visible."""
    shown = text.replace("\r", "\\r").replace("\n", "\\n")
    return f'"{shown[:_LONGEST_SHOWN]}..."' if len(shown) > _LONGEST_SHOWN else f'"{shown}"'


def listed(items: Iterable[str], limit: int = 12) -> str:
    """Items with commas between them; beyond `limit` only how many more."""
    names = list(items)
    return ", ".join(names[:limit]) + (f" and {len(names) - limit} more" if len(names) > limit else "")
