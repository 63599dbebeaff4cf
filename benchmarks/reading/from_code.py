"""The sentences that the code can say, read from the code itself: refusals, findings of fits, reports and notices."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from reading.grade import Text

SOURCE = Path(__file__).resolve().parents[2] / "src" / "quarterdeck"
_FITS = ("response/findings", "response/series/checks.py", "report/say_findings.py")
_NOT_FOR_PEOPLE = (
    "ledger/migrations",
    "samples/",
    "facts/metric_sql.py",
    "lake/",
    "strategy/checks/",
    "strategy/interview",
    "report/strategy/words_",
    "kernel/glossary.py",
)
_HOLE = "\0"
_GLUED = re.compile(rf"(?<=\w){_HOLE}|{_HOLE}(?=\w)")
"""Something filled in that is part of a word, such as the s of a plural."""
_READ = {"Problem": 2, "Refused": 0, "NotEnoughData": 0, "InvalidInput": 1}
"""Calls whose texts are read by people, and how many of the first arguments are not."""


def from_code(source: Path = SOURCE) -> Iterator[Text]:
    """Every text of the code that is a sentence, and everything that a problem or refusal is made of; what is filled in later is "it"."""
    for file in sorted(source.rglob("*.py")):
        name = file.relative_to(source).as_posix()
        if not name.startswith(_NOT_FOR_PEOPLE):
            yield from _of_file(name, ast.parse(file.read_text(encoding="utf-8")))


def _of_file(name: str, tree: ast.Module) -> Iterator[Text]:
    seen = _docstrings(tree)
    fits = name.startswith(_FITS)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        if called in _READ:
            nodes = [*call.args[_READ[called] :], *(keyword.value for keyword in call.keywords if keyword.arg != "code")]
            seen |= {inner for node in nodes for inner in _inside(node)}
            said = _as_problem([_text(node) for node in nodes]) if called == "Problem" else [_text(node) for node in nodes]
            yield Text("problems and refusals", f"{name}:{call.lineno}", "\n".join(text for text in said if " " in text.strip()))
    for node in ast.walk(tree):
        if id(node) not in seen and isinstance(node, ast.Constant | ast.JoinedStr) and (text := _text(node)) and _is_sentence(text):
            seen |= _inside(node)
            yield Text("findings of fits" if fits else "reports, notices and messages", f"{name}:{node.lineno}", text)


def _as_problem(parts: list[str]) -> list[str]:
    """Found, expected and fix as they are said: "Expected a day, found it." and the fix."""
    found, expected, fix = [*parts, "", "", ""][:3]
    return [f"Expected {expected or 'it'}, found {found or 'it'}.", fix]


def _docstrings(tree: ast.Module) -> set[int]:
    """Texts that stand alone: docstrings and explanations of constants, which readers of the code see."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        for inner in _inside(node.value)
        if not isinstance(node.value, ast.Call | ast.Yield)
    }


def _inside(node: ast.AST) -> set[int]:
    return {id(each) for each in ast.walk(node)}


def _text(node: ast.AST) -> str:
    """The text of a constant, of one with things filled in, or of the first of two choices; "" for all else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return _GLUED.sub("", re.sub(f"{_HOLE}+", _HOLE, "".join(map(_filled, node.values)))).replace(_HOLE, "it")
    if isinstance(node, ast.IfExp):
        return "\n".join(filter(None, (_text(node.body), _text(node.orelse))))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    return ""


def _filled(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        return (isinstance(part.value, ast.IfExp) and _text(part.value.body)) or _HOLE
    return _text(part)


def _is_sentence(text: str) -> bool:
    """Whether it ends as a sentence does, and is no code, pattern or markup."""
    bare = text.strip()
    return len(bare.split()) > 3 and bare.endswith((".", "?", "!")) and not any(sign in text for sign in ("<", "\\", "SELECT ", "::", "  "))
