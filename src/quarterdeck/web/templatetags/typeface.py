"""The typeface of the cockpit: Inter when `make setup` could fetch it, else the system's."""

from __future__ import annotations

import functools

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
_FIRST = "web/fonts/inter-latin.woff2"


@register.simple_tag
def typeface() -> SafeString:
    """The links for the head of a page; to stand after the tokens, whose `--font` it sets."""
    sheets = ["web/font.css", *(["web/inter.css"] if has_inter() else [])]
    early = format_html('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>', static(_FIRST)) if has_inter() else SafeString()
    return early + format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@functools.cache
def has_inter() -> bool:
    """Whether Inter is there."""
    return finders.find(_FIRST) is not None
