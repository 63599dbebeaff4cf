"""What stands where: the eight steps, and the forms ("sheets") of each with the place in the document that they edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.shape import fields_of
from quarterdeck.strategy.parts.values import Part

Kind = Literal["named", "rows", "single"]


@dataclass(frozen=True)
class Sheet:
    """A form: of one member of a list (`named` by id, `rows` by position), or of a `single` part; `fields` are those shown, None is all."""

    slug: str
    place: str
    kind: Kind
    one: str
    many: str
    hint: str = ""
    fields: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The fields that lead to it from the top of the document."""
        return tuple(self.place.split(".")) if self.place else ()


@dataclass(frozen=True)
class Step:
    """One of the eight steps: its name in the rail, the question in plain words, a hint, and how another shop answered."""

    number: int
    name: str
    question: str
    hint: str
    example: str
    sheets: tuple[Sheet, ...]


STEPS: tuple[Step, ...] = (
    Step(
        1,
        "Goals",
        "What should change, for whom, from which number to which number, and by when?",
        "A business goal is for the whole company and the year. An objective is what marketing adds to it in this quarter.",
        "“Win 900 new customers among young families between 1 April and 30 June; we had 740 in the same months last year.”",
        (
            Sheet("vision", "", "single", "the year in one sentence", "The year in one sentence", fields=("vision", "note")),
            Sheet("objectives", "objectives", "named", "objective", "Objectives of this quarter", "The first one is what money is placed for."),
            Sheet("goals", "goals", "named", "business goal", "Business goals of the year", "Every objective serves one of these."),
            Sheet("company", "company", "single", "the company", "The company"),
        ),
    ),
    Step(
        2,
        "Audience",
        "Who are your customers, what do they need, and where are they found?",
        "Write what you counted or asked before what you believe, and say which it is.",
        "“People who have just moved in and paint one room at a time. They need to know how much paint a room takes. 41 of 60 asked at the till said so.”",
        (
            Sheet("audiences", "audiences", "named", "audience", "Audiences"),
            Sheet(
                "conversions",
                "conversions",
                "named",
                "conversion group",
                "Conversion groups",
                "People by what they should do next, and what it is worth.",
            ),
        ),
    ),
    Step(
        3,
        "What makes us different",
        "Why should people choose you, and why should they believe it?",
        "A claim answers a need and has a proof. A claim that competitors make too does not set you apart.",
        "“For people who ride to work, unlike the chain stores, because the mechanic who sells the bicycle also mends it.”",
        (
            Sheet(
                "proposition",
                "proposition",
                "single",
                "the one sentence",
                "The one sentence",
                fields=("statement", "for", "unlike", "because", "note"),
            ),
            Sheet("claims", "proposition.claims", "rows", "claim", "Claims and their proof"),
            Sheet("competitors", "proposition.competitors", "rows", "competitor", "Competitors and what they say"),
        ),
    ),
    Step(
        4,
        "Channels and tools",
        "Which ways to reach people do you have, what is each for, and what stands in its way?",
        "List what you use, what you pay for and do not use, and what you want.",
        "“E-mail: owned, tells members first. Challenge: half of the addresses have not opened anything for a year.”",
        (
            Sheet("channels", "channels", "named", "channel", "Channels"),
            Sheet("campaigns", "campaigns", "named", "campaign", "Campaigns", "Work and money that serve one objective between two dates."),
            Sheet("offers", "offers", "named", "offer", "Offers", "What makes it easier to say yes now."),
            Sheet("tools", "tools", "named", "tool", "Tools"),
            Sheet("ads", "ads", "single", "rules for advertising", "Rules for advertising"),
        ),
    ),
    Step(
        5,
        "Content",
        "What is said, to whom, in which language, by which channel, and when?",
        "Times are the reader's own clock.",
        "“Letter: three jobs for the first week. To garden owners, by e-mail, Thursday at nine.”",
        (
            Sheet("voice", "content", "single", "themes and voice", "Themes and voice", fields=("themes", "voice", "languages", "note")),
            Sheet("items", "content.items", "named", "content item", "Content items"),
        ),
    ),
    Step(
        6,
        "Work and money",
        "Who does what, by when, with how many hours and how much money?",
        "What does not fit into the week of the people named here does not get done.",
        "“Retouch forty pictures: serves the spring campaign, twelve hours, Mira, before 8 February.”",
        (
            Sheet("budget", "management", "single", "the budget", "The budget", fields=("budget", "note")),
            Sheet("tasks", "management.tasks", "named", "task", "Tasks"),
            Sheet("people", "management.teams[].people", "named", "person", "People", "Who does the work, and how much time there is for it."),
            Sheet("teams", "management.teams", "named", "team", "Teams", left_out=("people",)),
            Sheet(
                "contact", "management.contact_rules", "single", "contact rules", "Contact rules", "How often people may hear from you, and when not."
            ),
            Sheet("kpis", "management.kpis", "rows", "KPI", "KPIs", "Figures that a channel, team or task answers for."),
        ),
    ),
    Step(
        7,
        "How we will judge it",
        "How will you know, at the end, that a step or the whole has worked?",
        "Decide it now: a rule written afterwards always passes. The rules are fixed when the plan is approved.",
        "“Keep the radio if a new customer from it costs £60 or less; decided on 4 April.”",
        (Sheet("evaluation", "evaluation", "rows", "rule", "Rules"),),
    ),
    Step(
        8,
        "Review dates",
        "When do you look again, what do you not know yet, and what would you try next?",
        "A quarter is planned in detail, the year is not. A question has somebody who finds out, and a day.",
        "“How many of last spring's customers came back? Ann finds out by 1 February.”",
        (
            Sheet("rhythm", "review", "single", "the rhythm", "The rhythm"),
            Sheet("questions", "questions", "named", "open question", "What we do not know yet"),
            Sheet("opportunities", "opportunities", "named", "idea", "Ideas that are not in the plan yet"),
        ),
    ),
)

