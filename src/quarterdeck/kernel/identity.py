"""One way to write a value as bytes, and one way to name it by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def render_canonical(value: Any, *, is_json: bool = False) -> bytes:
    """JSON with sorted keys and no spare space; the same value gives the same bytes in every process.

    Decimals and dates become text; floats their shortest exact form. `is_json` promises that there are none, nor keys other than text: a third of
    the time for large documents. Raises TypeError for what has no such form, ValueError for NaN.
    """
    text = json.dumps(value if is_json else _plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def content_hash(value: Any) -> str:
    """SHA-256 of `value` (bytes as they are, anything else as canonical JSON), 64 hex digits."""
    return hashlib.sha256(value if isinstance(value, bytes) else render_canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")
