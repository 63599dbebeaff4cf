"""Steps 4 and 5: tools, channels, campaigns, offers, ads rules and content."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from quarterdeck.strategy.values import Id, LanguageCode, NamedPart, Part, Text

ChannelKind = Literal["search_ads", "shopping_ads", "social_ads", "display_ads", "video_ads", "audio_ads", "tv", "radio", "print", "direct_mail",
                      "email", "sms", "social", "website", "search", "affiliate", "partners", "events", "referral", "mobile_app", "other"]


class Tool(NamedPart):
    """A tool, in use or not: where it stands and what it costs in a month."""

    name: Text
    kind: Literal["analytics", "crm", "erp", "email", "social", "ads", "site", "mobile", "other"]
    where: Literal["internal", "external"] = "external"
    use: Literal["in_use", "available", "wanted"] = "in_use"
    cost: Decimal | None = Field(default=None, ge=0)


class Challenge(Part):
    """What stands in the way of a channel, and the task that deals with it."""

    text: Text
    task: Id | None = None


class SpendLimits(Part):
    """Least and most money for a whole quarter. None is no limit."""

    floor: Decimal = Field(default=Decimal(0), ge=0)
    cap: Decimal | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _floor_lies_below_cap(self) -> Self:
        if self.cap is not None and self.floor > self.cap:
            raise ValueError(f"the floor {self.floor} is above the cap {self.cap}: raise the cap or lower the floor")
        return self


class Channel(NamedPart):
    """A way to reach people: paid, owned or earned; what it is for and what stands in its way."""

    name: str | None = None
    kind: ChannelKind
    tool: Id | None = None
    role: str | None = None
    ownership: Literal["paid", "owned", "earned"]
    use: Literal["in_use", "wanted"] = "in_use"
    goals: tuple[Id, ...] = ()
    objectives: tuple[Id, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    spend: SpendLimits | None = None
    """Limits of a paid channel's money in a quarter."""


class Offer(NamedPart):
    """Something that makes it easier to say yes now, and the offers that it must never meet."""

    text: Text
    value: Decimal | None = Field(default=None, ge=0)
    excludes: tuple[Id, ...] = ()


class Campaign(NamedPart):
    """Work and money that serve one objective between two dates."""

    name: str | None = None
    objective: Id
    audiences: tuple[Id, ...] = ()
    offer: Id | None = None
    channels: tuple[Id, ...] = ()
    starts_on: date
    ends_on: date
    keywords: tuple[Text, ...] = ()
    landing_page: str | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError(f"it ends on {self.ends_on}, before it starts on {self.starts_on}: swap the dates")
        return self


class Guardrails(Part):
    """What no ads change may do without a person saying so."""

    max_daily_spend: Decimal | None = Field(default=None, ge=0)
    max_change_share: Decimal | None = Field(default=None, ge=0, le=1)
    """Largest change of a budget in one go, as a share of it."""


class AdsRules(Part):
    """Rules for advertising: own names, words never bid on, and guardrails."""

    brand_terms: tuple[Text, ...] = ()
    protected: tuple[Text, ...] = ()
    guardrails: Guardrails = Guardrails()


class Delivery(Part):
    """When something goes out, in the reader's own time: a local date and clock time with its zone."""

    on: date
    at: str = Field(default="09:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    zone: str | None = None
    """None is the company's own zone."""


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
    text: str | None = None
    """The words themselves, when they are written."""


class Content(Part):
    """What is said, how it sounds, and every item with its time."""

    themes: tuple[Text, ...] = ()
    voice: str | None = None
    languages: tuple[LanguageCode, ...] = ()
    items: tuple[ContentItem, ...] = ()
