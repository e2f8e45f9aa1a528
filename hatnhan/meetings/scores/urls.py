"""Addresses of scores and score tables."""

from django.urls import path

from . import views

scores = [
    path("meetings/score-tables/", views.score_tables, name="meetings.score_tables"),
    path("meetings/score-tables/<str:code>/set/", views.set_score_table, name="meetings.set_score_table"),
    path("meetings/score-tables/<int:row>/end/", views.end_score_table, name="meetings.end_score_table"),
    path("meetings/<int:pk>/score/", views.score, name="meetings.score"),
    path("meetings/<int:pk>/score/give/", views.self_score, name="meetings.self_score"),
    path("meetings/<int:pk>/score/vote/", views.vote_score, name="meetings.vote_score"),
    path("meetings/<int:pk>/score/confirm/", views.confirm_score, name="meetings.confirm_score"),
    path("meetings/<int:pk>/score/reopen/", views.reopen_score, name="meetings.reopen_score"),
]
