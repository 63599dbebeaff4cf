"""Every address of the cockpit, found by walking the url list, with examples for what stands in angle brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

EXAMPLES: dict[str, str] = {"slug": "harbour"}
"""What to put for a named part of an address; areas add theirs below. A part without an example fails the tests."""


@dataclass(frozen=True)
class Address:
    """An address with examples filled in, the route that it comes from, and the rule of its view."""

    path: str
    route: str
    rule: Any


def all_addresses(examples: dict[str, str]) -> list[Address]:
    """Every address of the url list. Raises AssertionError for a part that has no example and for a view that has no rule."""
    from django.urls import get_resolver

    return [_address(route, pattern, {**EXAMPLES, **examples}) for route, pattern in _walk(get_resolver().url_patterns, "/")]


def _walk(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern


def _address(route: str, pattern: Any, examples: dict[str, str]) -> Address:
    rule = getattr(pattern.callback, "rule", None)
    assert rule is not None, f"{route} has no rule: who may open it? Use a decorator of quarterdeck.web.pages."

    def example(match: re.Match[str]) -> str:
        name = match.group(1)
        key = next((key for key in (f"{route} {name}", name) if key in examples), None)
        assert key is not None, f"{route}: give an example for <{name}> in tests/web/test_every_view.py"
        return examples[key]

    return Address(re.sub(r"<(?:\w+:)?(\w+)>", example, route), route, rule)
