"""Accounts as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from django.utils.safestring import SafeString

from quarterdeck.operations.accounts.own_account import OwnAccount
from quarterdeck.operations.accounts.two_factor import Enrolment


@dataclass(frozen=True)
class Theme:
    """Colours to choose: `said` completes “The cockpit is ...”."""

    name: str
    said: str


THEMES = {
    "system": Theme("As the device has it", "light or dark as your device has it"),
    "light": Theme("Light", "light"),
    "dark": Theme("Dark", "dark"),
}


@dataclass(frozen=True)
class ThemeChoice:
    """One of the colours, chosen or not."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class AccountShown:
    """The page of an account."""

    person: str
    belongs: str
    themes: tuple[ThemeChoice, ...]
    has_two_factor: bool
    two_factor: str

    @classmethod
    def of(cls, account: OwnAccount, companies: Sequence[str]) -> AccountShown:
        """From what the operation gave."""
        since = account.two_factor_since
        return cls(
            person=account.person,
            belongs=f"You work in {_listed(companies)}." if companies else "You belong to no company yet; an owner can add you.",
            themes=tuple(ThemeChoice(value, theme.name, value == account.theme) for value, theme in THEMES.items()),
            has_two_factor=since is not None,
            two_factor=_since(since, account.recovery_codes_left)
            if since
            else "Off. Whoever knows your password gets in. With an authenticator app on your phone, a password alone is not enough.",
        )


@dataclass(frozen=True)
class EnrolmentShown:
    """A secret as a picture to scan and as text to type."""

    picture: SafeString
    secret: str

    @classmethod
    def of(cls, enrolment: Enrolment) -> EnrolmentShown:
        """Dark on light whatever the theme: many cameras read nothing else."""
        code = segno.make(enrolment.address, error="m")
        drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr-code", lineclass=None, unit=None)
        groups = (enrolment.secret[at : at + 4] for at in range(0, len(enrolment.secret), 4))
        return cls(SafeString(drawn), " ".join(groups))


def _since(since: datetime, left: int) -> str:
    codes = "no recovery code is left" if left == 0 else f"{left} recovery {'code is' if left == 1 else 'codes are'} left"
    return f"On since {since.day} {since:%B %Y}; {codes}."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
