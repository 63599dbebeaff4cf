"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.quarter.views import this_quarter

urlpatterns = [path("", this_quarter)]
