"""The calendar as an iCal file: items at their instants and campaigns as whole days, each with an id that stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from quarterdeck.operations.plan.look_at_calendar import CalendarItem
from quarterdeck.operations.plan.read_feed import FeedNow
from quarterdeck.strategy.parts.means import Campaign
from quarterdeck.web.plan.calendar_words import STATES

_LENGTH = timedelta(minutes=30)
_REFRESH = timedelta(hours=6)
_CONFIRMED = ("gone", "approved")


def render_feed(feed: FeedNow, *, address: str) -> bytes:
    """The file. Two calls without a change between them give the same bytes; a moved item keeps its UID. Source: RFC 5545, RFC 7986."""
    calendar = Calendar()
    calendar.add("prodid", "-//Quarterdeck//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{feed.company}: marketing")
    calendar.add("name", f"{feed.company}: marketing")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _REFRESH)
    for item in feed.items:
        calendar.add_component(_item(item, feed, address))
    for campaign in feed.campaigns:
        calendar.add_component(_campaign(campaign, feed, address))
    text: bytes = calendar.to_ical()
    return text


def _item(item: CalendarItem, feed: FeedNow, address: str) -> Event:
    event = _event(f"item-{item.item.id}", feed)
    event.add("summary", f"{feed.channels.get(item.item.channel, item.item.channel)}: {item.item.title}")
    event.add("dtstart", item.entry.at.astimezone(UTC))
    event.add("dtend", item.entry.at.astimezone(UTC) + _LENGTH)
    said = [f"To {feed.audiences.get(item.item.audience, item.item.audience)}.", f"State: {STATES[item.state][0]}."]
    said += [f"Collides: {conflict.collision.sentence}" for conflict in item.conflicts if conflict.is_open]
    event.add("description", "\n".join(said))
    event.add("status", "CONFIRMED" if item.state in _CONFIRMED else "CANCELLED" if item.state == "refused" else "TENTATIVE")
    event.add("url", f"{address}item/{item.item.id}/")
    return event


def _campaign(campaign: Campaign, feed: FeedNow, address: str) -> Event:
    event = _event(f"campaign-{campaign.id}", feed)
    event.add("summary", f"Campaign: {campaign.name or campaign.id}")
    event.add("dtstart", campaign.starts_on)
    event.add("dtend", campaign.ends_on + timedelta(days=1))
    event.add("url", f"{address}?view=list&campaign={campaign.id}&month={campaign.starts_on:%Y-%m}")
    return event


def _event(ref: str, feed: FeedNow) -> Event:
    event = Event()
    event.add("uid", f"{ref}@{feed.slug}.quarterdeck")
    event.add("dtstamp", _whole_second(feed.changed_at))
    event.add("transp", "TRANSPARENT")
    return event


def _whole_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
