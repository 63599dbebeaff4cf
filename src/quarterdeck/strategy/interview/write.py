"""A first strategy from the answers of the interview. It holds what was said and nothing else; what was not said is an open question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.interview import rows
from quarterdeck.strategy.interview.choices import CHECK_INS, KNOWN_BY, PLACES
from quarterdeck.strategy.interview.interview import Answers, Known, Told
from quarterdeck.strategy.interview.open import open_questions
from quarterdeck.strategy.interview.places import COUNTRIES, LANGUAGES, read_codes
from quarterdeck.strategy.interview.said import SAID, amount, short_name
from quarterdeck.strategy.interview.work import Aims, ads_of, channels_of, items_of, management_of, rules_of, tasks_of
from quarterdeck.strategy.parts.aims import Audience, Claim, Company, Competitor, Conversion, Goal, Insight, Objective, Proposition
from quarterdeck.strategy.parts.management import ReviewRhythm
from quarterdeck.strategy.parts.means import Content, Tool
from quarterdeck.strategy.wording.wording import say_day


def write_strategy(answers: Answers, *, company: Known, quarter: Quarter, started_by: str, day: date) -> Strategy:
    """The draft that the answers make, for `quarter`, as it would be saved on `day`. Open questions are `started_by`'s, or of the first person named."""
    told = Told(answers, company, quarter)
    asker = next((person.name for person in rows.people(told)), started_by)
    whose = _company(told)
    audiences = _audiences(told, asker)
    aims = _aims(told, audiences, asker)
    tasks = tasks_of(told, aims)
    items = items_of(told, audiences, language=whose.languages[0], day=day)
    draft = Strategy(
        company=whose,
        vision=told.text("wish") or None,
        goals=aims.goals,
        objectives=aims.objectives,
        audiences=audiences,
        conversions=_conversions(told, audiences),
        proposition=_proposition(told, audiences),
        tools=_tools(told),
        channels=channels_of(told, aims, tasks),
        ads=ads_of(told),
        content=Content(voice=told.text("voice") or None, languages=whose.languages, items=items),
        management=management_of(told, aims, tasks, owner=asker),
        evaluation=rules_of(told),
        review=_review(told),
    )
    return draft.model_copy(update={"questions": open_questions(told, draft, owner=asker, day=day)})


def _company(told: Told) -> Company:
    known = told.company
    markets = known.markets or read_codes(told.text("place", "country"), names=COUNTRIES) or ()
    languages = known.languages or read_codes(told.text("place", "language"), names=LANGUAGES)
    whose = Company(name=known.name, currency=known.currency, timezone=known.timezone, markets=markets)
    return whose.model_copy(update={"languages": languages}) if languages else whose


def _aims(told: Told, audiences: tuple[Audience, ...], owner: str) -> Aims:
    """A goal and an objective where a number was named; the quarter's number stands for the year's until that is known."""
    counted, target, year = rows.counted_of(told), told.number("numbers", "quarter"), told.number("numbers", "year")
    if counted is None or (target is None and year is None):
        return Aims((), ())
    objective = None if target is None else _objective(told, target, audiences, owner)
    if year is not None:
        return Aims((_goal_of_year(told, year),), () if objective is None else (objective,))
    assert target is not None and objective is not None
    last = told.quarter.last_day
    words = SAID["goal_of_quarter"].format(amount(told, target), say_day(last))
    goal = Goal(
        id=objective.goal, statement=words, metric=objective.metric, baseline=objective.baseline, target=target, due_on=last, note=SAID["year_open"]
    )
    return Aims((goal,), (objective,))


def _goal_of_year(told: Told, year: Decimal) -> Goal:
    """The year's number, next to that of the twelve months before."""
    metric, last = told.text("counted"), max(date(told.year, 12, 31), told.quarter.last_day)
    words = SAID["goal"].format(amount(told, year), told.year)
    before = told.number("numbers", "year_before")
    return Goal(id=f"{metric}_year", statement=words, metric=metric, baseline=before, target=year, due_on=last)


