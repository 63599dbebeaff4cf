"""Steps 4 and 5: tools, channels, campaigns, offers, ads rules and content."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.parts.values import ClockTime, Day, Id, LanguageCode, NamedPart, Number, Part, Prose, Text, contradiction, zone_names
from quarterdeck.strategy.wording.suggestions import did_you_mean

ChannelKind = Literal[
    "search_ads",
    "shopping_ads",
    "social_ads",
    "display_ads",
    "video_ads",
    "audio_ads",
    "tv",
    "radio",
    "print",
    "direct_mail",
    "email",
    "sms",
    "social",
    "website",
    "search",
    "affiliate",
    "partners",
    "events",
    "referral",
    "mobile_app",
    "other",
]


class Tool(NamedPart):
    """A tool, in use or not: where it stands and what it costs in a month."""

    name: Text
    kind: Literal["analytics", "crm", "erp", "email", "social", "ads", "site", "mobile", "other"]
    where: Literal["internal", "external"] = "external"
    use: Literal["in_use", "available", "wanted"] = "in_use"
    cost: Number | None = Field(default=None, ge=0)


class Challenge(Part):
    """What stands in the way of a channel, and the task that deals with it."""

    text: Text
    task: Id | None = None


class SpendLimits(Part):
    """Least and most money for a whole quarter. None is no limit."""

    floor: Number = Field(default=Decimal(0), ge=0)
    cap: Number | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _floor_lies_below_cap(self) -> Self:
        if self.cap is not None and self.floor > self.cap:
            raise contradiction(
                found=f"a floor of {self.floor} above a cap of {self.cap}",
                expected="a floor that is not above the cap",
                fix="Raise the cap or lower the floor.",
            )
        return self


class Expectation(Part):
    """What a person thinks that a channel brings: `brings` units of `metric` for `spend` of money. A judgement, kept apart from facts and scored later."""

    metric: Annotated[str, Field(json_schema_extra={"enum": list(METRICS)})]
    brings: Number = Field(gt=0)
    spend: Number = Field(gt=0)

    @field_validator("metric")
    @classmethod
    def _is_a_metric_that_adds_up(cls, metric: str) -> str:
        if metric not in METRICS or not METRICS[metric].adds_up:
            known = [name for name, each in METRICS.items() if each.adds_up]
            raise contradiction(found=f'"{metric}"', expected="a metric whose weeks can be added up", fix=did_you_mean(metric, known))
        return metric


class Channel(NamedPart):
    """A way to reach people: paid, owned or earned; what it is for and what stands in its way."""

    name: Prose | None = None
    kind: ChannelKind
    tool: Id | None = None
    role: Prose | None = None
    ownership: Literal["paid", "owned", "earned"]
    use: Literal["in_use", "wanted"] = "in_use"
    goals: tuple[Id, ...] = ()
    objectives: tuple[Id, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    spend: SpendLimits | None = None
    """Limits of a paid channel's money in a quarter."""
    expects: Expectation | None = None
    """What you think a paid channel brings, before the facts say: 1 lead for 20."""


class Offer(NamedPart):
    """Something that makes it easier to say yes now, and the offers that it must never meet."""

    text: Text
    value: Number | None = Field(default=None, ge=0)
    excludes: tuple[Id, ...] = ()


class Campaign(NamedPart):
    """Work and money that serve one objective between two dates."""

    name: Prose | None = None
    objective: Id
    audiences: tuple[Id, ...] = ()
    offer: Id | None = None
    channels: tuple[Id, ...] = ()
    starts_on: Day
    ends_on: Day
    keywords: tuple[Text, ...] = ()
    landing_page: Prose | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on < self.starts_on:
            raise contradiction(
                found=f"an end on {self.ends_on}, before the start on {self.starts_on}",
                expected="an end that is not before the start",
                fix="Swap the dates.",
            )
        return self


class Guardrails(Part):
    """What no ads change may do without a person saying so."""

    max_daily_spend: Number | None = Field(default=None, ge=0)
    max_change_share: Number | None = Field(default=None, ge=0, le=1)
    """Largest change of a budget in one go, as a share of it."""


class AdsRules(Part):
    """Rules for advertising: own names, words never bid on, and guardrails."""

    brand_terms: tuple[Text, ...] = ()
    protected: tuple[Text, ...] = ()
    guardrails: Guardrails = Guardrails()


class Delivery(Part):
    """When something goes out, in the reader's own time: a local date and clock time with its zone."""

    on: Day
    at: ClockTime = "09:00"
    zone: Prose | None = None
    """None is the company's own zone."""

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in zone_names():
            raise contradiction(found=f'"{zone}"', expected="a time zone such as Europe/London", fix=did_you_mean(zone, zone_names()))
        return zone


class ContentItem(NamedPart):
    """One piece of content: for whom, in which language, by which channel and format, and when."""

    title: Text
    campaign: Id | None = None
    audience: Id
    language: LanguageCode = "en"
    channel: Id
    format: Text
    deliver: Delivery
    needs: tuple[Id, ...] = ()
    """Tasks that must be done first."""
    text: Prose | None = None
    """The words themselves, when they are written."""


class Content(Part):
    """What is said, how it sounds, and every item with its time."""

    themes: tuple[Text, ...] = ()
    voice: Prose | None = None
    languages: tuple[LanguageCode, ...] = ()
    items: tuple[ContentItem, ...] = ()
