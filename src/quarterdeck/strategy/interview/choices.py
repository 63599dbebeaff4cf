"""What may be chosen in the interview, in plain words: what is counted, ways to reach people, how something is known, how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from quarterdeck.strategy.interview.interview import Option
from quarterdeck.strategy.parts.means import ChannelKind


@dataclass(frozen=True, slots=True)
class Counted:
    """A metric as people say it: what there should be more of, what is counted, and who should do what next."""

    words: str
    noun: str
    group: str
    money_in: str = ""
    """What money is counted in, such as gifts; empty where heads are counted."""

    @property
    def is_money(self) -> bool:
        """Whether the figure is an amount of money."""
        return bool(self.money_in)


COUNTED: Mapping[str, Counted] = {
    "new_customers": Counted("People who buy for the first time", "new customers", "People who should buy for the first time"),
    "returning_customers": Counted("People who come back and buy again", "customers who came back", "People who should come back"),
    "orders": Counted("Sales of any kind", "sales", "People who should buy"),
    "revenue": Counted("Money from sales", "money from sales", "People who should buy", "in sales"),
    "leads": Counted("People or firms who ask about your work", "enquiries", "People who should ask about your work"),
    "bookings": Counted("Booked visits or appointments", "bookings", "People who should book"),
    "signups": Counted("People who sign up or try it", "sign-ups", "People who should sign up"),
    "paying_accounts": Counted("People or firms who start to pay each month or year", "new paying accounts", "People who should start to pay"),
    "donations": Counted("Money that people give", "money from gifts", "People who should give", "in gifts"),
    "email_subscribers": Counted("Readers of your letter", "new readers", "People who should ask for your letter"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach people, as an owner would call it. `sends` is what is sent by it at fixed times, where that can be."""

    words: str
    kind: ChannelKind
    ownership: Literal["paid", "owned", "earned"]
    sends: str = ""


WAYS: Mapping[str, Way] = {
    "word_of_mouth": Way("People tell others about us", "referral", "earned"),
    "window": Way("Our window or sign or van", "other", "owned"),
    "website": Way("Our website", "website", "owned", "page"),
    "found_online": Way("They find us on Google or a map and it costs nothing", "search", "earned"),
    "letter": Way("Letters by e-mail", "email", "owned", "letter"),
    "text_messages": Way("Text messages", "sms", "owned", "text message"),
    "posts": Way("Our own posts on social networks", "social", "owned", "post"),
    "events": Way("Fairs or open days", "events", "owned", "event"),
    "partners": Way("Other firms or groups send people to us", "partners", "earned"),
    "search_adverts": Way("Paid adverts on Google", "search_ads", "paid"),
    "social_adverts": Way("Paid adverts on social networks", "social_ads", "paid"),
    "print_adverts": Way("Paid adverts in a newspaper or magazine", "print", "paid"),
    "leaflets": Way("Leaflets and letters by post", "direct_mail", "paid"),
    "radio_adverts": Way("Paid adverts on the radio", "radio", "paid"),
}
ONLINE_ADVERTS = ("search_adverts", "social_adverts")

PLACES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "friends": ("Among friends and neighbours", ("word_of_mouth",)),
    "street": ("In the street", ("window",)),
    "google": ("On Google or a map", ("found_online", "search_adverts")),
    "our_website": ("On our website", ("website",)),
    "social": ("On social networks", ("posts", "social_adverts")),
    "e_mail": ("In their e-mail", ("letter",)),
    "phone": ("On their phone, by text message", ("text_messages",)),
    "letter_box": ("At the letter box", ("leaflets",)),
    "paper": ("In a newspaper or magazine", ("print_adverts",)),
    "radio": ("On the radio", ("radio_adverts",)),
    "fairs": ("At fairs, talks or open days", ("events",)),
    "others": ("At other firms or groups", ("partners",)),
}
"""Where people are met, and the ways to reach them there."""

KNOWN_BY: Mapping[str, str] = {
    "counted": "I counted it",
    "interviews": "I talked with them about it",
    "survey": "I asked many of them the same thing",
    "tested": "I tried it out",
    "published": "I read it somewhere",
    "judgement": "It is what I believe",
}
RHYTHMS: Mapping[str, str] = {"week": "Every week", "two_weeks": "Every two weeks", "month": "Once a month"}
WEEKDAYS: Mapping[str, str] = {day.lower(): day for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")}
AT_MOST: Mapping[str, tuple[str, int, int]] = {
    "two_a_week": ("Twice a week", 2, 7),
    "one_a_week": ("Once a week", 1, 7),
    "one_in_two_weeks": ("Once in two weeks", 1, 14),
    "one_a_month": ("Once a month", 1, 30),
}
"""Words, times and days."""
CHECK_INS: Mapping[str, tuple[str, int]] = {
    "week": ("Every week", 7),
    "two_weeks": ("Every two weeks", 14),
    "month": ("Every four weeks", 28),
}
"""Words and days."""


def options_of(words: Mapping[str, str]) -> tuple[Option, ...]:
    """Options in the order of the mapping."""
    return tuple(Option(value, said) for value, said in words.items())
