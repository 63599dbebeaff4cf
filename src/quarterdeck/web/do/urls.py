"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
