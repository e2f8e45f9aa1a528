"""Addresses of meetings."""

from django.urls import path

from . import score_views, views
from .live_urls import live
from .oversight_urls import oversight
from .paper_urls import papers
from .prepare_urls import prepared

urlpatterns = [
    *papers,
    *live,
    *prepared,
    *oversight,
    path("meetings/", views.meeting_list, name="meetings.list"),
    path("meetings/record/", views.record, name="meetings.record"),
    path("meetings/month/", views.month, name="meetings.month"),
    path("meetings/<int:pk>/", views.meeting, name="meetings.meeting"),
    path("meetings/<int:pk>/change/", views.change, name="meetings.change"),
    path("meetings/<int:pk>/adopt/", views.adopt, name="meetings.adopt"),
    path("meetings/<int:pk>/withdraw/", views.withdraw, name="meetings.withdraw"),
    path("meetings/<int:pk>/addendum/", views.add_addendum, name="meetings.add_addendum"),
    path("meetings/score-tables/", score_views.score_tables, name="meetings.score_tables"),
    path("meetings/score-tables/<str:code>/set/", score_views.set_score_table, name="meetings.set_score_table"),
    path("meetings/score-tables/<int:row>/end/", score_views.end_score_table, name="meetings.end_score_table"),
    path("meetings/<int:pk>/score/", score_views.score, name="meetings.score"),
    path("meetings/<int:pk>/score/give/", score_views.self_score, name="meetings.self_score"),
    path("meetings/<int:pk>/score/vote/", score_views.vote_score, name="meetings.vote_score"),
    path("meetings/<int:pk>/score/confirm/", score_views.confirm_score, name="meetings.confirm_score"),
    path("meetings/<int:pk>/score/reopen/", score_views.reopen_score, name="meetings.reopen_score"),
    path("meetings/tasks/<int:pk>/report/", views.report_task, name="meetings.report_task"),
]
