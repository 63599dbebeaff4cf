"""What Django is told beyond the ledger's settings when it serves the cockpit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quarterdeck.app.clock import now_utc

WEB_APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "quarterdeck.web",
)
IDLE_SECONDS = 14 * 24 * 3600
MOST_UPLOADED = 25 * 1024 * 1024
"""Bytes of one file that somebody brings in by the browser; larger files go in by the command line."""


def build_web_settings(*, hosts: Sequence[str] = ("127.0.0.1", "localhost", "[::1]"), is_https: bool = False) -> dict[str, Any]:
    """Everything beyond `app.settings.build_settings`. `hosts` are the names that the browser may call this server by."""
    return {
        "QUARTERDECK_CLOCK": now_utc,
        "ROOT_URLCONF": "quarterdeck.web.urls",
        "ALLOWED_HOSTS": list(hosts),
        "MIDDLEWARE": [
            "quarterdeck.web.security_headers.SecurityHeaders",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "quarterdeck.web.account.session.KeepUsedSessions",
            "quarterdeck.web.clean_input.WithoutNul",
            "django_htmx.middleware.HtmxMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"],
                    "builtins": [
                        "quarterdeck.web.templatetags.words",
                        "quarterdeck.web.templatetags.pictures",
                        "quarterdeck.web.templatetags.charts",
                    ],
                    "string_if_invalid": "",
                },
            }
        ],
        "LOGIN_URL": "/sign-in/",
        "SESSION_COOKIE_NAME": "quarterdeck_session",
        "SESSION_COOKIE_AGE": IDLE_SECONDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "CSRF_COOKIE_NAME": "quarterdeck_csrf",
        "CSRF_COOKIE_SECURE": is_https,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_FAILURE_VIEW": "quarterdeck.web.errors.csrf_refused",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_500_000,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5_000,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 2_500_000,
        "STATIC_URL": "/static/",
        "USE_I18N": False,
        "NUMBER_GROUPING": 3,
    }