SHEETS = {sheet.slug: (step, sheet) for step in STEPS for sheet in step.sheets}
_BY_LENGTH = sorted((sheet for _, sheet in SHEETS.values()), key=lambda sheet: -len(sheet.place))


def part_of(sheet: Sheet) -> type[Part]:
    """The type that the sheet edits."""
    part: type[Part] = Strategy
    for word in sheet.words:
        part = fields_of(part)[word.removesuffix("[]")].part or part
    return part


def sheet_at(place: str) -> tuple[Step, Sheet, str, str]:
    """Step, sheet, member (id or position, "" for a single part) and field of a place such as `channels[print].spend.cap`."""
    bare = _without_members(place)
    for sheet in _BY_LENGTH:
        if bare == sheet.place.replace("[]", "") or bare.startswith(sheet.place.replace("[]", "") + "."):
            member, field = _member_and_field(place, sheet)
            if sheet.kind == "single" and sheet.fields is not None and field.split(".")[0].split("[")[0] not in (*sheet.fields, ""):
                continue
            return SHEETS[sheet.slug][0], sheet, member, field
    return SHEETS["vision"][0], SHEETS["vision"][1], "", place


def _without_members(place: str) -> str:
    bare, depth = "", 0
    for sign in place:
        depth += (sign == "[") - (sign == "]")
        if not depth and sign != "]":
            bare += sign
    return bare


def _member_and_field(place: str, sheet: Sheet) -> tuple[str, str]:
    """What is in the last brackets of the sheet's own part of the place, and what follows."""
    rest, member = place, ""
    for word in sheet.words:
        rest = rest.removeprefix(".").removeprefix(word.removesuffix("[]"))
        if rest.startswith("[") and (sheet.kind != "single" or word.endswith("[]")):
            member, _, rest = rest[1:].partition("]")
        else:
            member = ""
    return member, rest.removeprefix(".")
