"""Addresses of jobs that belong to a person, because the company that they make is not there yet."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.jobs import views

urlpatterns = [path("<int:job_id>/", views.own_job_page, name="own_job")]
