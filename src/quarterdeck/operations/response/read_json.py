"""read_json: a JSON file that a person named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.operations.response.read_series_file import read_bytes


def read_json(path: Path, *, code: str, example: str) -> Any:
    """What stands in the file. Raises InvalidInput: FILE-001 when it cannot be read, `code` when it is no JSON (`example` says what is expected)."""
    try:
        return json.loads(read_bytes(path))
    except RecursionError:
        found = "brackets within brackets without end"
    except ValueError as error:
        found = f"no JSON ({error})"
    raise InvalidInput([Problem(code, path.name, found, example, "Correct it.")], state="Nothing was read.")