def _objective(told: Told, target: Decimal, audiences: tuple[Audience, ...], owner: str) -> Objective:
    """The quarter's number, next to that of the same weeks a year before or, where only those are known, of the last three months."""
    metric, quarter = told.text("counted"), told.quarter
    before, recent = told.number("numbers", "before"), told.number("numbers", "recent")
    before, note = None if before is not None and before > target else before, None
    if before is None and recent is not None:
        note = SAID["recent"] if recent <= target else SAID["recent_more"].format(amount(told, recent))
        before = recent if recent <= target else None
    return Objective(
        id=f"{metric}_quarter",
        goal=f"{metric}_year",
        statement=SAID["objective"].format(amount(told, target), say_day(quarter.first_day), say_day(quarter.last_day)),
        metric=metric,
        audience=audiences[0].id if audiences else None,
        baseline=before,
        target=target,
        due_on=quarter.last_day,
        owner=owner,
        note=note,
    )


def _audiences(told: Told, asker: str) -> tuple[Audience, ...]:
    made: list[Audience] = []
    ours = [row.key for row in rows.ways_used_or_wanted(told)]
    for group in rows.groups(told):
        needs = told.lines("needs", group.key)
        said = told.text("needs", f"{group.key} {rows.KNOWN}")
        how = said if said in KNOWN_BY else ""
        source = asker if how and how != "judgement" else None
        insights = (Insight(text="; ".join(needs), evidence=how or "judgement", source=source),) if needs else ()  # type: ignore[arg-type]  # one of KNOWN_BY
        made.append(
            Audience(
                id=short_name(group.label, {each.id for each in made}, otherwise="people"),
                rank="secondary" if made else "primary",
                who=group.label,
                needs=needs,
                insights=insights,
                found_on=tuple(way for way in ours if any(way in PLACES[place][1] for place in told.lines("found", group.key) if place in PLACES)),
            )
        )
    return tuple(made)


def _conversions(told: Told, audiences: tuple[Audience, ...]) -> tuple[Conversion, ...]:
    """What is counted, how, and what one is worth; of money, one is one unit of it."""
    counted, metric, left = rows.counted_of(told), told.text("counted"), told.number("one", "left")
    if counted is None:
        return ()
    is_money = counted.is_money
    return (
        Conversion(
            id=f"{metric}_one",
            group=counted.group,
            event=told.text("one", "event") or METRICS[metric].meaning,
            metric=metric,
            value=None if is_money else told.number("one", "value"),
            margin=(None if left is None else left / 100) if is_money else told.number("one", "margin"),
            audience=audiences[0].id if audiences else None,
        ),
    )


def _proposition(told: Told, audiences: tuple[Audience, ...]) -> Proposition:
    rivals = tuple(_competitor(line) for line in told.lines("why_us", "rivals"))
    claims = tuple(
        Claim(text=said, answers=need.key, proof=told.text("promises", f"{need.key} {rows.PROOF}") or None)
        for need in rows.main_needs(told)
        if (said := " ".join(told.text("promises", need.key).split()))
    )
    return Proposition.model_validate(
        {
            "statement": told.text("why_us", "why") or None,
            "for": audiences[0].who if audiences else None,
            "because": "; ".join(claim.proof for claim in claims if claim.proof) or None,
            "unlike": "; ".join(rival.name for rival in rivals) or None,
            "claims": claims,
            "competitors": rivals,
        }
    )


def _competitor(line: str) -> Competitor:
    """`Big Bikes: low prices`: the name, and what they say where that was told."""
    name, _, says = (part.strip() for part in line.partition(":"))
    return Competitor(name=name or line, claims=(says,) if says and name else ())


def _tools(told: Told) -> tuple[Tool, ...]:
    made: list[Tool] = []
    for name in told.lines("tools"):
        made.append(Tool(id=short_name(name, {each.id for each in made}, otherwise="tool"), name=name, kind="other", where="internal"))
    return tuple(made)


def _review(told: Told) -> ReviewRhythm:
    found = CHECK_INS.get(told.text("success", "check_in"))
    return ReviewRhythm() if found is None else ReviewRhythm(check_in_days=found[1])
