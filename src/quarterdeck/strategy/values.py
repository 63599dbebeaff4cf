"""What every part of the strategy document is made of: the base model, ids, and small shared types."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
"""A short name that other parts refer to: lower-case letters, digits, - and _."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
MarketCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Part(BaseModel):
    """A piece of the strategy: frozen, closed (an unknown field is an error), and free to carry a note."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    note: str | None = None
    """Anything worth remembering about this; shown, never computed with."""


class NamedPart(Part):
    """A piece with an id, unique within its list."""

    id: Id = Field(description="A short name that other parts refer to: lower-case letters, digits, - and _.")
