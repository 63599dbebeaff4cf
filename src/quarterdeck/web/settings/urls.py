"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.settings import fact_views, views

urlpatterns = [
    path("", views.company),
    path("people/", views.people),
    path("people/role/", views.change_role),
    path("people/remove/", views.remove),
    path("imports/", fact_views.imports),
    path("imports/confirm/", fact_views.confirm),
    path("imports/drop/", fact_views.drop),
    path("audit/", views.audit),
    path("backup/", views.backup),
    path("backup/<slug:part>/", views.download),
]
