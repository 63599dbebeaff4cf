"""What would leave, as it would be seen: an e-mail, a post, a piece of content, a week's money, a piece of work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quarterdeck.act.hand_offs import link_of
from quarterdeck.act.post_limits import network_of, post_length, sms_parts
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

_TAG = re.compile(r"\{\{\s*(?P<field>[\w.]+)\s*(?:\|\s*default:\s*[\"'](?P<instead>[^\"']*)[\"']\s*)?\}\}")


@dataclass(frozen=True)
class Run:
    """A run of text; a filled one stands where each reader's own word will stand."""

    text: str
    is_filled: bool = False


@dataclass(frozen=True)
class Preview:
    """`shape` is mail, post, message or piece; `under` says what one sees below it."""

    shape: str
    format: str
    sender: str
    initial: str
    title: str
    runs: tuple[Run, ...]
    link: str
    page: str
    """Where the link leads, without what is counted by it."""
    tags: str
    """What visits are counted by."""
    under: tuple[str, ...]
    warning: str = ""


def preview_item(ref: str, title: str, wants: Mapping[str, Any], strategy: Strategy, words: Words) -> Preview:
    """The item in the words and with the link that are decided about."""
    channel = next((channel for channel in strategy.channels if channel.id == wants.get("channel")), None)
    kind = channel.kind if channel else "other"
    text = str(wants.get("text") or "")
    item = next((item for item in strategy.content.items if item.id == ref), None)
    link = str(wants["link"]) if "link" in wants else (link_of(item, strategy) if item else None) or ""
    shape = {"email": "mail", "sms": "message", "social": "post"}.get(kind, "piece")
    whole = "\n".join(part for part in (plain(text), link) if part)
    network = network_of(channel.id, channel.name, channel.tool) if channel and shape == "post" else None
    under, warning = _measure(shape, whole, network, words, words.name(channel.id) if channel else "")
    runs = fill(text)
    if any(run.is_filled for run in runs):
        under = ("Seen as somebody whose own word is not known; marked words change from reader to reader.", *under)
    return Preview(
        shape=shape,
        format=str(wants.get("format") or ""),
        sender=strategy.company.name,
        initial=strategy.company.name[:1].upper(),
        title=title,
        runs=runs,
        link=link if link.startswith(("http://", "https://")) else "",
        page=link.partition("://")[2].partition("?")[0],
        tags=link.partition("?")[2].replace("&", " "),
        under=under,
        warning=warning if text.strip() else "No words are written yet.",
    )


def fill(text: str) -> tuple[Run, ...]:
    """`text` in runs, each merge tag in the word that stands in when nothing is known of a reader."""
    runs, at = [], 0
    for tag in _TAG.finditer(text):
        instead = tag["instead"] if tag["instead"] is not None else tag["field"].rpartition(".")[2].replace("_", " ")
        runs += [Run(text[at : tag.start()]), Run(instead, is_filled=True)]
        at = tag.end()
    return tuple(run for run in (*runs, Run(text[at:])) if run.text)


def plain(text: str) -> str:
    """`text` as a reader of whom nothing is known gets it."""
    return "".join(run.text for run in fill(text))


def _measure(shape: str, whole: str, network: str | None, words: Words, name: str) -> tuple[tuple[str, ...], str]:
    """What is said about the length, and what is wrong with it."""
    if shape == "message":
        parts = sms_parts(whole)
        return (f"{words.count(len(whole))} signs with its link: sent and paid as {parts} text {'message' if parts == 1 else 'messages'}.",), ""
    if shape != "post" or network is None:
        return (), ""
    length = post_length(whole, network)
    counted = "; X counts a link as 23" if network in ("x", "twitter") else ""
    said = f"{words.count(length.signs)} of {words.count(length.limit)} signs with its link{counted}."
    return (said,), f"Too long for {name} by {words.count(length.signs - length.limit)} signs." if length.is_too_long else ""
