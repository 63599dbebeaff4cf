"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.jobs import views

urlpatterns = [
    path("<int:job_id>/", views.job_page, name="job"),
    path("<int:job_id>/again/", views.start_again, name="start_again"),
]
