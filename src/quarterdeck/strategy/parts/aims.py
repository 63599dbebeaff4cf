"""Steps 1 to 3: the company, its goals and objectives, its audiences, and why people choose it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.parts.values import (
    CurrencyCode,
    Day,
    Id,
    LanguageCode,
    MarketCode,
    NamedPart,
    Number,
    Part,
    Prose,
    Text,
    contradiction,
    zone_names,
)
from quarterdeck.strategy.wording.suggestions import did_you_mean


class Company(Part):
    """Whose strategy this is; money and dates elsewhere are in this currency and time zone."""

    name: Text
    website: Prose | None = None
    markets: tuple[MarketCode, ...] = ()
    """Countries it sells in, ISO 3166 (GB, US)."""
    currency: CurrencyCode
    timezone: str = "UTC"
    languages: tuple[LanguageCode, ...] = ("en",)

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        if zone not in zone_names():
            raise contradiction(found=f'"{zone}"', expected="a time zone such as Europe/London", fix=did_you_mean(zone, zone_names()))
        return zone


class _Aim(NamedPart):
    """A number to reach by a date; `baseline` and `target` are in the unit of `metric`."""

    statement: Text
    metric: Annotated[str, Field(json_schema_extra={"enum": list(METRICS)})]
    baseline: Number | None = None
    """What it is now, over a period as long as the target's. None is "not known", never 0."""
    target: Number
    due_on: Day

    @field_validator("metric")
    @classmethod
    def _is_a_metric(cls, metric: str) -> str:
        if metric not in METRICS:
            raise contradiction(found=f'"{metric}"', expected="a metric that Quarterdeck counts", fix=did_you_mean(metric, METRICS))
        return metric


class Goal(_Aim):
    """A business goal of the whole organisation."""


class Milestone(Part):
    """What should have been reached on the way, counted from the start of the objective's quarter."""

    on: Day
    value: Number


class Objective(_Aim):
    """A SMART objective: the total of `metric` to reach between the start of the quarter and `due_on`."""

    goal: Id
    audience: Id | None = None
    owner: Prose | None = None
    milestones: tuple[Milestone, ...] = ()

    @model_validator(mode="after")
    def _target_lies_beyond_baseline(self) -> Self:
        if self.baseline is None or self.target == self.baseline:
            return self
        direction = METRICS[self.metric].direction
        if (self.target > self.baseline) != (direction == "increase"):
            raise contradiction(
                found=f"a target of {self.target} from a baseline of {self.baseline}",
                expected=f"a target that would {direction} {METRICS[self.metric].name.lower()}",
                fix="Change the target or the baseline.",
            )
        return self


class Insight(Part):
    """One thing known about an audience, and how it is known."""

    text: Text
    evidence: Literal["counted", "tested", "survey", "interviews", "published", "judgement"] = "judgement"
    source: Prose | None = None
    on: Day | None = None


class Audience(NamedPart):
    """Who the customers are, what they need and where they are found."""

    rank: Literal["primary", "secondary"]
    who: Text
    needs: tuple[Text, ...] = ()
    insights: tuple[Insight, ...] = ()
    found_on: tuple[Id, ...] = ()
    """Channels where they can be reached."""
    segment: Prose | None = None
    """The rule that picks these people out of the facts."""
    size: int | None = Field(default=None, ge=0)
    """How many of them can be reached directly now. None is "not known"."""
    languages: tuple[LanguageCode, ...] = ()


class Conversion(NamedPart):
    """A conversion group: people by what they should do next, the event that shows it, and what it is worth."""

    group: Text
    event: Text
    metric: Prose | None = None
    """The metric that counts this event, when there is one."""
    value: Number | None = Field(default=None, ge=0)
    """Revenue of one, in the company's currency."""
    margin: Number | None = Field(default=None, ge=0)
    """Profit of one before marketing, in the company's currency."""
    audience: Id | None = None


class Claim(Part):
    """What we say, the need that it answers, and why it may be believed."""

    text: Text
    answers: Prose | None = None
    proof: Prose | None = None
    used_in: tuple[Id, ...] = ()


class Competitor(Part):
    """Somebody that people may choose in our place."""

    name: Text
    claims: tuple[Text, ...] = ()


class Proposition(Part):
    """The unique selling proposition: for whom, unlike whom, because of what."""

    statement: Prose | None = None
    for_whom: Prose | None = Field(default=None, alias="for")
    unlike: Prose | None = None
    because: Prose | None = None
    claims: tuple[Claim, ...] = ()
    competitors: tuple[Competitor, ...] = ()

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)
