"""Addresses of this area, below a company's own."""

from __future__ import annotations

from django.urls import path

from quarterdeck.web.review import cause_views, close_views, lesson_views, week_views

urlpatterns = [
    path("", week_views.this_week),
    path("make/", week_views.make_review),
    path("corrections/<int:correction>/decide/", week_views.decide),
    path("causes/", cause_views.causes),
    path("causes/<str:cause>/", cause_views.cause),
    path("causes/<str:cause>/weeks.csv", cause_views.cause_weeks),
    path("causes/<str:cause>/facts.csv", cause_views.cause_rows),
    path("close/", close_views.close),
    path("close/answer/", close_views.close_answer),
    path("close/review/", close_views.close_review),
    path("close/plan/", close_views.close_plan),
    path("close/<int:step>/", close_views.close_screen),
    path("lessons/", lesson_views.lessons),
    path("lessons.csv", lesson_views.lessons_file),
]
