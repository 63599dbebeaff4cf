"""What the checks found, as a value that shows itself: lines in a terminal, a table in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from quarterdeck.kernel.problems import Problem, Severity

_WORST_FIRST: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


class Findings(tuple[Problem, ...]):
    """Problems, the worst first; empty when every check is content."""

    __slots__ = ()

    def __new__(cls, problems: Iterable[Problem] = ()) -> Findings:
        """The same problems, put in order."""
        return super().__new__(cls, sorted(problems, key=lambda each: _WORST_FIRST[each.severity]))

    @property
    def errors(self) -> Findings:
        """What must be settled."""
        return self._only("error")

    @property
    def warnings(self) -> Findings:
        """What should be settled."""
        return self._only("warning")

    @property
    def hints(self) -> Findings:
        """What could be better."""
        return self._only("hint")

    @property
    def headline(self) -> str:
        """`2 errors, 1 warning, no hints.`"""
        return f"{say_count(len(self.errors), 'error')}, {say_count(len(self.warnings), 'warning')}, {say_count(len(self.hints), 'hint')}."

    def __repr__(self) -> str:
        return "\n".join([self.headline, *(f"  {each.severity}: {each}" for each in self)])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{word}</th>" for word in ("", "where", "found", "expected", "way out", "code"))
        rows = ((each.severity, each.where, each.found, each.expected, each.fix, each.code) for each in self)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        return f"<p>{escape(self.headline)}</p>" + (f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if self else "")

    def _only(self, severity: Severity) -> Findings:
        return Findings(each for each in self if each.severity == severity)


def say_count(number: int, noun: str) -> str:
    """`no errors`, `1 error`, `3 errors`."""
    return f"no {noun}s" if number == 0 else f"{number:,} {noun}{'' if number == 1 else 's'}"
