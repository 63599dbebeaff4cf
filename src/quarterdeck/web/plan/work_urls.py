"""Addresses of Work, Calendar and Conflicts, below a company's plan."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
