"""What every part of the strategy document is made of: the base model, ids, and small shared types."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,59}$"
CLOCK_PATTERN = r"^([01]\d|2[0-3]):[0-5]\d$"
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def zone_names() -> frozenset[str]:
    """Every time zone that can be named; looking them up reads hundreds of folders, so it is done once."""
    return frozenset(available_timezones())


def contradiction(*, found: str, expected: str, fix: str) -> PydanticCustomError:
    """What a validator raises when values that are fine one by one cannot stand together."""
    return PydanticCustomError("contradiction", "expected {expected}, found {found}. {fix}", {"found": found, "expected": expected, "fix": fix})


def _clean(text: str) -> str:
    """Lines end in one way, whatever a browser sent; invisible characters are refused because no store and no mail carries them safely."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = _CONTROL_CHARACTER.search(text)
    if bad is not None:
        raise contradiction(found=f"the invisible character U+{ord(bad.group()):04X}", expected="text that can be read", fix="Delete that character.")
    return text


def _written_as_day(value: Any) -> Any:
    """Digits alone would be read as seconds since 1970; only year-month-day is a date here."""
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value.strip()):
        raise PydanticCustomError("date_parsing", "not a date")
    return value.strip() if isinstance(value, str) else value


def _in_these_centuries(day: date) -> date:
    """A year such as 9999 is a slip of the pen or a way to say "for ever"; there would be no day after it to count with."""
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise contradiction(found=day.isoformat(), expected="a day from 1900 to 2199", fix="Look at the year.")
    return day


def _in_one_form(number: Decimal) -> Decimal:
    """Equal numbers are written alike (1.50 is 1.5), so that equal strategies have equal bytes."""
    number = number.normalize() + 0
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number  # type: ignore[operator]  # finite: never 'n', 'N' or 'F'


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""A short name that other parts refer to: lower-case letters, digits, - and _."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(_clean)]
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_clean)]
"""Text that may be long or empty."""
Number = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=20, decimal_places=6), AfterValidator(_in_one_form)]
"""An exact figure: at most 20 digits, 6 of them after the point."""
Day = Annotated[date, BeforeValidator(_written_as_day), AfterValidator(_in_these_centuries)]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
MarketCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
ClockTime = Annotated[str, StringConstraints(pattern=CLOCK_PATTERN)]
"""A local time of day, 00:00 to 23:59."""


class Part(BaseModel):
    """A piece of the strategy: frozen, closed (an unknown field is an error), and free to carry a note."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    note: Prose | None = None
    """Anything worth remembering about this; shown, never computed with."""


class NamedPart(Part):
    """A piece with an id, unique within its list."""

    id: Id = Field(description="A short name that other parts refer to: lower-case letters, digits, - and _.")


class DayRange(Part):
    """Days from `first_day` to `last_day`, both included."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.last_day < self.first_day:
            raise contradiction(
                found=f"{self.first_day} to {self.last_day}", expected="a last day that is not before the first", fix="Swap the two days."
            )
        return self
