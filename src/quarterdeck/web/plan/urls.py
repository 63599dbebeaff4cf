"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import include, path

from quarterdeck.web.plan.make_views import approve_plan, make_plan

urlpatterns = [
    path("make/", make_plan),
    path("approve/", approve_plan),
    path("", include("quarterdeck.web.plan.work_urls")),
]
