"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.help import views

urlpatterns = [path("help/", views.help_page), path("search/", views.search)]
