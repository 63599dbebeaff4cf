"""Groups of buyers that orders can tell apart, and the countries and languages that facts name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from quarterdeck.strategy.from_facts.counted import Counted, CountedGroup, CountedPlace, Whence
from quarterdeck.strategy.from_facts.proposals import Proposal, money_said, say_whence
from quarterdeck.strategy.parts.aims import Audience, Insight
from quarterdeck.strategy.wording.wording import say_day, say_list, say_number, say_share

RECENT_WEEKS = 26
"""Who bought in these weeks is a buyer of today; who did not, and bought before, has lapsed."""
LEAST_SHARE = 0.01
_WHO = {
    "first": "People who bought once so far",
    "back": "People who came back and bought again",
    "lapsed": "People who bought before and have not come back",
}
_SEGMENT = {
    "first": f"One order in all, in the last {RECENT_WEEKS} weeks",
    "back": f"Two orders or more, the last one in the last {RECENT_WEEKS} weeks",
    "lapsed": f"No order in the last {RECENT_WEEKS} weeks, at least one before",
}
_ID = {"first": "first_time_buyers", "back": "came_back", "lapsed": "lapsed"}


def find_audiences(counted: Counted) -> tuple[Proposal[Audience], ...]:
    """One a group that has people. The one that spent most in the last 26 weeks is primary, the others are secondary: a rule, for you to correct."""
    if counted.buyers is None:
        return ()
    groups = [group for group in counted.groups if group.people > 0]
    top = max(groups, key=lambda group: group.spent, default=None)
    return tuple(_audience(counted, counted.buyers, group, "primary" if group is top and group.spent > 0 else "secondary") for group in groups)


def find_countries(counted: Counted) -> tuple[Proposal[str], ...]:
    """Country codes, the most frequent first; those that under 1 in 100 rows name are left off."""
    return _places(counted.countries, "country")


def find_languages(counted: Counted) -> tuple[Proposal[str], ...]:
    """Language codes, the most frequent first; those that under 1 in 100 people have are left off."""
    return _places(counted.languages, "language")


def unread_places(counted: Counted) -> tuple[str, ...]:
    """What stands where a country should and is none that is known."""
    return tuple(place.said for place in counted.countries if place.code is None)


def _audience(counted: Counted, buyers: Whence, group: CountedGroup, rank: Literal["primary", "secondary"]) -> Proposal[Audience]:
    origin = say_whence(buyers)
    spent = f" They spent {money_said(group.spent, counted.currency)} in the last {RECENT_WEEKS} weeks." if group.spent else ""
    insight = Insight(
        text=f"{say_number(group.people)} {'person' if group.people == 1 else 'people'} by {say_day(buyers.last_day)}.{spent}",
        evidence="counted",
        source="orders" + (f" ({say_list(list(buyers.sources[:3]))})" if buyers.sources else ""),
        on=buyers.last_day,
    )
    part = Audience(
        id=_ID[group.kind],
        rank=rank,
        who=_WHO[group.kind],
        insights=(insight,),
        segment=_SEGMENT[group.kind],
        note="Primary is the group that spent most in these weeks; say so if it is another." if rank == "primary" else None,
    )
    return Proposal(f"audience-{part.id}", part, origin)


def _places(places: Sequence[CountedPlace], what: str) -> tuple[Proposal[str], ...]:
    by_code: dict[str, list[CountedPlace]] = {}
    for place in places:
        if place.code is not None:
            by_code.setdefault(place.code, []).append(place)
    ordered = sorted(by_code.items(), key=lambda item: (-sum(each.count for each in item[1]), item[0]))
    return tuple(_place(code, same, what) for code, same in ordered)


def _place(code: str, same: Sequence[CountedPlace], what: str) -> Proposal[str]:
    share = sum(each.share for each in same)
    told = "all" if share > 0.9999 else say_share(share)
    origin = f"{say_whence(same[0].whence)} {told} of those that tell a {what} tell this one."
    return Proposal(f"{what}-{code}", code, origin, None if share >= LEAST_SHARE else f"Fewer than 1 in 100 tell this {what}.")
