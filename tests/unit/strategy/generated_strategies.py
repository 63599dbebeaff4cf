"""Generated strategies for properties: every part, hostile texts, references that hold."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from quarterdeck.strategy.document import Strategy

_SIGNS = "abz AZ09:#-?[]{},&*!|>'\"%@`~=\\/<.\n\t\u00a0\u2028é漢😀"
_WORDS = [
    "yes",
    "null",
    "~",
    "1_000",
    "0x1F",
    "2027-01-05",
    "09:00",
    "- a",
    "a: b",
    "# no",
    "'",
    '"',
    "[x",
    "{",
    "*a",
    "&a",
    "!t",
    "|",
    ">",
    "%",
    "@",
    "a\nb",
    "a\n\n  b\n",
    " lead",
    "trail ",
    "\n",
    "true",
    "1e3",
    ".inf",
    "<<",
    "=",
    "a #b",
    "---",
    "...",
    "? x",
    "two  spaces",
]

prose = st.one_of(st.sampled_from(_WORDS), st.text(_SIGNS, max_size=25))
texts = prose.filter(lambda text: bool(text.strip()))
numbers = st.decimals(min_value=Decimal("-1e6"), max_value=Decimal("1e12"), places=3)
amounts = st.decimals(min_value=0, max_value=Decimal("1e9"), places=2)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or nothing said."""
    return st.none() | strategy


def lists(strategy: st.SearchStrategy[Any], size: int = 3) -> st.SearchStrategy[Any]:
    """Up to `size` of them."""
    return st.lists(strategy, max_size=size)


