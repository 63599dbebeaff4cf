"""Small pictures drawn as inline SVG: icons, chances, bars. They carry no style attributes, so that the content security policy stays strict."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

register = template.Library()

CHANNEL_ICONS = {
    "search_ads": "search",
    "shopping_ads": "shopping-bag",
    "social_ads": "megaphone",
    "display_ads": "layout-template",
    "video_ads": "play",
    "audio_ads": "headphones",
    "tv": "tv",
    "radio": "radio",
    "print": "newspaper",
    "direct_mail": "mailbox",
    "email": "mail",
    "sms": "message-square-text",
    "social": "share-2",
    "website": "globe",
    "search": "text-search",
    "affiliate": "handshake",
    "partners": "handshake",
    "events": "ticket",
    "referral": "users",
    "mobile_app": "smartphone",
    "other": "circle-dot",
}


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """An icon beside a word; screen readers pass over it."""
    drawn: SafeString = lucide(str(name), size=size, **{"class": "ti", "aria_hidden": "true", "focusable": "false"})
    return drawn


@register.simple_tag
def channel_icon(kind: str, size: int = 16) -> SafeString:
    """The icon of a kind of channel."""
    return icon(CHANNEL_ICONS.get(kind, "circle-dot"), size)


@register.simple_tag
def chance_dots(chance: float | None, look: str = "accent") -> SafeString:
    """Ten dots, filled as far as the chance (0 to 1) goes; the figure always stands beside them in words."""
    if chance is None:
        return SafeString("")
    filled = max(0.0, min(1.0, float(chance))) * 10
    dots = []
    for n in range(10):
        part = max(0.0, min(1.0, filled - n))
        dots.append(
            (n * 10 + 4, "fill", "empty") if part == 0 else (n * 10 + 4, "fill", "full" if part > 0.75 else "half" if part >= 0.25 else "empty")
        )
    return format_html(
        '<svg class="chance {}" viewBox="0 0 98 8" width="98" height="8" aria-hidden="true" focusable="false">{}</svg>',
        look,
        format_html_join("", '<circle cx="{}" cy="4" r="3.6" class="{} {}"/>', dots),
    )


@register.simple_tag
def money_bar(spent: float, booked: float, even: float | None) -> SafeString:
    """Spent solid, booked hatched, free empty, a tick for an even share to today; all as shares of the budget, 0 to 1."""
    spent, booked = max(0.0, min(1.0, float(spent))), max(0.0, float(booked))
    booked = min(booked, 1.0 - spent)
    tick = SafeString("") if even is None else format_html('<rect class="even" x="{}%" y="0" width="2" height="18"/>', f"{min(1.0, even) * 100:.1f}")
    return format_html(
        '<svg class="mb" width="100%" height="18" aria-hidden="true" focusable="false"><rect class="free" x="0" y="4" width="100%" height="10" rx="3"/>'
        '<rect class="spent" x="0" y="4" width="{}%" height="10" rx="2"/><rect class="booked" x="{}%" y="4" width="{}%" height="10" fill="url(#hatch)"/>{}</svg>',
        f"{spent * 100:.1f}",
        f"{spent * 100:.1f}",
        f"{booked * 100:.1f}",
        tick,
    )


@register.simple_tag
def pair_bar(now: float, before: float | None) -> SafeString:
    """The plan as a thick bar above last quarter as a thin one; both as shares of the largest, 0 to 1."""
    return format_html(
        '<svg class="pair" width="100%" height="18" aria-hidden="true" focusable="false"><rect class="now" y="1" width="{}%" height="9" rx="2"/>'
        '<rect class="last" y="12" width="{}%" height="5" rx="2"/></svg>',
        f"{max(0.0, min(1.0, float(now))) * 100:.1f}",
        f"{max(0.0, min(1.0, float(before or 0.0))) * 100:.1f}",
    )


@register.inclusion_tag("web/_evidence.html")
def evidence(sentence: str, strength: int = 2, href: str = "") -> dict[str, object]:
    """What a figure rests on: 1 published or thin, 2 own history, 3 counted or tested."""
    return {"sentence": sentence, "strength": strength, "word": {1: "thin", 2: "fair", 3: "strong"}[int(strength)], "href": href, "steps": (1, 2, 3)}


@register.inclusion_tag("web/_chip.html")
def chip(word: str, look: str = "", icon_name: str = "") -> dict[str, str]:
    """A state: icon, word, tint. `look` is good, warn, bad, info or nothing."""
    return {"word": word, "look": look, "icon_name": icon_name or STATE_ICONS.get(word, "circle")}


STATE_ICONS = {
    "on course": "check",
    "at risk": "triangle-alert",
    "off course": "trending-down",
    "keep": "check",
    "change": "sliders-horizontal",
    "stop": "ban",
    "too early": "hourglass",
    "collides": "triangle-alert",
    "ready": "check",
    "waits": "hourglass",
    "done": "check",
    "not known": "circle-question-mark",
    "rehearsal": "flask-conical",
}
