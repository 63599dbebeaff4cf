"""The second step of signing in: set up, confirmed, and switched off again."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.operations.accounts.own_account import look_at_account
from quarterdeck.operations.accounts.two_factor import (
    begin_two_factor,
    cancel_enrolment,
    confirm_two_factor,
    end_two_factor,
    renew_recovery_codes,
    waiting_enrolment,
)
from quarterdeck.web.account.forms import Form, confirm_form, new_codes_form, off_form
from quarterdeck.web.account.session import address_of
from quarterdeck.web.account.shown import AccountShown, EnrolmentShown
from quarterdeck.web.account.sign_in_views import TOO_MANY, WRONG
from quarterdeck.web.notices import notice, take_notices
from quarterdeck.web.pages import answers_to, now, own_page, site

_HERE = "/account/two-factor/"


@answers_to("GET", "HEAD")
@own_page
def look(request: HttpRequest) -> HttpResponse:
    """Off, waiting for the first code, or on."""
    return _show(request)


@answers_to("POST")
@own_page
def begin(request: HttpRequest) -> HttpResponse:
    """A secret for an app waits to be confirmed."""
    begin_two_factor(site(), request.user.pk, now=now())
    return redirect(_HERE)


@answers_to("POST")
@own_page
def cancel(request: HttpRequest) -> HttpResponse:
    """Nothing waits any more."""
    cancel_enrolment(request.user.pk)
    return redirect(_HERE)


@answers_to("POST")
@own_page
def confirm(request: HttpRequest) -> HttpResponse:
    """It is on; the recovery codes are in this answer and nowhere else, which is why it does not redirect."""
    return _show_codes(request, confirm_form(), lambda code: confirm_two_factor(site(), request.user.pk, code, now=now()))


@answers_to("POST")
@own_page
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown as the first ten were."""
    address = address_of(request)
    return _show_codes(request, new_codes_form(), lambda code: renew_recovery_codes(site(), request.user.pk, code, address=address, now=now()))


@answers_to("POST")
@own_page
def off(request: HttpRequest) -> HttpResponse:
    """The password alone from now on."""
    typed = request.POST.get("password", ""), request.POST.get("code", "")
    try:
        end_two_factor(site(), request.user.pk, *typed, address=address_of(request), now=now())
    except (InvalidInput, Refused) as error:
        return _show_refused(request, off_form(), error)
    notice(request, "Two-factor sign-in is off. Your recovery codes count no longer.")
    return redirect("/account/")


def _show_codes(request: HttpRequest, form: Form, make: Callable[[str], tuple[str, ...]]) -> HttpResponse:
    try:
        codes = make(request.POST.get("code", ""))
    except (InvalidInput, Refused) as error:
        return _show_refused(request, form, error)
    return render(request, "account/recovery_codes.html", {"codes": codes})


def _show_refused(request: HttpRequest, form: Form, error: InvalidInput | Refused) -> HttpResponse:
    return _show(request, form.refused(error), TOO_MANY if error.code == "ACCOUNT-021" else WRONG)


def _show(request: HttpRequest, refused: Form | None = None, status: int = 200) -> HttpResponse:
    """The page of the state that holds now; a refused form stands in the place of its empty one."""
    enrolment = waiting_enrolment(site(), request.user.pk)
    forms = {form.action: form for form in (confirm_form(), new_codes_form(), off_form(), *([refused] if refused else []))}
    shown = {
        "account": AccountShown.of(look_at_account(request.user.pk), []),
        "enrolment": EnrolmentShown.of(enrolment) if enrolment else None,
        "confirm_form": forms[confirm_form().action],
        "new_codes_form": forms[new_codes_form().action],
        "off_form": forms[off_form().action],
        "notices": take_notices(request),
    }
    return render(request, "account/two_factor.html", shown, status=status)