def group(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A group of fields; what is None is left out. A trailing _ keeps Python's own words apart."""
    return st.fixed_dictionaries(fields).map(lambda got: {key.rstrip("_"): value for key, value in got.items() if value is not None})


def ids(prefix: str, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Some of four ids, in any order."""
    return st.lists(st.sampled_from([f"{prefix}{n}" for n in range(4)]), min_size=least, max_size=4, unique=True)


def named(own_ids: list[str], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """One member for each id."""
    return st.tuples(*(group(note=some(prose), **fields).map(lambda got, own_id=own_id: {"id": own_id, **got}) for own_id in own_ids)).map(list)


def _ranges(first: str, last: str) -> st.SearchStrategy[dict[str, date]]:
    return st.tuples(days, st.integers(0, 60)).map(lambda got: {first: got[0], last: got[0] + timedelta(days=got[1])})


def _picked(own_ids: list[str]) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(own_ids), max_size=3, unique=True) if own_ids else st.just([])


def _one(own_ids: list[str]) -> st.SearchStrategy[Any]:
    return some(st.sampled_from(own_ids)) if own_ids else st.none()


@st.composite
def strategies(draw: st.DrawFn) -> Strategy:
    """Any strategy whose references hold."""
    goals, audiences, channels, tools = draw(ids("g", 1)), draw(ids("a")), draw(ids("c")), draw(ids("tool"))
    objectives, offers, tasks, teams = draw(ids("o")), draw(ids("offer")), draw(ids("t")), draw(ids("team"))
    campaigns = draw(ids("k")) if objectives else []
    items = draw(ids("i")) if audiences and channels else []
    tasks = tasks if objectives else []
    people = draw(st.permutations([f"p{n}" for n in range(4)]))
    aim = {"statement": texts, "metric": st.just("revenue"), "baseline": st.none(), "target": numbers, "due_on": days}
    document: dict[str, Any] = {
        "company": draw(
            group(
                name=texts,
                website=some(prose),
                markets=lists(st.sampled_from(["GB", "NO"])),
                currency=st.sampled_from(["GBP", "JPY"]),
                timezone=st.sampled_from(["UTC", "Europe/Kyiv"]),
                note=some(prose),
            )
        ),
        "vision": draw(some(prose)),
        "note": draw(some(prose)),
        "goals": draw(named(goals, **aim)),
        "objectives": draw(
            named(
                objectives,
                **aim,
                goal=st.sampled_from(goals),
                audience=_one(audiences),
                owner=some(prose),
                milestones=lists(group(on=days, value=numbers)),
            )
        ),
        "audiences": draw(
            named(
                audiences,
                rank=st.sampled_from(["primary", "secondary"]),
                who=texts,
                needs=lists(texts),
                found_on=_picked(channels),
                insights=lists(group(text=texts, source=some(prose), on=some(days))),
                size=some(st.integers(0, 10**9)),
            )
        ),
        "conversions": draw(named(draw(ids("conversion")), group=texts, event=texts, value=some(amounts), margin=some(amounts))),
        "proposition": draw(
            group(
                statement=some(prose),
                for_=some(prose),
                competitors=lists(group(name=texts, claims=lists(texts))),
                claims=lists(group(text=texts, proof=some(prose), used_in=_picked(campaigns + channels))),
            )
        ),
        "tools": draw(named(tools, name=texts, kind=st.sampled_from(["crm", "other"]), cost=some(amounts))),
        "channels": draw(
            named(
                channels,
                kind=st.just("email"),
                ownership=st.sampled_from(["paid", "owned"]),
                tool=_one(tools),
                goals=_picked(goals),
                challenges=lists(group(text=texts, task=_one(tasks))),
                spend=some(group(floor=some(st.just(Decimal(3))), cap=some(st.just(Decimal("12.5"))))),
            )
        ),
        "campaigns": [
            one | draw(_ranges("starts_on", "ends_on"))
            for one in draw(
                named(
                    campaigns, objective=st.sampled_from(objectives or [""]), audiences=_picked(audiences), offer=_one(offers), keywords=lists(texts)
                )
            )
        ],
        "offers": draw(named(offers, text=texts, value=some(amounts))),
        "ads": draw(group(brand_terms=lists(texts), guardrails=some(group(max_change_share=some(st.just(Decimal("0.2"))))))),
        "content": {
            **draw(group(themes=lists(texts), voice=some(prose))),
            "items": draw(
                named(
                    items,
                    title=texts,
                    campaign=_one(campaigns),
                    audience=st.sampled_from(audiences or [""]),
                    channel=st.sampled_from(channels or [""]),
                    format=texts,
                    needs=_picked(tasks),
                    text=some(prose),
                    deliver=group(on=days, at=st.sampled_from(["09:00", "18:45"])),
                )
            ),
        },
        "management": {
            "teams": [
                {
                    **team,
                    "people": draw(
                        named(
                            [people[n]],
                            name=some(prose),
                            hours_per_week=st.just(Decimal("7.5")),
                            skills=lists(st.sampled_from(["copy", "no", "1"])),
                            away=lists(_ranges("first_day", "last_day")),
                        )
                    ),
                }
                for n, team in enumerate(draw(named(teams, name=some(prose), external=st.booleans(), rate=some(amounts))))
            ],
            "tasks": [
                {**task, "after": tasks[:n]}
                for n, task in enumerate(
                    draw(
                        named(
                            tasks,
                            title=texts,
                            serves=st.sampled_from(objectives or [""]),
                            effort_hours=st.just(Decimal("0.5")),
                            not_before=some(st.dates(date(2025, 1, 1), date(2025, 12, 31))),
                            due_on=some(days),
                        )
                    )
                )
            ],
            "contact_rules": draw(
                group(
                    quiet_hours=some(group(first=some(st.just("22:30")))),
                    blackouts=lists(st.tuples(_ranges("first_day", "last_day"), texts).map(lambda got: {**got[0], "reason": got[1]})),
                )
            ),
            "kpis": draw(lists(group(metric=texts, team=_one(teams), target=some(numbers)))),
            **draw(group(budget=some(group(quarter=amounts, reserve=amounts)))),
        },
        "evaluation": draw(lists(group(step=st.sampled_from([1, 8, "overall"]), question=texts, threshold=some(numbers), on=some(days)))),
        "opportunities": draw(named(draw(ids("opportunity")), text=texts, from_=some(prose))),
        "questions": draw(named(draw(ids("q")), step=st.integers(1, 8), text=texts, answer=some(prose))),
        "review": draw(group(every_weeks=st.sampled_from([13, 6]), weekday=st.sampled_from(["monday", "friday"]))),
    }
    return Strategy.model_validate(document)
