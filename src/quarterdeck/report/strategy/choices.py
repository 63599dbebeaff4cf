"""Plain words for every word that the document lets one choose from."""

from __future__ import annotations

CHOICES: dict[str, dict[str, str]] = {
    "Audience.rank": {"primary": "Primary: the work is made for them", "secondary": "Secondary: welcome too"},
    "Insight.evidence": {
        "counted": "Counted in our own data",
        "tested": "Tested",
        "survey": "Asked in a survey",
        "interviews": "Told in interviews",
        "published": "Published by others",
        "judgement": "Our judgement",
    },
    "Tool.kind": {
        "analytics": "Analytics",
        "crm": "Customers (CRM)",
        "erp": "Stock and tills (ERP)",
        "email": "E-mail",
        "social": "Social networks",
        "ads": "Advertising",
        "site": "Website or shop",
        "mobile": "Mobile app",
        "other": "Something else",
    },
    "Tool.where": {"internal": "With us", "external": "With somebody else"},
    "Tool.use": {"in_use": "In use", "available": "There, but not used", "wanted": "Wanted"},
    "Channel.kind": {
        "search_ads": "Search adverts",
        "shopping_ads": "Shopping adverts",
        "social_ads": "Social adverts",
        "display_ads": "Display adverts",
        "video_ads": "Video adverts",
        "audio_ads": "Audio adverts",
        "tv": "Television",
        "radio": "Radio",
        "print": "Print",
        "direct_mail": "Direct mail",
        "email": "E-mail",
        "sms": "Text messages",
        "social": "Social network",
        "website": "Website",
        "search": "Search, unpaid",
        "affiliate": "Affiliates",
        "partners": "Partners",
        "events": "Events",
        "referral": "Word of mouth",
        "mobile_app": "Mobile app",
        "other": "Something else",
    },
    "Channel.ownership": {"paid": "Paid: we buy it", "owned": "Owned: it is ours", "earned": "Earned: others decide"},
    "Channel.use": {"in_use": "In use", "wanted": "Wanted"},
    "Budget.spend": {
        "what_pays": "Only what pays: the rest is held back",
        "all": "All of it, for the target, even where it costs more than it earns",
    },
    "Kpi.cadence": {"day": "Day", "week": "Week", "month": "Month", "quarter": "Quarter"},
    "Task.importance": {"1": "1: nice to have", "2": "2: useful", "3": "3: matters", "4": "4: matters much", "5": "5: nothing works without it"},
    "Evaluation.step": {
        "1": "1 Goals",
        "2": "2 Audience",
        "3": "3 What makes us different",
        "4": "4 Channels and tools",
        "5": "5 Content",
        "6": "6 Work and money",
        "7": "7 How we will judge it",
        "8": "8 Review dates",
        "overall": "The whole",
    },
    "ReviewRhythm.weekday": {
        "monday": "Monday",
        "tuesday": "Tuesday",
        "wednesday": "Wednesday",
        "thursday": "Thursday",
        "friday": "Friday",
    },
}
CHOICES["Question.step"] = {number: name for number, name in CHOICES["Evaluation.step"].items() if number != "overall"}

SHORT: dict[str, dict[str, str]] = {
    "Audience.rank": {"primary": "primary", "secondary": "secondary"},
    "Channel.ownership": {"paid": "paid", "owned": "owned", "earned": "earned"},
    "Tool.use": {"in_use": "in use", "available": "not used", "wanted": "wanted"},
    "Channel.use": {"in_use": "in use", "wanted": "wanted"},
}
"""The same in tables."""


def choice_word(field: str, value: object, *, short: bool = False) -> str:
    """What a chosen value is called; the value itself where no word was written for it."""
    words = (SHORT.get(field) if short else None) or CHOICES.get(field, {})
    return words.get(str(value), str(value).replace("_", " "))
