"""Addresses of accounts, at the root: they belong to a person, not to a company."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.account import account_views, sign_in_views, two_factor_views

urlpatterns = [
    path("sign-in/", sign_in_views.password_step),
    path("sign-in/code/", sign_in_views.code_step),
    path("sign-out/", sign_in_views.sign_out),
    path("account/", account_views.look),
    path("account/theme/", account_views.theme),
    path("account/password/", account_views.password),
    path("account/two-factor/", two_factor_views.look),
    path("account/two-factor/begin/", two_factor_views.begin),
    path("account/two-factor/cancel/", two_factor_views.cancel),
    path("account/two-factor/confirm/", two_factor_views.confirm),
    path("account/two-factor/codes/", two_factor_views.renew_codes),
    path("account/two-factor/off/", two_factor_views.off),
]
