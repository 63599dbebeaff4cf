"""Doubt: something that speaks against a test, as a person should read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """`code` is stable; `where` names the place or day, empty when it is about all; what is serious goes with the evidence wherever it is used."""

    code: str
    text: str
    where: str = ""
    is_serious: bool = False


def whole(value: float) -> str:
    """`12,345`, with a true minus sign."""
    return f"{value:,.0f}".replace("-", "\N{MINUS SIGN}")


def hundredths(value: float) -> str:
    """`0.83`, with a true minus sign."""
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
