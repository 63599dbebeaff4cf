"""The health of the server, for whoever watches it: 200 when it can do its work, 503 when not. No sign-in, and nothing secret."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase

from quarterdeck.operations.jobs.check_health import check_health
from quarterdeck.web.pages import now, open_page, site


@open_page
def health(request: HttpRequest) -> HttpResponseBase:
    """Database, lake and worker, and the version."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD"))
    found = check_health(site(), now=now())
    return JsonResponse(found.to_dict(), status=200 if found.ok else 503)
