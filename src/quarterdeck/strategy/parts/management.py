"""Steps 6 to 8: money, people, tasks and KPIs; how success will be judged; how often it is reviewed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from quarterdeck.strategy.parts.values import ClockTime, Day, DayRange, Id, NamedPart, Number, Part, Prose, Text, contradiction


class Budget(Part):
    """Money allowed for a quarter; `reserve` of it is kept back."""

    quarter: Number = Field(ge=0)
    reserve: Number = Field(default=Decimal(0), ge=0)
    spend: Literal["what_pays", "all"] = "what_pays"
    """`what_pays` holds back what would bring less than it costs (where a conversion says what one is worth); `all` spends it on the target."""


class Away(DayRange):
    """Days on which a person does no work here, both ends included."""


class Person(NamedPart):
    """Who does the work: skills, hours a week and absences."""

    name: Prose | None = None
    skills: tuple[Id, ...] = ()
    hours_per_week: Number = Field(gt=0, le=80)
    hour_cost: Number | None = Field(default=None, ge=0)
    away: tuple[Away, ...] = ()


class Team(NamedPart):
    """People who work together, inside or outside the company."""

    name: Prose | None = None
    external: bool = False
    rate: Number | None = Field(default=None, ge=0)
    """Price of an hour of an external team."""
    people: tuple[Person, ...] = ()


class Task(NamedPart):
    """A piece of work: what it serves, how much it matters, how long it takes, what comes before it."""

    title: Text
    serves: Id
    """The objective, campaign, channel or content item that it is done for."""
    importance: int = Field(default=3, ge=1, le=5)
    effort_hours: Number = Field(gt=0, le=2000)
    skills: tuple[Id, ...] = ()
    """One person with all of these does it; empty is anybody."""
    after: tuple[Id, ...] = ()
    not_before: Day | None = None
    """Work on it starts on this day at the earliest."""
    due_on: Day | None = None
    budget: Number = Field(default=Decimal(0), ge=0)

    @model_validator(mode="after")
    def _may_start_before_it_is_due(self) -> Self:
        if self.not_before is not None and self.due_on is not None and self.not_before > self.due_on:
            raise contradiction(
                found=f"not before {self.not_before}, due on {self.due_on}",
                expected="a task that may start on or before the day it is due",
                fix="Let it start earlier, or make it due later.",
            )
        return self


class AtMost(Part):
    """No person hears from us more than `times` in any `days` days through these channels together."""

    channels: tuple[Id, ...]
    times: int = Field(ge=1)
    days: int = Field(ge=1)


class QuietHours(Part):
    """Local clock times between which nothing is sent to a person."""

    first: ClockTime = "21:00"
    last: ClockTime = "08:00"


class Blackout(DayRange):
    """Days on which nothing goes out."""

    reason: Text


class ContactRules(Part):
    """How often people may be contacted, and when not."""

    at_most: tuple[AtMost, ...] = ()
    quiet_hours: QuietHours | None = None
    blackouts: tuple[Blackout, ...] = ()


class Kpi(Part):
    """A figure that a channel, team or task answers for."""

    metric: Text
    channel: Id | None = None
    team: Id | None = None
    task: Id | None = None
    baseline: Number | None = None
    target: Number | None = None
    cadence: Literal["day", "week", "month", "quarter"] = "week"
    owner: Prose | None = None


class Management(Part):
    """Money, people, tasks, contact rules and KPIs."""

    budget: Budget | None = None
    teams: tuple[Team, ...] = ()
    tasks: tuple[Task, ...] = ()
    contact_rules: ContactRules = ContactRules()
    kpis: tuple[Kpi, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, team by team."""
        return tuple(person for team in self.teams for person in team.people)


def _as_step(value: Any) -> Any:
    """A form and a text file both write the step as a digit in text."""
    return int(value) if isinstance(value, str) and value in tuple("12345678") else value


class Evaluation(Part):
    """How a step, or the whole, will be judged; its rule is fixed when the plan is approved."""

    step: Annotated[Literal[1, 2, 3, 4, 5, 6, 7, 8, "overall"], BeforeValidator(_as_step)]
    question: Text
    channel: Id | None = None
    metric: Prose | None = None
    threshold: Number | None = None
    on: Day | None = None


class Opportunity(NamedPart):
    """An idea that is not in the plan yet."""

    text: Text
    from_whom: Prose | None = Field(default=None, alias="from")
    expected: Prose | None = None
    effort: Prose | None = None

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class Question(NamedPart):
    """Something not known yet, who finds out and by when. An answer closes it."""

    step: int = Field(ge=1, le=8)
    text: Text
    blocks: Prose | None = None
    about: Prose | None = None
    """The place in this document that the answer fills, such as `objectives[x].baseline`."""
    owner: Prose | None = None
    due_on: Day | None = None
    answer: Prose | None = None

    @model_serializer(mode="wrap")
    def _without_an_empty_place(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Strategies that were saved before questions knew their place keep their hash."""
        told: dict[str, Any] = whole(self)
        return {key: value for key, value in told.items() if key != "about" or value is not None}


class ReviewRhythm(Part):
    """How often plan and fact are compared."""

    every_weeks: int = Field(default=13, ge=1, le=52)
    check_in_days: int = Field(default=7, ge=1)
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = "monday"
