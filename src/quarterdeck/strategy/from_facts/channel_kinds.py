"""What kind of channel a name speaks of: a table of words, the first line that fits counts. What no line knows is `other`, and is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quarterdeck.strategy.from_facts.spelled import words_of
from quarterdeck.strategy.parts.means import ChannelKind

Ownership = Literal["paid", "owned", "earned"]


@dataclass(frozen=True, slots=True)
class KindWords:
    """A line of the table: words (several in a row with a space) that mean `paid` where money was spent, and `unpaid` where none was."""

    words: tuple[str, ...]
    paid: ChannelKind
    unpaid: ChannelKind


KIND_TABLE: tuple[KindWords, ...] = (
    KindWords(("direct mail", "mailing", "mailings", "catalogue", "catalog", "postcard", "letter", "letters"), "direct_mail", "direct_mail"),
    KindWords(("email", "e mail", "mail", "newsletter", "newsletters", "mailchimp", "klaviyo", "brevo"), "email", "email"),
    KindWords(("sms", "text message", "whatsapp", "viber", "telegram"), "sms", "sms"),
    KindWords(("shopping", "google shopping", "pla", "merchant"), "shopping_ads", "search"),
    KindWords(("youtube", "video", "videos", "olv", "vimeo"), "video_ads", "social"),
    KindWords(("display", "gdn", "banner", "banners", "programmatic", "retargeting", "remarketing", "criteo"), "display_ads", "website"),
    KindWords(("podcast", "podcasts", "audio", "spotify"), "audio_ads", "social"),
    KindWords(("tv", "ctv", "television", "fernsehen"), "tv", "tv"),
    KindWords(("radio",), "radio", "radio"),
    KindWords(("print", "magazine", "magazines", "newspaper", "newspapers", "flyer", "flyers", "leaflet", "leaflets", "brochure", "insert", "inserts"), "print", "print"),
    KindWords(("affiliate", "affiliates", "awin", "cj"), "affiliate", "affiliate"),
    KindWords(("partner", "partners", "reseller", "resellers"), "partners", "partners"),
    KindWords(("event", "events", "fair", "fairs", "trade show", "sponsorship", "conference", "festival"), "events", "events"),
    KindWords(("organic social", "facebook", "fb", "instagram", "ig", "meta", "linkedin", "tiktok", "twitter", "x", "pinterest", "snapchat", "reddit",
               "social", "paid social"), "social_ads", "social"),
    KindWords(("referral", "referrals", "word of mouth", "recommendation"), "referral", "referral"),
    KindWords(("organic", "seo"), "search", "search"),
    KindWords(("google ads", "adwords", "search", "paid search", "sem", "ppc", "cpc", "bing", "google", "yandex", "duckduckgo"), "search_ads", "search"),
    KindWords(("app", "push", "in app"), "mobile_app", "mobile_app"),
    KindWords(("website", "site", "web", "blog", "direct", "none"), "website", "website"),
)  # fmt: skip
"""Read from top to bottom: "direct mail" before "mail", "mail" before "direct", "shopping" before "google"."""

_EARNED: frozenset[ChannelKind] = frozenset({"search", "referral", "partners", "affiliate", "events", "tv", "radio", "print"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind, and the word that it was read from; `word` is None where no word of the table fits."""

    kind: ChannelKind
    word: str | None


def guess_kind(name: str, media: tuple[tuple[str, str], ...], *, is_paid: bool) -> Guess:
    """The kind by the channel's name or, where that says nothing, by the medium and then the source of its most frequent visits."""
    said = [name, *[medium for _, medium in media], *[source for source, _ in media]]
    for text in said:
        words = f" {' '.join(words_of(text))} "
        for line in KIND_TABLE:
            hit = next((word for word in line.words if f" {word} " in words), None)
            if hit is not None:
                return Guess(line.paid if is_paid else line.unpaid, hit)
    return Guess("other", None)


def ownership_of(kind: ChannelKind, *, is_paid: bool, is_sent: bool) -> Ownership:
    """Paid where money was spent. Else earned where others bring people (search, referrals, press), owned for the rest; a channel of no known kind is
    owned when something was sent by it, and earned when people only came from it."""
    if is_paid:
        return "paid"
    if kind == "other":
        return "owned" if is_sent else "earned"
    return "earned" if kind in _EARNED else "owned"
