"""Refusals and failures as pages: what happened, what state things are in, what to do next; never a trace."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quarterdeck.kernel.problems import InvalidInput, QuarterdeckError
from quarterdeck.web.plain_words import for_browser

_log = logging.getLogger("quarterdeck.web")
FORBIDDEN, NOT_ALLOWED, INVALID, REFUSED = 403, 405, 422, 409
_NOT_ALLOWED = "LEDGER-020"


def refused_page(request: HttpRequest, error: QuarterdeckError) -> HttpResponse:
    """The refusal in its own words, with the status that fits: 403 for a role, 422 for bad input, 409 for a state that does not allow it."""
    status = FORBIDDEN if error.code == _NOT_ALLOWED else INVALID if isinstance(error, InvalidInput) else REFUSED
    problems = error.problems if isinstance(error, InvalidInput) else ()
    shown = {
        "title": "That was not done" if request.method == "POST" else "This cannot be shown",
        "sentence": for_browser(str(error)),
        "code": error.code,
        "problems": problems,
        "back": _back(request),
    }
    return render(request, "web/refused.html", shown, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it is not for this person."""
    del exception
    return render(request, "web/not_found.html", status=404)


def not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """The address answers to `methods` alone: of one that is for a button, where the button may be found."""
    back = _back(request)
    shown = {"is_for_forms": "GET" not in methods, "back": "/" if back == request.build_absolute_uri() else back}
    response = render(request, "web/not_allowed.html", shown, status=NOT_ALLOWED)
    response["Allow"] = ", ".join(methods)
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Our fault, said so; the details are in the log."""
    _log.error("a page failed: %s %s", request.method, request.path, exc_info=True)
    return render(request, "web/failed.html", status=500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from another site."""
    _log.info("form refused: %s", reason)
    return render(request, "web/form_too_old.html", {"back": _back(request)}, status=FORBIDDEN)


def _back(request: HttpRequest) -> str:
    """Where the form stood: the page of the same server that led here, else the first page."""
    from django.utils.http import url_has_allowed_host_and_scheme

    before = request.headers.get("Referer", "")
    return before if before and url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}) else "/"
