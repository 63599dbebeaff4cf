"""Which findings of the checks ask for something that a person may not know yet, and the question that each of them makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """`text` and `blocks` in words for a person; {name} is what the finding speaks of. `fills` are the fields that the answer may fill, below the
    place of the finding: the first that is empty is asked for, "" is the place itself; none when more than one field is needed."""

    text: str
    blocks: str
    fills: tuple[str, ...] = ("",)


ASKS: Mapping[str, Ask] = {
    "STRATEGY-103": Ask("What should people say of us at the end of the year?", "What the quarters lead to."),
    "STRATEGY-105": Ask("Which people is the objective {name} about?", "What is said, and where."),
    "STRATEGY-106": Ask("What was the number for {name} in the same weeks of the year before?", "How much the target asks, and its chance."),
    "STRATEGY-108": Ask("Who answers for the objective {name}?", "Who is asked when it falls behind."),
    "STRATEGY-116": Ask("In which countries do we sell?", "Holidays and seasons of the plan."),
    "STRATEGY-120": Ask("What is the number for {name} over a whole year now?", "How much the goal asks."),
    "STRATEGY-203": Ask("What do these people need, in their own words: {name}?", "What we say to them."),
    "STRATEGY-204": Ask("What do we know of these people that was counted, tested or asked: {name}?", "Whether what we believe of them is so.", ()),
    "STRATEGY-207": Ask("How much does one leave before marketing: {name}?", "How much it may cost to win one."),
    "STRATEGY-213": Ask("Where can it be looked up: {name}?", "Whether it may be called a fact."),
    "STRATEGY-301": Ask("Why should people choose us, in one sentence?", "Every advert and letter."),
    "STRATEGY-302": Ask("What proves that this is so: {name}?", "Whether it may be said."),
    "STRATEGY-303": Ask("Which need does this answer: {name}?", "Whom it is said to."),
    "STRATEGY-305": Ask("Whom may people choose in our place, and what do they say?", "What sets us apart.", ()),
    "STRATEGY-307": Ask("How does the one sentence go on: for whom, unlike whom, because of what?", "Whether it is believed."),
    "STRATEGY-403": Ask("How much may {name} cost in a quarter at the most?", "How the plan places its money."),
    "STRATEGY-404": Ask("Who deals with what stands in the way: {name}?", "How well the channel works.", ("task",)),
    "STRATEGY-405": Ask("What should {name} change, and how will that be seen?", "Whether {name} is bought or begun.", ()),
    "STRATEGY-406": Ask("How much may the trial of {name} cost, and when is it stopped?", "Whether the trial may begin.", ()),
    "STRATEGY-410": Ask("What is {name} there for?", "What it is judged by."),
    "STRATEGY-421": Ask("On which page do people of {name} arrive?", "Where its adverts and letters lead."),
    "STRATEGY-425": Ask("How much is this offer worth: {name}?", "Whether a sale with it still pays."),
    "STRATEGY-506": Ask("How do we sound when we are at our best?", "How everything is written."),
    "STRATEGY-601": Ask("How much money is there for a quarter?", "The whole plan of money.", ("quarter",)),
    "STRATEGY-605": Ask("Who does the work, with how many hours a week?", "Whether the tasks can be done.", ()),
    "STRATEGY-608": Ask("By when must this be done: {name}?", "What waits for it."),
    "STRATEGY-612": Ask("Which target does this figure have, and who answers for it: {name}?", "Whether anybody looks at it.", ("target", "owner")),
    "STRATEGY-620": Ask("How much is an hour of {name}?", "What the work costs."),
    "STRATEGY-622": Ask("What can {name} do?", "Which tasks may be theirs."),
    "STRATEGY-701": Ask("How shall we know, at the end, that the whole was a success?", "Whether the plan may be approved.", ()),
    "STRATEGY-702": Ask("From which number on is this a success: {name}?", "Whether it can be judged.", ("metric", "threshold")),
    "STRATEGY-704": Ask("On which day is this judged: {name}?", "Whether it is judged at all."),
    "STRATEGY-804": Ask("What might this bring, and what would it take: {name}?", "Where the idea stands among the others.", ("expected", "effort")),
}
"""By code of the check. What is asked is always something that somebody knows or can find out, never a matter of taste or of mending."""
