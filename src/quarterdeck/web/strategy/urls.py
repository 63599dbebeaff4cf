"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import URLPattern, path

from quarterdeck.web.strategy.undo import undo

urlpatterns: list[URLPattern] = [path("undo/", undo)]
