"""Files handed to a person who carries an action out: a Google Ads Editor sheet, a mail-merge sheet, post texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.act.planned import PlannedLine
from quarterdeck.act.tracking_links import tag_link
from quarterdeck.kernel.money import split_money
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.means import Campaign, ContentItem

EDITOR_COLUMNS = (
    "Campaign",
    "Campaign Type",
    "Campaign Daily Budget",
    "Campaign Status",
    "Start Date",
    "End Date",
    "Ad Group",
    "Keyword",
    "Criterion Type",
    "Final URL",
    "Labels",
)
_EDITOR_TYPES = {"search_ads": "Search", "shopping_ads": "Shopping", "display_ads": "Display", "video_ads": "Video"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class HandOff:
    """A file for a person: its name, its bytes, what to do with it in a sentence, and the actions that it carries."""

    file_name: str
    content: bytes
    what_to_do: str
    keys: tuple[str, ...]


def escape_cell(text: str) -> str:
    """`text` such that no spreadsheet takes it for a formula: a leading = + - @ or tab gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def render_ads_editor(lines: Sequence[PlannedLine], strategy: Strategy) -> HandOff | None:
    """A sheet for Google Ads Editor with one row a campaign and week and one a keyword; None when no line is an ads channel's.

    The daily budget is a seventh of the week's amount, rounded down, so that a week never costs more than was approved.
    Column names are those of Google Ads Editor's CSV import ("Prepare a CSV file", Google Ads Editor help).
    """
    channels = {channel.id: channel for channel in strategy.channels}
    campaigns = {campaign.id: campaign for campaign in strategy.campaigns}
    chosen = [line for line in lines if line.channel in channels and channels[line.channel].kind in _EDITOR_TYPES]
    if not chosen:
        return None
    rows: list[Sequence[str]] = []
    for line in chosen:
        channel, campaign = channels[line.channel], campaigns.get(line.campaign or "")
        rows.append(_editor_budget_row(line, _EDITOR_TYPES[channel.kind], campaign, strategy))
    named = {(line.channel, line.campaign) for line in chosen if line.campaign and channels[line.channel].kind == "search_ads"}
    for channel_id, campaign_id in sorted((c, k) for c, k in named if k):
        rows.extend(_editor_keyword_rows(channel_id, campaigns[campaign_id]))
    return HandOff(
        "google-ads-editor.csv",
        _render_csv(EDITOR_COLUMNS, rows),
        "Open Google Ads Editor, choose Account, Import, From file, look at the proposed changes, then post them.",
        tuple(f"budget/{line.key}" for line in chosen),
    )


def render_bookings(lines: Sequence[PlannedLine], strategy: Strategy) -> HandOff | None:
    """A list of what to book or set by hand: the week's money of every channel that no other file carries; None when there is none."""
    channels = {channel.id: channel for channel in strategy.channels}
    chosen = [line for line in lines if line.channel in channels and channels[line.channel].kind not in _EDITOR_TYPES]
    if not chosen:
        return None
    names = {campaign.id: campaign.name or campaign.id for campaign in strategy.campaigns}
    rows = [
        (
            channels[line.channel].name or line.channel,
            names.get(line.campaign or "", "always on"),
            line.week.isoformat(),
            str(line.amount),
            strategy.company.currency,
            line.key,
        )
        for line in chosen
    ]
    return HandOff(
        "bookings.csv",
        _render_csv(("Channel", "Campaign", "Week from", "At most", "Currency", "Budget line"), rows),
        "Book or set each amount for its week, never more; then record it with `quarterdeck done budget/...`.",
        tuple(f"budget/{line.key}" for line in chosen),
    )


