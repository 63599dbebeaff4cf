"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.results import channel_views, rows_views, tracking_views, views

urlpatterns = [
    path("", views.overview),
    path("results.csv", views.overview_csv),
    path("rows/", rows_views.rows),
    path("rows.csv", rows_views.rows_csv),
    path("tracking/", tracking_views.tracking),
    path("learn/", channel_views.learn),
    path("channels/", channel_views.channels),
    path("channels/<path:channel>/", channel_views.channel),
]
