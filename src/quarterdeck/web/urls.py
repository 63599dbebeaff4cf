"""Every address of the cockpit. What stands below `/w/<company>/` is for that company's members."""

from __future__ import annotations

from django.urls import include, path

from quarterdeck.web.first_page import first_page
from quarterdeck.web.health import health

_COMPANY = [
    path("", include("quarterdeck.web.quarter.urls")),
    path("strategy/", include("quarterdeck.web.strategy.urls")),
    path("plan/", include("quarterdeck.web.plan.urls")),
    path("do/", include("quarterdeck.web.do.urls")),
    path("results/", include("quarterdeck.web.results.urls")),
    path("review/", include("quarterdeck.web.review.urls")),
    path("settings/", include("quarterdeck.web.settings.urls")),
    path("play/", include("quarterdeck.web.play.urls")),
    path("jobs/", include("quarterdeck.web.jobs.urls")),
    path("", include("quarterdeck.web.help.urls")),
]

urlpatterns = [
    path("", first_page),
    path("", include("quarterdeck.web.account.urls")),
    path("companies/", include("quarterdeck.web.settings.company_urls")),
    path("jobs/", include("quarterdeck.web.jobs.own_urls")),
    path("health/", health),
    path("s/", include("quarterdeck.web.share.urls")),
    path("w/<slug:slug>/", include(_COMPANY)),
]

handler404 = "quarterdeck.web.errors.not_found"
handler500 = "quarterdeck.web.errors.failed"
