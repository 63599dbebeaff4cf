"""Addresses of links that show a paper; nobody signs in for them."""

from __future__ import annotations

from django.urls import URLPattern, path

from quarterdeck.web.share.views import shared_markdown, shared_page, shared_pdf

urlpatterns: list[URLPattern] = [
    path("<slug:token>/", shared_page),
    path("<slug:token>/strategy.pdf", shared_pdf),
    path("<slug:token>/strategy.md", shared_markdown),
]
