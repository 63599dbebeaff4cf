"""Addresses of the list of companies."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.settings import company_views

urlpatterns = [
    path("", company_views.companies),
    path("sample/", company_views.add_sample),
    path("new/", company_views.new_company),
    path("restore/", company_views.restore),
]
