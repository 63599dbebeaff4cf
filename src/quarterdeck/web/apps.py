"""The cockpit as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and template tags of the cockpit."""

    name = "quarterdeck.web"
    label = "web"
    verbose_name = "Quarterdeck"
