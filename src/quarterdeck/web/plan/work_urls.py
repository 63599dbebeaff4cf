"""Addresses of Work, Calendar and Conflicts, below a company's plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from quarterdeck.web.plan import calendar_feed_views, calendar_views, conflicts_views, work_views

urlpatterns: list[URLPattern] = [
    path("work/", work_views.work),
    path("work/<slug:task>/", work_views.task),
    path("move-work/", work_views.move),
    path("calendar/", calendar_views.calendar),
    path("calendar/item/<slug:item>/", calendar_views.item),
    path("calendar/move/", calendar_views.move),
    path("calendar/subscription/", calendar_feed_views.subscription),
    path("calendar/feed/<int:member>/<slug:token>.ics", calendar_feed_views.feed),
    path("calendar.ics", calendar_feed_views.calendar_file),
    path("conflicts/", conflicts_views.conflicts),
    path("conflicts/fix/", conflicts_views.fix),
    path("conflicts/leave/", conflicts_views.leave),
    path("conflicts/take-up/", conflicts_views.take_up),
]
