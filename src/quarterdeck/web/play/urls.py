"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.play import views

urlpatterns = [
    path("", views.play),
    path("next-week/", views.next_week),
    path("tour/", views.tour),
]
