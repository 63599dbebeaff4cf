"""read_strategy: a strategy from a file that the user names."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from quarterdeck.kernel.problems import Refused
from quarterdeck.report.workbook.package import MOST_PACKED
from quarterdeck.report.workbook.parse import parse_workbook
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.yaml.text import parse_strategy


def read_strategy(path: Path | str) -> Strategy:
    """The strategy in a YAML file or a spreadsheet. Raises InvalidInput with everything that is wrong, Refused when it cannot be read."""
    path = Path(path)
    if is_spreadsheet(path.name):
        return parse_workbook(read_sheets(path), name=path.name).strategy
    return parse_strategy(read_text(path), name=path.name)


def is_spreadsheet(name: str) -> bool:
    """Whether a file of that name holds sheets; what is none after all is refused when it is read."""
    return name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers", ".csv", ".tsv"))


def first_strategy() -> str:
    """A strategy as YAML to start from: every step with an example and a word about it."""
    return resources.files("quarterdeck").joinpath("samples", "template", "strategy.yaml").read_text(encoding="utf-8")


def read_sheets(path: Path) -> bytes:
    """The bytes of a spreadsheet; of one that is too large only so many that this shows. Raises Refused when there is none."""
    return read_body(path, most=MOST_PACKED)


def read_body(path: Path, *, most: int = -1) -> bytes:
    """The bytes of a file, no more than `most` and one. Raises Refused when there is none."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1 if most >= 0 else -1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.", fix="Check the name and the right to read it.", code="FILE-001") from error


def read_text(path: Path) -> str:
    """The words of a file. Raises Refused when there is none, or it is not UTF-8."""
    try:
        return read_body(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not UTF-8 text.", fix="Save it as UTF-8.", code="FILE-002") from error
