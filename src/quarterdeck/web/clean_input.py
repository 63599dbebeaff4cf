"""What a browser sends, without the sign NUL: nobody types it, and PostgreSQL refuses a text that holds it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, QueryDict

_NUL = "\x00"


class WithoutNul:
    """Middleware. Addresses and forms reach the views without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of everything below."""
        if _NUL in request.META.get("QUERY_STRING", "") or "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _cleaned(request.GET)
        if request.method == "POST" and any(_NUL in text for texts in dict(request.POST.lists()).values() for text in texts):
            request.POST = _cleaned(request.POST)
        return self.get_response(request)


def _cleaned(fields: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True)
    for name, texts in fields.lists():
        cleaned.setlist(name.replace(_NUL, ""), [text.replace(_NUL, "") for text in texts])
    cleaned._mutable = False
    return cleaned
