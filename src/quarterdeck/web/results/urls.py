"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.results import views

urlpatterns = [
    path("", views.overview),
    path("results.csv", views.overview_csv),
]
