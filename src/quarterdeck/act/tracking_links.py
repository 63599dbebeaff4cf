"""Links that say where a visitor came from: five UTM fields, lower case, in Google Analytics' words, click ids kept."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

MEDIUMS: dict[str, str] = {
    "search_ads": "cpc",
    "shopping_ads": "cpc",
    "social_ads": "paid_social",
    "display_ads": "display",
    "video_ads": "paid_video",
    "audio_ads": "audio",
    "email": "email",
    "sms": "sms",
    "social": "social",
    "affiliate": "affiliate",
    "referral": "referral",
    "print": "offline",
    "direct_mail": "offline",
    "radio": "offline",
    "tv": "offline",
}


def tag_link(url: str, *, source: str, channel_kind: str, campaign: str | None, content: str | None = None, term: str | None = None) -> str:
    """`url` with utm_source, utm_medium, utm_campaign (and content, term), lower case; fields that stand there already are kept as they are.

    `source` is the name of the channel. The fragment and every other parameter stay untouched;
    what is no address comes back as it is.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # half an address, such as https://[shop
        return url
    given = parse_qsl(parts.query, keep_blank_values=True)
    present = {name for name, _ in given}
    wanted = {
        "utm_source": source,
        "utm_medium": MEDIUMS.get(channel_kind, "referral"),
        "utm_campaign": campaign or "always-on",
        "utm_content": content,
        "utm_term": term,
    }
    added = [(name, value.strip().lower().replace(" ", "-")) for name, value in wanted.items() if value and name not in present]
    return urlunsplit(parts._replace(query=urlencode([*given, *added])))
