"""render_svg: a chart's spec as SVG that stands inline in a page: no ids or classes of its own, no styles, colours left to the page's CSS.

The same spec is drawn once and kept. A spec that cannot be drawn gives an empty string, and the page shows the chart's table in its place.
"""

from __future__ import annotations

import json
import logging
import re
from collections import OrderedDict
from threading import Lock
from typing import Any

from quarterdeck.kernel.identity import content_hash

KEPT = 500
"""Pictures kept in memory: about 3 MB."""
VERSION = "6.4"
_WHERE_LINKS_START = "https://vega.github.io/vega-datasets/"
"""What the renderer puts before a link within the site."""

_log = logging.getLogger(__name__)
_drawing, _looking = Lock(), Lock()
_kept: OrderedDict[str, str] = OrderedDict()


def render_svg(spec: dict[str, Any] | None) -> str:
    """The SVG of a spec, without width and height (its viewBox keeps the shape); "" when there is none or it cannot be drawn."""
    if spec is None:
        return ""
    text = json.dumps(spec, sort_keys=True)
    key = content_hash(text.encode())
    found = _look_up(key)
    if found is not None:
        return found
    with _drawing:  # the renderer is one JavaScript engine; two at once would wait anyway
        found = _look_up(key)
        if found is None:
            found = _drawn(text, key)
            _keep(key, found)
    return found


def warm_up() -> None:
    """Draw something small, so that the first page does not wait half a second for the renderer to start."""
    render_svg({"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": [{}]}, "mark": "point"})


def forget_all() -> None:
    """Empty the store of pictures."""
    with _looking:
        _kept.clear()


def _look_up(key: str) -> str | None:
    with _looking:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
        return found


def _keep(key: str, svg: str) -> None:
    if not svg:
        return
    with _looking:
        _kept[key] = svg
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _drawn(text: str, key: str) -> str:
    try:
        import vl_convert

        return for_page(vl_convert.vegalite_to_svg(text, vl_version=VERSION, allowed_base_urls=[]), key)
    except Exception:  # whatever the renderer trips over, the page still shows the table
        _log.exception("A chart could not be drawn; its table is shown in its place.")
        return ""


_CLASS = re.compile(r'\s(?:class|role|aria-roledescription|aria-label|aria-hidden|pointer-events|style)="[^"]*"')
_EMPTY_PATH = re.compile(r'<path(?: d="(?:M0,0h0v0h0Z|)"| display="none")+/>')
_ROOT = re.compile(r"<svg[^>]*?(viewBox=\"[^\"]*\")[^>]*>")
_LONG_NUMBER = re.compile(r"(-?\d+\.\d{2})\d+")
_TAG = re.compile(r"<[^>]+>")
_ID = re.compile(r'(\sid="|url\(#|href="#)')
_LINK = re.compile(rf'<a xlink:href="(?:{re.escape(_WHERE_LINKS_START)})?([^"]*)"')


def for_page(svg: str, key: str) -> str:
    """What a renderer drew, lighter and fit to stand several times in a page: `key` goes before every id; links are for the mouse alone, because
    the chart's table has the same links for the keyboard."""
    svg = _TAG.sub(lambda tag: _LONG_NUMBER.sub(r"\1", _CLASS.sub("", tag.group(0))), svg)
    svg = _ROOT.sub(r'<svg xmlns="http://www.w3.org/2000/svg" \1 aria-hidden="true" focusable="false">', svg, count=1)
    svg = _EMPTY_PATH.sub("", svg).replace(' opacity="1"', "")
    svg = _ID.sub(rf"\g<1>q{key[:8]}-", svg)
    return _LINK.sub(r'<a href="\1" tabindex="-1"', svg)
