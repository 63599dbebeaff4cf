"""Taking back the newest change of the strategy, wherever in the cockpit it was made."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.change_strategy import take_back_revision
from quarterdeck.web.notices import notice
from quarterdeck.web.pages import Rule, company_page
from quarterdeck.web.strategy.frame import root_of, word_for_here
from quarterdeck.web.whole_number import whole_number


@company_page(None, act="save_strategy")
def undo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The revision before the one named, as the newest again; then the page where the button stood."""
    number = request.POST.get("revision", "")
    back = page_before(request, root_of(desk))
    try:
        changed = take_back_revision(desk.context, whole_number(number))
    except Refused as error:
        notice(request, error.message, error.fix, error.state, look="warn")
        return redirect(back)
    again = [f"The draft “{changed.reopened}” is open again."] if changed.reopened else []
    notice(request, f"Taken back. The {word_for_here(desk)} is as it was before.", *again, *changed.sentences[:6])
    return redirect(back)


def page_before(request: HttpRequest, otherwise: str) -> str:
    """The page of this server that led here; `otherwise` when the browser does not say, came from elsewhere, or from an address for forms alone."""
    before = request.headers.get("Referer", "")
    is_ours = before and url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()})
    return before if is_ours and _can_be_opened(urlsplit(before).path) else otherwise


def _can_be_opened(path: str) -> bool:
    try:
        rule: Rule | None = getattr(resolve(path).func, "rule", None)
    except Resolver404:
        return False
    return rule is not None and rule.see is not None
