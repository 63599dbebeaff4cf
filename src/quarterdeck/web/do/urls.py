"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import URLPattern, path

from quarterdeck.web.do import decide_views, done_views, files_views, gone_views, inbox_views, todo_views

urlpatterns: list[URLPattern] = [
    path("", inbox_views.inbox),
    path("action/", inbox_views.action),
    path("decide/", decide_views.decide),
    path("undo/", decide_views.undo),
    path("in-force/", decide_views.put_in_force),
    path("todo/", todo_views.todo),
    path("done/", done_views.done),
    path("settle/", done_views.settle),
    path("again/", done_views.again),
    path("give-up/", done_views.give_up),
    path("files/", files_views.files),
    path("files/take/", files_views.take),
    path("gone/", gone_views.gone),
    path("gone/gone-out.csv", gone_views.table),
]
