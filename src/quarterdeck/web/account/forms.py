"""Forms of this area as they are shown: fields with what is wrong beside each, and all of it in a summary above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quarterdeck.kernel.problems import InvalidInput, Problem, QuarterdeckError, Refused

_SENTENCES = {
    "ACCOUNT-011": "It has {found} and needs {expected}. {fix}",
    "ACCOUNT-012": "Many people use this one. {fix}",
    "ACCOUNT-013": "It is too much like your name. {fix}",
    "ACCOUNT-015": "It is digits alone. {fix}",
    "ACCOUNT-016": "{fix}",
    "ACCOUNT-017": "{fix}",
    "ACCOUNT-018": "{fix}",
    "ACCOUNT-019": "That is not your password. {fix}",
    "ACCOUNT-024": "That code does not count: it is wrong, too old, or was used before. {fix}",
    "ACCOUNT-043": "That is the password you have. {fix}",
    "ACCOUNT-044": "The two are not the same. {fix}",
}
_ANY = "Expected {expected}, found {found}. {fix}"


@dataclass(frozen=True)
class Field:
    """One field. `wrong` holds sentences about what was typed; `autocomplete` is the word by which password managers know it."""

    name: str
    label: str
    kind: str = "text"
    autocomplete: str = "off"
    value: str = ""
    hint: str = ""
    inputmode: str = "text"
    wrong: tuple[str, ...] = ()
    has_focus: bool = False


@dataclass(frozen=True)
class Form:
    """`wrong` are sentences about the whole; what is wrong with a field stands with the field."""

    action: str
    button: str
    fields: tuple[Field, ...]
    wrong: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong."""
        return bool(self.wrong or any(field.wrong for field in self.fields))

    def refused(self, error: QuarterdeckError) -> Form:
        """The same form with what is wrong, the first such field in focus."""
        if isinstance(error, Refused):
            return replace(self, wrong=(error.message, error.fix))
        problems = error.problems if isinstance(error, InvalidInput) else ()
        fields = [replace(field, wrong=_of_field(field.name, problems), has_focus=False) for field in self.fields]
        first = next((n for n, field in enumerate(fields) if field.wrong), 0)
        fields[first] = replace(fields[first], has_focus=True)
        names = {field.name for field in fields}
        return replace(self, fields=tuple(fields), wrong=tuple(_sentence(problem) for problem in problems if problem.where not in names))


def sign_in_form(name: str) -> Form:
    """Name and password."""
    return Form(
        "/sign-in/",
        "Sign in",
        (
            Field("name", "Name", autocomplete="username", value=name, has_focus=not name),
            Field("password", "Password", "password", autocomplete="current-password", has_focus=bool(name)),
        ),
    )


def code_form(*, is_recovery: bool) -> Form:
    """A code of the app, or a recovery code."""
    field = (
        Field("code", "Recovery code", hint="One of the ten that you kept, such as k7fm2-9xdrt.", has_focus=True)
        if is_recovery
        else Field(
            "code", "Code", autocomplete="one-time-code", hint="Six digits; a new code comes every 30 seconds.", inputmode="numeric", has_focus=True
        )
    )
    return Form("/sign-in/code/", "Sign in", (field,))


def password_form() -> Form:
    """The old password once, the new one twice."""
    return Form(
        "/account/password/",
        "Change the password",
        (
            Field("password", "Current password", "password", autocomplete="current-password"),
            Field(
                "new_password", "New password", "password", autocomplete="new-password", hint="At least 12 characters: four or five words in a row."
            ),
            Field("again", "New password once more", "password", autocomplete="new-password"),
        ),
    )


def confirm_form() -> Form:
    """The first code of an app."""
    return Form(
        "/account/two-factor/confirm/",
        "Switch it on",
        (
            Field(
                "code",
                "Code that your app shows",
                autocomplete="one-time-code",
                inputmode="numeric",
                hint="Six digits; a new code comes every 30 seconds.",
            ),
        ),
    )


def new_codes_form() -> Form:
    """A code, for new recovery codes."""
    return Form("/account/two-factor/codes/", "Make new recovery codes", (Field("code", "Code that your app shows", autocomplete="one-time-code"),))


def off_form() -> Form:
    """Password and code."""
    return Form(
        "/account/two-factor/off/",
        "Switch it off",
        (
            Field("password", "Password", "password", autocomplete="current-password"),
            Field("code", "Code of your app, or a recovery code", autocomplete="one-time-code"),
        ),
    )


def _of_field(name: str, problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(_sentence(problem) for problem in problems if problem.where == name)


def _sentence(problem: Problem) -> str:
    return _SENTENCES.get(problem.code, _ANY).format(found=problem.found, expected=problem.expected, fix=problem.fix)