def render_mail_merge(items: Sequence[ContentItem], strategy: Strategy) -> HandOff | None:
    """One row for each e-mail or text message: when, to whom, subject, words, tagged link; None when there is none."""
    kinds = {channel.id: channel.kind for channel in strategy.channels}
    chosen = [item for item in items if kinds.get(item.channel) in ("email", "sms")]
    if not chosen:
        return None
    audiences = {audience.id: audience for audience in strategy.audiences}
    rows = [
        (
            item.deliver.on.isoformat(),
            item.deliver.at,
            item.deliver.zone or strategy.company.timezone,
            item.channel,
            audiences[item.audience].segment or item.audience if item.audience in audiences else item.audience,
            item.title,
            item.text or "",
            link_of(item, strategy) or "",
            item.id,
        )
        for item in chosen
    ]
    return HandOff(
        "mail-merge.csv",
        _render_csv(("Date", "Time", "Time zone", "Channel", "Audience", "Subject", "Text", "Link", "Item"), rows),
        "Give each row to your mailing tool at its time, to the audience named and nobody else.",
        tuple(f"item/{item.id}" for item in chosen),
    )


def render_posts(items: Sequence[ContentItem], strategy: Strategy) -> HandOff | None:
    """The words of every post for social networks and the website in the order they go out; None when there is none."""
    kinds = {channel.id: channel.kind for channel in strategy.channels}
    chosen = sorted(
        (item for item in items if kinds.get(item.channel) not in ("email", "sms")), key=lambda item: (item.deliver.on, item.deliver.at, item.id)
    )
    if not chosen:
        return None
    blocks = [_post_block(item, strategy) for item in chosen]
    return HandOff(
        "posts.txt",
        "\n".join(blocks).encode(),
        "Post each text at its time and keep the link as it is, so that visits can be counted.",
        tuple(f"item/{item.id}" for item in chosen),
    )


def link_of(item: ContentItem, strategy: Strategy) -> str | None:
    """The tagged link that goes out with the item: its campaign's landing page, or the company's own; None when there is neither."""
    page = next((campaign.landing_page for campaign in strategy.campaigns if campaign.id == item.campaign), None) or strategy.company.website
    kind = next((channel.kind for channel in strategy.channels if channel.id == item.channel), "other")
    return tag_link(page, source=item.channel, channel_kind=kind, campaign=item.campaign, content=item.id) if page else None


def _editor_budget_row(line: PlannedLine, campaign_type: str, campaign: Campaign | None, strategy: Strategy) -> Sequence[str]:
    daily = min(split_money(line.amount, [1] * 7))
    first, last = line.week.toordinal(), line.week.toordinal() + 6
    if campaign is not None:
        first, last = max(first, campaign.starts_on.toordinal()), min(last, campaign.ends_on.toordinal())
        daily = (line.amount / Decimal(max(1, last - first + 1))).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    day = type(line.week).fromordinal
    return (
        _editor_name(line.channel, line.campaign),
        campaign_type,
        str(daily),
        "Enabled",
        day(first).isoformat(),
        day(last).isoformat(),
        "",
        "",
        "",
        campaign.landing_page or "" if campaign else strategy.company.website or "",
        f"quarterdeck {line.week.isoformat()}",
    )


def _editor_keyword_rows(channel_id: str, campaign: Campaign) -> Iterable[Sequence[str]]:
    url = tag_link(campaign.landing_page, source="google", channel_kind="search_ads", campaign=campaign.id) if campaign.landing_page else ""
    for keyword in campaign.keywords:
        yield (_editor_name(channel_id, campaign.id), "", "", "", "", "", campaign.name or campaign.id, keyword, "Phrase", url, "")


def _editor_name(channel: str, campaign: str | None) -> str:
    return f"{channel} {campaign or 'always-on'}"


def _post_block(item: ContentItem, strategy: Strategy) -> str:
    link = link_of(item, strategy)
    when = f"{item.deliver.on.isoformat()} {item.deliver.at} {item.deliver.zone or strategy.company.timezone}"
    return "\n".join(
        filter(None, [f"--- {when} | {item.channel} | {item.format} | {item.id}", item.title, item.text or "(no text written yet)", link, ""])
    )


def _render_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
