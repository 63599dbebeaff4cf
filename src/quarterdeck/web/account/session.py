"""What the session of a browser holds about its person, and how long it lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from quarterdeck.operations.accounts.sign_in import CodeDue, SignedIn
from quarterdeck.web.pages import now

_DUE, _SEEN = "code_due", "seen_on"


def let_in(request: HttpRequest, signed_in: SignedIn) -> None:
    """Nothing; from now on this browser is the person's. The session gets a new key: one that somebody else planted is worth nothing."""
    request.session.pop(_DUE, None)
    login(request, signed_in.account)
    request.session[_SEEN] = now().date().isoformat()
    type(request.session).clear_expired()


def keep_code_due(request: HttpRequest, due: CodeDue, target: str) -> None:
    """Nothing; the session knows that the password was right, of which account and until when, and nothing more."""
    request.session.cycle_key()
    request.session[_DUE] = {"account": due.account_id, "mark": due.mark, "until": due.until.isoformat(), "target": target}


def code_due(request: HttpRequest) -> tuple[CodeDue, str] | None:
    """The step that is due in this browser, and where the person wanted to go; None when the password comes first."""
    kept = request.session.get(_DUE)
    if kept is None:
        return None
    return CodeDue(kept["account"], kept["mark"], datetime.fromisoformat(kept["until"])), own_path(kept["target"])


def forget_code_due(request: HttpRequest) -> None:
    """Nothing; the password comes first again."""
    request.session.pop(_DUE, None)


def own_path(target: str) -> str:
    """`target` when it is a path of this server, else the first page: nobody is led to another site by a link to this one."""
    return target if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


def address_of(request: HttpRequest) -> str:
    """Where the request came from. What a header says counts only when a proxy that we trust wrote it (QUARTERDECK_PROXIES says how many there are)."""
    proxies = getattr(settings, "QUARTERDECK_PROXIES", 0)
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return said[-proxies] if 0 < proxies <= len(said) else str(request.META.get("REMOTE_ADDR", ""))


class KeepUsedSessions:
    """Middleware. A session ends when it was idle for SESSION_COOKIE_AGE: one that is used is written anew once a day, not at every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of everything below."""
        today = now().date().isoformat()
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(_SEEN, today) != today:
            request.session[_SEEN] = today
        return self.get_response(request)
