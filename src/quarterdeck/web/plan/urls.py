"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import include, path

from quarterdeck.web.plan.budget_views import budget, budget_csv, compare, propose
from quarterdeck.web.plan.make_views import approve_plan, make_plan

urlpatterns = [
    path("", budget),
    path("propose/", propose),
    path("budget.csv", budget_csv),
    path("versions/<int:number>/", compare),
    path("make/", make_plan),
    path("approve/", approve_plan),
    path("", include("quarterdeck.web.plan.work_urls")),
]
