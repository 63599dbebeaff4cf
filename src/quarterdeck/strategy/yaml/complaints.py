"""What is said of a text that is not YAML, or not the plain YAML that is read here: the line, and the way out."""

from __future__ import annotations

from ruamel.yaml.events import Event
from ruamel.yaml.reader import ReaderError

from quarterdeck.kernel.problems import Problem

_SYNTAX = (
    ("cannot start any token", "Indent with spaces, never with tabs; put quotes around text that begins with @, %, ` or a tab."),
    (
        "mapping values are not allowed",
        "Put quotes around a text that holds a colon and a space, and check that the fields of one part start in one column.",
    ),
    ("could not find expected ':'", "Every field is written as name: value; check this line and the one before it."),
    ("end of stream", "A quote or bracket is opened here or above and never closed."),
    ("<stream end>", "A bracket is opened here or above and never closed."),
    ("expected <block end>", "The fields of one part, and the dashes of one list, start in one column: compare with the lines above."),
    ("expected ','", "Put a comma between the members of a list in brackets, and close the bracket."),
)


def problem_at(code: str, name: str, event: Event | None, found: str, expected: str, fix: str) -> Problem:  # noqa: PLR0917  # the words of one sentence
    """A problem with the line on which the event stands, where there is one."""
    where = name if event is None else f"{name} line {event.start_mark.line + 1}"
    return Problem(code, where, found, expected, fix)


def syntax_problem(error: Exception, text: str, name: str) -> Problem:
    """The first place where the text stops being YAML; what follows it cannot be read."""
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        found = f"the invisible character U+{ord(text[error.position]):04X}" if error.position < len(text) else "an invisible character"
        return Problem("STRATEGY-001", f"{name} line {line}", found, "text that can be read", "Delete that character, and save the file as UTF-8.")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or error).replace("\n", " ")[:200]
    where = name if mark is None else f"{name} line {mark.line + 1}"
    fix = next((advice for sign, advice in _SYNTAX if sign in said), "Compare the line with the ones around it.")
    return Problem("STRATEGY-001", where, f"writing that is not YAML ({said})", "YAML", fix)
