"""Passwords and recovery codes that Quarterdeck makes: easy to read aloud and to type, impossible to guess."""

from __future__ import annotations

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another; a fraction under 5 bits each."""


def new_password() -> str:
    """Five groups of three, such as `k7f-m2q-9xd-rtw-a4h`: 74 bits."""
    return _groups(5, 3)


def new_recovery_codes(number: int = 10) -> tuple[str, ...]:
    """Different ones, such as `k7fm2-9xdrt`: 49 bits each, and each may be tried a few times an hour only."""
    codes: set[str] = set()
    while len(codes) < number:
        codes.add(_groups(2, 5))
    return tuple(codes)


def _groups(number: int, length: int) -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(length)) for _ in range(number))
