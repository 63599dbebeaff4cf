"""Signing in, in one step or two, and out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from quarterdeck.kernel.problems import QuarterdeckError
from quarterdeck.operations.accounts.sign_in import CodeDue, enter_code, sign_in
from quarterdeck.web.account.forms import Form, code_form, sign_in_form
from quarterdeck.web.account.session import address_of, code_due, forget_code_due, keep_code_due, let_in, own_path
from quarterdeck.web.pages import answers_to, now, open_page, site

WRONG, TOO_MANY = 422, 429


@answers_to("GET", "HEAD", "POST")
@open_page
def password_step(request: HttpRequest) -> HttpResponse:
    """Name and password; then the code, where one is asked for, or the page that the person wanted."""
    target = own_path(request.POST.get("next") or request.GET.get("next") or "/")
    if request.method != "POST":
        return redirect(target) if request.user.is_authenticated else _show_password_step(request, sign_in_form(""), target)
    name = request.POST.get("name", "")
    try:
        result = sign_in(site(), name, request.POST.get("password", ""), address=address_of(request), now=now())
    except QuarterdeckError as error:
        return _show_password_step(request, sign_in_form(name[:200]).refused(error), target, _status(error))
    if isinstance(result, CodeDue):
        keep_code_due(request, result, target)
        return redirect("/sign-in/code/")
    let_in(request, result)
    return redirect(target)


@answers_to("GET", "HEAD", "POST")
@open_page
def code_step(request: HttpRequest) -> HttpResponse:
    """The code of the app, or a recovery code; only for a browser in which the password was right."""
    kept = code_due(request)
    if kept is None:
        return redirect("/sign-in/")
    due, target = kept
    form = code_form(is_recovery="recovery" in (request.POST if request.method == "POST" else request.GET))
    if request.method != "POST":
        return _show_code_step(request, form)
    try:
        signed_in = enter_code(site(), due, request.POST.get("code", ""), address=address_of(request), now=now())
    except QuarterdeckError as error:
        if error.code != "ACCOUNT-022":
            return _show_code_step(request, form.refused(error), _status(error))
        forget_code_due(request)
        return _show_password_step(request, sign_in_form("").refused(error), target, _status(error))
    let_in(request, signed_in)
    return redirect(target)


@answers_to("POST")
@open_page
def sign_out(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in in this browser any more."""
    logout(request)
    return redirect(f"/sign-in/?{urlencode({'out': 1})}")


def _show_password_step(request: HttpRequest, form: Form, target: str, status: int = 200) -> HttpResponse:
    shown = {"form": form, "target": target, "is_out": "out" in request.GET and not form.is_refused}
    return render(request, "account/sign_in.html", shown, status=status)


def _show_code_step(request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
    return render(request, "account/code.html", {"form": form, "is_recovery": form.fields[0].label == "Recovery code"}, status=status)


def _status(error: QuarterdeckError) -> int:
    return TOO_MANY if error.code == "ACCOUNT-021" else WRONG
