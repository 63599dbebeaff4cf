"""The page of one's own account: colours, password, and how one signs in."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quarterdeck.kernel.problems import QuarterdeckError
from quarterdeck.operations.accounts.own_account import change_password, choose_theme, look_at_account
from quarterdeck.operations.quarter.open_desk import companies_of
from quarterdeck.web.account.forms import Form, password_form
from quarterdeck.web.account.session import address_of
from quarterdeck.web.account.shown import THEMES, AccountShown
from quarterdeck.web.account.sign_in_views import TOO_MANY, WRONG
from quarterdeck.web.notices import Undo, notice, take_notices
from quarterdeck.web.pages import answers_to, now, own_page, site


@answers_to("GET", "HEAD")
@own_page
def look(request: HttpRequest) -> HttpResponse:
    """How the account stands."""
    return _show(request, password_form())


@answers_to("POST")
@own_page
def theme(request: HttpRequest) -> HttpResponse:
    """Other colours from now on."""
    before, wanted = look_at_account(request.user.pk).theme, request.POST.get("theme", "")
    choose_theme(request.user.pk, wanted)
    if wanted != before:
        notice(request, f"The cockpit is {THEMES[wanted].said} now.", undo=Undo("/account/theme/", {"theme": before}))
    return redirect("/account/")


@answers_to("POST")
@own_page
def password(request: HttpRequest) -> HttpResponse:
    """Another password from now on; this browser stays signed in, the person's others do not."""
    typed = {said: request.POST.get(name, "") for said, name in (("current", "password"), ("new", "new_password"), ("again", "again"))}
    try:
        signed_in = change_password(site(), request.user.pk, **typed, address=address_of(request), now=now())
    except QuarterdeckError as error:
        return _show(request, password_form().refused(error), TOO_MANY if error.code == "ACCOUNT-021" else WRONG)
    update_session_auth_hash(request, signed_in.account)
    notice(request, "Your password is changed. In other browsers you have to sign in again.")
    return redirect("/account/")


def _show(request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
    account = look_at_account(request.user.pk)
    shown = {
        "account": AccountShown.of(account, [company.name for company in companies_of(account.person)]),
        "form": form,
        "notices": take_notices(request),
    }
    return render(request, "account/account.html", shown, status=status)
