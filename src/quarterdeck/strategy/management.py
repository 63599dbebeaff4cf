"""Steps 6 to 8: money, people, tasks and KPIs; how success will be judged; how often it is reviewed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from quarterdeck.strategy.values import Id, NamedPart, Part, Text


class Budget(Part):
    """Money allowed for a quarter; `reserve` of it is kept back."""

    quarter: Decimal = Field(ge=0)
    reserve: Decimal = Field(default=Decimal(0), ge=0)


class Away(Part):
    """Days on which a person does no work here, both ends included."""

    first_day: date
    last_day: date


class Person(NamedPart):
    """Who does the work: skills, hours a week and absences."""

    name: str | None = None
    skills: tuple[Id, ...] = ()
    hours_per_week: Decimal = Field(gt=0, le=80)
    hour_cost: Decimal | None = Field(default=None, ge=0)
    away: tuple[Away, ...] = ()


class Team(NamedPart):
    """People who work together, inside or outside the company."""

    name: str | None = None
    external: bool = False
    rate: Decimal | None = Field(default=None, ge=0)
    """Price of an hour of an external team."""
    people: tuple[Person, ...] = ()


class Task(NamedPart):
    """A piece of work: what it serves, how much it matters, how long it takes, what comes before it."""

    title: Text
    serves: Id
    """The objective, campaign, channel or content item that it is done for."""
    importance: int = Field(default=3, ge=1, le=5)
    effort_hours: Decimal = Field(gt=0, le=2000)
    skills: tuple[Id, ...] = ()
    """One person with all of these does it; empty is anybody."""
    after: tuple[Id, ...] = ()
    due_on: date | None = None
    budget: Decimal = Field(default=Decimal(0), ge=0)


class AtMost(Part):
    """No person hears from us more than `times` in any `days` days through these channels together."""

    channels: tuple[Id, ...]
    times: int = Field(ge=1)
    days: int = Field(ge=1)


class QuietHours(Part):
    """Local clock times between which nothing is sent to a person."""

    first: str = Field(default="21:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    last: str = Field(default="08:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class Blackout(Part):
    """Days on which nothing goes out."""

    first_day: date
    last_day: date
    reason: Text


class ContactRules(Part):
    """How often people may be contacted, and when not."""

    at_most: tuple[AtMost, ...] = ()
    quiet_hours: QuietHours | None = None
    blackouts: tuple[Blackout, ...] = ()


class Kpi(Part):
    """A figure that a channel, team or task answers for."""

    metric: str
    channel: Id | None = None
    team: Id | None = None
    task: Id | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    cadence: Literal["day", "week", "month", "quarter"] = "week"
    owner: str | None = None


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


class Evaluation(Part):
    """How a step, or the whole, will be judged; its rule is fixed when the plan is approved."""

    step: Literal[1, 2, 3, 4, 5, 6, 7, 8, "overall"]
    question: Text
    channel: Id | None = None
    metric: str | None = None
    threshold: Decimal | None = None
    on: date | None = None


class Opportunity(NamedPart):
    """An idea that is not in the plan yet."""

    text: Text
    from_whom: str | None = Field(default=None, alias="from")
    expected: str | None = None
    effort: str | None = None

    model_config = {**Part.model_config, "populate_by_name": True, "serialize_by_alias": True}


class Question(NamedPart):
    """Something not known yet, who finds out and by when. An answer closes it."""

    step: int = Field(ge=1, le=8)
    text: Text
    blocks: str | None = None
    owner: str | None = None
    due_on: date | None = None
    answer: str | None = None


class ReviewRhythm(Part):
    """How often plan and fact are compared."""

    every_weeks: int = Field(default=13, ge=1, le=52)
    check_in_days: int = Field(default=7, ge=1)
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = "monday"
