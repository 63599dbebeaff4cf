"""Steps 1 to 3: the company, its goals and objectives, its audiences, and why people choose it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Self
from zoneinfo import available_timezones

from pydantic import Field, field_validator, model_validator

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.values import CurrencyCode, Id, LanguageCode, MarketCode, NamedPart, Part, Text


class Company(Part):
    """Whose strategy this is; money and dates elsewhere are in this currency and time zone."""

    name: Text
    website: str | None = None
    markets: tuple[MarketCode, ...] = ()
    """Countries it sells in, ISO 3166 (GB, US)."""
    currency: CurrencyCode
    timezone: str = "UTC"
    languages: tuple[LanguageCode, ...] = ("en",)

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is not a time zone; write one such as Europe/London")
        return zone


class _Aim(NamedPart):
    """A number to reach by a date; `baseline` and `target` are in the unit of `metric`."""

    statement: Text
    metric: str
    baseline: Decimal | None = None
    """What it is now, over a period as long as the target's. None is "not known", never 0."""
    target: Decimal
    due_on: date

    @field_validator("metric")
    @classmethod
    def _is_a_metric(cls, metric: str) -> str:
        if metric not in METRICS:
            raise ValueError(f"{metric!r} is not a metric; choose one of {', '.join(METRICS)}")
        return metric


class Goal(_Aim):
    """A business goal of the whole organisation."""


class Milestone(Part):
    """What should have been reached on the way, counted from the start of the objective's quarter."""

    on: date
    value: Decimal


class Objective(_Aim):
    """A SMART objective: the total of `metric` to reach between the start of the quarter and `due_on`."""

    goal: Id
    audience: Id | None = None
    owner: str | None = None
    milestones: tuple[Milestone, ...] = ()

    @model_validator(mode="after")
    def _target_lies_beyond_baseline(self) -> Self:
        gain = Decimal(0) if self.baseline is None else self.target - self.baseline
        if gain and (gain > 0) != (METRICS[self.metric].direction == "increase"):
            raise ValueError(f"cannot {METRICS[self.metric].direction} {self.metric} from {self.baseline} to {self.target}: change the target or the baseline")
        return self


class Insight(Part):
    """One thing known about an audience, and how it is known."""

    text: Text
    evidence: Literal["counted", "tested", "survey", "interviews", "published", "judgement"] = "judgement"
    source: str | None = None
    on: date | None = None


class Audience(NamedPart):
    """Who the customers are, what they need and where they are found."""

    rank: Literal["primary", "secondary"]
    who: Text
    needs: tuple[Text, ...] = ()
    insights: tuple[Insight, ...] = ()
    found_on: tuple[Id, ...] = ()
    """Channels where they can be reached."""
    segment: str | None = None
    """The rule that picks these people out of the facts."""
    size: int | None = Field(default=None, ge=0)
    """How many of them can be reached directly now. None is "not known"."""
    languages: tuple[LanguageCode, ...] = ()


class Conversion(NamedPart):
    """A conversion group: people by what they should do next, the event that shows it, and what it is worth."""

    group: Text
    event: Text
    metric: str | None = None
    """The metric that counts this event, when there is one."""
    value: Decimal | None = Field(default=None, ge=0)
    """Revenue of one, in the company's currency."""
    margin: Decimal | None = Field(default=None, ge=0)
    """Profit of one before marketing, in the company's currency."""
    audience: Id | None = None


class Claim(Part):
    """What we say, the need that it answers, and why it may be believed."""

    text: Text
    answers: str | None = None
    proof: str | None = None
    used_in: tuple[Id, ...] = ()


class Competitor(Part):
    """Somebody that people may choose in our place."""

    name: Text
    claims: tuple[Text, ...] = ()


class Proposition(Part):
    """The unique selling proposition: for whom, unlike whom, because of what."""

    statement: str | None = None
    for_whom: str | None = Field(default=None, alias="for")
    unlike: str | None = None
    because: str | None = None
    claims: tuple[Claim, ...] = ()
    competitors: tuple[Competitor, ...] = ()

    model_config = {**Part.model_config, "populate_by_name": True, "serialize_by_alias": True}
